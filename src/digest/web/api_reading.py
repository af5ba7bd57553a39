"""The API's look at what is read: sources with their health, runs, and the steps once more."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Request

from digest.errors import InputError
from digest.sources import find_source, load_sources
from digest.store import ledger
from digest.web.api_parts import clean, who
from digest.web.api_source_words import (
    Added,
    ItemRow,
    NewSource,
    Pause,
    RunRow,
    SourceRow,
    Tried,
)
from digest.web.api_words import Acted
from digest.web.reading_pages import decide_pause, health_of, sources_file, write_source
from digest.web.runs_pages import report_of

SourceName = Annotated[str, Path(min_length=1, max_length=100)]
TOLD = 30  #: entries of a source that are told when it is tested


def sources(request: Request) -> list[SourceRow]:
    """List the sources with how each is, those that need a look first."""
    room, _ = who(request)
    return [
        SourceRow(
            name=each.source.name,
            kind=each.source.kind,
            url=each.source.url,
            publisher=each.source.publisher,
            voice=each.source.voice,
            language=each.source.language or "",
            verdict=each.health.verdict,
            why=each.health.why,
            last_success=each.health.last_success or "",
            failures=each.health.failures,
        )
        for each in health_of(room)
    ]


def pause(request: Request, name: SourceName, body: Pause) -> Acted:
    """Pause a source, or read it again; the token of an admin may."""
    room, user = who(request)
    act = decide_pause(room, name, paused=body.paused, by=user.name, reason=clean(body.reason))
    return Acted(act=act, done=True)


def add(request: Request, body: NewSource) -> Added:
    """Write a source into the file of sources; the token of an admin may."""
    room, user = who(request)
    said = {name: clean(value).strip() for name, value in body.model_dump().items()}
    try:
        return Added(name=write_source(room, **said, by=user.name).name)
    except ValueError as error:  # an address that is none
        raise InputError(str(error), cure="give an http or https address") from error


def test(request: Request, name: SourceName) -> Tried:
    """Ask a source now, save nothing, and tell what came."""
    room, _ = who(request)
    source = find_source(load_sources(sources_file(room)), name)
    polled = room.runner().polling.try_out(source)
    items = [
        ItemRow(title=each.title or "", url=each.url or "", published=each.published or "")
        for each in polled.items[:TOLD]
    ]
    return Tried(error=polled.state.error or "", found=polled.found, items=items)


def runs(request: Request) -> list[RunRow]:
    """List the last runs, the latest first."""
    room, _ = who(request)
    with room.store.read() as db:
        found = ledger.last_runs(db, 20)
    return [
        RunRow(
            id=run.id,
            flow=run.flow,
            started_at=run.started_at,
            finished_at=run.finished_at or "",
            status=run.status,
            report=report_of(run.report),
        )
        for run in found
    ]


def retry(request: Request) -> Acted:
    """Run every step on what waits, what failed for a while included; no source is asked."""
    room, user = who(request)
    return Acted(act="", done=room.do("steps", room.runner().run_steps, by=user.name, wait=2))
