"""The pairs as numbers of pieces, kept in one file that training reads at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import sentencepiece
from numpy.typing import NDArray

from tools.train_translation.languages import LANGUAGES
from tools.train_translation.rows import Pair, balance
from tools.train_translation.vocab import FIRST_TAG

MOST_PIECES = 160  #: of one side; what is longer is not learned
Encoded = tuple[list[list[int]], list[list[int]]]


@dataclass(frozen=True, slots=True)
class Side:
    """Texts as pieces: text i holds `ids[starts[i]:starts[i + 1]]`."""

    ids: NDArray[np.uint16]
    starts: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Return how many pieces each text has."""
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pairs, ready to be drawn; sources begin with the tag of their language."""

    source: Side
    target: Side
    weights: NDArray[np.float32]  #: how often each is learned in an epoch, on average

    def __len__(self) -> int:
        return len(self.weights)

    def save(self, file: Path) -> None:
        """Write it into one file."""
        np.savez(
            file,
            source=self.source.ids,
            source_starts=self.source.starts,
            target=self.target.ids,
            target_starts=self.target.starts,
            weights=self.weights,
        )


def load_corpus(file: Path) -> Corpus:
    """Return the corpus of a file."""
    with np.load(file) as found:
        return Corpus(
            Side(found["source"], found["source_starts"]),
            Side(found["target"], found["target_starts"]),
            found["weights"],
        )


def make_corpus(pairs: Sequence[Pair], vocabulary: bytes, *, workers: int = 1) -> Corpus:
    """Return the pairs as pieces, without those that have too many."""
    factors = balance(list(pairs))
    sources, targets, weights = [], [], []
    for pair, (source, target) in zip(pairs, _encode(pairs, vocabulary, workers), strict=True):
        if 0 < len(source) < MOST_PIECES and 0 < len(target) < MOST_PIECES:
            sources.append([FIRST_TAG + LANGUAGES.index(pair.language), *source])
            targets.append(target)
            weights.append(pair.weight * factors[pair.language])
    scale = np.mean(weights) if weights else 1.0
    return Corpus(_side(sources), _side(targets), np.array(weights, np.float32) / np.float32(scale))


def _encode(
    pairs: Sequence[Pair], vocabulary: bytes, workers: int
) -> Iterable[tuple[list[int], list[int]]]:
    parts = [pairs[start : start + 5_000] for start in range(0, len(pairs), 5_000)]
    texts = [([p.source for p in part], [p.target for p in part]) for part in parts]
    work = partial(_encode_part, vocabulary)
    if workers < 2 or len(parts) < 2:
        done = list(map(work, texts))
    else:
        with Pool(workers) as pool:
            done = pool.map(work, texts, chunksize=1)
    for sources, targets in done:
        yield from zip(sources, targets, strict=True)


def _encode_part(vocabulary: bytes, texts: tuple[list[str], list[str]]) -> Encoded:
    processor = sentencepiece.SentencePieceProcessor(model_proto=vocabulary)
    return processor.encode(texts[0]), processor.encode(texts[1])


def _side(texts: Sequence[Sequence[int]]) -> Side:
    starts = np.concatenate([[0], np.cumsum([len(text) for text in texts], dtype=np.int64)])
    ids = np.fromiter((number for text in texts for number in text), np.uint16, int(starts[-1]))
    return Side(ids, starts)
