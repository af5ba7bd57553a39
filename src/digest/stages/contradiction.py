"""How far the names and numbers of two texts agree, and how far they contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import compress

import numpy as np

from digest.stages.facts import month_of
from digest.stages.gist import gist_of, no_names
from digest.stages.rarity import BEFORE, common_shares, known_columns
from digest.stages.sketch import Sketch, Terms
from digest.stages.spelling import is_spelled_alike

RARE = 0.45  # rarity under which a capital makes no name: a common word of some language


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
    there = set(others.columns.tolist())
    missing = _missing(set(own.columns.tolist()) - there, words)
    rows = zip(own.columns.tolist(), own.counts.tolist(), strict=True) if missing else ()
    return float(sum(count for at, count in rows if at in missing))


def compare_names(left: Sketch, right: Sketch) -> Agreement:
    """Return which names two texts share, without days, months and common words with a capital.

    One that stands in lower case is no contradiction, nor is one that the other spells alike.
    """
    found = _compare(_proper(left.names), _proper(right.names), left.words, right.words)
    return Agreement(
        found.shared,
        tuple(name for name in found.left if not is_spelled_alike(name, found.right)),
        tuple(name for name in found.right if not is_spelled_alike(name, found.left)),
    )


def _proper(names: Terms) -> Terms:
    """Return the names that are rare: in German every noun has a capital."""
    common = _common()
    proper = [
        one not in common and not month_of(told)
        for one, told in zip(names.columns.tolist(), names.told, strict=True)
    ]
    if all(proper):
        return names
    kept = np.array(proper)
    return Terms(names.columns[kept], names.counts[kept], tuple(compress(names.told, proper)))


@cache
def _common() -> frozenset[int]:
    """Return the columns of common words, days and months."""
    known = known_columns()
    rarity = -np.log(np.maximum(common_shares(known), 1 / BEFORE)) / np.log(BEFORE)
    return no_names().union(known[rarity < RARE].tolist())


def compare_numbers(left: Sketch, right: Sketch) -> Agreement:
    """Return which numbers two texts share, also those that one of them spells in words."""
    found = _compare(left.numbers, right.numbers)
    spelled = set(gist_of(left).amounts).intersection(gist_of(right).amounts)
    return Agreement(
        found.shared + tuple(sorted(spelled.difference(found.shared))),
        tuple(one for one in found.left if one not in spelled),
        tuple(one for one in found.right if one not in spelled),
    )


def _compare(
    left: Terms, right: Terms, left_words: Terms | None = None, right_words: Terms | None = None
) -> Agreement:
    one, other = set(left.columns.tolist()), set(right.columns.tolist())
    return Agreement(
        shared=_told(left, one & other),
        left=_told(left, _missing(one - other, right_words)),
        right=_told(right, _missing(other - one, left_words)),
    )


def _missing(columns: set[int], words: Terms | None) -> set[int]:
    return columns.difference(words.columns.tolist()) if columns and words else columns


def _told(terms: Terms, chosen: set[int]) -> tuple[str, ...]:
    """Return some of the mentions in words, what weighs most first."""
    rows = zip(terms.columns.tolist(), terms.counts.tolist(), terms.told, strict=True)
    found = sorted((-count, word) for at, count, word in rows if at in chosen) if chosen else ()
    return tuple(word for _, word in found)
