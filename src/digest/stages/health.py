"""Tells how a source is: whether it speaks as it used to, is silent, thin, stale, or fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from digest.records import Source, SourceState
from digest.report import LeftOut
from digest.stages.faults import CURES, cure_of
from digest.stages.leading import where_it_leads
from digest.stages.pace import next_poll, why_resting
from digest.text import count_words, parse_time

Verdict = Literal["ok", "new", "failing", "empty", "silent", "quiet", "thin", "stale", "paused"]
KEPT = 26  #: weeks of which the new entries are counted
STALE = timedelta(days=8)  #: without an answer, longer than a weekly run is apart
SILENT = 3.0  #: times its usual pause, and at least …
LEAST = timedelta(days=14)  #: … so long without anything new
USUAL = 3  #: weeks with news from which on a source is known to speak
QUIET = 0.34  #: share of its usual week, from which on down it is quiet
ALARM = 3  #: failures in a row of a source that used to speak, from which on somebody is told
THIN = 0.5  #: share of entries with next to no words, from which on a source is thin
BEGINNING = 100  #: characters of it that are looked at first
WORDS = 3  #: words of title and text, below which an entry says nothing


@dataclass(frozen=True, slots=True)
class Health:
    """How one source is."""

    source: str
    verdict: Verdict
    why: str  #: in words; "" where all is well
    last_success: str | None
    last_new: str | None
    week: int  #: new entries of this week
    usual: float  #: new entries of its usual week
    failures: int
    last_attempt: str | None = None
    next_poll: str | None = None  #: when an hourly run asks it next; None: with every run, or never
    error: str = ""  #: what the last poll said, where it failed
    fault: str = ""  #: what is wrong, a key of `digest.stages.faults.CURES`; "" where all is well
    cure: str = ""  #: what somebody can do about it
    thin: float = 0.0  #: share of the last poll's entries with next to no words
    entries: int | None = None  #: that the last answer held
    rests: str = ""  #: why no run asks it now: what server or feed wishes, in words
    leads_to: str = ""  #: where it is read, where that is not its own address, in words
    left_out: tuple[LeftOut, ...] = ()  #: entries of the last weeks that went no further, and why


def count_week(state: SourceState, new: int, *, now: datetime) -> SourceState:
    """Return the state with new entries counted in this week."""
    week = week_of(now)
    weeks = dict(state.weeks)
    weeks[week] = weeks.get(week, 0) + new
    kept = tuple(sorted(weeks.items())[-KEPT:])
    return replace(state, weeks=kept, last_new=now.isoformat() if new else state.last_new)


def week_of(moment: datetime) -> str:
    """Return the ISO week: `2026-W40`."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"


def health(source: Source, state: SourceState | None, *, now: datetime) -> Health:
    """Return how a source is, by what is remembered of it: a pure function of these.

    Failing comes before empty, that before silent, silent before stale, stale before thin and
    quiet.
    """
    if source.paused or state is None or state.first_success is None:
        verdict: Verdict = (
            "paused" if source.paused else "failing" if state and state.error else "new"
        )
        why = (state.error or "") if state and not source.paused else ""
        return _health(source, state, verdict, why, now)
    verdict, why = _judge(source, state, now)
    return _health(source, state, verdict, why, now)


def _judge(source: Source, state: SourceState, now: datetime) -> tuple[Verdict, str]:
    if state.error:
        return "failing", f"{state.failures} in a row: {state.error}"
    if state.entries == 0 and not source.is_mailed:
        return "empty", "it answers, with no entry at all"
    if silence := silent_for(state, now):
        return "silent", f"nothing new for {silence.days} days, though it answers"
    last = parse_time(state.last_success)
    if last and now - last > STALE:
        return "stale", f"not asked with success for {(now - last).days} days"
    if state.thin >= THIN:
        return "thin", f"{state.thin:.0%} of its entries have next to no words"
    if _is_quiet(state, now):
        return (
            "quiet",
            f"{_last_week(state, now)} new last week, usually {usual_week(state, now):g}",
        )
    return "ok", ""


def silent_for(state: SourceState, now: datetime) -> timedelta | None:
    """Return for how long a source that used to speak has told nothing, None where it does.

    Its usual pause is the week divided by what it tells in one, or the weeks between two with news.
    """
    told = [week for week, count in state.weeks if count]
    last = parse_time(state.last_new)
    if len(told) < USUAL or last is None:
        return None
    spoke = sum(week <= told[-1] for week, _ in state.weeks)
    pause = timedelta(weeks=spoke / len(told))
    silence = now - last
    return silence if silence > max(LEAST, SILENT * pause) else None


def is_alarming(source: Source, state: SourceState, *, now: datetime) -> bool:
    """Return whether a source that used to speak has fallen silent: it says nothing, or fails."""
    verdict = health(source, state, now=now).verdict
    spoke = any(count for _, count in state.weeks)
    if verdict == "failing":
        return spoke and state.failures >= ALARM
    return spoke and verdict in ("silent", "empty")


def usual_week(state: SourceState, now: datetime) -> float:
    """Return the median of a source's whole weeks before this one, its first left out."""
    past = [count for week, count in state.weeks if week != week_of(now)]
    return float(median(past[1:] or past)) if past else 0.0


def _last_week(state: SourceState, now: datetime) -> int:
    return dict(state.weeks).get(week_of(now - timedelta(weeks=1)), 0)


def _is_quiet(state: SourceState, now: datetime) -> bool:
    usual = usual_week(state, now)
    return len(state.weeks) > USUAL and usual >= 3 and _last_week(state, now) < usual * QUIET


def thinness(texts: list[str]) -> float:
    """Return the share of entries (title and text of each) that say next to nothing."""
    return sum(_says_little(text) for text in texts) / len(texts) if texts else 0.0


def _says_little(text: str) -> bool:
    # A beginning that has words enough tells of the whole.
    return count_words(text[:BEGINNING]) < WORDS and count_words(text) < WORDS


def _health(
    source: Source, state: SourceState | None, verdict: Verdict, why: str, now: datetime
) -> Health:
    wrong = verdict in CURES or verdict == "failing"
    fault = (state.fault or "other" if state and state.error else verdict) if wrong else ""
    asked = None if source.paused or state is None else next_poll(source, state)
    return Health(
        source=source.name,
        verdict=verdict,
        why=why,
        last_success=state.last_success if state else None,
        last_new=state.last_new if state else None,
        week=dict(state.weeks).get(week_of(now), 0) if state else 0,
        usual=usual_week(state, now) if state else 0.0,
        failures=state.failures if state else 0,
        last_attempt=state.last_attempt if state else None,
        next_poll=asked,
        error=(state.error or "") if state else "",
        fault=fault,
        cure=cure_of(fault, state.cure if state else ""),
        thin=state.thin if state else 0.0,
        entries=state.entries if state else None,
        rests=why_resting(source, state, now=now),
        leads_to=where_it_leads(source, state),
    )
