"""Days, weeks and quarters as a language writes them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


def say_day(day: date, locale: Locale) -> str:
    """Return a day with its month in letters: "18 November 2026"."""
    from babel.dates import format_date

    return str(format_date(day, "long", locale=locale))


def say_days(first: date, last: date, locale: Locale) -> str:
    """Return two different days and what lies between: "16–22 November 2026"."""
    from babel.dates import parse_pattern

    field = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    known = locale.interval_formats
    patterns = (known.get("yMMMMd") or known.get("yMMMd") or {}).get(field, ())
    if len(patterns) != 2:
        return f"{say_day(first, locale)} – {say_day(last, locale)}"
    return "".join(
        str(parse_pattern(_widened(part)).apply(day, locale))
        for part, day in zip(patterns, (first, last), strict=True)
    )


def say_quarter(day: date, locale: Locale) -> str:
    """Return the quarter that a day lies in: "3rd quarter 2026"."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yQQQQ", day, locale=locale))


def _widened(pattern: str) -> str:
    # Most languages keep only the pattern of the shortened month; the long one is had by widening
    # its field: UTS 35, "Missing skeleton fields". Days lose their noughts.
    return re.sub("M{3,}", "MMMM", pattern).replace("dd", "d")
