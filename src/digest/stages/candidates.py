"""Which pairs of articles are worth a closer look, without looking at all pairs.

By vector: exact blocked products for small windows, cells around centroids for large ones. By
text: articles that share one of their smallest shingle hashes. Both give the same pairs whatever
the order of the articles, up to their numbering.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.cores import on_all_cores
from digest.stages.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.stages.sketch import Sketch

EXACT = 4_000  # articles up to which all products are cheaper than making cells
BLOCK = 1_024
NEAREST = 16  # others that an article is compared with, beside those that are nearer to it
FEW_NEAREST = 64  # the same where the articles are few enough for all products
TIE = 1e-5  # cosines that differ by less are one: rounding must not choose between copies
PROBES = 6  # cells in which an article looks for its like
PAIRS = 20_000  # compared at once
SHINGLE_BITS = 24
SKETCH = 16  # smallest hashes kept of an article
AT_ONCE = 200_000  # pairs that are moved at once: of millions, every copy would be large
CROWD = 40  # a shingle in more articles than this is boilerplate


def near_pairs(
    vectors: NDArray[np.float32],
    *,
    floor: float,
    nearest: int = NEAREST,
    among: NDArray[np.intp] | None = None,
) -> NDArray[np.int32]:
    """Return the pairs of near rows, shape (n, 2), first < second.

    A pair is near where its cosine is at least `floor` and one of the two is among the other's
    `nearest`: the work grows with the articles, not with their square, however alike they are.

    Args:
        vectors: unit vectors, shape (articles, dims).
        floor: the least cosine.
        nearest: of an article; equally near ones count as one, up to four times as many.
        among: numbers of the rows that take part, rising; all where there is none.
    """
    every = np.arange(len(vectors)) if among is None else among
    if len(every) <= EXACT:
        most = max(nearest, FEW_NEAREST)
        return _unique(list(_exact_pairs(vectors, every, floor=floor, nearest=most)))
    with one_thread():  # for each core
        return _unique(list(_cell_pairs(vectors, every, floor=floor, nearest=nearest)))


def _exact_pairs(
    vectors: NDArray[np.float32], every: NDArray[np.intp], *, floor: float, nearest: int
) -> Iterator[NDArray[np.int32]]:
    for start in range(0, len(every), BLOCK):
        own = np.arange(start, min(start + BLOCK, len(every)))
        yield _nearest_pairs(vectors, every, own, floor, nearest)


def _cell_pairs(
    vectors: NDArray[np.float32], every: NDArray[np.intp], *, floor: float, nearest: int
) -> Iterator[NDArray[np.int32]]:
    """Yield pairs that share a cell: one of the article's `PROBES` nearest centroids."""
    centres = _centroids(vectors, every, max(64, len(every) // 256))
    members = _nearest(vectors, every, centres, PROBES)
    order = np.argsort(members.ravel(), kind="stable")
    cells = members.ravel()[order]
    rows = order // PROBES
    home = members[:, 0]

    def inside(run: tuple[int, int, int]) -> list[NDArray[np.int32]]:
        cell, start, end = run
        members = every[rows[start:end]]
        at_home = np.flatnonzero(home[rows[start:end]] == cell)
        return [
            _nearest_pairs(vectors, members, at_home[first : first + BLOCK], floor, nearest)
            for first in range(0, len(at_home), BLOCK)
        ]

    for found in on_all_cores(inside, _runs(cells)):
        yield from found


def _nearest_pairs(
    vectors: NDArray[np.float32],
    others: NDArray[np.intp],
    own: NDArray[np.intp],
    floor: float,
    nearest: int,
) -> NDArray[np.int32]:
    """Return the pairs of rows with the nearest others, smaller number first.

    Args:
        vectors: unit vectors, shape (articles, dims).
        others: numbers of rows.
        own: places among these of the rows whose nearest are looked for.
        floor: the least cosine.
        nearest: of an article.
    """
    beside, rows = vectors[others], others[own]
    scores = beside[own] @ beside.T
    scores[np.arange(len(own)), own] = -1  # an article is not its own like
    least = np.full(len(rows), floor, dtype=np.float32)
    if len(others) > nearest:
        least = np.maximum(least, np.partition(scores, -nearest, axis=1)[:, -nearest] - TIE)
    left, right = np.nonzero(scores >= least[:, None])
    # Of a crowd of equals the first are taken: `right` rises within each row.
    rank = np.arange(len(left)) - np.searchsorted(left, left)
    kept = rank < 4 * nearest
    pairs = np.stack([rows[left[kept]], others[right[kept]]], axis=1).astype(np.int32)
    pairs.sort(axis=1)
    return pairs


def _centroids(
    vectors: NDArray[np.float32], every: NDArray[np.intp], count: int
) -> NDArray[np.float32]:
    """Return `count` rows, spread evenly over the window, each moved once to its cell's mean."""
    picked = vectors[every[np.linspace(0, len(every) - 1, count).astype(int)]]
    sample = every[:: max(1, len(every) // (count * 24))]
    nearest = _nearest(vectors, sample, picked, 1)[:, 0]
    sums = picked * np.float32(1e-3)
    np.add.at(sums, nearest, vectors[sample])
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)


def _nearest(
    vectors: NDArray[np.float32],
    every: NDArray[np.intp],
    centres: NDArray[np.float32],
    probes: int,
) -> NDArray[np.int32]:
    """Return the numbers of the nearest centres of each row, the nearest first."""

    def of_block(start: int) -> NDArray[np.int32]:
        scores = vectors[every[start : start + BLOCK]] @ centres.T
        top = np.argpartition(-scores, probes - 1, axis=1)[:, :probes]
        ranks = np.argsort(-np.take_along_axis(scores, top, axis=1), axis=1, kind="stable")
        return np.take_along_axis(top, ranks, axis=1).astype(np.int32)

    return np.concatenate(list(on_all_cores(of_block, range(0, len(every), BLOCK))))


def shingle_pairs(shingles: list[NDArray[np.uint32]]) -> NDArray[np.int32]:
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
    shared = _small_runs(hashes)
    hashes, rows = hashes[shared], rows[shared]
    found = []
    for step in range(1, CROWD):
        same = np.flatnonzero(hashes[step:] == hashes[:-step])
        if not len(same):
            break
        found.append(np.stack([rows[same], rows[same + step]], axis=1))
    return _unique(found)


def shared_shingles(sketches: Sequence[Sketch], pairs: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return how many shingles each pair of articles has in common, shape (pairs,)."""
    involved, places = np.unique(pairs, return_inverse=True)
    matrix = shingle_matrix([sketches[n].shingles for n in involved.tolist()])
    places = places.reshape(pairs.shape)
    parts = np.array_split(places, len(pairs) // PAIRS + 1)
    return np.concatenate([in_common(matrix, *part.T) for part in parts]).astype(np.int64)


def in_common(
    matrix: Any, left: NDArray[np.integer[Any]], right: NDArray[np.integer[Any]]
) -> NDArray[np.float32]:
    """Return how many entries rows `left` of a shingle matrix have in common with rows `right`.

    They are counted by how many there are: summing ones takes a third more time.
    """
    ends: NDArray[np.int32] = matrix[left].multiply(matrix[right]).indptr
    return np.diff(ends).astype(np.float32)


def shingle_matrix(shingles: Sequence[NDArray[np.uint32]]) -> Any:
    """Return the sparse matrix of articles × 24 bits of their shingles' hashes: ones of 8 bits.

    No entry comes twice: SciPy would fall back on working memory as wide as the matrix.
    """
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]

    ends = np.cumsum([0, *map(len, shingles)])
    every = np.concatenate([np.empty(0, dtype=np.uint32), *shingles])
    columns = (every >> np.uint32(32 - SHINGLE_BITS)).astype(np.int32)
    new = np.ones(len(columns), dtype=bool)
    new[1:] = columns[1:] != columns[:-1]
    new[ends[:-1][ends[:-1] < len(new)]] = True
    kept = np.concatenate([[0], np.cumsum(new)])[ends]
    values = np.ones(int(new.sum()), dtype=np.int8)
    return csr_matrix((values, columns[new], kept), shape=(len(shingles), 1 << SHINGLE_BITS))


def _small_runs(values: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which of the sorted values stand there at least twice and at most `CROWD` times."""
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    sizes = np.diff(np.r_[starts, len(values)])
    chosen: NDArray[np.bool_] = np.repeat((sizes > 1) & (sizes <= CROWD), sizes)
    return chosen


def merge_pairs(*several: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the distinct pairs of several lists, in order."""
    return _unique(list(several))


def moved_pairs(
    pairs: NDArray[np.int32], onto: NDArray[np.int32], inside: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Return the distinct pairs of what each of two stands for, in order, without loops.

    Args:
        pairs: shape (pairs, 2).
        onto: what each article stands for.
        inside: articles that take part; of the others no pair is returned.
    """

    def moved(start: int) -> NDArray[np.int64]:
        left, right = onto[pairs[start : start + AT_ONCE]].T
        kept = (left != right) & inside[left] & inside[right]
        left, right = left[kept], right[kept]
        key: NDArray[np.int64] = np.minimum(left, right).astype(np.int64) << 32
        key |= np.maximum(left, right)
        return key

    keys = [moved(start) for start in range(0, len(pairs), AT_ONCE)]
    return _distinct(np.concatenate([np.empty(0, np.int64), *keys]))


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
    pairs = [(part[:, 0].astype(np.int64) << 32) | part[:, 1] for part in found if len(part)]
    if not pairs:
        return np.empty((0, 2), dtype=np.int32)
    return _distinct(np.concatenate(pairs))


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the distinct pairs of keys, which are sorted in place."""
    keys.sort()
    new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    keys = keys[new]
    found = np.empty((len(keys), 2), dtype=np.int32)
    found[:, 0] = keys >> 32
    found[:, 1] = keys & 0xFFFFFFFF
    return found
