"""Groups out of judged pairs: average linkage, so that no chain of doubtful pairs grows a group.

Editors' must-link and cannot-link pairs and certainties come first and always hold; a cannot-link
wins over a certainty.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[int, int]
Tally = tuple[float, float]  # the weighted sum of log-odds, and the weight of the judged pairs
UNJUDGED = -4.0  # log-odds of a pair that was not worth judging


class Grouping:
    """Groups of the articles 0 … count − 1, each starting alone.

    Args:
        count: how many articles there are.
        cannot: pairs that never meet in one group.
        spans: day of each article, or None where it is undated.
        window: days between a group's first and last article, at most.
        weights: how much each article's pairs count in a mean; all alike if there are none.
    """

    def __init__(
        self,
        count: int,
        *,
        cannot: Iterable[Pair] = (),
        spans: Sequence[float | None] = (),
        window: float = float("inf"),
        weights: Sequence[float] = (),
    ) -> None:
        self.group_of = list(range(count))
        self._weights = list(weights) or [1.0] * count
        self._weight = list(self._weights)  # of each group
        self._several: dict[int, list[int]] = {}  # members of the groups of several
        self._apart: dict[int, set[int]] = {}
        for left, right in cannot:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)
        self._first = list(spans) or [None] * count  # day of each group
        self._last = list(self._first)
        self._window = window
        self._unjudged = UNJUDGED

    def copy(self) -> Grouping:
        """Return a grouping that grows apart from this one."""
        twin = Grouping(0, window=self._window)
        twin.group_of = list(self.group_of)
        twin._several = {group: list(members) for group, members in self._several.items()}
        twin._apart = self._apart
        twin._first, twin._last = list(self._first), list(self._last)
        twin._weights, twin._weight = self._weights, list(self._weight)
        return twin

    def members(self, group: int) -> Sequence[int]:
        """Return the articles of a group, in the order in which they joined it."""
        return self._several.get(group, (group,))

    def join(self, pairs: Iterable[Pair], *, force: bool = False) -> list[Pair]:
        """Merge the groups of each pair for certain; return those that a cannot-link forbids."""
        refused = []
        for left, right in pairs:
            one, other = self.group_of[left], self.group_of[right]
            if one != other and self._kept_apart(one, other) and not force:
                refused.append((left, right))
            elif one != other:
                self._merge(*sorted((one, other)))
        return refused

    def link(self, judged: Mapping[Pair, float], *, unjudged: float = UNJUDGED) -> None:
        """Merge the groups with the highest mean log-odds first, while the mean is positive.

        A pair counts in the mean by the product of its articles' weights.

        Args:
            judged: log-odds of pairs, `(smaller, larger)`.
            unjudged: log-odds of all others.
        """
        self._unjudged = unjudged
        sums: dict[int, dict[int, Tally]] = {}
        for (left, right), odds in sorted(judged.items()):
            self._tally(sums, left, right, odds)
        heap: list[tuple[float, int, int]] = []
        for one, row in sums.items():
            self._push(sums, one, (other for other in row if one < other), heap)
        while heap:
            cost, one, other = heapq.heappop(heap)
            if other not in sums.get(one, {}) or self._mean(sums, one, other) != -cost:
                continue  # one of the two has changed since
            if self._kept_apart(one, other) or self._too_far(one, other):
                continue
            self._merge(one, other)
            self._fold(sums, one, other, heap)

    def groups(self) -> list[list[int]]:
        """Return the groups, each sorted, in order of their smallest article."""
        alone = ([n] for n, group in enumerate(self.group_of) if n == group)
        several = (sorted(members) for members in self._several.values())
        return sorted([*(one for one in alone if one[0] not in self._several), *several])

    def _tally(self, sums: dict[int, dict[int, Tally]], left: int, right: int, odds: float) -> None:
        one, other = self.group_of[left], self.group_of[right]
        if one == other:
            return
        weight = self._weights[left] * self._weights[right]
        total, judged = sums.setdefault(one, {}).get(other, (0.0, 0.0))
        entry = (total + weight * odds, judged + weight)
        sums[one][other] = sums.setdefault(other, {})[one] = entry

    def _mean(self, sums: dict[int, dict[int, Tally]], one: int, other: int) -> float:
        total, judged = sums[one][other]
        pairs = self._weight[one] * self._weight[other]
        return round((total + self._unjudged * (pairs - judged)) / pairs, 9)

    def _fold(
        self,
        sums: dict[int, dict[int, Tally]],
        one: int,
        other: int,
        heap: list[tuple[float, int, int]],
    ) -> None:
        """Move what `other` knew of its neighbours to `one`."""
        sums[one].pop(other, None)
        for neighbour, (total, judged) in sums.pop(other).items():
            sums[neighbour].pop(other, None)
            if neighbour == one:
                continue
            mine, before = sums[one].get(neighbour, (0.0, 0.0))
            entry = (mine + total, before + judged)
            sums[one][neighbour] = sums[neighbour][one] = entry
        self._push(sums, one, sums[one], heap)

    def _push(
        self,
        sums: dict[int, dict[int, Tally]],
        one: int,
        others: Iterable[int],
        heap: list[tuple[float, int, int]],
    ) -> None:
        """Put pairs of groups on the heap; those that no mean speaks for are never merged."""
        row = sums[one]
        for other in others:
            if row[other][0] > 0 and (mean := self._mean(sums, one, other)) > 0:
                heapq.heappush(heap, (-mean, min(one, other), max(one, other)))

    def _merge(self, one: int, other: int) -> None:
        moved = self._several.pop(other, [other])
        for member in moved:
            self.group_of[member] = one
        self._several.setdefault(one, [one]).extend(moved)
        self._weight[one] += self._weight[other]
        if days := self._days(one, other):
            self._first[one], self._last[one] = days

    def _days(self, *groups: int) -> tuple[float, float] | None:
        """Return the first and the last day of groups; None where all are undated."""
        first = [day for group in groups if (day := self._first[group]) is not None]
        last = [day for group in groups if (day := self._last[group]) is not None]
        return (min(first), max(last)) if first else None

    def _kept_apart(self, one: int, other: int) -> bool:
        few, many = sorted((self.members(one), self.members(other)), key=len)
        return any(
            self.group_of[foe] == self.group_of[many[0]]
            for member in few
            for foe in self._apart.get(member, ())
        )

    def _too_far(self, one: int, other: int) -> bool:
        if self._first[one] is None or self._first[other] is None:
            return False
        days = self._days(one, other)
        return days is not None and days[1] - days[0] > self._window
