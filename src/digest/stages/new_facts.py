"""Whether a sentence has a name or a figure that another lacks: else the two tell one thing."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.stages.sentences import stopwords

FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
LETTERS = re.compile(r"[^\W\d_]+")
REMEMBERED = 1 << 14  #: sentences: each is compared with all others of its story


def has_new_facts(text: str, other: str) -> bool:
    """Return whether a sentence has a name or a figure that the other one lacks.

    A name is a word with a capital, so in German any noun is one; a script without capitals has
    figures alone.
    """
    return not _facts(text) <= _words(other)


@lru_cache(maxsize=REMEMBERED)
def _facts(text: str) -> frozenset[str]:
    words = [word for word in LETTERS.findall(text) if word[0].isupper()]
    named = {word.casefold() for word in words} - stopwords()
    return frozenset({*named, *FIGURE.findall(text)})


@lru_cache(maxsize=REMEMBERED)
def _words(text: str) -> frozenset[str]:
    return frozenset({*(word.casefold() for word in LETTERS.findall(text)), *FIGURE.findall(text)})
