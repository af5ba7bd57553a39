from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import FetchError, InputError, ParseError
from digest.records import Source, SourceState
from digest.stages.faults import fault_of, said_by
from digest.stages.health import count_week, health, is_alarming, thinness, usual_week

START = datetime(2026, 7, 6, 6, tzinfo=UTC)
FEED = Source("vendor", "feed", "https://vendor.example/feed", "Vendor", "vendor")


def told(*weeks: int, **changes: object) -> tuple[SourceState, datetime]:
    """What is remembered of a source that was asked weekly, and the present."""
    state, now = SourceState("vendor", first_success=START.isoformat()), START
    for number, new in enumerate(weeks):
        now = START + timedelta(weeks=number)
        state = replace(count_week(state, new, now=now), last_success=now.isoformat())
    return replace(state, **changes), now  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("weeks", "changes", "verdict"),
    [
        ((5, 6, 5, 7), {}, "ok"),
        ((5, 6, 5, 7, 0, 0, 0, 0, 0), {}, "silent"),
        ((1, 0, 0, 1, 0, 0, 1, 0, 0), {}, "ok"),
        ((0, 0, 0, 0, 0, 0), {}, "ok"),
        ((9, 8, 9, 10, 1, 1), {}, "quiet"),
        ((5, 6, 5), {"error": "HTTP 503", "failures": 2}, "failing"),
        ((5, 6, 5), {"thin": 0.8}, "thin"),
        ((5, 6, 5), {"entries": 0}, "empty"),
        ((5, 6, 5), {"last_success": (START - timedelta(days=9)).isoformat()}, "stale"),
    ],
)
def test_a_source_is_judged_by_what_it_used_to_tell(
    weeks: tuple[int, ...], changes: dict[str, object], verdict: str
) -> None:
    """One that told something every week is silent after a month; one that seldom did is not."""
    state, now = told(*weeks, **changes)
    found = health(FEED, state, now=now)
    assert (found.verdict, bool(found.why)) == (verdict, verdict != "ok")
    assert bool(found.cure) == bool(found.fault) == (verdict != "ok")


def test_a_new_and_a_paused_source_are_called_so() -> None:
    """Nothing is wrong with either; one that never succeeded is failing."""
    assert health(FEED, None, now=START).verdict == "new"
    assert health(replace(FEED, paused=True), None, now=START).verdict == "paused"
    failed = SourceState("vendor", error="HTTP 404", failures=1)
    assert health(FEED, failed, now=START).verdict == "failing"


def test_a_folder_without_new_mail_is_not_empty() -> None:
    """A mail comes when it comes; a feed always shows its last entries."""
    state, now = told(5, 6, 5, entries=0)
    assert health(replace(FEED, kind="newsletter"), state, now=now).verdict == "ok"


@pytest.mark.parametrize(
    ("error", "fault", "cure"),
    [
        (FetchError("x", status=404), "gone", "put the new one into `url`"),
        (FetchError("x", status=403), "forbidden", "pause the source"),
        (FetchError("x", status=429), "often", "less often"),
        (FetchError("x", status=503), "server", "tried again"),
        (FetchError("x", transient=False), "other", "in a browser"),
        (
            ParseError("no feed", cure="it names its feed: /f"),
            "unreadable",
            "it names its feed: /f",
        ),
        (InputError("no folder"), "settings", "digest doctor"),
        (ValueError("odd"), "other", "in a browser"),
    ],
)
def test_a_failure_is_told_with_its_cure(error: Exception, fault: str, cure: str) -> None:
    """The error's own words where it has some, else what helps against its kind."""
    state, now = told(5, 6, 5, error="x", fault=fault_of(error), cure=said_by(error))
    found = health(FEED, state, now=now)
    assert (found.verdict, found.fault) == ("failing", fault)
    assert cure in found.cure


def test_robots_and_private_addresses_have_cures_of_their_own() -> None:
    """They are told by their reason, not by a status."""
    refused, inside = FetchError("x"), FetchError("x")
    refused.reason, inside.reason = "robots.txt refuses", "address not allowed"
    assert [fault_of(each) for each in (refused, inside)] == ["robots", "private"]


def test_the_next_poll_is_the_later_of_its_wish_and_our_pace() -> None:
    """A paused source and a folder of mails have none."""
    state, now = told(5, 6, next_attempt="2026-10-05T07:00:00+00:00")
    wished = replace(state, not_before="2026-10-05T09:00:00+00:00")
    assert health(FEED, state, now=now).next_poll == "2026-10-05T07:00:00+00:00"
    assert health(FEED, wished, now=now).next_poll == "2026-10-05T09:00:00+00:00"
    assert health(replace(FEED, paused=True), wished, now=now).next_poll is None
    assert health(replace(FEED, kind="newsletter"), wished, now=now).next_poll is None


def test_the_usual_week_leaves_the_first_and_this_one_out() -> None:
    """The first poll finds a whole feed, and this week is not over."""
    state, now = told(40, 4, 6, 5, 1)
    assert usual_week(state, now) == 5


def test_only_who_used_to_speak_can_fall_silent() -> None:
    """Silent or failing again and again is alarming; one failure, or never any news, is not."""
    silent, now = told(5, 5, 5, 5, 0, 0, 0, 0, 0)
    failing, then = told(5, 5, 5, error="x", failures=3)
    once, _ = told(5, 5, 5, error="x", failures=1)
    never, _ = told(0, 0, 0, error="x", failures=9)
    empty, at = told(5, 5, 5, entries=0)
    assert is_alarming(FEED, empty, now=at)
    assert is_alarming(FEED, silent, now=now)
    assert is_alarming(FEED, failing, now=then)
    assert not is_alarming(FEED, once, now=then)
    assert not is_alarming(FEED, never, now=then)


def test_thin_is_who_says_next_to_nothing() -> None:
    """Title and text together have three words at least."""
    assert thinness(["Beacon launches in Europe today", "More", "", "Read more"]) == 0.75
    assert thinness([]) == 0.0
