"""The rows as subword ids, and the pairs that a training step compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from encoder.rows import LANGUAGES, Row
from numpy.typing import NDArray
from tokenizers import Tokenizer

from digest.backends.static_encoder import Subwords

RUNS = (1, 1, 1, 1, 1, 2, 3, 6)  #: how many rows in a row make one text: sentence to short article
HUMAN_WEIGHT = 3.0  #: how much likelier a human translation is drawn than a machine's
MOST_TOKENS = 256  #: of one sentence; what lies behind teaches little and costs much


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as bags of subwords: text i holds `ids[starts[i]:starts[i + 1]]`."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, chosen: NDArray[np.int64]) -> Bags:
        """Return the bags of `chosen`, in that order."""
        lengths = self.starts[chosen + 1] - self.starts[chosen]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        shift = np.repeat(self.starts[chosen] - starts[:-1], lengths)
        return Bags(self.ids[np.arange(starts[-1]) + shift], starts)


def make_bags(tokenizer: Tokenizer, texts: Sequence[str], *, most: int = MOST_TOKENS) -> Bags:
    """Return the subwords of each text, at most `most`."""
    pieces = [np.array(ids[:most], dtype=np.int32) for ids in Subwords(tokenizer).of(texts)]
    lengths = [len(piece) for piece in pieces]
    return Bags(np.concatenate(pieces), np.concatenate([[0], np.cumsum(lengths)]))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every row's texts as bags: text `language * rows + row`, empty where there is none."""

    bags: Bags
    rows: int
    odds: NDArray[np.float32]  #: shape (rows, languages): how likely a translation is drawn
    runs: NDArray[np.int64]  #: how many rows of the same source follow each one, itself counted
    same: NDArray[np.int64]  #: a number for each English sentence; repeated ones share theirs


def make_corpus(rows: Sequence[Row], tokenizer: Tokenizer) -> Corpus:
    """Return the rows as bags, ready to be drawn from."""
    texts = [row.texts.get(language, "") for language in LANGUAGES for row in rows]
    bags = make_bags(tokenizer, texts)
    known = np.array([[code in row.texts for code in LANGUAGES] for row in rows])
    human = np.array([[code in row.human for code in LANGUAGES] for row in rows])
    odds = known * np.where(human, HUMAN_WEIGHT, 1.0)
    odds[:, 0] = odds[:, 1:].sum(axis=1) / 2  # English is one side of about half the pairs
    _, same = np.unique([row.texts["en"].casefold() for row in rows], return_inverse=True)
    return Corpus(bags, len(rows), odds.astype(np.float32), _runs(rows), same)


def _runs(rows: Sequence[Row]) -> NDArray[np.int64]:
    runs = np.ones(len(rows), dtype=np.int64)
    for place in range(len(rows) - 2, -1, -1):
        if rows[place].source == rows[place + 1].source:
            runs[place] = min(runs[place + 1] + 1, max(RUNS))
    return runs


@dataclass(frozen=True, slots=True)
class Draw:
    """One training step's texts: unit u is one text in two languages."""

    texts: Bags  #: each unit in its first language, then each in its second
    row: NDArray[np.int64]  #: every row that is used
    unit: NDArray[np.int64]  #: the unit that each such row belongs to
    first: NDArray[np.int64]  #: the first row of each unit


def draw(corpus: Corpus, random: np.random.Generator, *, size: int) -> Draw:
    """Return `size` pairs: half from anywhere, half from a few places, which are harder to tell."""
    first = random.integers(0, corpus.rows, size)
    block = random.integers(0, corpus.rows - 64, size // 128)
    near = (block[:, None] + np.arange(64)).ravel()
    first[: len(near)] = near
    first = random.permutation(first)
    wanted = np.array(RUNS)[random.integers(0, len(RUNS), size)]
    left, right = _two_languages(corpus.odds[first], random)
    both = np.concatenate([left, right])
    lengths = np.minimum(wanted, corpus.runs[first])
    unit = np.repeat(np.arange(size), lengths)
    row = np.repeat(first - np.cumsum(lengths) + lengths, lengths) + np.arange(len(unit))
    # A unit is made of those rows only that have both languages.
    odds = corpus.odds
    keep = (odds[row, left[unit]] > 0) & (odds[row, right[unit]] > 0)
    row, unit = row[keep], unit[keep]
    texts = _joined(corpus, np.tile(row, 2), np.concatenate([unit, unit + size]), both)
    return Draw(texts, row=row, unit=unit, first=first)


def _two_languages(
    odds: NDArray[np.float32], random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    # The two largest of log(odds) + Gumbel noise are a draw without replacement (Gumbel-top-k).
    with np.errstate(divide="ignore"):
        keys = np.log(odds) + random.gumbel(size=odds.shape)
    order = np.argsort(-keys, axis=1)
    return order[:, 0], order[:, 1]


def _joined(
    corpus: Corpus, row: NDArray[np.int64], text: NDArray[np.int64], language: NDArray[np.int64]
) -> Bags:
    bags = corpus.bags.take(language[text] * corpus.rows + row)
    lengths = np.bincount(text, weights=np.diff(bags.starts), minlength=len(language))
    return Bags(bags.ids, np.concatenate([[0], np.cumsum(lengths.astype(np.int64))]))
