"""How far the names and numbers of two texts agree, and how far they contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from digest.stages.lexicon import column
from digest.stages.mentions import names, numbers
from digest.stages.sketch import Sketch, Terms


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
    return Agreement(
        shared=_told(left, _mentioned_names, left.names, right.names, shared=True),
        left=_told(left, _mentioned_names, left.names, right.names, right.words),
        right=_told(right, _mentioned_names, right.names, left.names, left.words),
    )


def compare_numbers(left: Sketch, right: Sketch) -> Agreement:
    """Return which numbers two texts share."""
    return Agreement(
        shared=_told(left, _mentioned_numbers, left.numbers, right.numbers, shared=True),
        left=_told(left, _mentioned_numbers, left.numbers, right.numbers),
        right=_told(right, _mentioned_numbers, right.numbers, left.numbers),
    )


Mentioned = Callable[[str, str], Mapping[int, tuple[str, int]]]


def _told(
    sketch: Sketch, mentioned: Mentioned, own: Terms, *others: Terms, shared: bool = False
) -> tuple[str, ...]:
    """Return the mentions that stand in one of the others, or in none, the most frequent first."""
    columns = own.columns.tolist()
    found = {one for other in others for one in other.columns.tolist()} if columns else set()
    chosen = [one for one in columns if (one in found) == shared]
    if not chosen:
        return ()
    words = mentioned(sketch.title, sketch.text)
    told = sorted((words[one] for one in chosen), key=lambda said: (-said[1], said[0]))
    return tuple(word for word, _ in told)


@lru_cache(maxsize=10_000)
def _mentioned_names(title: str, text: str) -> Mapping[int, tuple[str, int]]:
    return _by_column(names(title) + names(text))


@lru_cache(maxsize=10_000)
def _mentioned_numbers(title: str, text: str) -> Mapping[int, tuple[str, int]]:
    return _by_column(numbers(title) + numbers(text))


def _by_column(counts: Mapping[str, int]) -> dict[int, tuple[str, int]]:
    return {column(word): (word, count) for word, count in counts.items()}
