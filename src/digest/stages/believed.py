"""Whether two articles may be one, as their pages say: what their content says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from digest.stages.contradiction import compare_names, compare_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.stages.judging import Judge
    from digest.stages.sketch import Sketch

#: Log-odds of the verdict down to which a page's word outweighs it. Translations of whole articles
#: lie above it in 99 of 100 cases (benchmarks/duplicates.md).
DOUBT = -3.0


def may_be_one(judge: Judge, pairs: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs may be one article, whatever days lie between them."""
    window = judge.window
    known = window.known[pairs].all(axis=1) & (judge.verdict is not None)
    found = np.array(
        [_share(window.sketches[left], window.sketches[right]) for left, right in pairs.tolist()],
        dtype=bool,
    )
    if known.any():
        seen = judge.looks.first(pairs[known])
        if judge.verdict and judge.verdict.full:
            seen = judge.looks.again(pairs[known], seen.evidence, plausible=-np.inf)
        found[known] = seen.odds > DOUBT
    return found


def _share(left: Sketch, right: Sketch) -> bool:
    """Return whether two texts name and count no less in common than against each other."""
    named, counted = compare_names(left, right), compare_numbers(left, right)
    shared = len(named.shared) + len(counted.shared)
    against = min(len(named.left), len(named.right)) + min(len(counted.left), len(counted.right))
    return shared >= against
