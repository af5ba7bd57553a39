"""Whose common words a short text has: an opinion that no n-gram gives."""

from __future__ import annotations

import lzma
import math
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A word's probability falls with its rank (Zipf's law, the first ranks flattened by Mandelbrot).
FLATTENED = 3
RARE = 3.0  #: nats by which a word outside a list is rarer than the last one in it
NO_LIST = -7.0  #: what a word says for a language without a list; fitted as the voters' weights are
MOST = 4  #: words that count in full: of more, the mean counts so often, n-grams know the rest
MARKS = "\u0900-\u0903\u093a-\u094f\u064b-\u065f"  # vowel signs, which are parts of words
WORD = re.compile(rf"[^\W\d_]+(?:[{MARKS}]+[^\W\d_]*)*")


class FrequentWords:
    """The ranks of 33 languages' 8,000 commonest words (`digest/data/frequent_words.txt.xz`)."""

    def __init__(self) -> None:
        import numpy as np

        lists = _lists()
        self.languages = tuple(lists)
        self._rows: dict[str, int] = {}
        for words in lists.values():
            for word in words:
                self._rows.setdefault(word, len(self._rows))
        last = [_log(len(words)) - RARE for words in lists.values()]
        self._logs = np.tile(np.array(last, np.float32), (len(self._rows), 1))
        for column, words in enumerate(lists.values()):
            rows = [self._rows[word] for word in words]
            self._logs[rows, column] = [_log(rank) for rank in range(len(words))]

    def vote(self, text: str, languages: tuple[str, ...]) -> NDArray[np.float64]:
        """Return the log-likelihood in each of `languages`: 0 for all where no word is known."""
        import numpy as np

        found = [self._rows[word] for word in _words(text) if word in self._rows]
        count = min(len(found), MOST)
        votes = np.full(len(languages), NO_LIST * count)
        if found:
            means = self._logs[found].mean(axis=0)
            for place, name in enumerate(languages):
                if name in self.languages:
                    votes[place] = count * means[self.languages.index(name)]
        return votes


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _log(rank: int) -> float:
    return -math.log(rank + FLATTENED)


def _lists() -> dict[str, list[str]]:
    file = resources.files("digest") / "data" / "frequent_words.txt.xz"
    lines = lzma.decompress(file.read_bytes()).decode("utf-8").splitlines()
    rows = (line.split(" ") for line in lines if not line.startswith("#"))
    return {name: words for name, *words in rows}


@cache
def frequent_words() -> FrequentWords:
    """Return the words, loaded once a process (0.3 seconds, 50 MB)."""
    return FrequentWords()
