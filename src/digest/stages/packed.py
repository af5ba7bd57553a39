"""Sketches as bytes: what the first look at a pair needs, without reading the articles again."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.sketch import Sketch, Terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEAD = struct.Struct("<d5i")  #: day, words in all, and how many terms of each kind follow
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """What is known of one text: the `Parts` of a single row."""

    own_shingles: NDArray[np.uint32]
    own_words: Terms
    own_names: Terms
    own_numbers: Terms

    def shingles(self, _: int) -> NDArray[np.uint32]:
        """Return the hashes of its runs of words."""
        return self.own_shingles

    def words(self, _: int) -> Terms:
        """Return its words."""
        return self.own_words

    def names(self, _: int) -> Terms:
        """Return the names that it mentions."""
        return self.own_names

    def numbers(self, _: int) -> Terms:
        """Return the numbers that it mentions."""
        return self.own_numbers


def pack(sketch: Sketch) -> bytes:
    """Return terms, shingles, length, day and language of a sketch as bytes."""
    day = float("nan") if sketch.day is None else sketch.day
    mentions = (sketch.names, sketch.numbers)
    sizes = (len(one.columns) for one in (sketch.words, *mentions))
    parts = [
        HEAD.pack(day, sketch.length, *sizes, len(sketch.shingles)),
        sketch.words.columns.astype("<i4").tobytes(),
        *(one.columns.astype("<i4").tobytes() for one in mentions),
        *(one.counts.astype("<f4").tobytes() for one in mentions),
        sketch.shingles.astype("<u4").tobytes(),
        sketch.language.encode(),
    ]
    return b"".join(parts)


def unpack(id: str, data: bytes) -> Sketch:
    """Return a sketch with what `pack` kept; title, text and addresses are empty."""
    day, length, words, names, numbers, shingles = HEAD.unpack_from(data)
    total = words + 2 * (names + numbers) + shingles
    parts = np.frombuffer(data, dtype="<i4", offset=HEAD.size, count=total)
    mentions = words + names + numbers  # where the counts begin
    counts = parts[mentions : mentions + names + numbers].view(np.float32)
    return Sketch(
        id=id,
        title="",
        text="",
        url=None,
        via=None,
        alternates=NONE,
        day=None if day != day else day,
        language=data[HEAD.size + 4 * total :].decode(),
        length=length,
        hash="",
        parts=Alone(
            parts[total - shingles :].view(np.uint32),
            Terms(parts[:words], np.ones(words, dtype=np.float32)),
            Terms(parts[words : words + names], counts[:names]),
            Terms(parts[words + names : mentions], counts[names:]),
        ),
        row=0,
    )
