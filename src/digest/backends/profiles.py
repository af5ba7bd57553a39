"""langdetect's n-gram profiles as one matrix: the same evidence, all of it, with no dice."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALPHA = 0.5  #: langdetect's smoothing (`Detector.ALPHA_DEFAULT`), without its random part
REMEMBERED = 30_000  #: words whose rows are kept, some 10 MB
BASE_FREQ = 10_000  #: langdetect's `Detector.BASE_FREQ`
CODES = {"no": "nb", "zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}  #: langdetect's name → BCP-47
NOISE = re.compile(r"https?://\S+|\bwww\.\S+|\S+@\S+\.\S+|[@#]\w+")
SIGNS = re.compile(r"[@#]|://|www\.")  #: a quick look whether there is any
COMBINING = re.compile(r"[\u0300-\u036f]")


class Profiles:
    """What langdetect knows: how probable each n-gram (1-3 characters) is in each language.

    langdetect draws n-grams at random until one language has 99.999 %; we add the logarithms of
    all of them, which is the limit of its procedure, always gives the same answer and, as one
    matrix operation, takes a fraction of the time.
    """

    def __init__(self) -> None:
        import numpy as np

        found = _read_profiles()
        self.languages = tuple(found)
        self._rows: dict[str, int] = {}
        for shares in found.values():
            for gram in shares:
                self._rows.setdefault(gram, len(self._rows))
        frequencies = np.zeros((len(self._rows), len(found)), np.float32)
        for column, shares in enumerate(found.values()):
            frequencies[[self._rows[gram] for gram in shares], column] = list(shares.values())
        self._logs = np.log(frequencies + ALPHA / BASE_FREQ)
        self._found = lru_cache(maxsize=REMEMBERED)(self._find)

    def columns(self, languages: tuple[str, ...]) -> list[int]:
        """Return the places of `languages` in what `score` returns."""
        return [self.languages.index(language) for language in languages]

    def score(self, text: str) -> tuple[NDArray[np.float32], int]:
        """Return the log-likelihood in each language, shape (languages,), and how many n-grams."""
        import numpy as np

        rows: list[int] = []
        for word in words_of(text):
            rows += self._found(word)
        if not rows:
            return np.zeros(len(self.languages), np.float32), 0
        total: NDArray[np.float32] = self._logs[rows].sum(axis=0)
        return total, len(rows)

    def _find(self, word: str) -> tuple[int, ...]:
        """Return the rows of a word's n-grams; remembered, since texts repeat their words."""
        return tuple(row for gram in ngrams(word) if (row := self._rows.get(gram)) is not None)


@cache
def profiles() -> Profiles:
    """Return the profiles, loaded once a process (0.3 seconds, 40 MB)."""
    return Profiles()


def _read_profiles() -> dict[str, dict[str, float]]:
    """Return how probable each n-gram is in each language, from langdetect's own files.

    Read without langdetect's factory (`DetectorFactory.add_profile`), which takes three times as
    long for the same numbers.
    """
    found: dict[str, dict[str, float]] = {}
    folder = resources.files("langdetect") / "profiles"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        profile = json.loads(file.read_text("utf-8"))
        counts = profile["n_words"]
        found[CODES.get(profile["name"], profile["name"])] = {
            gram: count / counts[len(gram) - 1]
            for gram, count in profile["freq"].items()
            if 1 <= len(gram) <= len(counts)
        }
    return found


def without_noise(text: str) -> str:
    """Return the text without addresses, handles and hashtags, which are of no language."""
    return NOISE.sub(" ", text) if SIGNS.search(text) else text


def words_of(text: str) -> list[str]:
    """Return langdetect's words of a text: its letters only; words in capitals say nothing."""
    return [word for word in _letters(text).split() if len(word) == 1 or not word.isupper()]


def ngrams(word: str) -> Iterator[str]:
    """Yield langdetect's n-grams of a word: one to three characters, blanks around it included."""
    yield from word
    padded = f" {word} "
    for size in (2, 3):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def _letters(text: str) -> str:
    text = without_noise(text)
    if COMBINING.search(text):
        text = unicodedata.normalize("NFC", text)
    if text.isupper():  # a headline in capitals would otherwise have no words left
        text = text.lower()
    return text.translate(_table())


class _Table(dict[int, str]):
    """langdetect's own normalisation of characters, asked once for each."""

    def __missing__(self, code: int) -> str:
        from langdetect.utils.ngram import NGram

        self[code] = value = str(NGram.normalize(chr(code)))
        return value


@cache
def _table() -> _Table:
    return _Table()
