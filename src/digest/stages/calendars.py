"""How each language names times, compiled from `times.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from digest.stages.cues import tag_of
from digest.stages.facts import month_words
from digest.stages.taxonomy import load_knowledge

WIDE = ("ja", "zh-Hans", "zh-Hant")


@dataclass(frozen=True, slots=True)
class Calendar:
    """How one language names times; its kinds are the keys of `times.toml`, in the file's order."""

    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    ordinals: tuple[re.Pattern[str], ...]
    seasons: tuple[re.Pattern[str], ...]
    weekdays: tuple[re.Pattern[str], ...]
    numbers: tuple[re.Pattern[str], ...]
    shorts: tuple[re.Pattern[str], ...]  #: of months, January first


def calendar_for(language: str) -> Calendar | None:
    """Return how a language names times, or None where there is no data for it."""
    tag = tag_of(language, load_knowledge().times)
    return _calendar(tag) if tag else None


@cache
def short_months() -> tuple[str, ...]:
    """Return the short forms of months in all languages, as regular expressions, longest first."""
    rows = load_knowledge().times.values()
    every = {one for row in rows for one in row["shorts"]}
    return tuple(sorted(every, key=lambda one: (-len(one), one)))


@cache
def _calendar(tag: str) -> Calendar:
    rows = load_knowledge().times[tag]
    lists = ("ordinals", "seasons", "weekdays", "numbers", "shorts")
    names = {key: tuple(re.compile(row, re.I) for row in rows[key]) for key in lists}
    parts = {
        "month": "(?P<month>" + "|".join(month_words()) + ")",
        "short_month": f"(?P<short_month>{'|'.join(rows['shorts'])})",
        "day": r"(?<!\d)(?P<day>\d{1,2})",
        "year": r"(?P<year>(?:19|20)\d\d)",
        "short": r"(?P<short>[2-4]\d)",
        "n": rf"(?P<n>\d{{1,3}}|{'|'.join(rows['numbers'])})",
        "ordinal": f"(?P<ordinal>{'|'.join(rows['ordinals'])})",
        "season": f"(?P<season>{'|'.join(rows['seasons'])})",
        "weekday": f"(?P<weekday>{'|'.join(rows['weekdays'])})",
    }
    edge = ("", "") if tag in WIDE else (r"(?<![\w.,])", r"(?!\w)")
    kinds = tuple(
        (kind, _compiled(row, parts, edge))
        for kind, told in rows.items()
        if kind not in lists
        for row in told
    )
    return Calendar(kinds, **names)


def _compiled(row: str, parts: Mapping[str, str], edge: tuple[str, str]) -> re.Pattern[str]:
    body = re.sub(r"\{([a-z_]+)\}", lambda match: parts[match[1]], row).replace(" ", r"\s+")
    return re.compile(f"{edge[0]}(?:{body}){edge[1]}", re.I)
