"""Words as numbers: each gets its hash and its column once, and a window says them again and again.

A column is 22 bits of a hash: two words of a window seldom share one.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.stages.mentions import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Kana and Han characters: each is a word.
WIDE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{WIDE}]|[^\W_{WIDE}]+(?:['’.\-][^\W_{WIDE}]+)*")
HAS_WIDE = re.compile(f"[{WIDE}]")
# `WORD` where nothing is wide: faster. Python 3.11.2 reads "e.g." wrong with a possessive group.
SPACED_WORD = re.compile(r"[^\W_]++(?:['’.\-][^\W_]++)*")
COLUMN_BITS = 22
REMEMBERED = 400_000  # words
PAIR_MIX = 0x9E3779B97F4A7C15


@lru_cache(maxsize=REMEMBERED // 4)
def column(term: str) -> int:
    """Return the column of a folded term: of two wide characters, that of the pair."""
    if len(term) == 2 and is_wide(term[0]) and is_wide(term[1]):
        return int(pair_columns(np.array([ord(term[0])]), np.array([ord(term[1])]))[0])
    return hash_of(term) >> (64 - COLUMN_BITS)


def hash_of(term: str) -> int:
    """Return 64 bits that stand for a term."""
    digest = hashlib.blake2b(term.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def pair_columns(
    left: NDArray[np.integer[Any]], right: NDArray[np.integer[Any]]
) -> NDArray[np.int32]:
    """Return the columns of pairs of wide characters, given as code points, shape (pairs,)."""
    both = (left.astype(np.uint64) << np.uint64(21)) | right.astype(np.uint64)
    mixed = both * np.uint64(PAIR_MIX)  # Fibonacci hashing (Knuth, TAOCP 3, 6.4): the upper bits
    return (mixed >> np.uint64(64 - COLUMN_BITS)).astype(np.int32)


def is_wide(character: str) -> bool:
    """Return whether a word is one Han character or kana."""
    return len(character) == 1 and "\u3040" <= character <= "\ufaff"


def split_words(text: str) -> list[str]:
    """Return the words of a text in order; a Han character or kana is one."""
    return (WORD if HAS_WIDE.search(text) else SPACED_WORD).findall(text)


def terms(text: str) -> list[str]:
    """Return the folded words of a text in order; of Chinese and Japanese, pairs of characters."""
    found, before = [], ""
    for word in WORD.findall(text.casefold()):
        if not is_wide(word):
            found.append(fold(word))
        elif before:
            found.append(before + word)
        before = word if is_wide(word) else ""
    return found


def _is_folded(word: str) -> bool:
    """Return whether a word in lower case is what `fold` makes of it: most are."""
    return word.isascii() and word[-1] not in "s'"


class Lexicon(dict[str, int]):
    """The number of each word seen; `hashes`, `columns` and `wide` have a row for each number.

    `hashes` are 64 bits of the folded word, `columns` the first of them, `wide` the code point of a
    Han character or kana, else 0.
    """

    def __init__(self) -> None:
        super().__init__()
        self._hashes, self._columns, self._wide = array("Q"), array("i"), array("i")

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self._hashes)
        wide = is_wide(word)
        found = hash_of(word if wide or _is_folded(word) else fold(word))
        self._hashes.append(found)
        self._columns.append(-1 if wide else found >> (64 - COLUMN_BITS))
        self._wide.append(ord(word) if wide else 0)
        return number

    def forget(self, beyond: int = REMEMBERED) -> None:
        """Start anew where more words are known than `beyond`."""
        if len(self) > beyond:
            self.clear()
            self._hashes, self._columns, self._wide = array("Q"), array("i"), array("i")

    def numbers(self, words: Iterable[str], *, count: int) -> NDArray[np.int64]:
        """Return the number of each of so many words."""
        return np.fromiter(map(self.__getitem__, words), dtype=np.int64, count=count)

    def hashes(self, numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Return the hashes of words by number."""
        return np.array(self._hashes, dtype=np.uint64)[numbers]

    def columns(self, numbers: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the columns of words by number, -1 for a wide character."""
        return np.array(self._columns, dtype=np.int32)[numbers]

    def wide(self, numbers: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the code points of wide characters by number, 0 for all other words."""
        return np.array(self._wide, dtype=np.int32)[numbers]
