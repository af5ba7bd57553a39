"""Tells a report's own words (what to know, themes, method) from the products that it lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 3  # entries with a link from which on a report is a list of linked things


@dataclass(frozen=True, slots=True)
class Head:
    """A heading with text below it.

    Args:
        size: how large it is, in any unit; larger headings hold smaller ones.
        linked: whether it, or the text below it, has a link.
        told: whether there is text below it; a heading without is a section's name.
        title: whether it is the report's own title.
    """

    size: float
    linked: bool
    told: bool = True
    title: bool = False


def is_matter(heads: Sequence[Head]) -> list[bool]:
    """Return for each heading whether what stands below it is the report's own matter.

    Only in a report whose entries have links can this be told. There an entry without one is matter
    where its heading is larger than those of all linked ones (a section's introduction), or where
    it stands under the title while the linked ones stand in sections, or before the first of them
    where each that follows is linked.
    """
    linked = [place for place, head in enumerate(heads) if head.linked and head.told]
    if len(linked) < ENOUGH:
        return [False] * len(heads)
    largest = max(heads[place].size for place in linked)
    in_sections = all(_section(heads, place) is not None for place in linked)
    after = [head for head in heads[linked[0] :] if head.told]
    first = linked[0] if all(head.linked for head in after) else 0
    return [
        head.told
        and not head.linked
        and (
            _is_larger(head.size, largest)
            or place < first
            or (in_sections and _section(heads, place) is None)
        )
        for place, head in enumerate(heads)
    ]


def _section(heads: Sequence[Head], place: int) -> int | None:
    """Return the larger heading above one, save the report's title."""
    for above in range(place - 1, -1, -1):
        if _is_larger(heads[above].size, heads[place].size):
            return None if heads[above].title else above
    return None


def _is_larger(size: float, other: float) -> bool:
    return size > other + 0.3


def section_heads(heads: Sequence[tuple[float, str]], title: str) -> list[str]:
    """Return for each heading the larger one above it, "" where that is the report's title.

    Args:
        heads: size, in any unit, and text of each heading, in order.
        title: the report's own.
    """
    return [_above(heads, place, title) for place in range(len(heads))]


def _above(heads: Sequence[tuple[float, str]], place: int, title: str) -> str:
    for size, text in reversed(heads[:place]):
        if _is_larger(size, heads[place][0]):
            return "" if text == title else text
    return ""
