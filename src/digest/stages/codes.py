"""Short codes of vectors: what is likely near is found by them, and then compared in full.

A code is the vector along the window's principal axes, in 8 bits each. Over the 100,000 items of
`benchmarks/scale.py` the 200 best by their codes held 98 % of the 40 nearest (128 axes of 384).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from digest.stages.window import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.records import Background

AXES = 128  #: at most
STEPS = 127  #: of a code, on either side of nothing
ROUGH = 2_000  #: neighbours that are compared by all axes, of a rough look by the first
LIKELY = 64  #: neighbours of an article that get a first look


def make_axes(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the directions in which the vectors differ most, shape (dims, axes).

    Args:
        vectors: unit vectors, centred, shape (articles, dims).
    """
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(axes[:, ::-1][:, :AXES], dtype=np.float32)


def centred(background: Background, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit vectors without what all of the window have in common, same shape."""
    return unit(vectors - background.shift)


def to_codes(background: Background, vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return the codes of centred vectors, shape (articles, axes)."""
    codes: NDArray[np.int8] = np.rint(vectors @ background.axes * STEPS).astype(np.int8)
    return codes


def best(scores: NDArray[np.float32], rows: NDArray[np.intp], *, most: int) -> NDArray[np.intp]:
    """Return those of some rows that have the highest scores, about `most`, in no order."""
    if len(rows) <= most:
        return rows
    chosen = scores[rows]
    found: NDArray[np.intp] = rows[chosen >= np.partition(chosen, -most)[-most]]
    return found
