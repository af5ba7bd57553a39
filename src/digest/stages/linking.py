"""Groups made of judged pairs: likely ones first, then every pair within these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.judging import PLAUSIBLE, Judge, Judged
from digest.stages.looks import Matters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.stages.groups import Grouping

UNKNOWN = -1.0  # log-odds of a pair that was no candidate, while likely groups are made
FEW = 200  # pairs that are joined without SciPy


def link(
    judge: Judge,
    grouping: Grouping,
    *,
    among: Sequence[int],
    limit: float | Sequence[float],
    onto: Sequence[int] | None = None,
    related: float = np.inf,
) -> Judged:
    """Group by the verdict and return the log-odds of the pairs that can matter.

    Candidates make likely groups; then every pair within these is judged, and they are made again
    knowing all, so that two ends of a chain are compared before they share a group.

    Args:
        judge: judges pairs.
        grouping: grows the groups; certainties are in it already.
        among: places that take part.
        limit: log-odds above which two are one; where each place has its own, the higher one's.
        onto: for each place of the window another that it stands for: its original.
        related: log-odds above which a pair is returned, too, that cannot change the groups.
    """
    limits = np.broadcast_to(np.asarray(limit, dtype=np.float64), len(grouping.group_of))
    matters = Matters(
        float(limits.min(initial=np.inf)),
        lambda pairs, odds: _matters(grouping, pairs, odds, limits, related),
    )
    judged = judge.candidates(among, onto, matters)
    likely = grouping.copy()
    likely.link(_less(judged, limits), unjudged=UNKNOWN)
    judged |= judge.within(likely.groups(), judged)
    grouping.link(_less(judged, limits), unjudged=PLAUSIBLE)
    return judged


def _matters(
    grouping: Grouping,
    pairs: NDArray[np.int32],
    odds: NDArray[np.float64],
    limits: NDArray[np.float64],
    related: float,
) -> NDArray[np.bool_]:
    """Return which pairs can change the groups, or may link two of them.

    The groups of pairs that no chain of likely ones joins never meet, whatever their odds.
    """
    groups = np.array(grouping.group_of, dtype=np.int32)[pairs]
    likely = odds > limits[pairs].max(axis=1)
    part = _parts(groups[likely], len(grouping.group_of))
    found: NDArray[np.bool_] = (part[groups[:, 0]] == part[groups[:, 1]]) | (odds > related)
    return found


def _parts(joined: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    """Return for each of so many groups the number of the part that chains of pairs join it to."""
    if len(joined) < FEW:  # SciPy takes a thousand microseconds for any
        part = list(range(count))
        for pair in joined.tolist():
            one, other = (_root(part, group) for group in pair)
            part[max(one, other)] = min(one, other)
        return np.array([_root(part, group) for group in range(count)], dtype=np.int32)
    from scipy.sparse import coo_matrix  # type: ignore[import-untyped, unused-ignore]
    from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped, unused-ignore]

    entries = (np.ones(len(joined), dtype=bool), joined.T)
    graph = coo_matrix(entries, shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int32)


def _root(part: list[int], group: int) -> int:
    while part[group] != group:
        group = part[group]
    return group


def _less(judged: Judged, limits: NDArray[np.float64]) -> Judged:
    """Return by how much the log-odds of pairs lie above the higher limit of the two."""
    of = limits.tolist()
    return {pair: odds - max(of[pair[0]], of[pair[1]]) for pair, odds in judged.items()}
