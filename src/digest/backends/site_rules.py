"""Reads a page by the rules that `sources.yaml` has for its site: CSS selectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from digest.backends.body_text import blocks_of
from digest.backends.bylines import clean_names
from digest.backends.dates import find_date, parse_date
from digest.backends.markup import clean, text_of
from digest.records import SiteRules

DATED = ("datetime", "content", "title")  #: attributes that hold a date, the likeliest first
PARTS = ("title", "body", "author", "date")


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a site's rules found in a page; empty where they found nothing."""

    title: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    missed: tuple[str, ...] = ()  #: selectors that matched nothing, with their part's name

    @property
    def note(self) -> str:
        """What found nothing, in words."""
        return f"the site's rules found no {', no '.join(self.missed)}" if self.missed else ""


def read_by_rules(tree: Any, rules: SiteRules) -> Ruled:
    """Return what the rules find, and take off the tree what they remove: it is changed."""
    for selector in rules.remove:
        for node in select(tree, selector):
            if node.getparent() is not None:
                node.drop_tree()
    found = {part: _found(tree, getattr(rules, part)) for part in PARTS}
    heads, dates = found["title"], found["date"]
    ruled = Ruled(
        title=_said(heads[0]) if heads else "",
        text=blocks_of(found["body"]),
        authors=clean_names([_said(node) for node in found["author"]]),
        published=next(filter(None, map(_date, dates)), None),
    )
    told = dict(zip(PARTS, (ruled.title, ruled.text, ruled.authors, ruled.published), strict=True))
    missed = [f"{part} ({selector})" for part, selector in _given(rules) if not told[part]]
    return Ruled(ruled.title, ruled.text, ruled.authors, ruled.published, tuple(missed))


def count_matches(tree: Any, rules: SiteRules) -> dict[str, int]:
    """Return how many elements each selector matches, by `part: selector`, in the rules' order."""
    several = [("remove", selector) for selector in rules.remove]
    given = [*_given(rules), *several]
    return {f"{part}: {selector}": len(select(tree, selector)) for part, selector in given}


def select(tree: Any, selector: str) -> list[Any]:
    """Return the elements that a selector matches, in the page's order."""
    return list(_compiled(selector)(tree))


@cache
def _compiled(selector: str) -> Any:
    from lxml.cssselect import CSSSelector

    return CSSSelector(selector, translator="html")


def _given(rules: SiteRules) -> Iterator[tuple[str, str]]:
    for part in PARTS:
        if selector := getattr(rules, part):
            yield part, selector


def _found(tree: Any, selector: str) -> list[Any]:
    """Return what a selector matches without what stands inside another match."""
    found = select(tree, selector) if selector else []
    inside = set(found)
    return [node for node in found if inside.isdisjoint(node.iterancestors())]


def _said(node: Any) -> str:
    return text_of(node) or clean(node.get("content") or "")


def _date(node: Any) -> str | None:
    named = [node.get(name) for name in DATED]
    return next(filter(None, map(parse_date, named)), None) or find_date(text_of(node))
