"""Whether two shares differ by more than chance, and not because other sources are read now."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from digest.records import QuarterCounts, TrendKind

Z = 1.96  #: of the 95 % interval
BORNE = (
    1.0  #: standard deviations by which the other sources have moved, too, where a trend is theirs
)
ENOUGH = 10  #: stories of a source in either quarter, from which it could have told of a trend
Key = tuple[TrendKind, str]
Part = tuple[int, int]  #: stories that tell something, and all stories


def difference(now: Part, before: Part) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two shares, each (successes, all).

    Newcombe's hybrid score interval, "Interval estimation for the difference between independent
    proportions" (1998), method 10.
    """
    if not (now[1] and before[1]):
        return (-1.0, 1.0)
    p, q = share(now), share(before)
    (low, high), (low_q, high_q) = _wilson(*now), _wilson(*before)
    return (
        p - q - math.hypot(p - low, high_q - q),
        p - q + math.hypot(high - p, q - low_q),
    )


def _wilson(successes: int, all: int) -> tuple[float, float]:
    share, square = successes / all, Z * Z
    middle = (share + square / (2 * all)) / (1 + square / all)
    half = Z * math.sqrt(share * (1 - share) / all + square / (4 * all * all)) / (1 + square / all)
    return max(0.0, middle - half), min(1.0, middle + half)


def share(part: Part) -> float:
    """Return a share, 0 where there are no stories."""
    return round(part[0] / part[1], 4) if part[1] else 0.0


def _in_deviations(parts: Iterable[tuple[float, float]]) -> float:
    """Return the sum of movements, each with its variance, in standard deviations."""
    moved = spread = 0.0
    for each, variance in parts:
        moved, spread = moved + each, spread + variance
    return moved / math.sqrt(spread) if spread else 0.0


@dataclass(frozen=True)
class BySource:
    """Two quarters, source by source, over the sources read in both.

    A source that was added late in the quarter before, or was lost early in this one, was read in
    both, and what it is about weighs more in one of them than in the other. Within a source that
    changes nothing.

    Args:
        now: this quarter.
        before: the one before.
        sources: read in both.
    """

    now: QuarterCounts
    before: QuarterCounts
    sources: frozenset[str]

    def shift(self, key: Key) -> float:
        """Return how far a share has moved within the sources, in standard deviations of chance.

        Of Cochran (1954), and of Mantel and Haenszel (1959), with a stratum for each source.
        """
        return _in_deviations(self._moved(key, source) for source in self.sources)

    def is_lone(self, key: Key, *, rising: bool) -> bool:
        """Return whether a share has moved in one source alone, though others could have told it.

        Without the source that moved most, the others have hardly moved in the same direction. Of
        one source, or of others that were hardly read, nothing is said.
        """
        sign = 1 if rising else -1
        most = max(
            sorted(self.sources), key=lambda each: sign * self._moved(key, each)[0], default=""
        )
        others = [
            source
            for source in self.sources - {most}
            if min(self._all[0][source], self._all[1][source]) >= ENOUGH
        ]
        moved = _in_deviations(self._moved(key, source) for source in others)
        return bool(others) and sign * moved < BORNE

    def _moved(self, key: Key, source: str) -> tuple[float, float]:
        """Return by how many stories a source has moved beyond its share, and their variance."""
        n, m = self._all[0][source], self._all[1][source]
        told, both = self._told[0][key, source], n + m
        total = told + self._told[1][key, source]
        if both < 2:
            return 0.0, 0.0
        spread = n * m * total * (both - total) / (both * both * (both - 1))
        return told - n * total / both, spread

    def heard(self, key: Key, *, now: bool) -> float:
        """Return how many stories of one quarter its sources would have told in the other.

        A source of which much less was read in the other quarter could not have told as many.
        """
        at, other = (0, 1) if now else (1, 0)
        counts = self.now if now else self.before
        return sum(
            fact.stories * max((self._scale(source, at, other) for source in told), default=0.0)
            for fact in counts.facts
            if (fact.kind, fact.name) == key and (told := self._common(counts, fact.group))
        )

    def _scale(self, source: str, at: int, other: int) -> float:
        there = self._all[at][source]
        return min(1.0, self._all[other][source] / there) if there else 0.0

    def _common(self, counts: QuarterCounts, group: int) -> frozenset[str]:
        return self.sources.intersection(counts.groups[group])

    @cached_property
    def _all(self) -> tuple[Counter[str], Counter[str]]:
        return self._stories(self.now), self._stories(self.before)

    def _stories(self, counts: QuarterCounts) -> Counter[str]:
        found: Counter[str] = Counter()
        for number, stories in enumerate(counts.stories):
            for source in self._common(counts, number):
                found[source] += stories
        return found

    @cached_property
    def _told(self) -> tuple[Counter[tuple[Key, str]], Counter[tuple[Key, str]]]:
        return self._facts(self.now), self._facts(self.before)

    def _facts(self, counts: QuarterCounts) -> Counter[tuple[Key, str]]:
        found: Counter[tuple[Key, str]] = Counter()
        for fact in counts.facts:
            for source in self._common(counts, fact.group):
                found[(fact.kind, fact.name), source] += fact.stories
        return found
