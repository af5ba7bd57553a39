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
BLOCK = 1_000  # vectors that are centred at once


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

    def forget(self, *what: Hashable) -> None:
        """Let go of what was made by these names: the largest part of a large window."""
        for each in what:
            self.memory.pop(each, None)

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
    vectors = [made[one.id].vector if one.id in made else None for one in sketches]
    spoken = {one: encoder.knows(one) for one in {sketch.language for sketch in sketches}}
    key = (encoder.model, id(background), _checksum(vectors), tuple(sorted(spoken.items())))
    if _last and _last[0].key == key and _last[0].sketches == sketches:  # the very same sketches
        return _last.pop()
    known = np.array([spoken[one.language] and one.length > 0 for one in sketches], dtype=bool)
    known &= np.array([vector is not None for vector in vectors], dtype=bool)
    table = np.zeros((len(sketches), _dims(vectors)), dtype=np.float32)
    for row, vector in zip(table, vectors, strict=True):
        if vector is not None:
            row[:] = vector
    _centre(table, known, background)
    place = {one.id: n for n, one in enumerate(sketches)}
    _last[:] = [Window(sketches, table, known, place, background, key)]
    return _last[0]


_last: list[Window] = []


def _dims(vectors: Iterable[NDArray[np.float32] | None]) -> int:
    return next((len(vector) for vector in vectors if vector is not None), 1)


def _checksum(vectors: Iterable[NDArray[np.float32] | None]) -> int:
    found = 0
    for vector in vectors:
        found = zlib.crc32(b"" if vector is None else np.ascontiguousarray(vector).data, found)
    return found


def _centre(
    vectors: NDArray[np.float32], known: NDArray[np.bool_], background: Background | None
) -> None:
    """Take the mean's share out of the known vectors, and make them unit vectors again."""
    places = np.flatnonzero(known)
    if not len(places):
        return
    shift = background.shift if background else shift_of(vectors, among=known)
    for start in range(0, len(places), BLOCK):  # a copy of all would be as large as the window
        rows = places[start : start + BLOCK]
        vectors[rows] = unit(vectors[rows] - shift)


def shift_of(
    vectors: NDArray[np.float32],
    *,
    among: NDArray[np.bool_] | None = None,
    half_centred: int = HALF_CENTRED,
) -> NDArray[np.float32]:
    """Return the share of the vectors' mean that is taken out of each, shape (dims,).

    Args:
        vectors: shape (rows, dims).
        among: the rows that count, shape (rows,); None: all.
        half_centred: rows of which half of the mean is taken.
    """
    counted = np.ones(len(vectors), dtype=bool) if among is None else among
    many = np.float32(counted.sum())
    share = many / (many + np.float32(half_centred))
    shift: NDArray[np.float32] = share * (counted.astype(np.float32) @ vectors / many)
    return shift


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors of length 1; a vector of nothing stays one."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = (vectors / np.where(norms > 1e-6, norms, 1)).astype(np.float32)
    return scaled
