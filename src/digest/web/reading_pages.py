"""Whom we read and what came of it: sources, vendors and the team's stack, runs, one address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from digest.by_hand import add_by_hand, check_place
from digest.desk import regroup
from digest.errors import DigestError, InputError
from digest.knowing import load_ours
from digest.records import Source, SourceState
from digest.source_checks import KINDS, VOICES, slug
from digest.sources import add_source, find_source, load_sources, pause_source
from digest.store import history, inbox, ledger, reading
from digest.web.acts import text
from digest.web.pages import back_to, page
from digest.web.room import Room
from digest.web.signing_in import Admin, Editor, Form, Reader, TheRoom

router = APIRouter()
ILL = 3  #: failed polls in a row after which a source is ill
SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Health:
    """A source with how it fares: "well", "failing", "ill", "silent" or "paused"."""

    source: Source
    state: SourceState | None
    word: str
    stories: int


@router.get("/sources", response_class=HTMLResponse)
def sources_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show the sources with their health, and the forms to add, test and pause one."""
    found = load_sources(_file(room)) if _file(room).exists() else []
    with room.store.read() as db:
        states = reading.records(db, SourceState, [each.name for each in found])
        many = dict(inbox.facet_values(db, "source", limit=10_000))
    health = [_health(each, states.get(each.name), many.get(each.name, 0)) for each in found]
    counts = {word: sum(each.word == word for each in health) for word in _order()}
    health.sort(key=lambda each: (_order().index(each.word), each.source.name))
    return page(
        request,
        room,
        "sources",
        asking=asking,
        health=health,
        counts=counts,
        kinds=[each for each in KINDS if each != "newsletter"],
        voices=VOICES,
    )


@router.post("/sources/add")
def add(room: TheRoom, asking: Admin, form: Form) -> RedirectResponse:
    """Write a source into the file; newsletters, which are folders here, are the file's alone."""
    url = text(form, "url").strip()
    if urlsplit(url).scheme not in SCHEMES or text(form, "kind") == "newsletter":
        raise InputError(f"no web address: {url}", cure="give an http or https address")
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    source = Source(
        name=text(form, "name").strip() or slug(host),
        kind=text(form, "kind"),  # type: ignore[arg-type]  # add_source refuses a wrong word
        url=url,
        publisher=text(form, "publisher").strip() or host,
        voice=text(form, "voice"),  # type: ignore[arg-type]  # likewise
        language=text(form, "language").strip() or None,
        why=text(form, "why").strip(),
    )
    add_source(_file(room), source)
    room.desk.write("source", f"source:{source.name}", "added", by=asking.user.name)
    return back_to("/sources", done="added", at=f"source-{source.name}")


@router.post("/sources/{name}/test", response_class=HTMLResponse)
def test(name: str, request: Request, room: TheRoom, asking: Editor, form: Form) -> HTMLResponse:
    """Ask a source now, save nothing, and show what came."""
    source = find_source(load_sources(_file(room)), name)
    polled = room.runner().try_source(source)
    return page(request, room, "source", asking=asking, source=source, polled=polled)


@router.post("/sources/{name}/pause")
def pause(name: str, room: TheRoom, asking: Admin, form: Form) -> RedirectResponse:
    """Pause a source, or read it again."""
    paused = text(form, "paused") == "yes"
    pause_source(_file(room), name, paused=paused)
    word = "paused" if paused else "read again"
    room.desk.write("source", f"source:{name}", word, by=asking.user.name)
    return back_to("/sources", done="saved", at=f"source-{name}")


@router.get("/vendors", response_class=HTMLResponse)
def vendors_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show the vendors that stories name, and the tools that the team owns."""
    with room.store.read() as db:
        named = inbox.facet_values(db, "vendor", limit=300)
    return page(
        request,
        room,
        "vendors",
        asking=asking,
        named=named,
        ours=load_ours(room.settings),
    )


@router.get("/runs", response_class=HTMLResponse)
def runs_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show what happened: runs, drops by reason, work in the background that failed."""
    with room.store.read() as db:
        runs = ledger.last_runs(db, 20)
        drops = history.count_drops(db)
        again = history.count_transient(db)
    return page(
        request,
        room,
        "runs",
        asking=asking,
        runs=[(run, _report(run.report)) for run in runs],
        drops=sorted(drops.items(), key=lambda each: (-each[1], each[0])),
        again=again,
        failed=room.failed,
    )


@router.post("/runs/steps")
def run_steps(room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Run every step on what waits, what failed for a while included; no source is asked."""
    in_time = room.do("steps", room.runner().run_steps, by=asking.user.name, wait=2)
    return back_to("/runs", done="saved" if in_time else "later")


@router.get("/add", response_class=HTMLResponse)
def add_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show the form for one address."""
    return page(request, room, "add", asking=asking, url="", error="", cure="")


@router.post("/add", response_model=None)
def add_address(
    request: Request, room: TheRoom, asking: Editor, form: Form
) -> HTMLResponse | RedirectResponse:
    """Read one address now, through all steps, and lead to its story."""
    url = text(form, "url").strip()
    found: list[str] = []
    try:
        if urlsplit(url).scheme not in SCHEMES:
            raise InputError(f"no web address: {url}", cure="give an http or https address")
        check_place(url)
        work = partial(_read, room, url, found)
        in_time = room.do("read", work, by=asking.user.name, wait=30)
    except (DigestError, ValueError) as error:
        cure = error.cure if isinstance(error, DigestError) else ""
        return page(
            request, room, "add", asking=asking, status=422, url=url, error=str(error), cure=cure
        )
    if not in_time:
        return back_to("/add", done="later")
    with room.store.read() as db:
        story = next(iter(reading.story_of(db, found).values()), "")
        drops = history.drops_of(db, set(found))
    if story:
        return back_to(f"/stories/{story}", done="added")
    why = "; ".join(f"{each.stage}: {each.reason} {each.detail}".strip() for each in drops)
    return page(request, room, "add", asking=asking, status=422, url=url, error=why, cure="")


def _read(room: Room, url: str, found: list[str]) -> None:
    runner = room.runner()
    found += add_by_hand(runner, url)
    runner.keep_to(found)
    runner.run_steps()
    regroup(runner, found)


def _file(room: Room) -> Path:
    return room.settings.path(room.settings.sources)


def _order() -> tuple[str, ...]:
    return ("ill", "failing", "silent", "well", "paused")


def _health(source: Source, state: SourceState | None, stories: int) -> Health:
    if source.paused:
        word = "paused"
    elif state is None or (not state.last_success and not state.failures):
        word = "silent"
    elif state.failures:
        word = "ill" if state.failures >= ILL else "failing"
    else:
        word = "well"
    return Health(source, state, word, stories)


def _report(text: str) -> dict[str, Any]:
    import json

    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}
