"""ROUGE-1, ROUGE-2 and ROUGE-L F of a summary (Lin 2004), with Porter stems, for English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from nltk.stem.porter import PorterStemmer

_STEMMER = PorterStemmer()


def rouge(summary: str, reference: str) -> tuple[float, float, float]:
    """Return ROUGE-1, ROUGE-2 and ROUGE-L F1 in 0–1; equals the package rouge-score's figures."""
    found, wanted = tokens(summary), tokens(reference)
    return (
        _overlap(_grams(found, 1), _grams(wanted, 1)),
        _overlap(_grams(found, 2), _grams(wanted, 2)),
        _f1(longest_common(found, wanted), len(found), len(wanted)),
    )


def tokens(text: str) -> list[str]:
    """Return runs of ASCII letters and digits, lower case; longer than three letters, stemmed."""
    words = re.sub(r"[^a-z0-9]+", " ", text.lower()).split()
    return [_stem(word) if len(word) > 3 else word for word in words]


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_STEMMER.stem(word))


def _grams(words: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def _overlap(found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> float:
    return _f1(sum((found & wanted).values()), sum(found.values()), sum(wanted.values()))


def _f1(common: int, found: int, wanted: int) -> float:
    return 2 * common / (found + wanted) if found and wanted and common else 0.0


def longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for place, match in enumerate(other, start=1):
            kept = row[place]
            row[place] = before + 1 if word == match else max(row[place], row[place - 1])
            before = kept
    return row[-1]
