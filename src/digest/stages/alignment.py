"""How well the sentences of two articles are found in each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.window import unit
from digest.text import sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.stages.sketch import Sketch

ALIGNMENT = (
    "aligned",  # cosine of each sentence with the nearest of the other text, the worse way
    "ordered",  # sentences that are each other's nearest, in one order: 0 none … 1 very many
    "mutual",  # share of the shorter text's sentences that are each other's nearest, × enough
    "evenness",  # ratio of the numbers of sentences, × enough
    "titles",  # cosine of the titles
    "title_found",  # cosine of a title with the nearest sentence of the other text, the better way
)
SENTENCES = 80  # of an article that are aligned: its beginning
HALF = 4.0  # sentences in order that are half of "very many"
#: Sentences at which half of their mean is taken out: what a window's articles all say in common.
HALF_CENTRED = 1_000


class Aligner:
    """Aligns pairs of a window's articles; keeps the sentence vectors.

    Args:
        sketches: the window's articles.
        encoder: makes the sentence vectors.
    """

    def __init__(self, sketches: Sequence[Sketch], encoder: Encoder) -> None:
        self.sketches = sketches
        self.encoder = encoder
        self._mean: NDArray[np.float32] | None = None
        self._known: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return one row of `ALIGNMENT` for each pair, shape (pairs, features)."""
        self._encode(np.unique(pairs).tolist())
        rows = [self._features(left, right) for left, right in pairs.tolist()]
        return np.array(rows, dtype=np.float32).reshape(len(pairs), len(ALIGNMENT))

    def _features(self, left: int, right: int) -> tuple[float, ...]:
        (one, share), (other, other_share) = self._known[left], self._known[right]
        if not len(one) or not len(other):
            return (0.0,) * len(ALIGNMENT)
        scores = one @ other.T
        forth, back = scores.argmax(axis=1), scores.argmax(axis=0)
        best, best_back = scores.max(axis=1), scores.max(axis=0)
        mutual = np.flatnonzero(back[forth] == np.arange(len(one)))
        fewer, more = sorted(scores.shape)
        enough = fewer / (fewer + HALF)  # with two sentences each, half of all texts look alike
        # Chance puts a few sentences of any two texts in order: what counts is how many of all.
        ordered = _longest_rise(forth[mutual].tolist()) ** 2 / more
        return (
            float(min(best @ share, best_back @ other_share)),
            ordered / (ordered + HALF),
            len(mutual) / fewer * enough,
            fewer / more * enough,
            float(scores[0, 0]),
            float(max(best[0], best_back[0])),
        )

    def _encode(self, wanted: Iterable[int]) -> None:
        new = [n for n in wanted if n not in self._known]
        texts = [sentences_of(self.sketches[n]) for n in new]
        flat = [sentence for some in texts for sentence in some]
        vectors = self.encoder.encode(flat) if flat else np.empty((0, 1), dtype=np.float32)
        if self._mean is None:
            part = np.float32(len(flat) / (len(flat) + HALF_CENTRED))
            self._mean = part * vectors.mean(axis=0) if flat else np.zeros(1, dtype=np.float32)
        vectors = unit(vectors - self._mean)
        start = 0
        for n, some in zip(new, texts, strict=True):
            lengths = np.array([len(sentence) for sentence in some], dtype=np.float32)
            share = lengths / max(1.0, float(lengths.sum()))
            self._known[n] = (vectors[start : start + len(some)], share)
            start += len(some)


def _longest_rise(places: Sequence[int]) -> int:
    """Return the length of the longest rising subsequence (patience sorting)."""
    ends: list[int] = []
    for place in places:
        found = bisect_left(ends, place)
        ends[found : found + 1] = [place]
    return len(ends)


def sentences_of(sketch: Sketch) -> list[str]:
    """Return the title and the first sentences of an article."""
    return list(sentences(f"{sketch.title}\n{sketch.text}"))[:SENTENCES]
