"""Percent and currencies of a sentence, and numbers in the manner of another language."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from digest.stages.data_files import read_data
from digest.text import CJK

# Languages that write 1,234.5; all others of ours write 1.234,5 or 1 234,5 (CLDR).
POINT = frozenset({"en", "zh", "ja", "ko", "he", "th", "hi", "bn", "ur", "ms", "ga", "tl", "fil"})
SPACED = frozenset({"fr", "ru", "uk", "pl", "cs", "sk", "bg", "sv", "nb", "nn", "no", "fi", "hu"})
REMEMBERED = 5_000  # words and sentences
COMMA_DECIMAL = re.compile(r"(\d{1,3}(?:[. \u00a0\u202f'’]\d{3})+|\d+)(?:,(\d+))?")
POINT_DECIMAL = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
GROUPING = re.compile(r"[.,  \u00a0\u202f'’]")


def find_units(text: str) -> set[str]:
    """Return the classes of the units that stand in a text: "percent", "EUR" and so on."""
    return set(_found(text))


@lru_cache(maxsize=REMEMBERED)
def _found(text: str) -> frozenset[str]:
    names, pattern = _units()
    found = (match.lastgroup or "" for match in pattern.finditer(text))
    return frozenset(names[group] for group in found)


@cache
def percent_words() -> tuple[str, ...]:
    """Return what stands for "percent" behind a number, or before it, the longest first."""
    return tuple(sorted((name for name, kind in _rows() if kind == "percent"), key=len)[::-1])


@cache
def _units() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return group → class, and what finds the units, the longest first."""
    units = sorted(_rows(), key=lambda unit: -len(unit[0]))
    parts = [f"(?P<u{n}>{_bounded(name)})" for n, (name, _) in enumerate(units)]
    return {f"u{n}": kind for n, (_, kind) in enumerate(units)}, re.compile("|".join(parts), re.I)


def _rows() -> list[tuple[str, str]]:
    """Return each unit with its class."""
    lines = (resources.files("digest") / "data" / "units.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [(name.replace("~", " "), row[0]) for row in rows for name in row[1:]]


def _bounded(name: str) -> str:
    """Return a pattern for a unit: a word is whole, a sign may touch its number."""
    escaped = re.escape(name)
    if CJK.search(name) or not name.isalpha():
        return escaped if not name[-1].isalpha() or CJK.search(name) else rf"{escaped}(?![^\W\d_])"
    ending = r"\w{0,4}" if name in read_data("numerals.toml")["percent"]["inflected"] else ""
    return rf"(?<![^\W\d_]){escaped}{ending}(?![^\W\d_])"


def localise(number: str, *, language: str, to: str) -> str:
    """Return a number as `to` writes it: "1.234,5" in German is "1,234.5" in English.

    What is no such number in `language` (a date, a version) stays as it is.
    """
    from_point, to_point = (each.split("-")[0] in POINT for each in (language, to))
    match = (POINT_DECIMAL if from_point else COMMA_DECIMAL).fullmatch(number)
    if match is None or from_point == to_point:
        return number
    group = "," if to_point else "\u202f" if to.split("-")[0] in SPACED else "."
    whole = GROUPING.sub(group, match[1])
    return f"{whole}{'.' if to_point else ','}{match[2]}" if match[2] else whole
