"""Whom we read: sources and how they fare, vendors and the team's stack, one address."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from digest.by_hand import add_by_hand, check_place
from digest.desk import Clash, regroup
from digest.errors import DigestError, InputError
from digest.knowing import load_ours
from digest.records import Source, SourceState
from digest.source_checks import KINDS, VOICES, slug
from digest.sources import add_source, find_source, load_sources, pause_source
from digest.stages.health import Health, Verdict
from digest.store import decisions, history, reading
from digest.web.acts import text
from digest.web.pages import back_to, page
from digest.web.room import Room
from digest.web.signing_in import Admin, Editor, Form, Reader, TheRoom

router = APIRouter()
#: What is told of sources, what needs a look first; see `digest.stages.health`.
ORDER: tuple[Verdict, ...] = (
    "failing", "silent", "empty", "stale", "thin", "quiet", "new", "ok", "paused",
)  # fmt: skip
DECIDED = 30  #: decisions on sources that are shown
NAMED = 300  #: vendors that are shown
SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Fares:
    """A source with how it fares.

    Args:
        source: as the file has it.
        health: what is made of its weeks.
        state: what is remembered of it; None where it was never asked.
        stories: in which it is told.
    """

    source: Source
    health: Health
    state: SourceState | None
    stories: int


@router.get("/sources", response_class=HTMLResponse)
def sources_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show the sources with their health, and the forms to add, test and pause one."""
    health = health_of(room)
    with room.store.read() as db:
        decided = decisions.latest(db, "source", limit=DECIDED)
    verdicts = Counter(each.health.verdict for each in health)
    counts = {verdict: verdicts[verdict] for verdict in ORDER if verdicts[verdict]}
    return page(
        request,
        room,
        "sources",
        asking=asking,
        health=health,
        counts=counts,
        history=decided,
        kinds=[each for each in KINDS if each != "newsletter"],
        voices=VOICES,
    )


@router.post("/sources/add")
def add(room: TheRoom, asking: Admin, form: Form) -> RedirectResponse:
    """Write a source into the file; newsletters, which are folders here, are the file's alone."""
    said = {
        name: text(form, name).strip()
        for name in ("url", "kind", "name", "publisher", "voice", "language", "why")
    }
    source = write_source(room, **said, by=asking.user.name)
    return back_to("/sources", done="added", at=f"source-{source.name}")


@router.post("/sources/{name}/test", response_class=HTMLResponse)
def test(name: str, request: Request, room: TheRoom, asking: Editor, form: Form) -> HTMLResponse:
    """Ask a source now, save nothing, and show what came."""
    source = find_source(load_sources(sources_file(room)), name)
    polling = room.runner().polling
    rests, polled = bool(polling.why_resting(source)), polling.try_out(source)
    return page(request, room, "source", asking=asking, source=source, polled=polled, rests=rests)


@router.post("/sources/{name}/pause")
def pause(name: str, room: TheRoom, asking: Admin, form: Form) -> RedirectResponse:
    """Pause a source, or read it again."""
    paused, by = text(form, "paused") == "yes", asking.user.name
    decide_pause(room, name, paused=paused, by=by, reason=text(form, "reason"))
    return back_to("/sources", done="saved", at=f"source-{name}")


@router.get("/vendors", response_class=HTMLResponse)
def vendors_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show the vendors that stories name, and the tools that the team owns."""
    with room.store.read() as db:
        named = room.choices(db)["vendor"][:NAMED]
    return page(
        request,
        room,
        "vendors",
        asking=asking,
        named=named,
        ours=load_ours(room.settings),
    )


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
        work = partial(
            read_address, room, url, found, by=asking.user.name, reason=text(form, "reason")
        )
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


def read_address(room: Room, url: str, found: list[str], *, by: str, reason: str = "") -> None:
    """Read an address through all steps, and keep who asked for it; `found` gets its articles."""
    runner = room.runner()
    found += add_by_hand(runner, url)
    for id in found:
        room.desk.write("added", id, url, by=by, reason=reason)
    runner.keep_to(found)
    runner.run_steps()
    regroup(runner, found)


def write_source(
    room: Room,
    *,
    url: str,
    kind: str,
    name: str,
    publisher: str,
    voice: str,
    language: str,
    why: str,
    by: str,
) -> Source:
    """Write a source into the file, and return it; raises `InputError` for what is none.

    Newsletters, which are folders here, are the file's alone.
    """
    if urlsplit(url).scheme not in SCHEMES or kind == "newsletter":
        raise InputError(f"no web address: {url}", cure="give an http or https address")
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    source = Source(
        name=name or slug(host),
        kind=kind,  # type: ignore[arg-type]  # add_source refuses a wrong word
        url=url,
        publisher=publisher or host,
        voice=voice,  # type: ignore[arg-type]  # likewise
        language=language or None,
        why=why,
    )
    add_source(sources_file(room), source)
    room.desk.write("source", f"source:{source.name}", "added", by=by, reason=why)
    return source


def decide_pause(room: Room, name: str, *, paused: bool, by: str, reason: str) -> str:
    """Pause a source, or read it again, and return the act; raises `InputError`."""
    pause_source(sources_file(room), name, paused=paused)
    word = "paused" if paused else "read again"
    made = room.desk.write("source", f"source:{name}", word, by=by, reason=reason)
    assert not isinstance(made, Clash)  # nothing was named as seen
    return made.act


def sources_file(room: Room) -> Path:
    """Return where the sources are listed."""
    return room.settings.path(room.settings.sources)


def health_of(room: Room) -> list[Fares]:
    """Return the sources with how each is, those that need a look first."""
    runner = room.runner()
    lost = room.keep("left out", runner.polling.left_out)
    with room.store.read() as db:
        states = reading.records(db, SourceState, [each.name for each in runner.sources])
        many = dict(room.choices(db)["source"])
    found = [
        Fares(source, health, states.get(source.name), many.get(source.name, 0))
        for source, health in zip(runner.sources, runner.polling.health(lost), strict=True)
    ]
    return sorted(found, key=lambda each: (ORDER.index(each.health.verdict), each.source.name))
