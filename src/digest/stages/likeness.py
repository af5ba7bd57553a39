"""How much of their wording two texts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from digest.stages.sketch import Sketch


def jaccard(left: Sketch, right: Sketch) -> float:
    """Return the share of shingles that two texts have in common, 0–1."""
    return _likeness(left, right)[0]


def containment(left: Sketch, right: Sketch) -> float:
    """Return the share of the shorter text's shingles that the longer one has, 0–1."""
    return _likeness(left, right)[1]


def _likeness(left: Sketch, right: Sketch) -> tuple[float, float]:
    """Return `jaccard` and `containment` at the price of one."""
    shingles = left.shingles, right.shingles
    one, other = map(len, shingles)
    both = np.concatenate(shingles)
    both.sort()
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    return common / max(1, one + other - common), common / max(1, min(one, other))
