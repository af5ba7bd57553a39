"""Which pairs of articles are worth a closer look, without looking at all pairs.

By vector: exact blocked products for small windows, cells around centroids for large ones. By
text: articles that share one of their smallest shingle hashes. Both give the same pairs whatever
the order of the articles, up to their numbering.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXACT = 8_000  # articles up to which all products are cheaper than making cells
BLOCK = 1_024
PROBES = 6  # cells in which an article looks for its like
SKETCH = 16  # smallest hashes kept of an article
CROWD = 40  # a shingle in more articles than this is boilerplate


def near_pairs(vectors: NDArray[np.float32], *, floor: float) -> NDArray[np.int32]:
    """Return the pairs of rows with a cosine of at least `floor`, shape (n, 2), first < second.

    Args:
        vectors: unit vectors, shape (articles, dims).
        floor: the least cosine.
    """
    if len(vectors) <= EXACT:
        return _exact_pairs(vectors, floor=floor)
    return _cell_pairs(vectors, floor=floor)


def _exact_pairs(vectors: NDArray[np.float32], *, floor: float) -> NDArray[np.int32]:
    found = []
    for start in range(0, len(vectors), BLOCK):
        scores = vectors[start : start + BLOCK] @ vectors[start:].T
        rows, columns = np.nonzero(scores >= floor)
        keep = rows < columns
        found.append(np.stack([rows[keep] + start, columns[keep] + start], axis=1))
    return _unique(found)


def _cell_pairs(vectors: NDArray[np.float32], *, floor: float) -> NDArray[np.int32]:
    """Return pairs that share a cell: one of the article's `PROBES` nearest centroids."""
    count = max(64, len(vectors) // 256)
    centres = _centroids(vectors, count)
    members = _nearest(vectors, centres, PROBES)
    order = np.argsort(members.ravel(), kind="stable")
    cells = members.ravel()[order]
    rows = (order // PROBES).astype(np.int32)
    home = members[:, 0]
    found = []
    for cell, start, end in _runs(cells):
        inside = rows[start:end]
        at_home = inside[home[inside] == cell]
        scores = vectors[at_home] @ vectors[inside].T
        left, right = np.nonzero(scores >= floor)
        pairs = np.stack([at_home[left], inside[right]], axis=1)
        pairs.sort(axis=1)
        found.append(pairs[pairs[:, 0] < pairs[:, 1]])
    return _unique(found)


def _centroids(vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Return `count` rows, spread evenly over the window, each moved once to its cell's mean."""
    picked = vectors[np.linspace(0, len(vectors) - 1, count).astype(int)]
    sample = vectors[:: max(1, len(vectors) // (count * 24))]
    nearest = _nearest(sample, picked, 1)[:, 0]
    sums = np.zeros_like(picked)
    np.add.at(sums, nearest, sample)
    sums += picked * 1e-3
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)


def _nearest(
    vectors: NDArray[np.float32], centres: NDArray[np.float32], probes: int
) -> NDArray[np.int32]:
    nearest = np.empty((len(vectors), probes), dtype=np.int32)
    for start in range(0, len(vectors), BLOCK):
        scores = vectors[start : start + BLOCK] @ centres.T
        top = np.argpartition(-scores, probes - 1, axis=1)[:, :probes]
        ranks = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable")
        nearest[start : start + BLOCK] = np.take_along_axis(top, ranks, axis=1)
    return nearest


def shingle_pairs(shingles: list[NDArray[np.uint64]]) -> NDArray[np.int32]:
    """Return the pairs of articles that share one of their smallest shingle hashes.

    Two texts with a Jaccard similarity of J share about `SKETCH` · J of these, so that texts half
    of which is the same are missed about once in 60,000 (Broder 1997).

    Args:
        shingles: the sorted, distinct hashes of each article.
    """
    kept = [hashes[:SKETCH] for hashes in shingles]
    rows = np.repeat(np.arange(len(kept), dtype=np.int32), [len(hashes) for hashes in kept])
    if not len(rows):
        return np.empty((0, 2), dtype=np.int32)
    hashes = np.concatenate(kept)
    order = np.argsort(hashes, kind="stable")
    hashes, rows = hashes[order], rows[order]
    found = []
    for _, start, end in _runs(hashes):
        if 1 < end - start <= CROWD:
            left, right = np.triu_indices(end - start, 1)
            found.append(np.stack([rows[start + left], rows[start + right]], axis=1))
    return _unique(found)


def merge_pairs(*several: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the distinct pairs of several lists, in order."""
    return _unique(list(several))


def _runs(values: NDArray[np.generic]) -> list[tuple[int, int, int]]:
    """Return `(value, start, end)` of each run of equal values with more than one member."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    ends = np.r_[starts[1:], len(values)]
    wide = ends - starts > 1
    return [
        (int(values[start]), int(start), int(end))
        for start, end in zip(starts[wide], ends[wide], strict=True)
    ]


def _unique(found: Sequence[NDArray[np.signedinteger[Any]]]) -> NDArray[np.int32]:
    pairs = [part.astype(np.int64) for part in found if len(part)]
    if not pairs:
        return np.empty((0, 2), dtype=np.int32)
    both = np.concatenate(pairs)
    keys = np.unique((both[:, 0] << 32) | both[:, 1])
    return np.stack([keys >> 32, keys & 0xFFFFFFFF], axis=1).astype(np.int32)
