"""How far the names and numbers of two texts agree, and how far they contradict each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from digest.stages.mentions import names, numbers
from digest.stages.sketch import Sketch, Terms, terms


@dataclass(frozen=True, slots=True)
class Agreement:
    """Mentions on both sides and on one side only, the most frequent first."""

    shared: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]

    def words(self, what: str) -> str:
        """Return the evidence in words: `3 numbers shared (12, 40, 2026), but 7 ≠ 8`."""
        said = f"{len(self.shared)} {what} shared"
        if self.shared:
            said += f" ({', '.join(self.shared[:4])}{', …' if len(self.shared) > 4 else ''})"
        if self.left and self.right:
            said += f", but {', '.join(self.left[:3])} ≠ {', '.join(self.right[:3])}"
        return said


def contradictions(left: Sketch, right: Sketch) -> float:
    """Return how much of what two texts name and count contradicts the other.

    A mention that one side alone has may have been left out by the other. A contradiction needs
    one on each side, and weighs as much as the lighter side: the count of its mentions, one in a
    title for three, and at most three each.
    """
    return _against(left.names, right.names, left.words, right.words) + _against(
        left.numbers, right.numbers, None, None
    )


def _against(
    left: Terms, right: Terms, left_words: Terms | None, right_words: Terms | None
) -> float:
    return min(_only(left, right, right_words), _only(right, left, left_words))


def _only(own: Terms, others: Terms, words: Terms | None) -> float:
    """Return the count of the mentions that the other text has nowhere."""
    found = np.isin(own.columns, others.columns, assume_unique=True)
    if words is not None:
        found |= np.isin(own.columns, words.columns, assume_unique=True)
    return float(own.counts[~found].sum())


def compare_names(left: Sketch, right: Sketch) -> Agreement:
    """Return which names two texts share; one that stands in lower case is no contradiction."""
    one, other = _whole(left), _whole(right)
    return _agreement(
        names(one), names(other), left_words=set(terms(one)), right_words=set(terms(other))
    )


def compare_numbers(left: Sketch, right: Sketch) -> Agreement:
    """Return which numbers two texts share."""
    return _agreement(numbers(_whole(left)), numbers(_whole(right)))


def _whole(sketch: Sketch) -> str:
    return f"{sketch.title}\n{sketch.text}"


def _agreement(
    left: Counter[str],
    right: Counter[str],
    *,
    left_words: set[str] = frozenset(),  # type: ignore[assignment]
    right_words: set[str] = frozenset(),  # type: ignore[assignment]
) -> Agreement:
    return Agreement(
        shared=_by_count({key: n for key, n in left.items() if key in right}),
        left=_by_count({k: n for k, n in left.items() if k not in right and k not in right_words}),
        right=_by_count({k: n for k, n in right.items() if k not in left and k not in left_words}),
    )


def _by_count(counts: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda key: (-counts[key], key)))
