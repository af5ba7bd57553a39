"""One edition: its order, what is in it and what is not, its preview, and publishing it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection

from digest.periods import last_period
from digest.records import Decision, Edition, Entrant
from digest.stages.ledger import entrants
from digest.stages.printing import CURE, why_not
from digest.stages.sections import TITLES
from digest.store import decisions, inbox, ledger, outbox
from digest.store.codec import utc
from digest.store.inbox import Listed
from digest.web.edition_acts import addresses_of
from digest.web.issues import Issue
from digest.web.looking import checks_of, compare, last_before
from digest.web.pages import of_issue, page
from digest.web.previews import SHOWN, read_mail
from digest.web.room import Room
from digest.web.rows import Row, make_rows
from digest.web.signing_in import Reader, TheIssue, TheRoom

router = APIRouter(prefix="/editions")
NEXT = 10  #: stories next in line that are offered
TROUBLES = 20  #: copies that were not taken, with what the server said


@router.get("", response_class=HTMLResponse)
def editions_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show the editions that are published, and the drafts that are due."""
    with room.store.read() as db:
        published = list(reversed(ledger.frozen_ids(db)))
    ids = {id for id, _, _ in published}
    return page(
        request,
        room,
        "editions",
        asking=asking,
        published=[(id, at, checksum, issue_of(room, id)) for id, at, checksum in published],
        due=[each for each in _due(room) if each.id not in ids],
        audiences=room.settings.readers,
    )


@router.get("/go")
def go(room: TheRoom, asking: Reader, period: str = "", audience: str = "") -> RedirectResponse:
    """Lead to the edition of a period that was typed."""
    return RedirectResponse(room.issue(period.strip(), audience).address, status_code=303)


@router.get("/{name}", response_class=HTMLResponse)
def edition_page(
    issue: TheIssue, request: Request, room: TheRoom, asking: Reader, preview: str = "html"
) -> HTMLResponse:
    """Show one edition: to be ordered while it is a draft, to be corrected afterwards."""
    edition, frozen = room.edition(issue)
    with room.store.read() as db:
        out, following = _outside(db, issue, edition) if not frozen else ([], [])
        last = last_before(db, edition)
        sent = outbox.of_edition(db, edition.id)
        shown: dict[str, Any] = {
            "checksum": ledger.checksum(db, edition.id),
            "order": room.desk.revision(db, "order", edition.id, edition=edition.id),
            "sent": Counter(each.state for each in sent),
            "again": min((e.next_attempt for e in sent if e.state == "deferred"), default=""),
            "trouble": [each for each in sent if each.state in ("failed", "unknown")][:TROUBLES],
            "history": list(reversed(decisions.about(db, [edition.id]))),
            "differences": compare(db, edition, room.drafts.published(db, last)) if last else None,
        }
    stories = [each.story for each in entrants(edition)]
    delivery = room.settings.delivery
    to = addresses_of(room, issue)
    return page(
        request,
        room,
        "edition",
        asking=asking,
        **of_issue(room, issue),
        edition=edition,
        frozen=frozen,
        groups=_groups(edition),
        sections=TITLES[issue.period.kind],
        places={story: place for place, story in enumerate(stories, start=1)},
        out=out,
        following=following,
        stories=" ".join(stories),
        checks=checks_of(edition, unread=bool(delivery.smtp.host) and not to),
        can_send=bool(delivery.smtp.host and to) or bool(delivery.channels),
        addresses=len(to - {each.recipient for each in sent}) if frozen else len(to),
        **_preview(edition, preview),
        **shown,
    )


def _preview(edition: Edition, asked: str) -> dict[str, Any]:
    """Return what the page needs to show the edition as its readers get it."""
    how = asked if asked in SHOWN else "html"
    missing = why_not() if how == "pdf" else ""
    subject = str(read_mail(edition)["Subject"]) if how == "mail" else ""
    return {"how": how, "subject": subject, "no_pdf": missing, "cure": CURE if missing else ""}


def _due(room: Room) -> list[Issue]:
    """Return the editions of the quarter and of the week just ended, for every audience."""
    week = last_period("weekly", room.clock(), room.settings.schedule.timezone).name
    names = ["", *(each.name for each in room.settings.audiences)]
    return [room.issue(period, name) for period in ("", week) for name in names]


def issue_of(room: Room, id: str) -> Issue | None:
    """Return what an edition's id names ("weekly-2026-W40-cmo"); None for no audience of ours."""
    found = re.fullmatch(r"[a-z]+-(\d{4}-[WQ]\d+)-(.+)", id)
    names = {each.name for each in room.settings.readers}
    return room.issue(found[1], found[2]) if found and found[2] in names else None


def _groups(edition: Edition) -> list[tuple[str, str, tuple[Entrant, ...]]]:
    """Return the opening and the sections as (name, title, stories)."""
    sections = [(each.name, each.title, each.entries) for each in edition.sections]
    if edition.opening is None:
        return sections
    return [("opening", "The one thing to know", (edition.opening,)), *sections]


def _outside(
    db: Connection, issue: Issue, edition: Edition
) -> tuple[list[tuple[Row, Decision]], list[Row]]:
    """Return what editors left out, with the decision, and the best of what is not in it."""
    shown = {each.story for each in entrants(edition)}
    placed = decisions.standing(db, ("exclude", "include"), edition=edition.id)
    last = {each.subject: each for each in placed}
    reader, period = issue.audience.language, issue.period

    def rows(ids: Iterable[str]) -> list[Row]:
        listed = [Listed(id, 0.0, 0, "", "") for id in ids]
        return make_rows(db, listed, reader=reader, edition=edition.id, places={})

    out = rows(s for s, each in last.items() if each.kind == "exclude" and s not in shown)
    start, end = utc(period.start.isoformat()), utc(period.end.isoformat())
    wanted = inbox.Filter(start, end, without=[("exclude", edition.id)])
    best = inbox.best(db, wanted, limit=len(shown) + NEXT)
    following = rows([each.story for each in best if each.story not in shown][:NEXT])
    return [(row, last[row.story.id]) for row in out], following
