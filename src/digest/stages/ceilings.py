"""What reading the sentences of two articles can add to their log-odds at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from digest.stages.alignment import ALIGNMENT, HALF, HALF_SOON
from digest.stages.evidence import FEATURES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.stages.verdict import Logistic

COSINES = ("aligned", "titles", "title_found")
ONE = 1.05  # a cosine is no larger, whatever 8 bits make of it


def most_odds(
    verdict: Logistic, evidence: NDArray[np.float32], counts: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return log-odds that the full look of pairs cannot exceed, shape (pairs,).

    How many sentences two texts have bounds how many can be found in order. What is read beyond
    `FEATURES` and `ALIGNMENT` must only speak against a pair.

    Args:
        verdict: of the full look.
        evidence: `FEATURES` of the pairs.
        counts: sentences of either article, shape (pairs, 2).
    """
    weights = np.array([verdict.weights.get(name, 0.0) for name in ALIGNMENT])
    least, most = _bounds(counts)
    added = np.maximum(most * weights, least * weights).sum(axis=1)
    own = np.array([verdict.weights.get(name, 0.0) for name in FEATURES])
    odds: NDArray[np.float64] = verdict.intercept + evidence @ own + added
    return odds


def _bounds(counts: NDArray[np.int32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the most that each of `ALIGNMENT` can be."""
    fewer, more = counts.min(axis=1), np.maximum(1, counts.max(axis=1))
    ordered, enough = fewer**2 / more, fewer / (fewer + HALF)
    least, most = np.zeros((2, len(counts), len(ALIGNMENT)))
    most[:] = 1.0
    for name in COSINES:
        least[:, ALIGNMENT.index(name)] = -ONE
        most[:, ALIGNMENT.index(name)] = ONE
    most[:, ALIGNMENT.index("ordered")] = ordered / (ordered + HALF)
    most[:, ALIGNMENT.index("in_order")] = ordered / (ordered + HALF_SOON)
    most[:, ALIGNMENT.index("mutual")] = enough
    most[:, ALIGNMENT.index("evenness")] = fewer / more * enough
    return least, most
