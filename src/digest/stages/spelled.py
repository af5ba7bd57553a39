"""Numbers that are spelled in words, compounds as one: "twenty-five", "zweihundert"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from digest.stages.data_files import read_data
from digest.stages.mentions import without_accents

WORD = re.compile(r"[^\W\d_]+")
RULES: Mapping[str, Any] = read_data("numerals.toml")["spelled"]
ONE = frozenset(RULES["ones"])
JOINTS = frozenset(RULES["joints"])
SPELLING = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb")
#: Languages that write numbers in one word, and what "one" is within it.
COMPOUNDS: Mapping[str, list[str]] = RULES["compounds"]
TENS = range(20, 100, 10)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number that is spelled, and where it stands in its text."""

    value: int
    start: int
    end: int
    is_scale: bool  #: whether it is made of "thousand", "million" and the like alone


def find_spelled(text: str, base: str) -> Iterator[Spelled]:
    """Yield the numbers that a text spells, in order.

    Args:
        text: in Unicode's form NFKC.
        base: its language, such as "de"; nothing is found in one that `SPELLING` lacks.
    """
    if base not in SPELLING:
        return
    for words in _rows(text, base):
        values = [value for word in words for value in _values(word[0].casefold(), base)]
        is_scale = all(value >= 1000 for value in values)
        yield Spelled(_sum(values), words[0].start(), words[-1].end(), is_scale)


@cache
def number_words(base: str) -> dict[str, str]:
    """Return what each number word of a language stands for."""
    text = (resources.files("digest") / "data" / "number_names.txt").read_text("utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {word: row[1] for row in rows if row[0] == base for word in row[2:]}


def _rows(text: str, base: str) -> Iterator[list[re.Match[str]]]:
    """Yield the rows of words that make one number each, joints between them left out."""
    row: list[re.Match[str]] = []
    end = 0
    for match in WORD.finditer(text):
        word = match[0].casefold()
        joined = bool(row) and text[end : match.start()].strip(" -\u00a0") == ""
        one_more = joined and word in ONE and _values(row[-1][0].casefold(), base)[-1] in TENS
        if one_more or _values(word, base, one=False):
            if row and not joined:
                yield row
                row = []
            row, end = [*row, match], match.end()
        elif joined and word in JOINTS:
            end = match.end()
        elif row:
            yield row
            row = []
    if row:
        yield row


def _values(word: str, base: str, *, one: bool = True) -> list[int]:
    """Return the values of which a word is made, where it is made of nothing else."""
    known = number_words(base)
    value = known.get(word, "")
    if value.isdigit():
        return [int(value)]
    if one and word in ONE:
        return [1]
    pattern = _compound(base)
    if pattern and not pattern[0].fullmatch(word):
        word = without_accents(word)  # "veintidós"
    if not (pattern and pattern[0].fullmatch(word)):
        return []
    ones = {*ONE, *COMPOUNDS[base]}
    values = [1 if part in ones else int(known[part]) for part in pattern[1].findall(word)]
    return values if values != [1] else []


def _sum(values: list[int]) -> int:
    total = part = 0
    for value in values:
        if value == 20 and part == 4:  # quatre-vingts
            part = 80
        elif value == 100:
            part = max(1, part) * 100
        elif value >= 1000:
            total, part = total + max(1, part) * value, 0
        else:
            part += value
    return total + part


@cache
def _compound(base: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Return what matches a compound, and what finds its parts."""
    if base not in COMPOUNDS:
        return None
    words = sorted((word for word, value in number_words(base).items() if value.isdigit()), key=len)
    each = "|".join(re.escape(word) for word in [*reversed(words), *COMPOUNDS[base]])
    joints = "|".join(RULES["inner_joints"])
    return re.compile(f"(?:{each})(?:(?:{joints})?(?:{each}))*"), re.compile(each)
