"""When a plan is due: the time to come that its sentence names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from digest.stages.phrase_data import phrases_for
from digest.stages.times import Time, find_times

FARTHEST = timedelta(days=5 * 366)  #: what is due later is a vision
TIMED = ("day", "month", "quarter", "half", "season", "year", "year_end", "next_year", "next_month")
WHOLE = ("month", "quarter", "half", "season", "year")  #: what "before" is said of
SOON = ("next_week", "next_quarter", "in_days", "in_weeks", "in_months")


def find_due(text: str, language: str, now: date) -> Time | None:
    """Return the time in the future that a sentence names: the earliest of its last days."""
    times = [
        time
        for one in find_times(text, language, now)
        if (time := _before(one, text, language)).kind in (*TIMED, *SOON)
        and now < time.last <= now + FARTHEST
    ]
    return min(times, key=lambda time: time.last, default=None)


def _before(time: Time, text: str, language: str) -> Time:
    """Return a time as a sentence means it: "before October" is until the last of September."""
    phrases = phrases_for("plans", language)
    words = text[time.start : time.end]
    if phrases is None or time.kind not in WHOLE or phrases["late"].search(words):
        return time
    if language.split("-")[0] in ("ja", "zh"):
        beside = phrases["before"].match(text[time.end :])
    else:
        beside = re.search(rf"(?:{phrases['before'].pattern})\s*$", text[: time.start], re.I)
    return replace(time, last=time.first - timedelta(days=1)) if beside else time
