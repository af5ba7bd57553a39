"""Where a story's sentences lie in the encoder's space: which say the same, what is central."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import permutations
from operator import add
from typing import TYPE_CHECKING

from digest.stages.new_facts import has_new_facts
from digest.stages.sentences import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Place = tuple[str, int]  #: an article's id, and where a sentence starts in it
Vectors = Callable[[Sequence[str]], "NDArray[np.float32]"]

SAME = 0.86  #: cosine above which two sentences of one language say the same
#: Cosine above which two sentences of two languages do, where each is the other article's nearest.
#: In NTREX-128 it finds 78 % of the German translations of English sentences and 55 % of the
#: Japanese ones (at `SAME` 3 % and none), and takes 6 % of the sentences that have no translation
#: for another's. Set on 30 of its documents, the same on the other 33.
TWIN = 0.55
OVERLAP = 0.7  #: share of a sentence's terms already told above which it is repetition
#: Share of the fewer terms that both have, above which two sentences nearer than `TWIN` tell one
#: thing where one of them has no name or figure that the other lacks: benchmarks/summaries.md.
AGAIN = 0.4


@dataclass(frozen=True, slots=True)
class Space:
    """Where a story's sentences lie in the encoder's space; nowhere where there is no encoder.

    Args:
        vectors: unit vectors by article and start of the sentence.
        centre: of the articles, each of which counts alike; shape (dims,), unit length.
        twins: places of sentences of two languages that say the same, each pair both ways.
    """

    vectors: Mapping[Place, NDArray[np.float32]]
    centre: NDArray[np.float32] | None = None
    twins: frozenset[tuple[Place, Place]] = frozenset()

    def nearness(self, sentences: Sequence[Sentence]) -> float:
        """Return the cosine of what sentences say together with the centre of the story."""
        if self.centre is None:
            return 0.0
        together = reduce(add, map(self._of, sentences))
        length = float((together @ together) ** 0.5)
        return float(together @ self.centre) / length if length else 0.0

    def is_same(self, one: Sentence, other: Sentence) -> bool:
        """Return whether two sentences, in any two languages, say the same.

        Or tell the same event in other words, one of them without a name or a figure of its own.
        """
        both = share(one.terms, other.terms)
        if both > OVERLAP or (_place(one), _place(other)) in self.twins:
            return True
        near = self.likeness(one, other)
        if near > SAME:
            return True
        return (
            near > TWIN
            and both > AGAIN
            and not (has_new_facts(one.text, other.text) and has_new_facts(other.text, one.text))
        )

    def likeness(self, one: Sentence, other: Sentence) -> float:
        """Return the cosine of two sentences, 0 where there is no encoder."""
        return 0.0 if self.centre is None else float(self._of(one) @ self._of(other))

    def _of(self, sentence: Sentence) -> NDArray[np.float32]:
        return self.vectors[_place(sentence)]


def make_space(sentences: Sequence[Sentence], vectors: Vectors | None) -> Space:
    """Return where sentences lie; `vectors` gives unit vectors of texts."""
    if vectors is None or not sentences:
        return Space({})
    matrix = vectors([sentence.text for sentence in sentences])
    rows: dict[int, list[int]] = {}
    for place, sentence in enumerate(sentences):
        rows.setdefault(sentence.rank, []).append(place)
    centre = reduce(add, (_unit(matrix[places].mean(axis=0)) for places in rows.values()))
    keys = [_place(sentence) for sentence in sentences]
    twins = frozenset(_twins(sentences, matrix, list(rows.values())))
    return Space(dict(zip(keys, matrix, strict=True)), _unit(centre), twins)


def _place(sentence: Sentence) -> Place:
    return sentence.article, sentence.start


def _twins(
    sentences: Sequence[Sentence], matrix: NDArray[np.float32], articles: list[list[int]]
) -> Iterator[tuple[Place, Place]]:
    """Yield the places of sentences that are each other's nearest in articles of two languages."""
    for one, other in permutations(articles, 2):
        if sentences[one[0]].language == sentences[other[0]].language:
            continue
        near = matrix[one] @ matrix[other].T
        there, back = near.argmax(axis=1).tolist(), near.argmax(axis=0).tolist()
        for row, column in enumerate(there):
            if back[column] == row and near[row, column] > TWIN:
                yield _place(sentences[one[row]]), _place(sentences[other[column]])


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float((vector @ vector) ** 0.5)
    return vector / length if length else vector


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the fewer terms the other sentence has, too; 1 where there are none."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 1.0
