"""One edition: its order, what is in it and what is not, its preview, and publishing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import Connection

from digest.archiving import publish_files
from digest.desk import Clash
from digest.jobs import Job
from digest.periods import Period
from digest.publishing import make_edition, write_edition
from digest.records import Decision, Edition, Entrant
from digest.stages.ledger import entrants
from digest.stages.render import render
from digest.stages.sections import TITLES
from digest.store import decisions, inbox, ledger, outbox, subscribers
from digest.store.codec import utc
from digest.store.inbox import Listed
from digest.subscribing import named_in
from digest.web.acts import clash_page, text
from digest.web.pages import back_to, page
from digest.web.room import Room
from digest.web.rows import Row, make_rows
from digest.web.security import page_policy
from digest.web.signing_in import Editor, Form, Reader, TheRoom

router = APIRouter(prefix="/editions")
NEXT = 10  #: stories next in line that are offered
SHOWN = 20  #: copies that were not taken, with what the server said


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at before an edition is published.

    Args:
        what: a code that the page says in words.
        stories: which stories, as (id, headline).
    """

    what: str
    stories: tuple[tuple[str, str], ...]


@router.get("", response_class=HTMLResponse)
def editions_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show the editions that are published, and the drafts that are due."""
    with room.store.read() as db:
        published = list(reversed(ledger.frozen_ids(db)))
    due = [room.period(""), _last_week(room)]
    ids = {id for id, _, _ in published}
    return page(
        request,
        room,
        "editions",
        asking=asking,
        published=[(id, at, checksum, _period_name(room, id)) for id, at, checksum in published],
        due=[each for each in due if room.edition_id(each) not in ids],
    )


@router.get("/go")
def go(room: TheRoom, asking: Reader, period: str = "") -> RedirectResponse:
    """Lead to the edition of a period that was typed."""
    return RedirectResponse(f"/editions/{room.period(period.strip()).name}", status_code=303)


@router.get("/{name}", response_class=HTMLResponse)
def edition_page(name: str, request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show one edition: to be ordered while it is a draft, to be corrected afterwards."""
    period = room.period(name)
    edition, frozen = room.edition(period)
    with room.store.read() as db:
        places = {each.story: place for place, each in enumerate(entrants(edition), start=1)}
        checksums = {id: checksum for id, _, checksum in ledger.frozen_ids(db)}
        out, following = _outside(db, room, period, edition) if not frozen else ([], [])
        order = room.desk.revision(db, "order", edition.id, edition=edition.id)
        sent = outbox.of_edition(db, edition.id)
        readers = subscribers.all_of(db, audience=edition.audience, state="active")
        history = list(reversed(decisions.about(db, [edition.id])))
    return page(
        request,
        room,
        "edition",
        asking=asking,
        period=period,
        edition=edition,
        frozen=frozen,
        groups=_groups(edition),
        sections=TITLES[period.kind],
        places=places,
        out=out,
        following=following,
        order=order,
        stories=" ".join(each.story for each in entrants(edition)),
        checks=checks_of(edition),
        checksum=checksums.get(edition.id, ""),
        sent=Counter(each.state for each in sent),
        trouble=[each for each in sent if each.state in ("failed", "unknown")][:SHOWN],
        history=history,
        can_send=bool(room.settings.delivery.smtp.host or room.settings.delivery.channels),
        addresses=len(
            {each.address for each in readers}
            | {each.lower() for each in named_in(room.settings, edition.audience)}
        ),
    )


@router.get("/{name}/preview")
def preview(name: str, room: TheRoom, asking: Reader, format: str = "html") -> Response:
    """Show the edition as its readers will get it."""
    edition, _ = room.edition(room.period(name))
    if format not in ("html", "md", "json"):
        raise HTTPException(404, "There is no such format.")
    made = str(render(edition, format=format))
    if format != "html":
        kind = "text/markdown" if format == "md" else "application/json"
        return Response(made, media_type=f"{kind}; charset=utf-8")
    headers = {
        "Content-Security-Policy": page_policy(made),
        "X-Frame-Options": "SAMEORIGIN",
    }
    return HTMLResponse(made, headers=headers)


@router.post("/{name}/order", response_model=None)
def order(name: str, request: Request, room: TheRoom, asking: Editor, form: Form) -> Response:
    """Put the stories of a draft in another order; `move` says which one goes up or down."""
    period = room.period(name)
    _refuse_published(room, period)
    id = room.edition_id(period)
    wanted = text(form, "stories").split()
    where, _, story = text(form, "move").partition(":")
    if story in wanted:
        wanted = _moved(wanted, story, where)
    seen = text(form, "seen")
    done = room.desk.write(
        "order",
        id,
        "\n".join(wanted),
        by=asking.user.name,
        seen=int(seen) if seen.isascii() and seen.isdigit() else None,
        edition=id,
    )
    if isinstance(done, Clash):
        return clash_page(request, room, asking, form, done)
    return back_to(f"/editions/{period.name}", done="saved", at=f"entry-{story}" if story else "")


@router.post("/{name}/publish")
def publish(name: str, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Freeze the edition, write it, and send it where that is asked for."""
    period = room.period(name)
    if text(form, "sure") != "yes":
        raise HTTPException(400, "Tick that the edition is complete, then publish.")
    work = partial(_publish, room, period, by=asking.user.name, send=text(form, "send") == "yes")
    in_time = room.do("publish", work, by=asking.user.name, wait=20)
    return back_to(f"/editions/{period.name}", done="published" if in_time else "later")


@router.post("/{name}/correct")
def correct(name: str, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Set a correction on a published edition."""
    return _say(room, name, "correction", text(form, "value"), by=asking.user.name)


@router.post("/{name}/withdraw")
def withdraw(name: str, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Withdraw a published edition, with the reason that its readers see."""
    return _say(room, name, "withdraw", text(form, "value"), by=asking.user.name)


@router.post("/{name}/unsay")
def unsay(name: str, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Take a correction or a withdrawal back."""
    period = room.period(name)
    undone = room.desk.undo(text(form, "act"), by=asking.user.name)
    _write_again(room, period)
    return back_to(f"/editions/{period.name}", done="undone" if undone else "nothing")


def checks_of(edition: Edition) -> list[Check]:
    """Return what is worth a look before publishing; an empty list where all is well."""
    found: list[Check] = []
    questions: dict[str, Callable[[Entrant], bool]] = {
        "foreign": lambda e: bool(e.headline_note),
        "bare": lambda e: not e.lines,
        "lines": lambda e: any(line.note for line in e.lines),
        "unlabelled": lambda e: not e.labels,
        "single": lambda e: e.publishers < 2 and e is edition.opening,
    }
    for what, holds in questions.items():
        stories = [(e.story, e.headline) for e in entrants(edition) if holds(e)]
        if stories:
            found.append(Check(what, tuple(stories)))
    if not entrants(edition):
        found.insert(0, Check("empty", ()))
    return found


def _publish(room: Room, period: Period, *, by: str, send: bool) -> None:
    job = Job("edition", room.runner())
    written = job.publish(period.kind, period.name, freeze=True)
    room.desk.write("published", written.edition.id, by=by, edition=written.edition.id)
    if send:
        job.send(written)


def _say(room: Room, name: str, kind: str, value: str, *, by: str) -> RedirectResponse:
    period = room.period(name)
    id = room.edition_id(period)
    with room.store.read() as db:
        if ledger.frozen(db, id) is None:
            raise HTTPException(409, "The edition is not published yet.")
    if not value.strip():
        raise HTTPException(400, "Write what readers are to be told.")
    room.desk.write(kind, id, value.strip(), by=by, edition=id)
    _write_again(room, period)
    done = "corrected" if kind == "correction" else "withdrawn"
    return back_to(f"/editions/{period.name}", done=done)


def _write_again(room: Room, period: Period) -> None:
    edition, frozen = make_edition(room.store, room.settings, period, now=room.clock())
    if frozen:
        written = write_edition(edition, room.settings, frozen=True)
        publish_files(room.store, room.settings, written)


def _refuse_published(room: Room, period: Period) -> None:
    with room.store.read() as db:
        if ledger.frozen(db, room.edition_id(period)) is not None:
            raise HTTPException(409, "The edition is published: it changes no more.")


def _moved(stories: list[str], story: str, where: str) -> list[str]:
    place = stories.index(story)
    rest = [each for each in stories if each != story]
    at = {"up": max(0, place - 1), "down": place + 1, "top": 0}.get(where, place)
    return [*rest[:at], story, *rest[at:]]


def _groups(edition: Edition) -> list[tuple[str, str, tuple[Entrant, ...]]]:
    """Return the opening and the sections as (name, title, stories)."""
    sections = [(each.name, each.title, each.entries) for each in edition.sections]
    if edition.opening is None:
        return sections
    return [("opening", "The one thing to know", (edition.opening,)), *sections]


def _outside(
    db: Connection, room: Room, period: Period, edition: Edition
) -> tuple[list[tuple[Row, Decision]], list[Row]]:
    """Return what editors left out, with the decision, and the best of what is not in it."""
    shown = {each.story for each in entrants(edition)}
    placed = decisions.standing(db, ("exclude", "include"), edition=edition.id)
    last = {each.subject: each for each in placed}
    reader = room.settings.audience.language

    def rows(ids: Iterable[str]) -> list[Row]:
        listed = [Listed(id, 0.0, 0, "", "") for id in ids]
        return make_rows(db, listed, reader=reader, edition=edition.id, places={})

    out = rows(s for s, each in last.items() if each.kind == "exclude" and s not in shown)
    start, end = utc(period.start.isoformat()), utc(period.end.isoformat())
    wanted = inbox.Filter(start, end, without=[("exclude", edition.id)])
    best, _ = inbox.listed(db, wanted, limit=len(shown) + NEXT)
    following = rows([each.story for each in best if each.story not in shown][:NEXT])
    return [(row, last[row.story.id]) for row in out], following


def _last_week(room: Room) -> Period:
    from digest.periods import last_period

    return last_period("weekly", room.clock(), room.settings.schedule.timezone)


def _period_name(room: Room, id: str) -> str:
    """Return the period of an edition's id: "weekly-2026-W40-cmo" → "2026-W40"."""
    return id.split("-", 1)[1].removesuffix(f"-{room.settings.audience.name}")
