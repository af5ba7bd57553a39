"""The weeks and quarters that editions cover: half-open, in a named time zone, clocks changing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from digest.errors import InputError
from digest.records import EditionKind

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = re.compile(r"(\d{4})-W(\d{1,2})", re.I)
QUARTER = re.compile(r"(\d{4})-Q(\d)", re.I)
EDITION = re.compile(r"(\d{4}-[WQ]\d{1,2})-(.+)")
SCHEDULE = re.compile(r"(?:([a-z]+)\s+)?(\d{1,2}):(\d{2})", re.I)
#: From which the readings are counted: past the full hour, when servers have the most to do.
INGEST_FROM = datetime(2026, 1, 1, 0, 17, tzinfo=UTC)
FIRST, LAST = 1000, 9000  #: years of periods: those before and after them can be reckoned too
EXAMPLES = {"weekly": "2026-W47", "quarterly": "2026-Q4"}


@dataclass(frozen=True, slots=True)
class Period:
    """A week or quarter: start ≤ moment < end, both at midnight in the period's own zone."""

    kind: EditionKind
    name: str  #: "2026-W47" (ISO 8601 week) or "2026-Q4"
    start: datetime
    end: datetime
    timezone: str  #: IANA name

    def __str__(self) -> str:
        return self.name

    def __contains__(self, moment: datetime) -> bool:
        return self.has_begun(moment) and not self.has_ended(moment)

    def has_begun(self, moment: datetime) -> bool:
        """Return whether `moment` is the start or later."""
        # In UTC: two times of one ZoneInfo compare by the clock on the wall, wrong when it changes.
        return moment.astimezone(UTC) >= self.start.astimezone(UTC)

    def has_ended(self, moment: datetime) -> bool:
        """Return whether `moment` is the end or later."""
        return moment.astimezone(UTC) >= self.end.astimezone(UTC)

    def next(self) -> Period:
        """Return the period that begins where this one ends."""
        return _period(self.kind, self.end.date(), self.timezone)

    def previous(self) -> Period:
        """Return the period that ends where this one begins."""
        return _period(self.kind, self.start.date() - timedelta(days=1), self.timezone)


def parse_period(text: str, tz: str = "UTC", *, kind: EditionKind | None = None) -> Period:
    """Return the period that "2026-W47" or "2026-Q4" names.

    Raises:
        InputError: where it names none, or one of another kind than `kind`.
    """
    name = text.strip()
    if re.match(r"\d{4}-", name) and not FIRST <= int(name[:4]) <= LAST:
        raise InputError(f'"{text}" is no period', cure=f"years are {FIRST} to {LAST}")
    period = _parse_week(name, tz) or _parse_quarter(name, tz)
    if period is None or kind not in (None, period.kind):
        wanted = [EXAMPLES[kind]] if kind else list(EXAMPLES.values())
        what = f"{kind} period" if kind else "period"
        raise InputError(f'"{text}" is no {what}', cure=f"write it as {' or '.join(wanted)}")
    return period


def period_of(kind: EditionKind, moment: datetime, tz: str = "UTC") -> Period:
    """Return the week or quarter in which `moment` lies."""
    return _period(kind, moment.astimezone(_zone(tz)).date(), tz)


def last_period(kind: EditionKind, now: datetime, tz: str = "UTC") -> Period:
    """Return the week or quarter that ended last."""
    return period_of(kind, now, tz).previous()


def next_run(schedule: str, now: datetime, tz: str = "UTC") -> datetime:
    """Return when a schedule runs next, strictly after `now`, as a time in `tz`.

    Args:
        schedule: "Monday 06:00" (every week), or "06:00": at that time on each quarter's first
            working day, which is its first Monday to Friday; public holidays are not known.
        now: the present, with an offset.
        tz: IANA name of the zone in which the schedule is meant. A time that the clocks skip is
            taken as many minutes after midnight as it says on other days.

    Raises:
        InputError: where the schedule cannot be read.
    """
    day, clock = _parse_schedule(schedule)
    zone = _zone(tz)
    today = now.astimezone(zone).date()
    for date_ in _weekdays(today, day) if day is not None else _first_working_days(today):
        run = datetime.combine(date_, clock, zone).astimezone(UTC)
        if run > now.astimezone(UTC):
            return run.astimezone(zone)
    raise InputError(f'"{schedule}" never runs again')  # pragma: no cover: dates go on


def next_ingest(minutes: int, now: datetime) -> datetime | None:
    """Return when the sources are read next, strictly after `now`; None where `minutes` is 0."""
    if not minutes:
        return None
    step = timedelta(minutes=minutes)
    return INGEST_FROM + step * ((now - INGEST_FROM) // step + 1)


def schedule_rules(weekly: str, quarterly: str) -> dict[str, str]:
    """Return both schedules as RFC 5545 recurrence rules.

    Args:
        weekly: "Monday 06:00".
        quarterly: "06:00", on the first Monday to Friday of January, April, July and October.

    Raises:
        InputError: where a schedule cannot be read.
    """
    day, at = _parse_schedule(weekly)
    _, first = _parse_schedule(quarterly)
    weekday = DAYS[day or 0][:2].upper()
    return {
        "weekly": f"FREQ=WEEKLY;BYDAY={weekday};{_at(at)}",
        "quarterly": "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;" + _at(first),
    }


def _at(clock: time) -> str:
    return f"BYHOUR={clock.hour};BYMINUTE={clock.minute};BYSECOND=0"


def edition_id(kind: EditionKind, period: Period | str, audience: str) -> str:
    """Return an edition's id: "weekly-2026-W47-cmo"."""
    return f"{kind}-{period}-{audience}"


def parse_edition_id(id: str, tz: str = "UTC") -> tuple[Period, str]:
    """Return the period and the audience that an edition's id names.

    Raises:
        InputError: where it is none.
    """
    kind, _, rest = id.partition("-")
    match = EDITION.fullmatch(rest)
    if match is None or kind not in get_args(EditionKind):
        raise InputError(f'"{id}" is no edition', cure="write it as weekly-2026-W47-cmo")
    return parse_period(match[1], tz, kind=kind), match[2]  # type: ignore[arg-type]


def _weekdays(today: date, day: int) -> list[date]:
    first = today + timedelta(days=(day - today.weekday()) % 7)
    return [first, first + timedelta(days=7)]


def _first_working_days(today: date) -> list[date]:
    starts = [_quarter_start(today), _next_quarter(today)]
    return [day + timedelta(days=7 - day.weekday() if day.weekday() >= 5 else 0) for day in starts]


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _next_quarter(day: date) -> date:
    return _quarter_start(_quarter_start(day) + timedelta(days=93))


def _parse_schedule(text: str) -> tuple[int | None, time]:
    match = SCHEDULE.fullmatch(text.strip())
    cure = 'write a weekday and a time, such as "Monday 06:00", or a time alone'
    if not match:
        raise InputError(f'"{text}" is no schedule', cure=cure)
    name = (match[1] or "").lower()
    if name and name not in DAYS:
        raise InputError(f'"{match[1]}" is no day of the week', cure=cure)
    if int(match[2]) > 23 or int(match[3]) > 59:
        raise InputError(f'"{match[2]}:{match[3]}" is no time of day', cure=cure)
    return (DAYS.index(name) if name else None), time(int(match[2]), int(match[3]))


def _parse_week(name: str, tz: str) -> Period | None:
    match = WEEK.fullmatch(name)
    if not match:
        return None
    year, week = int(match[1]), int(match[2])
    try:
        return _period("weekly", date.fromisocalendar(year, week, 1), tz)
    except (ValueError, OverflowError):
        raise InputError(
            f'"{name}": the year {year} has no week {week}', cure=_weeks(year)
        ) from None


def _weeks(year: int) -> str:
    if not 1 <= year < 9999:
        return "write the year with four digits, such as 2026-W47"
    return f"its weeks are {year}-W01 to {year}-W{date(year, 12, 28).isocalendar().week}"


def _parse_quarter(name: str, tz: str) -> Period | None:
    match = QUARTER.fullmatch(name)
    if not match:
        return None
    year, quarter = int(match[1]), int(match[2])
    if not 1 <= quarter <= 4 or not 1 <= year < 9999:
        raise InputError(f'"{name}" is no quarter', cure=f"quarters are {year}-Q1 to {year}-Q4")
    return _period("quarterly", date(year, quarter * 3 - 2, 1), tz)


def _period(kind: EditionKind, day: date, tz: str) -> Period:
    if kind not in get_args(EditionKind):
        raise InputError(f'"{kind}" is no kind of edition', cure="weekly or quarterly")
    if kind == "weekly":
        first = day - timedelta(days=day.weekday())
        year, week, _ = first.isocalendar()
        name, after = f"{year}-W{week:02}", first + timedelta(days=7)
    else:
        first, after = _quarter_start(day), _next_quarter(day)
        name = f"{first.year}-Q{(first.month + 2) // 3}"
    zone = _zone(tz)
    start, end = (datetime.combine(each, time(), zone) for each in (first, after))
    return Period(kind, name, start, end, tz)


def _zone(tz: str) -> ZoneInfo:
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):
        cure = "use an IANA name, such as Europe/Zurich"
        raise InputError(f'"{tz}" is no time zone', cure=cure) from None
