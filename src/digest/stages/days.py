"""Days, weeks and quarters as a language writes them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


def say_day(day: date, locale: Locale, *, first: str = "1") -> str:
    """Return a day with its month in letters: "18 November 2026".

    Args:
        day: which.
        locale: of whom.
        first: how the first of a month is written where CLDR, which knows figures only, falls
            short: "1er" in French.
    """
    return _said(str(locale.date_formats["long"].pattern), day, locale, one=first)


def say_days(first: date, last: date, locale: Locale, *, one: str = "1") -> str:
    """Return two different days and what lies between: "16–22 November 2026".

    Args:
        first: the first day.
        last: the last day.
        locale: of whom.
        one: how the first of a month is written.
    """
    field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    known = locale.interval_formats
    patterns = (known.get("yMMMMd") or known.get("yMMMd") or {}).get(field, ())
    if len(patterns) != 2:
        return f"{say_day(first, locale, first=one)} – {say_day(last, locale, first=one)}"
    return "".join(
        _said(_widened(part), day, locale, one=one)
        for part, day in zip(patterns, (first, last), strict=True)
    )


def say_quarter(day: date, locale: Locale) -> str:
    """Return the quarter that a day lies in: "3rd quarter 2026"."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yQQQQ", day, locale=locale))


def _said(pattern: str, day: date, locale: Locale, *, one: str) -> str:
    from babel.dates import parse_pattern

    if day.day == 1 and one != "1":
        # What stands between apostrophes is said as it is: "d 'de' MMMM" has one day.
        parts = pattern.split("'")
        parts[::2] = [re.sub(r"(?<!d)d(?!d)", f"'{one}'", part) for part in parts[::2]]
        pattern = "'".join(parts)
    return str(parse_pattern(pattern).apply(day, locale))


def _widened(pattern: str) -> str:
    # Most languages keep only the pattern of the shortened month; the long one is had by widening
    # its field: UTS 35, "Missing skeleton fields". Days lose their noughts.
    return re.sub("M{3,}", "MMMM", pattern).replace("dd", "d")
