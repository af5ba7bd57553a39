"""The times that a sentence names, as days: "by the end of March", "im ersten Quartal", "年内"."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Literal

from digest.stages.calendars import Calendar, calendar_for
from digest.stages.data_files import read_data
from digest.stages.facts import month_of

HAN: str = read_data("numerals.toml")["han"]["count"][1:]
SOON = 14  #: a month or season that began so many days ago may still be the one that is meant
APRIL = 3  #: months by which a year of accounts begins after January: Japan's
NOW = ("today", "yesterday", "weekday")  #: kinds that name a day around the article's own
Toward = Literal["past", "future"]
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a text names."""

    kind: str  #: "day", "month", "quarter", …: a key of `times.toml`
    start: int  #: where its words stand in the text
    end: int
    first: date
    last: date  #: its last day: what is promised for it is due then


def find_times(text: str, language: str, base: date, *, toward: Toward = "future") -> list[Time]:
    """Return the times that a text names, in order, none within another.

    Args:
        text: a sentence.
        language: BCP-47; a language without data gives nothing.
        base: the day on which it was written.
        toward: where a time without a year lies: a plan's in the future, news in the past.
    """
    words = calendar_for(language)
    if words is None:
        return []
    found = []
    for kind, pattern in words.kinds:
        for match in pattern.finditer(text):
            span = _span(kind, match, words, base, toward)
            if span and not _is_common(match, language):
                found.append(Time(kind, *match.span(), *span))
    return _longest(found)


def _is_common(match: re.Match[str], language: str) -> bool:
    """Tell the verb "may" and the noun "march" from months, which have a capital in English."""
    groups = match.groupdict()
    month = groups.get("month") or groups.get("short_month") or ""
    return language.split("-")[0] in ("en", "de") and month[:1].islower()


def _longest(times: list[Time]) -> list[Time]:
    kept: list[Time] = []  # in order, since none meets another
    for time in sorted(times, key=lambda one: (one.start - one.end, one.start)):
        place = bisect_left(kept, time.end, key=lambda one: one.start)
        if not place or kept[place - 1].end <= time.start:
            kept.insert(place, time)
    return kept


def _span(
    kind: str, match: re.Match[str], words: Calendar, base: date, toward: Toward
) -> Span | None:
    """Return first and last day of a time, None where its words name none ("may", 31 June)."""
    try:
        return READERS[kind](match.groupdict(), words, base, toward)
    except ValueError:  # no such day
        return None


Groups = Mapping[str, str | None]


def _day(groups: Groups, words: Calendar, base: date, toward: Toward) -> Span | None:
    if only := groups.get("only"):
        return _only_day(int(only), base, toward)
    short = _index(groups.get("short_month") or "", words.shorts)
    number = _month_number(groups) if short is None else short + 1
    day = int(groups.get("day") or 0)
    if not number:
        return None
    years = [int(groups["year"] or 0)] if groups.get("year") else _years(base)
    days = [date(year, number, day) for year in years if _is_day(year, number, day)]
    return _nearest([(one, one) for one in days], base, toward)


def _only_day(day: int, base: date, toward: Toward) -> Span | None:
    """Read "29日" as the nearest such day of this month or the one before (after)."""
    step = -1 if toward == "past" else 1
    months = [base.replace(day=15) + timedelta(days=31 * step * each) for each in (0, 1)]
    days = [date(one.year, one.month, day) for one in months if _is_day(one.year, one.month, day)]
    return _nearest([(one, one) for one in days], base, toward)


def _month(groups: Groups, _words: Calendar, base: date, toward: Toward) -> Span | None:
    number = _month_number(groups)
    if not number:
        return None
    return _nearest([_months(year, number, 1) for year in _said(groups, base)], base, toward)


def _quarter(groups: Groups, words: Calendar, base: date, toward: Toward) -> Span | None:
    which = _which(groups, words.ordinals)
    first = 3 * which - 2 + _shift(groups)
    spans = [_months(year, first, 3) for year in _said(groups, base)]
    return _nearest(spans, base, toward) if which else None


def _half(groups: Groups, words: Calendar, base: date, toward: Toward) -> Span | None:
    which = 1 if groups.get("former") else 2 if groups.get("latter") else 0
    which = which or _which(groups, words.ordinals)
    if which not in (1, 2):
        return None
    first = 6 * which - 5 + _shift(groups)
    return _nearest([_months(year, first, 6) for year in _said(groups, base)], base, toward)


def _shift(groups: Groups) -> int:
    """Return by how many months a year of accounts lies behind the calendar's."""
    return APRIL if groups.get("fiscal") else 0


def _season(groups: Groups, words: Calendar, base: date, toward: Toward) -> Span | None:
    which = _index(groups.get("season") or "", words.seasons)
    if which is None:
        return None
    spans = [_months(year, (3, 6, 9, 12)[which], 3) for year in _said(groups, base)]
    if groups.get("next"):
        spans = [span for span in spans if span[0] > base]
    return _nearest(spans, base, toward)


def _year(groups: Groups, _words: Calendar, base: date, toward: Toward) -> Span | None:
    if groups.get("fiscal"):
        years = [_months(year, 1 + APRIL, 12) for year in _said(groups, base)]
        return _nearest(years, base, toward)
    return _part(_said(groups, base)[0], groups)


def _part(year: int, groups: Groups) -> Span:
    """Return a year, or of "early" and "mid" the part that it means."""
    if groups.get("early"):
        return date(year, 1, 1), date(year, 3, 31)
    if groups.get("mid"):
        return date(year, 4, 1), date(year, 6, 30)
    return date(year, 1, 1), date(year, 12, 31)


def _ahead(
    groups: Groups, _words: Calendar, base: date, _toward: Toward, *, unit: str
) -> Span | None:
    if unit == "year_end":
        return base, date(base.year, 12, 31)
    if unit == "next_year":
        return _part(base.year + 1, groups)
    if unit == "next_month":
        return _months(base.year, base.month + 1, 1)
    if unit == "next_quarter":
        return _months(base.year, 3 * ((base.month - 1) // 3) + 4, 3)
    monday = base + timedelta(days=7 - base.weekday())
    return monday, monday + timedelta(days=6)


def _within(
    groups: Groups, words: Calendar, base: date, _toward: Toward, *, days: int
) -> Span | None:
    number = groups.get("n") or ""
    spelled = _index(number, words.numbers)
    many = int(number) if number.isdigit() else 0 if spelled is None else spelled + 1
    return (base, base + timedelta(days=days * many)) if 0 < many <= 100 else None


def _around(_groups: Groups, _words: Calendar, base: date, _toward: Toward, *, back: int) -> Span:
    day = base - timedelta(days=back)
    return day, day


def _weekday(groups: Groups, words: Calendar, base: date, toward: Toward) -> Span | None:
    which = _index(groups.get("weekday") or "", words.weekdays)
    if which is None:
        return None
    back = (base.weekday() - which) % 7
    day = base - timedelta(days=back) if toward == "past" else base + timedelta(days=(7 - back) % 7)
    return day, day


READERS: dict[str, Callable[[Groups, Calendar, date, Toward], Span | None]] = {
    "day": _day,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "year": _year,
    **{
        unit: partial(_ahead, unit=unit)
        for unit in ("year_end", "next_year", "next_month", "next_week", "next_quarter")
    },
    "in_days": partial(_within, days=1),
    "in_weeks": partial(_within, days=7),
    "in_months": partial(_within, days=30),
    "today": partial(_around, back=0),
    "yesterday": partial(_around, back=1),
    "weekday": _weekday,
}


def _said(groups: Groups, base: date) -> list[int]:
    if groups.get("year"):
        return [int(groups["year"] or 0)]
    if groups.get("short"):
        return [2000 + int(groups["short"] or 0)]
    return [base.year + 1] if groups.get("coming") else _years(base)


def _years(base: date) -> list[int]:
    return [base.year - 1, base.year, base.year + 1]


def _nearest(spans: Sequence[Span], base: date, toward: Toward) -> Span | None:
    """Return the nearest span on the wanted side, or the only one."""
    if len(spans) < 2:
        return spans[0] if spans else None
    if toward == "future":
        ahead = [span for span in spans if span[1] >= base - timedelta(days=SOON)]
        return min(ahead, default=None)
    return max((span for span in spans if span[0] <= base + timedelta(days=1)), default=None)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _months(year: int, month: int, many: int) -> Span:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    end_year, end = year + (month + many - 2) // 12, (month + many - 2) % 12 + 1
    last = calendar.monthrange(end_year, end)[1]
    return date(year, month, 1), date(end_year, end, last)


def _month_number(groups: Groups) -> int:
    word = groups.get("month") or ""
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else 0
    if word and word[0] in HAN:
        return HAN.index(word[-1]) + 1 + (10 if len(word) == 2 else 0)
    return month_of(word)


def _which(groups: Groups, ordinals: Sequence[re.Pattern[str]]) -> int:
    if digit := groups.get("digit") or groups.get("other"):
        return int(digit)
    found = _index(groups.get("ordinal") or "", ordinals)
    return 0 if found is None else found + 1


def _index(word: str, patterns: Sequence[re.Pattern[str]]) -> int | None:
    return next((n for n, pattern in enumerate(patterns) if pattern.fullmatch(word)), None)
