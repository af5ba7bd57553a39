"""What is read of texts, of many at once: words, runs of words, names and numbers, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.stages.lexicon import Lexicon, column, pair_columns, split_words
from digest.stages.mentions import forget_names, names, numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE = 4  # words; a Han character or kana is a word
MIX = np.uint64(0x9E3779B97F4A7C15)
IN_TITLE = 2  # further mentions that one in the title counts for: it says what the article is about
MOST = 3  # mentions beyond which one says no more
WORDS = 100_000  # that stay known when many texts have been read

Text = tuple[str, str]  #: title and text


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Numbers of many texts, one text's after the other's: those of text n end at `ends[n]`."""

    values: NDArray[Any]
    ends: NDArray[np.int64]

    def span(self, row: int) -> tuple[int, int]:
        """Return where the numbers of a text begin and end."""
        return self.ends.item(row - 1) if row else 0, self.ends.item(row)

    def of(self, row: int) -> NDArray[Any]:
        """Return the numbers of a text."""
        return self.values[self.ends[row - 1] if row else 0 : self.ends[row]]


@dataclass(frozen=True, slots=True, eq=False)
class Mentioned:
    """Names or numbers that many texts mention: columns that rise in each text, counts, words."""

    columns: Rows
    counts: NDArray[np.float32]
    told: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """What was read of many texts, in their order."""

    lengths: NDArray[np.int64]  #: words of each
    shingles: Rows  #: sorted, distinct, 32 bits
    words: Rows  #: columns, sorted, distinct
    names: Mentioned
    numbers: Mentioned


_lexicon = Lexicon()


def read_texts(texts: Sequence[Text]) -> Read:
    """Return what is compared of each text."""
    _lexicon.forget()
    split = [split_words(f"{title}\n{text}".casefold()) for title, text in texts]
    lengths = np.array([len(words) for words in split], dtype=np.int64)
    known = _lexicon.numbers(chain.from_iterable(split), count=int(lengths.sum()))
    rows = np.repeat(np.arange(len(split)), lengths)
    return Read(
        lengths,
        _shingles(_lexicon.hashes(known), rows, lengths),
        _words(known, rows, len(split)),
        _mentioned((names(title), names(text)) for title, text in texts),
        _mentioned((numbers(title), numbers(text)) for title, text in texts),
    )


def forget_words() -> None:
    """Keep the memory of words within bounds when a large window has been read."""
    if len(_lexicon) > WORDS:
        _lexicon.forget(WORDS)
        forget_names()
        column.cache_clear()


def _words(known: NDArray[np.int64], rows: NDArray[np.int64], count: int) -> Rows:
    """Return the distinct terms of each text: words, and pairs of wide characters."""
    columns, wide = _lexicon.columns(known), _lexicon.wide(known)
    pairs = np.flatnonzero((wide[1:] > 0) & (wide[:-1] > 0) & (rows[1:] == rows[:-1]))
    spaced = columns >= 0
    every = np.concatenate([columns[spaced], pair_columns(wide[pairs], wide[pairs + 1])])
    return _distinct(np.concatenate([rows[spaced], rows[pairs]]), every, count)


def _shingles(
    hashes: NDArray[np.uint64], rows: NDArray[np.int64], lengths: NDArray[np.int64]
) -> Rows:
    """Return the hashes of each text's runs of four words; of all words where there are fewer.

    Args:
        hashes: of the words of all texts, one after the other.
        rows: the text of each.
        lengths: words of each text.
    """
    starts = np.cumsum(lengths) - lengths
    within = rows[: max(0, len(rows) - SHINGLE + 1)] == rows[SHINGLE - 1 :]
    values, found = [_runs(hashes, SHINGLE)[within]], [rows[: len(within)][within]]
    for length in range(1, SHINGLE):
        short = np.flatnonzero(lengths == length)
        few = hashes[starts[short][:, None] + np.arange(length)]
        values.append(_runs(few, length)[:, 0])
        found.append(short)
    return _distinct(np.concatenate(found), np.concatenate(values), len(lengths))


def _runs(hashes: NDArray[np.uint64], width: int) -> NDArray[np.uint32]:
    """Return a hash of each run of so many words along the last axis, of 32 bits."""
    count = max(0, hashes.shape[-1] - width + 1)
    mixed = np.zeros((*hashes.shape[:-1], count), dtype=np.uint64)
    for place in range(width):
        mixed = (mixed ^ hashes[..., place : place + count]) * MIX
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _distinct(rows: NDArray[np.int64], values: NDArray[Any], count: int) -> Rows:
    """Return the sorted, distinct values of each of so many rows.

    Sorted all at once: np.unique takes twenty times as long, and so does a call for each row.
    """
    keys = rows << 32 | values.astype(np.int64)
    keys.sort()
    new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    keys = keys[new]
    ends = np.searchsorted(keys >> 32, np.arange(count), side="right")
    return Rows((keys & 0xFFFFFFFF).astype(values.dtype), ends)


def _mentioned(found: Iterable[tuple[Mapping[str, int], Mapping[str, int]]]) -> Mentioned:
    """Return the mentions of many titles and texts."""
    columns: list[int] = []
    counts: list[int] = []
    told: list[str] = []
    ends: list[int] = []
    for title, text in found:
        if title or text:
            weighed = _weighed(title, text)
            by_column = {column(key): key for key in weighed}
            order = sorted(by_column)
            words = [by_column[one] for one in order]
            columns += order
            counts += [weighed[word] for word in words]
            told += words
        ends.append(len(columns))
    rows = Rows(np.array(columns, dtype=np.int32), np.array(ends, dtype=np.int64))
    return Mentioned(rows, np.minimum(np.array(counts, dtype=np.float32), np.float32(MOST)), told)


def _weighed(title: Mapping[str, int], text: Mapping[str, int]) -> dict[str, int]:
    weighed = dict(text)
    for key, count in title.items():
        weighed[key] = weighed.get(key, 0) + (1 + IN_TITLE) * count
    return weighed
