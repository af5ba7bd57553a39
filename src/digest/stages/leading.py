"""Decides for how long another address is asked in a source's place: a feed found, a new home."""

from __future__ import annotations

from datetime import datetime, timedelta

from digest.errors import FetchError, ParseError
from digest.records import Source, SourceState
from digest.text import parse_time

TRUSTED = timedelta(days=7)  #: after so long the source's own address is asked where it leads now


def still_leads(state: SourceState, now: datetime) -> bool:
    """Return whether what the source led to is asked in its place, without asking the source."""
    said = parse_time(state.led_at)
    return bool(state.leads_to and said and now - said < TRUSTED and state.failures == 0)


def is_lost(error: FetchError | ParseError) -> bool:
    """Return whether a failure says that there is no such feed there any more."""
    return isinstance(error, ParseError) or not error.transient


def where_it_leads(source: Source, state: SourceState | None) -> str:
    """Return in words that a source is read at another address than its own, or nothing."""
    if state is None or not state.leads_to or state.url not in ("", source.url):
        return ""
    return f"read at {state.leads_to}, to which {source.url} leads: put that into `url`"
