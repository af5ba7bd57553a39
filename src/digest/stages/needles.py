"""Which of thousands of short strings stand in a text, told by their first signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from digest.text import CJK

WITHIN = re.compile(r"(?<=[\w,(] )")
EDGE = re.compile(r"\b")

HEAD, HEAD_WIDE = 3, 2  #: signs that a string is looked up by; a Han character tells more
ASKED = 64  #: answers on names that are kept: an article is asked of its few again and again
KEPT = 4  #: texts whose heads are kept: a title and the parts of an opening


class Needles:
    """Strings that are looked for together.

    A text is cut into its heads once; only a string whose head is one of these is looked for.
    """

    def __init__(self, needles: Iterable[str]) -> None:
        self._needles = tuple(needles)
        self._places: dict[str, list[int]] = {}
        for place, needle in enumerate(self._needles):
            self._places.setdefault(_head(needle), []).append(place)
        self._short = self._places.pop("", [])
        self._heads = frozenset(self._places)

    def found_in(self, text: str) -> list[int]:
        """Return the places, in order, of the strings that a text has."""
        needles, near = self._needles, self._short.copy()
        for head in self._heads & heads_of(text):
            near += self._places[head]
        return sorted([place for place in near if needles[place] in text]) if near else near


def _head(needle: str) -> str:
    """Return the signs that a string is looked up by, "" where it has too few."""
    many = HEAD_WIDE if CJK.match(needle) or len(needle) == HEAD_WIDE else HEAD
    return needle[:many] if len(needle) >= many else ""


@lru_cache(maxsize=KEPT)
def heads_of(text: str) -> frozenset[str]:
    """Return every run of two and of three signs of a text."""
    pairs = map("".join, pairwise(text))
    return frozenset(pairs).union(map("".join, zip(text, text[1:], text[2:], strict=False)))


def places_of(needle: str, text: str) -> Iterator[int]:
    """Give every place of a string in a text; a pattern for one name takes longer to make."""
    place = text.find(needle)
    while place >= 0:
        yield place
        place = text.find(needle, place + 1)


@lru_cache(maxsize=ASKED)
def is_within(name: str, text: str) -> bool:
    """Return whether a text has a name inside of a sentence: behind a word, comma or bracket."""
    return any(
        WITHIN.match(text, place) and EDGE.match(text, place + len(name))
        for place in places_of(name, text)
    )
