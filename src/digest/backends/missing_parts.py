"""Gives an extracted text back what belongs to it: its standfirst and paragraphs left out."""

from __future__ import annotations

from collections import Counter
from typing import Any

from digest.backends.markup import text_of
from digest.text import WORD, count_words, normalise

PROSE = 12  #: words from which a block is a paragraph rather than a label
LINKED = 0.3  #: share of a paragraph's letters in links, at most
ALIKE = 3  #: extracted paragraphs that must stand in the same kind of place
STANDFIRST = 90  #: words, at most
BEGINNING = 60  #: letters in which a description and the visible standfirst must agree
LEADS = ("p", "div", "h2", "h3", "span", "strong", "em", "section", "li")


def with_missing(lines: list[str], tree: Any) -> list[str]:
    """Return the lines with paragraphs that stand where the others stand, in the page's order.

    Extractors take the first part of a page that looks like the article; some publishers cut one
    article into several such parts, with advertisements between them.
    """
    blocks = [(node, text_of(node)) for node in tree.iter("p")]
    known = {normalise(line): place for place, line in enumerate(lines)}
    places = Counter(_place(node) for node, text in blocks if normalise(text) in known)
    whole = normalise(" ".join(lines))
    additions: dict[int, list[str]] = {}
    last = -1
    for node, text in blocks:
        plain = normalise(text)
        if plain in known:
            last = known[plain]
        elif places[_place(node)] >= ALIKE and _is_prose(node, text) and plain not in whole:
            additions.setdefault(last, []).append(text)
    merged = list(additions.get(-1, []))
    for place, line in enumerate(lines):
        merged += [line, *additions.get(place, [])]
    return merged


def with_standfirst(lines: list[str], tree: Any, *, description: str) -> list[str]:
    """Return the lines with the standfirst before them, where the page shows it and they lack it.

    The standfirst is the visible text that the page's description repeats.
    """
    start = normalise(description)[:BEGINNING]
    if len(start) < 20 or start in normalise(" ".join(lines)):
        return lines
    for node in tree.iter(*LEADS):
        if len(node) > 12:  # a part of the page, not a block of text
            continue
        text = text_of(node)
        if normalise(text).startswith(start) and count_words(text) <= STANDFIRST:
            return [text, *lines]
    return lines


def _place(node: Any) -> tuple[str, ...]:
    """Return how a node's surroundings look: tag and class of itself and three ancestors."""
    path = []
    for _ in range(4):
        if node is None:
            break
        path.append(f"{node.tag}.{node.get('class') or ''}")
        node = node.getparent()
    return tuple(path)


def _is_prose(node: Any, text: str) -> bool:
    if len(WORD.findall(text)) < PROSE:
        return False
    linked = sum(len(text_of(link)) for link in node.iter("a"))
    return linked <= LINKED * len(text)
