"""The evidence for two articles being the same: vectors, words, names, numbers, length."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.cores import on_all_cores
from digest.stages.candidates import in_common, shingle_matrix
from digest.stages.rarity import Vocabulary, make_vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.records import Background, Counts
    from digest.stages.sketch import Sketch, Terms

#: What can be measured without reading sentences, for a million pairs a few seconds.
FEATURES = (
    "cosine",  # of the articles' vectors
    "words",  # cosine of the rarity of their words
    "wording",  # share of runs of four words in common
    "names",  # weight of the shared names, 0 none … 1 very many
    "names_against",  # weight of names that stand instead of the other's, likewise
    "numbers",
    "numbers_against",
    "names_swapped",  # likewise, where the wording around them is the same: a filled template
    "numbers_swapped",
    "length",  # logarithm of the ratio of lengths, 0 for equal ones
)
#: Those from which, with the texts' lengths, the others follow.
MEASURED = ("cosine", "wording", "names", "names_against", "numbers", "numbers_against")
#: What speaks against a merge; all else speaks for one.
AGAINST = ("names_against", "numbers_against", "names_swapped", "numbers_swapped", "length")
HALF = 3.0  # weight of mentions that is half of "very many"
BLOCK = 5_000  # pairs measured at once, by each core: their vectors are copied
SMALL = 500_000  # numbers of a matrix up to which zeros are kept too


class Measurer:
    """Measures pairs of a window.

    Args:
        sketches: the window's articles.
        vectors: their unit vectors, shape (articles, dims); rows of zeros where there is none.
        unused: features that need not be measured, among "words"; they are 0.
        background: tells which terms are rare; None: the window's articles do.
    """

    def __init__(
        self,
        sketches: Sequence[Sketch],
        vectors: NDArray[np.float32],
        *,
        unused: Collection[str] = (),
        background: Background | None = None,
    ) -> None:
        self.sketches = sketches
        self.vectors = vectors
        words, names = [one.words for one in sketches], [one.names for one in sketches]
        behind = background
        seen = (behind.words, behind.names, behind.numbers) if behind else (None, None, None)
        self._words = None if "words" in unused else _word_matrix(words, seen[0])
        self._names = _Mentions(names, seen[1], beside=words)
        self._numbers = _Mentions([one.numbers for one in sketches], seen[2])
        shingles = [one.shingles for one in sketches]
        self._shingles = shingle_matrix(shingles)
        self._runs = np.array([*map(len, shingles)], dtype=np.float32)
        self._length = np.log([one.length + 5 for one in sketches])

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return one row of `FEATURES` for each pair, shape (pairs, features)."""
        return self.whole(pairs, self.measured(pairs))

    def measured(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return one row of `MEASURED` for each pair, and behind it "words" where it is used."""
        width = len(MEASURED) + (self._words is not None)
        found = np.empty((len(pairs), width), np.float32)

        def measure(start: int) -> None:
            left, right = pairs[start : start + BLOCK].T
            self._measure(left, right, found[start : start + BLOCK])

        for _ in on_all_cores(measure, range(0, len(pairs), BLOCK)):
            pass
        return found

    def whole(self, pairs: NDArray[np.int32], measured: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the `FEATURES` of pairs of which the rows of `measured` are known."""
        cosine, wording, names, names_against, numbers, numbers_against = measured.T[
            : len(MEASURED)
        ]
        found = np.zeros((len(pairs), len(FEATURES)), np.float32)
        same = np.sqrt(wording)
        columns = {
            "cosine": cosine,
            "wording": wording,
            "names": names,
            "names_against": names_against,
            "numbers": numbers,
            "numbers_against": numbers_against,
            "names_swapped": names_against * same,
            "numbers_swapped": numbers_against * same,
            "length": np.abs(self._length[pairs[:, 0]] - self._length[pairs[:, 1]]),
        }
        if self._words is not None:
            columns["words"] = measured[:, len(MEASURED)]
        for name, column in columns.items():
            found[:, FEATURES.index(name)] = column
        return found

    def _measure(
        self, left: NDArray[np.int32], right: NDArray[np.int32], found: NDArray[np.float32]
    ) -> None:
        common = in_common(self._shingles, left, right)
        found[:, 0] = np.einsum("nd,nd->n", self.vectors[left], self.vectors[right])
        found[:, 1] = common / np.maximum(1, self._runs[left] + self._runs[right] - common)
        found[:, 2], found[:, 3] = self._names.compare(left, right)
        found[:, 4], found[:, 5] = self._numbers.compare(left, right)
        if self._words is not None:
            found[:, 6] = _dot(self._words, left, self._words, right)


def cosines(vectors: NDArray[np.float32], pairs: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the cosine of each pair of unit vectors, a block at a time: rows are copied."""
    found = np.empty(len(pairs), dtype=np.float32)

    def measure(start: int) -> None:
        left, right = pairs[start : start + BLOCK].T
        found[start : start + BLOCK] = np.einsum("nd,nd->n", vectors[left], vectors[right])

    for _ in on_all_cores(measure, range(0, len(pairs), BLOCK)):
        pass
    return found


class _Mentions:
    """Names or numbers of the window's articles, weighed by rarity and count.

    Args:
        mentions: of each article.
        background: tells which are rare.
        beside: words of each article; a name may stand there in lower case.
    """

    def __init__(
        self,
        mentions: Sequence[Terms],
        background: Counts | None = None,
        *,
        beside: Sequence[Terms] = (),
    ) -> None:
        vocabulary = make_vocabulary(mentions, background)
        self.weight = _matrix(mentions, vocabulary, weighed=True)
        self.root = _root(self.weight)
        self.present = _matrix(mentions, vocabulary)
        if beside:
            also = _matrix(beside, vocabulary)
            dense = _is_dense(also)
            self.present = np.maximum(self.present, also) if dense else self.present.maximum(also)
        self.total = np.asarray(self.weight.sum(axis=1)).ravel()

    def compare(
        self, left: NDArray[np.int32], right: NDArray[np.int32]
    ) -> tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]:
        """Return how much is shared and how much contradicts.

        A mention that one side alone has may have been left out by the other; a contradiction
        needs one on each side, and weighs as much as the lighter side.
        """
        shared = _dot(self.root, left, self.root, right)
        only_left = self.total[left] - _dot(self.weight, left, self.present, right)
        only_right = self.total[right] - _dot(self.weight, right, self.present, left)
        against = np.maximum(np.minimum(only_left, only_right), np.float32(0))
        return shared / (shared + HALF), against / (against + HALF)


def _matrix(rows: Sequence[Terms], vocabulary: Vocabulary, *, weighed: bool = False) -> Any:
    """Return the matrix of articles × vocabulary: ones, or counts times rarity.

    It is sparse, unless it is small: then SciPy's ways would take longer than the sums.
    """
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]

    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    places = vocabulary.places(_joined([row.columns for row in rows], np.int32))
    values = np.ones(len(places), dtype=np.float32)
    if weighed:
        values = _joined([row.counts for row in rows], np.float32) * vocabulary.rarity[places]
    known = places >= 0
    kept = np.concatenate([[0], np.cumsum(known)])[ends]
    shape = (len(rows), max(1, len(vocabulary.columns)))
    if shape[0] * shape[1] <= SMALL:
        dense = np.zeros(shape, dtype=np.float32)
        dense[np.repeat(np.arange(len(rows)), np.diff(kept)), places[known]] = values[known]
        return dense
    return csr_matrix((values[known], places[known], kept), shape=shape)


def _root(matrix: Any) -> Any:
    """Return the square root of each entry; a sparse matrix shares its places with the first."""
    if _is_dense(matrix):
        return np.sqrt(matrix)
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]

    entries = np.sqrt(matrix.data), matrix.indices, matrix.indptr
    return csr_matrix(entries, shape=matrix.shape)


def _is_dense(matrix: Any) -> bool:
    return isinstance(matrix, np.ndarray)


def _joined(parts: Sequence[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=dtype), *parts])


def _word_matrix(words: Sequence[Terms], background: Counts | None = None) -> Any:
    """Return the matrix of articles × rarity of their words, rows of length 1."""
    from scipy.sparse import diags  # type: ignore[import-untyped, unused-ignore]

    matrix = _matrix(words, make_vocabulary(words, background), weighed=True)
    if _is_dense(matrix):
        return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(norms, 1e-6)) @ matrix).tocsr().astype(np.float32)


def _dot(
    one: Any, left: NDArray[np.int32], other: Any, right: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Return the products of rows `left` of one matrix with rows `right` of the other."""
    if _is_dense(one):
        rows, place = np.unique(left, return_inverse=True)
        products: NDArray[np.float32] = (one[rows] @ other.T)[place, right]
        return products
    return np.asarray(one[left].multiply(other[right]).sum(axis=1), dtype=np.float32).ravel()
