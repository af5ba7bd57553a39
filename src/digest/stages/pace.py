"""Decides when a source is asked again: what its server wishes, how much is new, how it failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.errors import DigestError, FetchError
from digest.records import Source, SourceState
from digest.stages.wishes import DAYS, LONGEST, Wishes
from digest.text import parse_time

LEAST = 1800.0  #: seconds between two polls of a source that has much to tell
MOST = LONGEST  #: seconds after which any source that answers is asked again
FIRST = 3600.0  #: seconds until the second poll
FASTER, SLOWER = 0.5, 1.5  #: times the interval, where something was new and where nothing was
SOFT = (1800.0, MOST)  #: after a failure that may pass: at first, and at most
HARD = (MOST, 28 * MOST)  #: after "gone", "forbidden" and the like: monthly in the end, never never
HARD_STATUS = frozenset({400, 401, 403, 404, 405, 406, 410, 451})
#: Without a try for so long, hours and days of rest are over: a run that starts at the same hour of
#: every week would else never read a feed that rests then.
PATIENCE = timedelta(days=6)


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
    if not _knows(source, state):
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
        paced: whether our own pace counts too, or only what server and feed wish.
    """
    if state is None or why_resting(source, state, now=now):
        return state is None
    own = parse_time(state.next_attempt) if paced and _knows(source, state) else None
    return own is None or own <= now


def why_resting(source: Source, state: SourceState | None, *, now: datetime) -> str:
    """Return in words what its server or feed wishes that forbids to ask a source now, or nothing.

    It holds in every run that nobody looks at; who asks by hand is told of it.
    """
    if state is None or not _knows(source, state):
        return ""
    wished = parse_time(state.not_before)
    if wished and wished > now:
        until = f"{wished.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        return f"its server wants to be left alone until {until}"
    last = parse_time(state.last_attempt)
    if last and now - last > PATIENCE:
        return ""
    at = now.astimezone(UTC)
    if at.hour in state.skip_hours:
        return f"its feed wants to be left alone from {at.hour} to {at.hour + 1} o'clock UTC"
    day = DAYS[at.weekday()]
    return f"its feed wants to be left alone on {day.title()}s" if day in state.skip_days else ""


def _knows(source: Source, state: SourceState) -> bool:
    """Return whether what is remembered is of this address, and of a server that has wishes."""
    return not source.is_mailed and state.url in ("", source.url)
