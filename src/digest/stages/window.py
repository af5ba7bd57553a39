"""A window of articles made ready for judging: sketches in founding order, and vectors."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from digest.stages.sketch import Sketch, make_sketches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.records import Article, Background, Embedding, Language

#: Articles at which half of the window's mean is taken out of the vectors. What all articles of a
#: window have in common, such as a vendor's manner, tells none of them apart; a small window's
#: mean may be its one story.
HALF_CENTRED = 200


T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Articles by date and id, with what is needed to compare them.

    The vectors are centred. `known` says which of them mean something: the encoder made the vector
    and knows the language.
    """

    sketches: list[Sketch]
    vectors: NDArray[np.float32]
    known: NDArray[np.bool_]
    place: Mapping[str, int]
    background: Background | None = None
    key: Hashable = None  #: what it was made of
    memory: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gives, made when it is first asked for by this name."""
        if what not in self.memory:
            self.memory[what] = make()
        found: T = self.memory[what]
        return found

    def pairs(self, ids: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        """Return pairs of ids as pairs of places; those with an article elsewhere are left out."""
        return [
            (self.place[left], self.place[right])
            for left, right in ids
            if left in self.place and right in self.place and left != right
        ]


def make_window(
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    embeddings: Mapping[str, Embedding],
    *,
    encoder: Encoder,
    background: Background | None = None,
) -> Window:
    """Return the articles, each id once, sorted by date and id (undated ones last).

    The same window asked for again, as `cluster` does after `dedupe`, is the same one with all
    that was measured in it; it is kept until it has been asked for once more.

    Args:
        articles: in any order.
        languages: by article id.
        embeddings: by article id; those of another model are not used.
        encoder: knows languages, and names the model.
        background: what is common and what is rare, where these articles are too few to tell.
    """
    sketches = make_sketches(list({one.id: one for one in articles}.values()), languages)
    made = {id: one for id, one in embeddings.items() if one.model == encoder.model}
    dims = next((len(one.vector) for one in made.values()), 1)
    vectors = np.zeros((len(sketches), dims), dtype=np.float32)
    known = np.zeros(len(sketches), dtype=bool)
    spoken = {one: encoder.knows(one) for one in {sketch.language for sketch in sketches}}
    for n, sketch in enumerate(sketches):
        if sketch.id in made:
            vectors[n] = made[sketch.id].vector
            known[n] = spoken[sketch.language] and sketch.length > 0
    key = (encoder.model, id(background), zlib.crc32(vectors.data), zlib.crc32(known.data))
    if _last and _last[0].key == key and _last[0].sketches == sketches:  # the very same sketches
        return _last.pop()
    if known.any():
        shift = background.shift if background else shift_of(vectors[known])
        vectors[known] = unit(vectors[known] - shift)
    place = {one.id: n for n, one in enumerate(sketches)}
    _last[:] = [Window(sketches, vectors, known, place, background, key)]
    return _last[0]


_last: list[Window] = []


def shift_of(
    vectors: NDArray[np.float32], *, half_centred: int = HALF_CENTRED
) -> NDArray[np.float32]:
    """Return the share of the vectors' mean that is taken out of each, shape (dims,)."""
    share = len(vectors) / (len(vectors) + half_centred)
    shift: NDArray[np.float32] = (share * vectors.mean(axis=0)).astype(np.float32)
    return shift


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors of length 1; a vector of nothing stays one."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = (vectors / np.where(norms > 1e-6, norms, 1)).astype(np.float32)
    return scaled
