"""Phrases of a data file as one pattern a kind, by language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from digest.stages.cues import tag_of
from digest.stages.taxonomy import load_knowledge

NOTHING = re.compile(r"(?!)")
EXACT = ("ai", "topic", "made", "noun")  #: keys whose capitals count
WIDE = ("ja", "zh-Hans", "zh-Hant")
Patterns = Mapping[str, re.Pattern[str]]


def one_of(rows: Sequence[str], *, wide: bool, exact: bool = False) -> re.Pattern[str]:
    """Return a pattern for any of some phrases: whole words where words have spaces.

    Args:
        rows: regular expressions.
        wide: whether the language is written without spaces.
        exact: whether capitals count.
    """
    if not rows:
        return NOTHING
    body = "|".join(f"(?:{row})" for row in rows)
    edge = ("", "") if wide else (r"(?<![\w-])", r"(?!\w)")
    return re.compile(f"{edge[0]}(?:{body}){edge[1]}", 0 if exact else re.I)


def phrases_for(file: str, language: str) -> Patterns | None:
    """Return the patterns of a data file for a language, None where it has none.

    Args:
        file: "availability", "claims", "hearsay", "help", "plans" or "outcomes".
        language: BCP-47.
    """
    tag = tag_of(language, _rows(file))
    return _patterns(file, tag) if tag else None


@cache
def phrases_of_all(file: str) -> Patterns:
    """Return the patterns of a data file that count in every language: its table `every`."""
    return {key: one_of(rows, wide=True) for key, rows in _rows(file)["every"].items()}


@cache
def _patterns(file: str, tag: str) -> Patterns:
    rows = _rows(file)[tag]
    wide = tag in WIDE
    return {key: one_of(rows[key], wide=wide, exact=key in EXACT) for key in rows}


def _rows(file: str) -> Mapping[str, Any]:
    rows: Mapping[str, Any] = getattr(load_knowledge(), file)
    return rows
