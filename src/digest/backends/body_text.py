"""The text of an article: trafilatura on a tidied page, checked against the page's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from digest.backends.edges import heads_of, without_edges
from digest.backends.furniture import phrases
from digest.backends.joiners import hide, holds_kept, show
from digest.backends.markup import text_of
from digest.backends.missing_parts import with_missing, with_standfirst
from digest.backends.page_facts import PageFacts
from digest.backends.shown_dates import shown_at_head
from digest.backends.tidying import tidied
from digest.text import WORD, normalise

BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "br", "tr", "section", "article")
BREAK = "\ue000"  #: a private character, which no page shows
SMALL = 250  #: characters below which trafilatura itself thinks that it has missed something
WHOLE = 1500  #: characters up to which all that a page shows may be its article: a blurb, a notice
LINKS = 300  #: links of such a page, at most


def body_text(tree: Any, *, facts: PageFacts, url: str | None) -> tuple[str, str | None]:
    """Return the article's text, paragraphs separated by newlines, and a date seen on the page.

    The date is asked for only where `facts` has none.
    """
    tidy = tidied(tree)
    text = _extracted(tidy, url=url)
    if len(text) < SMALL:
        text = max(text, _extracted(deepcopy(tree), url=url), _whole(tidy), key=len)
        text = _below(text, heads_of(tree))
    lines = with_missing(_lines(_by_publisher(text, facts.body)), tidy)
    lines = without_edges(lines, facts=facts, heads=heads_of(tree))
    lines = with_standfirst(lines, tidy, description=facts.description)
    return "\n".join(lines), None if facts.published else _seen(tree, facts=facts, url=url)


def _seen(tree: Any, *, facts: PageFacts, url: str | None) -> str | None:
    return seen_date(tree, url=url) or shown_at_head(tree, language=facts.language)


def _extracted(tree: Any, *, url: str | None) -> str:
    from trafilatura import bare_extraction

    if hidden := holds_kept(tree):  # trafilatura cuts all that is not printed
        tree = deepcopy(tree)
        hide(tree)
    found: Any = bare_extraction(tree, url=url, include_comments=False, favor_precision=True)
    text = (found.text or "") if found else ""
    return show(text) if hidden else text


def _whole(tree: Any) -> str:
    """Return all that a small page shows, block by block; nothing of a page that shows more."""
    body = tree.find(".//body")
    if body is None or len(text_of(body)) > WHOLE:
        return ""
    copy = _broken(body)
    links = list(copy.iter("a"))
    if len(links) > LINKS:
        return ""
    for link in links:
        if _is_alone(link):
            link.drop_tree()
    return _joined(copy)


def blocks_of(nodes: Sequence[Any]) -> str:
    """Return all that some elements say, one line a block: paragraph, heading, list item."""
    return "\n".join(filter(None, (_joined(_broken(node)) for node in nodes)))


def _broken(node: Any) -> Any:
    """Return a copy of an element in which a mark stands at the edges of each block."""
    copy = deepcopy(node)
    copy.tail = None
    for inner in copy.iter(*BLOCKS):
        inner.text = f"{BREAK}{inner.text or ''}"
        inner.tail = f"{BREAK}{inner.tail or ''}"
    return copy


def _joined(broken: Any) -> str:
    return "\n".join(filter(None, map(str.strip, text_of(broken).split(BREAK))))


def _below(text: str, heads: set[str]) -> str:
    """Return what stands from a small page's headline on: what is above it is the site's own."""
    lines = text.splitlines()
    named = [place for place, line in enumerate(lines) if normalise(line) in heads]
    return "\n".join(lines[named[0] :]) if named else text


def _is_alone(link: Any) -> bool:
    """Return whether a link is all that its block says: "Home", "Read more"."""
    parent = link.getparent()
    return parent is not None and text_of(link) == text_of(parent).replace(BREAK, "").strip()


def _lines(text: str) -> list[str]:
    lines = [line for line in (" ".join(each.split()) for each in text.splitlines()) if line]
    counts = Counter(lines)  # what asks for consent again and again stands for an embedded thing
    return [line for line in lines if counts[line] == 1 or not phrases("consent").search(line)]


def _by_publisher(text: str, body: str) -> str:
    """Return `articleBody` where it holds more of the same article, else the text."""
    ours, theirs = WORD.findall(text.casefold()), WORD.findall(body.casefold())
    if len(theirs) < 60 or len(theirs) < 1.25 * len(ours):
        return text
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return body if shared >= 0.7 * len(ours) else text


def seen_date(tree: Any, *, url: str | None) -> str | None:
    """Return the date that page or address show, as a bare date; None rather than a guess."""
    from htmldate import find_date

    try:
        found: str | None = find_date(
            deepcopy(tree),
            url=url,
            extensive_search=False,  # else a year in the imprint becomes the first of January
            original_date=True,
            max_date="2100-01-01",  # the stage knows the present; this must not depend on a clock
        )
    except (ValueError, TypeError, OverflowError):
        return None
    return found or None
