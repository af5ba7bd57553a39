"""Where a story's sentences lie in the encoder's space: which say the same, what is central."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from digest.stages.sentences import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vectors = Callable[[Sequence[str]], "NDArray[np.float32]"]

SAME = 0.86  #: cosine above which two sentences, in any two languages, say the same
OVERLAP = 0.7  #: share of a sentence's terms already told above which it is repetition


@dataclass(frozen=True, slots=True)
class Space:
    """Where a story's sentences lie in the encoder's space; nowhere where there is no encoder.

    Args:
        vectors: unit vectors by article and start of the sentence.
        centre: of the articles, each of which counts alike; shape (dims,), unit length.
    """

    vectors: Mapping[tuple[str, int], NDArray[np.float32]]
    centre: NDArray[np.float32] | None = None

    def nearness(self, sentences: Sequence[Sentence]) -> float:
        """Return the cosine of what sentences say together with the centre of the story."""
        if self.centre is None:
            return 0.0
        together = reduce(add, map(self._of, sentences))
        length = float((together @ together) ** 0.5)
        return float(together @ self.centre) / length if length else 0.0

    def is_same(self, one: Sentence, other: Sentence) -> bool:
        """Return whether two sentences, in any two languages, say the same."""
        if share(one.terms, other.terms) > OVERLAP:
            return True
        return self.centre is not None and float(self._of(one) @ self._of(other)) > SAME

    def _of(self, sentence: Sentence) -> NDArray[np.float32]:
        return self.vectors[sentence.article, sentence.start]


def make_space(sentences: Sequence[Sentence], vectors: Vectors | None) -> Space:
    """Return where sentences lie; `vectors` gives unit vectors of texts."""
    if vectors is None or not sentences:
        return Space({})
    matrix = vectors([sentence.text for sentence in sentences])
    rows: dict[int, list[int]] = {}
    for place, sentence in enumerate(sentences):
        rows.setdefault(sentence.rank, []).append(place)
    centre = reduce(add, (_unit(matrix[places].mean(axis=0)) for places in rows.values()))
    keys = [(sentence.article, sentence.start) for sentence in sentences]
    return Space(dict(zip(keys, matrix, strict=True)), _unit(centre))


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float((vector @ vector) ** 0.5)
    return vector / length if length else vector


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the fewer terms the other sentence has, too; 1 where there are none."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 1.0
