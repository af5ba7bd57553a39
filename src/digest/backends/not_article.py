"""Tells why a page is not an article: an error page, a consent wall, a list, an empty shell."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from digest.backends.furniture import phrases
from digest.backends.headlines import title_texts
from digest.backends.markup import text_of
from digest.backends.page_facts import PageFacts
from digest.text import WORD, count_words, normalise

SHORT = 120  #: words: an article that is longer is one, whatever its title says
CONSENT = 0.05  #: share of a short text's words that speak of consent
TEASERS = 8  #: headlines that are links, from which a page without an article is a list
LINKED = 0.5  #: share of the letters that stand in links, likewise
HEADLINE = 4  #: words of a link from which on it may be a headline
LISTED = 5  #: lines that are a headline's link, from which on a text may be a list …


def why_not_article(tree: Any, *, facts: PageFacts, text: str, url: str | None) -> str:
    """Return in words why the page is no article, or "" where it is one."""
    words = count_words(text)
    shown = " ".join(text_of(tree).split())[:5000]
    if words < SHORT:
        reason = _error(tree, facts=facts, shown=shown) or _consent(shown)
        if reason:
            return reason
    if facts.is_article:
        return ""
    if _is_list(tree, facts=facts, words=words, url=url) or (
        not facts.published and _is_made_of_links(text, tree)
    ):
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


def _is_made_of_links(text: str, tree: Any) -> bool:
    """Return whether most of what was taken for an article is headlines that are links."""
    said = [normalise(text_of(node)) for node in list(tree.iter("a"))[:2000]]
    titles = {title for title in said if count_words(title) >= HEADLINE}
    lines = [normalise(line) for line in text.splitlines()]
    listed = [line for line in lines if _is_headline(line, titles)]
    letters = sum(map(len, lines))
    return len(listed) >= LISTED and sum(map(len, listed)) > letters * LINKED


def _is_headline(line: str, titles: set[str]) -> bool:
    """Return whether a line is a link with no more than a date or a section beside it."""
    return any(title in line and len(title) >= len(line) * 0.6 for title in titles)


def _linked_share(tree: Any) -> float:
    body = tree.find(".//body")
    whole = len(text_of(body)) if body is not None else 0
    linked = sum(len(text_of(node)) for node in list(tree.iter("a"))[:2000])
    return linked / whole if whole else 0.0
