"""Tells why a page is not an article: an error page, a consent wall, a list, an empty shell."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from digest.backends.furniture import phrases
from digest.backends.headlines import title_texts
from digest.backends.markup import text_of
from digest.backends.page_facts import PageFacts
from digest.text import WORD, count_words

SHORT = 120  #: words: an article that is longer is one, whatever its title says
CONSENT = 0.05  #: share of a short text's words that speak of consent
TEASERS = 8  #: headlines that are links, from which a page without an article is a list
LINKED = 0.5  #: share of the letters that stand in links, likewise


def why_not_article(tree: Any, *, facts: PageFacts, text: str, url: str | None) -> str:
    """Return in words why the page is no article, or "" where it is one."""
    words = count_words(text)
    shown = " ".join(text_of(tree).split())[:5000]
    if words < SHORT:
        reason = _error(tree, facts=facts, shown=shown) or _consent(shown)
        if reason:
            return reason
    if not facts.is_article and _is_list(tree, facts=facts, words=words, url=url):
        return "a list of articles"
    return ""


def _error(tree: Any, *, facts: PageFacts, shown: str) -> str:
    heads = [text_of(node) for node in list(tree.iter("h1", "h2"))[:3]]
    parts = [part for title in title_texts(tree) for part in re.split(r"\s[|–-]\s", title)]
    for said in filter(None, (facts.title, *heads, *title_texts(tree), *parts)):
        if phrases("error_title").fullmatch(said.strip(" .!?…")):
            return f"an error page ({said[:60]})"
    if count_words(shown) < SHORT and phrases("error_text").search(shown):
        return "an error page or a check for robots"
    return ""


def _consent(shown: str) -> str:
    words = min(len(WORD.findall(shown)), 400)
    found = len(phrases("consent").findall(shown))
    asks = phrases("agree").search(shown)
    return "a consent wall" if asks and found >= 3 and found >= CONSENT * words else ""


def _is_list(tree: Any, *, facts: PageFacts, words: int, url: str | None) -> bool:
    if facts.published and words >= SHORT:
        return False
    path = urlsplit(url).path.strip("/") if url else "-"
    teasers = len(tree.xpath(".//h2//a | .//h3//a | .//a//h2 | .//a//h3 | .//article//a//h4"))
    if facts.is_list or not path:
        return teasers >= TEASERS // 2 or words < SHORT
    return teasers >= TEASERS and _linked_share(tree) > LINKED


def _linked_share(tree: Any) -> float:
    body = tree.find(".//body")
    whole = len(text_of(body)) if body is not None else 0
    linked = sum(len(text_of(node)) for node in list(tree.iter("a"))[:2000])
    return linked / whole if whole else 0.0
