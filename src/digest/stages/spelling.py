"""Whether two spellings are one name: many a language has its own for places and people."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

ALIKE = 0.7  # of the letters of two spellings that stand in both, in one order
LONGEST = 100  #: letters of a name; comparing letters takes the square of their number


def is_spelled_alike(name: str, others: Iterable[str]) -> bool:
    """Return whether a folded name in Latin letters is one of others, as another language has it.

    `sevilla` is `seville`, `warschau` is `warsaw`, and so is a name with a letter too many.
    """
    return any(name[:1] == other[:1] and _is_alike(name, other) for other in others)


@lru_cache(maxsize=100_000)
def _is_alike(name: str, other: str) -> bool:
    if max(len(name), len(other)) > LONGEST:
        return name == other
    return SequenceMatcher(None, name, other, autojunk=False).ratio() >= ALIKE
