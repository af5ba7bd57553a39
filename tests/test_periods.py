"""Weeks and quarters: half-open, in a named time zone, and when the flows run next."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import InputError
from digest.periods import (
    edition_id,
    last_period,
    next_ingest,
    next_run,
    parse_period,
    period_of,
    schedule_rules,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026-W47", "2026-11-16", "2026-11-23"),
        ("2026-W53", "2026-12-28", "2027-01-04"),
        ("2025-W01", "2024-12-30", "2025-01-06"),
        ("2026-Q1", "2026-01-01", "2026-04-01"),
        ("2026-Q4", "2026-10-01", "2027-01-01"),
    ],
)
def test_a_period_covers_its_days(name: str, start: str, end: str) -> None:
    """ISO weeks run from Monday to Monday, also over the turn of a year."""
    period = parse_period(name)
    assert (period.start.date().isoformat(), period.end.date().isoformat()) == (start, end)


def test_a_period_is_half_open() -> None:
    """Its first moment belongs to it, its last to the next one."""
    week = parse_period("2026-W47")
    assert (week.start in week, week.end in week) == (True, False)
    assert week.end in week.next()


def test_a_period_begins_at_midnight_of_its_zone() -> None:
    """In Berlin the week of the change to summer time is an hour shorter."""
    week = parse_period("2026-W13", "Europe/Berlin")
    assert week.start.astimezone(UTC) == at("2026-03-22T23:00:00")
    assert week.end.astimezone(UTC) == at("2026-03-29T22:00:00")


@pytest.mark.parametrize(
    "name", ["2026-W54", "2025-W53", "2026-Q5", "2026-W00", "26-W01", "", "W47"]
)
def test_a_period_that_is_none_is_refused(name: str) -> None:
    """The message names what was given."""
    with pytest.raises(InputError, match=name or "period"):
        parse_period(name)


def test_the_wrong_kind_of_period_is_refused() -> None:
    """A quarter is no week."""
    with pytest.raises(InputError):
        parse_period("2026-Q4", kind="weekly")


@pytest.mark.parametrize(
    ("kind", "now", "name"),
    [
        ("weekly", "2026-10-05T06:00:00", "2026-W40"),
        ("weekly", "2026-10-04T23:59:59", "2026-W39"),
        ("weekly", "2027-01-04T00:00:00", "2026-W53"),
        ("quarterly", "2026-10-01T00:00:00", "2026-Q3"),
        ("quarterly", "2027-01-01T00:00:00", "2026-Q4"),
    ],
)
def test_the_last_period_is_the_one_just_ended(kind: str, now: str, name: str) -> None:
    """An edition covers what is over."""
    assert last_period(kind, at(now)).name == name  # type: ignore[arg-type]


def test_the_zone_decides_which_week_it_is() -> None:
    """On Sunday evening in UTC it is Monday in Tokyo."""
    moment = at("2026-10-04T20:00:00")
    assert period_of("weekly", moment).name == "2026-W40"
    assert period_of("weekly", moment, "Asia/Tokyo").name == "2026-W41"


@pytest.mark.parametrize(
    ("schedule", "now", "run"),
    [
        ("Monday 06:00", "2026-10-05T05:59:00", "2026-10-05T06:00:00"),
        ("Monday 06:00", "2026-10-05T06:00:00", "2026-10-12T06:00:00"),
        ("06:00", "2026-09-30T12:00:00", "2026-10-01T06:00:00"),
        ("06:00", "2027-12-31T12:00:00", "2028-01-03T06:00:00"),  # 1 January 2028 is a Saturday
        ("06:00", "2026-10-01T06:00:00", "2027-01-01T06:00:00"),
    ],
)
def test_the_next_run_is_after_now(schedule: str, now: str, run: str) -> None:
    """Weekly on its day; quarterly on the first Monday to Friday of the quarter."""
    assert next_run(schedule, at(now)) == at(run)


def test_a_run_keeps_its_hour_over_a_change_of_clocks() -> None:
    """Six in the morning is six in the morning in summer and in winter."""
    runs = [
        next_run("Monday 06:00", at(now), "Europe/Berlin") for now in ("2026-03-24", "2026-10-20")
    ]
    assert [run.astimezone(UTC).isoformat() for run in runs] == [
        "2026-03-30T04:00:00+00:00",
        "2026-10-26T05:00:00+00:00",
    ]


@pytest.mark.parametrize("schedule", ["Someday 06:00", "Monday", "Monday 25:00", ""])
def test_a_schedule_that_cannot_be_read_is_refused(schedule: str) -> None:
    """The message says how one is written."""
    with pytest.raises(InputError, match="weekday"):
        next_run(schedule, at("2026-10-05T06:00:00"))


@pytest.mark.parametrize("name", ["0001-W01", "0001-Q1", "0999-W52", "9001-Q1", "9999-W52"])
def test_a_year_beyond_all_news_is_no_period(name: str) -> None:
    """Its neighbours could not be reckoned."""
    with pytest.raises(InputError, match="no period"):
        parse_period(name)


@pytest.mark.parametrize("year", range(2026, 2034))
def test_prefects_rules_say_the_same_as_our_own(year: int) -> None:
    """The schedule that is shown is the schedule that runs."""
    from dateutil.rrule import rrulestr

    rules = schedule_rules("Monday 06:00", "06:00")
    now = datetime(year, 9, 15)
    for name, ours in (("weekly", "Monday 06:00"), ("quarterly", "06:00")):
        theirs = rrulestr(rules[name], dtstart=now).after(now)
        assert theirs.replace(tzinfo=UTC) == next_run(ours, now.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("minutes", "now", "expected"),
    [
        (60, "06:00", "06:17"),
        (60, "06:17", "07:17"),
        (30, "06:20", "06:47"),
        (45, "23:50", "00:17"),
    ],
)
def test_the_next_reading_is_past_the_full_hour(minutes: int, now: str, expected: str) -> None:
    """Strictly later than now, and never where nobody wants one."""
    moment = datetime.fromisoformat(f"2026-10-05T{now}:00+00:00")
    found = next_ingest(minutes, moment)
    assert found is not None
    assert f"{found:%H:%M}" == expected
    assert timedelta() < found - moment <= timedelta(minutes=minutes)
    assert next_ingest(0, moment) is None


def test_an_editions_id_is_kind_period_and_audience() -> None:
    """The id says what it is, and never changes."""
    assert edition_id("weekly", parse_period("2026-W47"), "cmo") == "weekly-2026-W47-cmo"
