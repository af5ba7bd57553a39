"""Decides when a source is asked again: what its server wishes, how much is new, how it failed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from digest.errors import DigestError, FetchError
from digest.records import Source, SourceState
from digest.text import parse_time

LEAST = 1800.0  #: seconds between two polls of a source that has much to tell
MOST = 86_400.0  #: seconds after which any source that answers is asked again
FIRST = 3600.0  #: seconds until the second poll
FASTER, SLOWER = 0.5, 1.5  #: times the interval, where something was new and where nothing was
SOFT = (1800.0, MOST)  #: after a failure that may pass: at first, and at most
HARD = (MOST, 28 * MOST)  #: after "gone", "forbidden" and the like: monthly in the end, never never
HARD_STATUS = frozenset({400, 401, 403, 404, 405, 406, 410, 451})
HEAD = 20_000  #: bytes in which a feed says how often it wants to be asked
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PERIODS = {"hourly": 3600.0, "daily": MOST, "weekly": 7 * MOST, "monthly": 30 * MOST}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a server and a feed say about how often they want to be asked."""

    seconds: float = 0.0  #: for which the answer is good: `max-age`, `ttl`, `updatePeriod`
    skip_hours: tuple[int, ...] = ()  #: of the day, UTC, in which the feed wants to be left alone
    skip_days: tuple[str, ...] = ()


NO_WISHES = Wishes()


def wishes_of(headers: Mapping[str, str], body: bytes) -> Wishes:
    """Return the wishes that an answer states, none of them longer than a day."""
    cache = headers.get("cache-control", "").lower()
    age = re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", cache)
    seconds = [float(age[1])] if age and "no-cache" not in cache and "no-store" not in cache else []
    head = re.split(rb"<(?:item|entry)\b", body[:HEAD], maxsplit=1)[0].decode("latin-1").lower()
    if ttl := re.search(r"<ttl>\s*(\d{1,7})\s*</ttl>", head):
        seconds.append(float(ttl[1]) * 60)
    if period := re.search(r"<sy:updateperiod>\s*(\w+)\s*<", head):
        times = re.search(r"<sy:updatefrequency>\s*(\d{1,4})\s*<", head)
        seconds.append(PERIODS.get(period[1], 0.0) / max(1, int(times[1]) if times else 1))
    hours = re.search(r"<skiphours>(.*?)</skiphours>", head, re.S)
    days = re.search(r"<skipdays>(.*?)</skipdays>", head, re.S)
    named = (
        [int(hour) % 24 for hour in re.findall(r"<hour>\s*(\d{1,2})", hours[1])] if hours else []
    )
    left = re.findall(r"<day>\s*(\w+)", days[1]) if days else []
    return Wishes(
        seconds=min(MOST, max(seconds, default=0.0)),
        skip_hours=tuple(sorted(named)) if len(named) < 24 else (),
        skip_days=tuple(day for day in DAYS if day in left) if len(left) < 7 else (),
    )


def after_answer(
    state: SourceState,
    before: SourceState | None,
    *,
    new: int,
    wishes: Wishes,
    now: datetime,
) -> SourceState:
    """Return the state with the times of the next poll: sooner where much is new, later where not.

    `not_before` is the server's wish and holds for everybody; `next_attempt` is our own pace, which
    a poll soon after another does not change.
    """
    interval = state.interval or FIRST
    last = parse_time(before.last_attempt) if before else None
    if state.interval and (last is None or (now - last).total_seconds() >= LEAST):
        interval = min(MOST, max(LEAST, state.interval * (FASTER if new else SLOWER)))
    later = max(interval, wishes.seconds)
    fresh = now + timedelta(seconds=wishes.seconds)
    return replace(
        state,
        interval=interval,
        next_attempt=(now + timedelta(seconds=later)).isoformat(),
        not_before=fresh.isoformat() if wishes.seconds else None,
        skip_hours=wishes.skip_hours,
        skip_days=wishes.skip_days,
    )


def after_failure(state: SourceState, error: Exception, now: datetime) -> SourceState:
    """Return the state with the time of the next try: the longer it fails the later, never never.

    What may pass is tried again whenever somebody wants to read; what is gone, or has asked us to
    stay away, only then.
    """
    hard = is_hard(error)
    first, most = HARD if hard else SOFT
    pause = min(most, first * 2.0 ** min(20, max(0, state.failures - 1)))
    wait = error.wait if isinstance(error, FetchError) else None
    pause = min(HARD[1], max(pause, wait or 0.0))
    until = (now + timedelta(seconds=pause)).isoformat()
    asked = (now + timedelta(seconds=min(HARD[1], wait))).isoformat() if wait else None
    return replace(state, next_attempt=until, not_before=until if hard else asked)


def is_hard(error: Exception) -> bool:
    """Return whether a failure will hardly have passed tomorrow: gone, forbidden, refused."""
    if not isinstance(error, FetchError):
        return not isinstance(error, DigestError | OSError)
    return error.status in HARD_STATUS or bool(error.reason and not error.transient)


def next_poll(source: Source, state: SourceState) -> str | None:
    """Return when an hourly run asks a source next, None where every run does.

    The hours and days of rest that a feed wishes for may move it further.
    """
    if source.is_mailed or state.url not in ("", source.url):
        return None
    times = [state.not_before, state.next_attempt]
    known = [moment for moment in map(parse_time, times) if moment]
    return max(known).isoformat() if known else None


def is_due(source: Source, state: SourceState | None, *, now: datetime, paced: bool) -> bool:
    """Return whether a source may be asked now.

    Args:
        source: the source; a folder of mails may always be looked into.
        state: what is remembered of it.
        now: the present.
        paced: whether our own pace counts too, or only what the server wishes.
    """
    if state is None or source.is_mailed or state.url not in ("", source.url):
        return True
    at = now.astimezone(UTC)
    if paced and (at.hour in state.skip_hours or DAYS[at.weekday()] in state.skip_days):
        return False
    times = [state.not_before, state.next_attempt if paced else None]
    return all(moment is None or moment <= now for moment in map(parse_time, times))
