"""The API's look at what is read: sources with their health, runs, and the steps once more."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Request

from digest.sources import pause_source
from digest.store import ledger
from digest.web.api_parts import who
from digest.web.api_words import Acted, Pause, RunRow, SourceRow
from digest.web.reading_pages import health_of, sources_file
from digest.web.runs_pages import report_of


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


def pause(
    request: Request, name: Annotated[str, Path(min_length=1, max_length=100)], body: Pause
) -> Acted:
    """Pause a source, or read it again; the token of an admin may."""
    room, user = who(request)
    pause_source(sources_file(room), name, paused=body.paused)
    word = "paused" if body.paused else "read again"
    made = room.desk.write("source", f"source:{name}", word, by=user.name)
    return Acted(act=getattr(made, "act", ""), done=True)


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
