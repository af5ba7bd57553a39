"""The words that a language writes in small letters, with what their endings and joints make."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from digest.stages.data_files import read_data
from digest.stages.ordinary import frequent_in
from digest.stages.sentences import stopwords
from digest.stages.spelled import number_words

SHORTEST = 4  #: letters of a word without its ending, or of a part of a compound
LONGEST = 60  #: letters of a compound
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
REMEMBERED = 20_000  # words
ENDINGS: dict[str, list[str]] = read_data("function_words.toml")["inflections"]
PREFIXES: dict[str, list[str]] = read_data("function_words.toml")["prefixes"]
#: Languages that write several words in one, and what may stand between two of them.
JOINTS: dict[str, list[str]] = read_data("function_words.toml")["compound_joints"]


@lru_cache(maxsize=REMEMBERED)
def is_plain_word(word: str, base: str) -> bool:
    """Return whether a word in small letters is one of the language, in some form, and no name.

    Args:
        word: in small letters, without hyphen or apostrophe.
        base: a language that `is_told` knows.
    """
    if word in plain_words(base) or word in stopwords(base) or word in number_words(base):
        return True
    if word in mistaken(base):
        return False
    if any(_is_form(word.removeprefix(each), base) for each in ("", *PREFIXES.get(base, ()))):
        return True
    if base not in JOINTS or len(word) > LONGEST:
        return False
    cuts = range(SHORTEST, len(word) - SHORTEST + 1)
    return any(_is_form(word[cut:], base) and _is_first(word[:cut], base) for cut in cuts)


def is_told(base: str) -> bool:
    """Return whether the words that a language writes in small letters are known."""
    return base in _rows()


def _is_form(word: str, base: str) -> bool:
    """Return whether a word is known, or one with another ending is."""
    known = plain_words(base)
    if word in known:
        return True
    endings = ENDINGS.get(base, ())
    stems = (word.removesuffix(each) for each in endings if word.endswith(each))
    return any(
        stem in known or any(stem + each in known for each in endings)
        for stem in stems
        if len(stem) >= SHORTEST
    )


def _is_first(part: str, base: str) -> bool:
    """Return whether a compound may begin with some letters: a word, maybe with a joint."""
    bares = (part.removesuffix(joint) for joint in ("", *JOINTS[base]))
    long = (bare for bare in bares if len(bare) >= SHORTEST)
    return any(bare in plain_words(base) or bare in frequent_in(base) for bare in long)


@cache
def plain_words(base: str) -> frozenset[str]:
    """Return the words of a language that it writes in small letters (`plain_words.txt.xz`)."""
    return frozenset(_unpacked(_rows().get(base, "")))


@cache
def mistaken(base: str) -> frozenset[str]:
    """Return names that look like words: compounds ("zoetermeer"), words with another ending."""
    return frozenset(_unpacked(_rows().get(f"-{base}", "")))


def _unpacked(row: str) -> Iterator[str]:
    word = ""
    for packed in row.split():
        word = word[: DIGITS.index(packed[0])] + packed[1:]
        yield word


@cache
def _rows() -> dict[str, str]:
    file = resources.files("digest") / "data" / "plain_words.txt.xz"
    rows = lzma.decompress(file.read_bytes()).decode("utf-8").splitlines()
    return dict(row.split(" ", 1) for row in rows if row and not row.startswith("#"))
