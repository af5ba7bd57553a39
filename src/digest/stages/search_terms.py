"""Terms of a text in any script, as the archive's search looks for them (`templates/archive.js`).

Words of scripts with spaces are terms as they are, found by their beginning. Of scripts without,
each pair of neighbouring characters is a term, and the last character alone, so that one is found,
too. The script of the page does the same to a question: change both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 40  #: characters of a word that are kept
ACCENTS = re.compile("[\u0300-\u036f]")
#: Scripts that put no spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
RUN = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
HAS_NO_SPACES = re.compile(f"[{UNSPACED}]")


def normalise(text: str) -> str:
    """Return a text as it is compared: small, wide letters narrow, without accents of Latin."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return unicodedata.normalize("NFC", ACCENTS.sub("", unicodedata.normalize("NFD", plain)))


def terms(text: str) -> Iterator[str]:
    """Yield the terms of a text, as often as they stand in it."""
    for word in _words(normalise(text)):
        for run in RUN.findall(word):
            if not HAS_NO_SPACES.match(run):
                yield run[:LONGEST]
                continue
            for start in range(len(run) - 1):
                yield run[start : start + 2]
            yield run[-1]


def _words(text: str) -> Iterator[str]:
    start = None
    for place, letter in enumerate(text):
        inside = letter.isalnum() or unicodedata.category(letter)[0] == "M"
        if inside and start is None:
            start = place
        elif not inside and start is not None:
            yield text[start:place]
            start = None
    if start is not None:
        yield text[start:]
