"""Which of the times in a sentence a plan is due at: its verb's, not one named in passing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from digest.stages.phrase_data import NOTHING, WIDE, Patterns
from digest.stages.times import Time, find_times

FARTHEST = timedelta(days=5 * 366)  #: what is due later is a vision
TIMED = ("day", "month", "quarter", "half", "season", "year", "year_end", "next_year", "next_month")
WHOLE = ("month", "quarter", "half", "season", "year")  #: what "before" is said of
SOON = ("next_week", "next_quarter", "in_days", "in_weeks", "in_months")
TIME = "□"  #: stands for a time in the rows `passing` and `deadline` of `plans.toml`
NEAR = 40  #: characters on either side of a time that tell what it is
PARTS, WIDE_PARTS = re.compile(r"[;:]|, "), re.compile(r"[，、。；：;,]")  #: what parts clauses


def times_ahead(text: str, language: str, phrases: Patterns, now: date) -> list[Time]:
    """Return the times in the future that a sentence names, none that only names an occasion.

    Args:
        text: the sentence.
        language: BCP-47.
        phrases: of `plans.toml`, in that language.
        now: the article's day.
    """
    return [
        time
        for one in find_times(text, language, now)
        if (time := _before(one, text, language, phrases)).kind in (*TIMED, *SOON)
        and now < time.last <= now + FARTHEST
        and not _is_passing(one, text, phrases)
    ]


def first_of(times: Sequence[Time]) -> Time | None:
    """Return the time whose last day is the earliest."""
    return min(times, key=lambda time: time.last, default=None)


def due_of(times: Sequence[Time], text: str, cue: re.Match[str], phrases: Patterns) -> Time | None:
    """Return the time at which what a verb plans is due, None where there is none.

    Of several, those in the verb's own clause count ("will open by May, it said in a note of
    June"), of these the ones by which something has to be there, and of these the earliest.

    Args:
        times: that lie ahead.
        text: the sentence.
        cue: the words that make it a plan.
        phrases: of `plans.toml`, in its language.
    """
    start, end = _clause(text, cue, wide="topic" in phrases)
    own = [time for time in times if start <= time.start < end] or times
    by = [time for time in own if phrases["deadline"].search(_around(time, text))]
    return first_of(by or own)


def _clause(text: str, cue: re.Match[str], *, wide: bool) -> tuple[int, int]:
    parts = WIDE_PARTS if wide else PARTS
    before = [match.end() for match in parts.finditer(text, 0, cue.start())]
    after = parts.search(text, cue.end())
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _around(time: Time, text: str) -> str:
    """Return what stands beside a time, and a sign for the time itself."""
    return text[max(0, time.start - NEAR) : time.start] + TIME + text[time.end :][:NEAR]


def _is_passing(time: Time, text: str, phrases: Patterns) -> bool:
    """Return whether a season only says which occasion is meant: "at its summer event"."""
    near = _around(time, text)
    return time.kind == "season" and phrases.get("passing", NOTHING).search(near) is not None


def _before(time: Time, text: str, language: str, phrases: Patterns) -> Time:
    """Return a time as a sentence means it: "before October" is until the last of September."""
    words = text[time.start : time.end]
    if time.kind not in WHOLE or phrases["late"].search(words):
        return time
    if language.split("-")[0] in (tag.split("-")[0] for tag in WIDE):
        beside = phrases["before"].match(text[time.end :])
    else:
        beside = re.search(rf"(?:{phrases['before'].pattern})\s*$", text[: time.start], re.I)
    return replace(time, last=time.first - timedelta(days=1)) if beside else time
