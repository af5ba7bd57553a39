from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import FetchError, ParseError
from digest.records import Source, SourceState
from digest.stages.pace import (
    HARD,
    LEAST,
    MOST,
    after_answer,
    after_failure,
    is_due,
    why_resting,
)
from digest.stages.wishes import Wishes, wishes_of

NOW = datetime(2026, 10, 5, 6, tzinfo=UTC)  # a Monday
FEED = Source("vendor", "feed", "https://vendor.example/feed", "Vendor", "vendor")


def run(news: list[int]) -> list[float]:
    """The intervals after polls with so much new, each made when it was due."""
    state, now, intervals = SourceState("vendor", url=FEED.url), NOW, []
    for new in news:
        before = state
        state = replace(state, last_attempt=now.isoformat())
        state = after_answer(state, before, new=new, wishes=Wishes(), now=now)
        intervals.append(state.interval)
        now += timedelta(seconds=state.interval)
    return intervals


def test_a_source_with_news_is_asked_more_often_and_one_without_less() -> None:
    """Half the interval after news, half as much again without; half an hour to a day."""
    assert run([1, 1, 0, 0]) == [3600, 1800, 2700, 4050]
    assert run([1] * 9)[-1] == LEAST
    assert run([0] * 20)[-1] == MOST


def test_a_poll_right_after_another_says_nothing_of_the_pace() -> None:
    """Who asks twice in a minute finds nothing new the second time."""
    first = replace(SourceState("vendor", interval=3600.0), last_attempt=NOW.isoformat())
    assert after_answer(first, first, new=0, wishes=Wishes(), now=NOW).interval == 3600


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"cache-control": "public, max-age=7200"}, b"", 7200),
        ({"cache-control": "no-cache, max-age=7200"}, b"", 0),
        ({"cache-control": "max-age=99999999"}, b"", MOST),
        ({}, b"<rss><channel><ttl>90</ttl><item/>", 5400),
        ({}, b"<rss><channel><item><ttl>90</ttl></item>", 0),
        ({}, b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4<", 21600),
        ({"cache-control": "max-age=600"}, b"<ttl>20</ttl>", 1200),
        ({}, b"<rss><channel><item><title>x</title></item><ttl>90</ttl>", 5400),
        ({}, b"<rss><channel><item/><ttl>90</ttl><item><ttl>9</ttl></item></channel>", 5400),
        ({}, b"<rss><channel><!-- <ttl>90</ttl> --><ttl><![CDATA[ 20 ]]></ttl>", 1200),
        ({}, b"<rss>" + b"<item>x</item>" * 5000 + b"<ttl>90</ttl></rss>", 5400),
        ({}, "<?xml version='1.0'?><rss><channel><ttl>90</ttl>".encode("utf-16"), 5400),
        ({}, "<rss><channel><item>年</item><TTL>90</TTL>".encode("utf-16-be"), 5400),
        ({}, "<rss><channel><ttl>90</ttl>".encode("utf-32-le"), 5400),
        ({}, b"<a:updatePeriod>hourly</a:updatePeriod>", 3600),
        ({}, b"", 0),
    ],
)
def test_the_servers_wishes_are_read(headers: dict[str, str], body: bytes, seconds: int) -> None:
    """`max-age`, `ttl` and `updatePeriod`, the longest of them, and never more than a day.

    They stand anywhere in the channel, in whatever encoding; what an entry says is not the feed's.
    """
    assert wishes_of(headers, body).seconds == seconds


REST = b"<skipHours><hour>6</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>"


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + REST + b"<item>",
        b"<rss><channel><item>x</item>" + REST,
        (b"<rss><channel>" + REST).decode().encode("utf-16"),
    ],
)
def test_hours_and_days_of_rest_hold_in_every_run(body: bytes) -> None:
    """`skipHours` and `skipDays` hold by the hour and by the week alike."""
    wishes = wishes_of({}, body)
    assert (wishes.skip_hours, wishes.skip_days) == ((0, 6), ("sunday",))
    before = NOW - timedelta(days=2)
    known = SourceState("vendor", last_attempt=before.isoformat())
    state = after_answer(known, None, new=0, wishes=wishes, now=before)
    for paced in (True, False):
        due = [is_due(FEED, state, now=NOW + timedelta(hours=h), paced=paced) for h in (0, 1)]
        assert due == [False, True]
        assert not is_due(FEED, state, now=NOW - timedelta(hours=12), paced=paced)  # a Sunday
    assert why_resting(FEED, state, now=NOW) == (
        "its feed wants to be left alone from 6 to 7 o'clock UTC"
    )
    assert why_resting(FEED, state, now=NOW + timedelta(hours=1)) == ""


def test_rest_at_the_hour_of_every_run_does_not_silence_a_feed() -> None:
    """A run that starts at one hour of the week reads it all the same: nothing is missed."""
    last_week = (NOW - timedelta(days=7)).isoformat()
    state = SourceState("vendor", last_attempt=last_week, skip_hours=(6,), skip_days=("monday",))
    assert is_due(FEED, state, now=NOW, paced=False)
    yesterday = replace(state, last_attempt=(NOW - timedelta(days=1)).isoformat())
    assert not is_due(FEED, yesterday, now=NOW, paced=False)


@pytest.mark.parametrize(
    "piece", [b"<skipHours>", b"<ttl><![CDATA[", b"<item", b"<a:updatePeriod>"]
)
def test_a_body_that_wishes_without_end_is_read_at_once(piece: bytes) -> None:
    """Hundred thousands of elements that are never closed are worth no time."""
    start = time.monotonic()
    wishes_of({}, piece * 150_000 + b"<ttl>" * 100)
    assert time.monotonic() - start < 2


def test_rest_without_end_is_no_wish() -> None:
    """All 24 hours, or all seven days, would be never."""
    hours = b"".join(b"<hour>%d</hour>" % hour for hour in range(24))
    assert wishes_of({}, b"<skipHours>" + hours + b"</skipHours>").skip_hours == ()
    some = b"<hour>1</hour>" * 30
    assert wishes_of({}, b"<skipHours>" + some + b"</skipHours>").skip_hours == (1,)


def test_what_a_server_wishes_holds_for_everybody_and_our_pace_for_the_hourly_run() -> None:
    """A weekly run reads what is not due by pace, and leaves alone what wants to be."""
    paced = after_answer(SourceState("vendor"), None, new=0, wishes=Wishes(), now=NOW)
    wished = after_answer(SourceState("vendor"), None, new=0, wishes=Wishes(7200.0), now=NOW)
    soon = NOW + timedelta(minutes=30)
    assert [is_due(FEED, paced, now=soon, paced=p) for p in (True, False)] == [False, True]
    assert [is_due(FEED, wished, now=soon, paced=p) for p in (True, False)] == [False, False]
    assert why_resting(FEED, wished, now=soon) == (
        "its server wants to be left alone until 2026-10-05 08:00 UTC"
    )
    moved = replace(FEED, url="https://vendor.example/new")
    assert is_due(moved, replace(wished, url=FEED.url), now=soon, paced=True)


def gone(status: int) -> FetchError:
    return FetchError("x", transient=status >= 500, status=status)


def pauses(error: Exception, failures: int) -> list[float]:
    found = []
    for number in range(1, failures + 1):
        state = after_failure(SourceState("vendor", failures=number), error, NOW)
        assert state.next_attempt is not None
        found.append((datetime.fromisoformat(state.next_attempt) - NOW).total_seconds())
    return found


def test_failures_are_tried_again_later_and_later_and_never_given_up() -> None:
    """Soft ones within a day, hard ones within four weeks: monthly at least, whatever happens."""
    assert pauses(gone(503), 4) == [1800, 3600, 7200, 14400]
    assert pauses(ParseError("no feed"), 9)[-1] == MOST
    assert pauses(gone(410), 3) == [MOST, 2 * MOST, 4 * MOST]
    assert pauses(gone(404), 60)[-1] == HARD[1] <= 31 * 86_400


def test_a_server_that_asks_for_time_gets_it() -> None:
    """`Retry-After` holds for everybody; a failure without it only for our own pace."""
    error = gone(503)
    error.wait = 7200.0
    asked = after_failure(SourceState("vendor", failures=1), error, NOW)
    assert asked.not_before == (NOW + timedelta(hours=2)).isoformat()
    assert after_failure(SourceState("vendor", failures=1), gone(503), NOW).not_before is None
