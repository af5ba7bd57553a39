"""Chooses the headline among what a page says its title is."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Any

from digest.backends.linked_data import texts
from digest.backends.markup import clean, text_of
from digest.text import normalise

SEPARATORS = re.compile(r"\s+[|–—•·»«⋅~>:-]+\s+|\s*[|｜＿]\s*")


def headline(tree: Any, *, article: dict[str, Any], meta: str, names: tuple[str, ...]) -> str:
    """Return the headline on which most of the page's statements agree, the first among equals.

    Asked are JSON-LD's `headline`, `og:title` (`meta`), the `h1` and the `title`, in this order;
    each without the site's `names` at its end or beginning.
    """
    told = [text for text in (_linked(article), meta, _shown(tree), _titled(tree)) if text]
    sites = {normalise(name) for name in names if name}
    titles = [without_site(title, names=sites, others=told) for title in told]
    if not titles:
        return ""
    votes = Counter(map(normalise, titles))
    best = max(votes.values())
    return next(title for title in titles if votes[normalise(title)] == best)


def without_site(title: str, *, names: set[str], others: list[str]) -> str:
    """Return a title without the site's or section's name at its end or beginning.

    A part goes where it is one of the site's names, or where another statement is exactly the rest.
    """
    rests = {normalise(other) for other in others}
    found = list(SEPARATORS.finditer(title))
    for match in found:
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if head and normalise(head) in rests:
            return head
        if tail and normalise(tail) in rests and normalise(head) in names:
            return tail
    for match in reversed(found):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if head and normalise(tail) in names:
            return without_site(head, names=names, others=others)
        if tail and normalise(head) in names:
            return tail
    return title


def title_texts(tree: Any) -> list[str]:
    """Return the text of the `title` elements, which a page should have one of."""
    return [clean("".join(node.itertext())) for node in list(tree.iter("title"))[:3]]


def _linked(article: dict[str, Any]) -> str:
    told = texts(article.get("headline"))
    return clean(unescape(unescape(told[0]))) if told else ""


def _shown(tree: Any) -> str:
    heads = [text_of(node) for node in list(tree.iter("h1"))[:6]]
    if len(heads) == 1:
        return heads[0]
    return next((head for head in heads if len(head) > 15), "")  # a logo is often one, too


def _titled(tree: Any) -> str:
    return next(iter(title_texts(tree)), "")
