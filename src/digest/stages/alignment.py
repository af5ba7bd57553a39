"""How well the sentences of two articles are found in each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.stages.beside import can_travel, map_beside
from digest.stages.patience import give_back
from digest.stages.window import shift_of, unit
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
    "apart",  # share of a text that stands nowhere in the other, the lighter side
    "standing",  # likewise, where the rest stands there word for word, as below releases
    "in_order",  # as `ordered`, where few are soon many: five of five by chance are seldom
)
ROOM = 1 << 16  # rows that are made room for at once
READ = 400  # articles whose sentences are read at once
TOLD = 1_000  # articles that tell what all say in common, about
MANY = 10_000  # articles that are worth a second process
BLOCK = 50_000  # products of sentences at once
SENTENCES = 80  # of an article that are aligned: its beginning
FOREIGN, FOUND = 0.2, 0.6  # cosines at which a sentence stands nowhere in the other text, and does
VERBATIM = 0.98  # cosine from which it stands there word for word
HALF = 4.0  # sentences in order that are half of "very many"
HALF_SOON = 2.0  # the same for `in_order`
#: Sentences at which half of their mean is taken out: what a window's articles all say in common.
HALF_CENTRED = 1_000


class _Rows:
    """Rows that grow block by block, so that none is moved: a copy of all would be too large."""

    def __init__(self) -> None:
        self.length = 0
        self._blocks: list[NDArray[Any]] = []

    def add(self, rows: NDArray[Any]) -> None:
        start = 0
        while start < len(rows):
            if self.length % ROOM == 0:
                self._blocks.append(np.empty((ROOM, *rows.shape[1:]), dtype=rows.dtype))
            place = self.length % ROOM
            part = rows[start : start + ROOM - place]
            self._blocks[-1][place : place + len(part)] = part
            start, self.length = start + len(part), self.length + len(part)

    def at(self, places: NDArray[np.integer[Any]]) -> NDArray[Any]:
        block, row = np.divmod(places, ROOM)
        found = np.empty((*places.shape, *self._blocks[0].shape[1:]), self._blocks[0].dtype)
        for n in np.unique(block).tolist():
            here = block == n
            found[here] = self._blocks[n][row[here]]
        return found


class Aligner:
    """Aligns pairs of a window's articles; keeps the sentence vectors.

    Args:
        sketches: the window's articles.
        encoder: makes the sentence vectors.
        shift: taken out of each sentence's vector; None: what the articles say in common.
    """

    def __init__(
        self,
        sketches: Sequence[Sketch],
        encoder: Encoder,
        *,
        shift: NDArray[np.float32] | None = None,
    ) -> None:
        self.sketches = sketches
        self.encoder = encoder
        self._shift = shift
        self._read = np.zeros(len(sketches), dtype=bool)
        self._counted = np.full(len(sketches), -1, dtype=np.int32)
        self._count = np.zeros(len(sketches), dtype=np.int32)  # sentences of each article
        self._start = np.zeros(len(sketches), dtype=np.int32)  # its first one's row
        self._vectors = _Rows()  # of 8 bits, each to be multiplied by its scale
        self._scale = _Rows()
        self._share = _Rows()  # of a sentence in its article's length

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return one row of `ALIGNMENT` for each pair, shape (pairs, features)."""
        found = np.zeros((len(pairs), len(ALIGNMENT)), dtype=np.float32)
        if not len(pairs):
            return found
        self._encode(np.unique(pairs))
        counts = self._count[pairs]
        shapes = counts[:, 0].astype(np.int64) * (SENTENCES + 1) + counts[:, 1]
        order = np.argsort(shapes, kind="stable")
        ends = np.flatnonzero(np.diff(shapes[order], append=-1)) + 1
        for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            step = max(1, BLOCK // max(1, int(shapes[order[start]])))
            for first in range(start, end, step):
                rows = order[first : min(end, first + step)]
                if counts[rows[0]].all():
                    found[rows] = self._features(pairs[rows, 0], pairs[rows, 1])
        return found

    def counts(self, pairs: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return how many sentences either article has, shape (pairs, 2); no vectors are made."""
        wanted = np.unique(pairs)
        for n in wanted[self._counted[wanted] < 0].tolist():
            self._counted[n] = len(sentences_of(self.sketches[n]))
        return self._counted[pairs]

    def _features(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the rows of pairs that have equally many sentences on each side."""
        one, scale, share = self._stacked(left)
        other, other_scale, other_share = self._stacked(right)
        scores = one @ other.transpose(0, 2, 1)
        scores *= scale[:, :, None] * other_scale[:, None, :]
        forth, back = scores.argmax(axis=2), scores.argmax(axis=1)
        best, best_back = scores.max(axis=2), scores.max(axis=1)
        mutual = np.take_along_axis(back, forth, axis=1) == np.arange(one.shape[1])
        fewer, more = sorted(scores.shape[1:])
        enough = fewer / (fewer + HALF)  # with two sentences each, half of all texts look alike
        # Chance puts a few sentences of any two texts in order: what counts is how many of all.
        ordered = _longest_rises(forth, mutual) ** 2 / more
        apart = np.minimum(_apart(best, share), _apart(best_back, other_share))
        kept = np.minimum(_kept(best, share), _kept(best_back, other_share))
        return np.stack(
            [
                np.minimum((best * share).sum(axis=1), (best_back * other_share).sum(axis=1)),
                ordered / (ordered + HALF),
                mutual.sum(axis=1) / fewer * enough,
                np.full(len(left), fewer / more * enough),
                scores[:, 0, 0],
                np.maximum(best[:, 0], best_back[:, 0]),
                apart,
                apart * np.sqrt(kept),
                ordered / (ordered + HALF_SOON),
            ],
            axis=1,
        )

    def _stacked(
        self, places: NDArray[np.int32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Return vectors, scales and shares of the sentences of articles that have equally many."""
        rows = self._start[places][:, None] + np.arange(self._count[places[0]])
        return self._vectors.at(rows).astype(np.float32), self._scale.at(rows), self._share.at(rows)

    def _encode(self, wanted: NDArray[np.int32]) -> None:
        new = wanted[~self._read[wanted]]
        parts = [new[start : start + READ] for start in range(0, len(new), READ)]
        texts = [[(self.sketches[n].title, self.sketches[n].text) for n in p] for p in parts]
        said = (title.strip() or text.strip() for title, text in chain.from_iterable(texts))
        if self._shift is None and any(said):
            self._shift = sentence_shift(self.sketches, self.encoder)
        if self._shift is not None:
            two = len(new) >= MANY and can_travel(self.encoder)
            asked = [Asked(self.encoder, self._shift, some) for some in texts]
            for part, read in zip(parts, map_beside(read_sentences, asked, two=two), strict=True):
                self._keep(part, read)
        give_back(len(new))
        self._read[new] = True

    def _keep(self, new: NDArray[np.int32], read: Sentences) -> None:
        if len(read.share):
            starts = np.cumsum(read.counts) - read.counts
            self._count[new], self._start[new] = read.counts, starts + self._share.length
            self._share.add(read.share)
            self._vectors.add(read.vectors)
            self._scale.add(read.scale)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Texts whose sentences are to be read."""

    encoder: Encoder
    shift: NDArray[np.float32]  #: taken out of each sentence's vector
    texts: Sequence[tuple[str, str]]  #: titles and texts


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The sentences of some texts, one text's after the other's."""

    counts: NDArray[np.int32]  #: of each text
    share: NDArray[np.float32]  #: of each sentence in its text's length
    vectors: NDArray[np.int8]  #: unit vectors, each to be multiplied by its scale
    scale: NDArray[np.float32]


def read_sentences(asked: Asked) -> Sentences:
    """Return the sentences of some texts as vectors of 8 bits."""
    texts = [_split(title, text) for title, text in asked.texts]
    counts = np.array([len(some) for some in texts], dtype=np.int32)
    flat = [sentence for some in texts for sentence in some]
    if not flat:
        none = np.empty(0, dtype=np.float32)
        return Sentences(counts, none, np.empty((0, len(asked.shift)), dtype=np.int8), none)
    vectors = unit(asked.encoder.encode(flat) - asked.shift)
    lengths = np.array([len(one) for one in flat], dtype=np.float32)
    sums = np.zeros(len(texts), dtype=np.float32)
    np.add.at(sums, np.repeat(np.arange(len(texts)), counts), lengths)
    share = lengths / np.repeat(np.maximum(1, sums), counts)
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-6) / 127
    return Sentences(counts, share, np.rint(vectors / scale[:, None]).astype(np.int8), scale)


def _apart(best: NDArray[np.float32], share: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the share of each text whose sentences have none like them in the other."""
    nowhere = ((np.float32(FOUND) - best) / np.float32(FOUND - FOREIGN)).clip(0, 1)
    found: NDArray[np.float32] = (nowhere * share).sum(axis=1)
    return found


def _kept(best: NDArray[np.float32], share: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the share of each text that stands word for word in the other."""
    found: NDArray[np.float32] = ((best >= VERBATIM) * share).sum(axis=1)
    return found


def _longest_rises(forth: NDArray[np.intp], mutual: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return for each row the length of the longest rising run of the chosen places."""
    found: NDArray[np.float64] = mutual.sum(axis=1).astype(np.float64)
    several = np.flatnonzero(found > 1)
    for row, places, chosen in zip(
        several.tolist(), forth[several].tolist(), mutual[several].tolist(), strict=True
    ):
        found[row] = _longest_rise(list(compress(places, chosen)))
    return found


def _longest_rise(places: Sequence[int]) -> int:
    """Return the length of the longest rising subsequence (patience sorting)."""
    ends: list[int] = []
    for place in places:
        found = bisect_left(ends, place)
        ends[found : found + 1] = [place]
    return len(ends)


def sentence_shift(sketches: Sequence[Sketch], encoder: Encoder) -> NDArray[np.float32]:
    """Return what is taken out of each sentence's vector, told by some of a window's articles."""
    step = -(-len(sketches) // TOLD)
    told = [line for one in sketches[::step] for line in sentences_of(one)]
    return shift_of(encoder.encode(told), half_centred=HALF_CENTRED)


def sentences_of(sketch: Sketch) -> list[str]:
    """Return the title and the first sentences of an article."""
    return _split(sketch.title, sketch.text)


def _split(title: str, text: str) -> list[str]:
    return sentences(f"{title}\n{text}", most=SENTENCES)
