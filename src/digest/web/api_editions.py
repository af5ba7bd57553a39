"""The API's acts on editions: list, look, order, publish, correct, withdraw."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from fastapi import Request

from digest.errors import InputError
from digest.store import ledger
from digest.web.acts import refuse_published
from digest.web.api_parts import clean, decided, who
from digest.web.api_words import (
    Acted,
    AudienceQuery,
    EditionHead,
    Order,
    Period,
    Said,
    WholeEdition,
)
from digest.web.edition_acts import publish_issue, say


def editions(request: Request) -> list[EditionHead]:
    """List the published editions, oldest first."""
    room, _ = who(request)
    with room.store.read() as db:
        found = ledger.frozen_ids(db)
    return [EditionHead(id=id, closed_at=at, checksum=checksum) for id, at, checksum in found]


def edition(request: Request, name: Period, audience: AudienceQuery = "") -> WholeEdition:
    """Return an edition, published or as a draft, with the revision of its order."""
    room, _ = who(request)
    found, frozen = room.edition(room.issue(name, audience))
    with room.store.read() as db:
        order = room.desk.revision(db, "order", found.id, edition=found.id)
    return WholeEdition(published=frozen, order=order, edition=asdict(found))


def order(request: Request, name: Period, body: Order, audience: AudienceQuery = "") -> Any:
    """Put the stories of a draft in order."""
    room, user = who(request)
    issue = room.issue(name, audience)
    refuse_published(room, issue)
    if any(each != "".join(each.split()) for each in body.stories):
        raise InputError("an id has no spaces", cure="give the ids of stories")
    value = "\n".join(clean(each) for each in body.stories)
    made = room.desk.write("order", issue.id, value, by=user.name, seen=body.seen, edition=issue.id)
    return decided(made)


def publish(request: Request, name: Period, audience: AudienceQuery = "") -> Acted:
    """Freeze an edition and write it."""
    room, user = who(request)
    issue = room.issue(name, audience)
    refuse_published(room, issue)
    work = partial(publish_issue, room, issue, by=user.name, send=False)
    return Acted(act=issue.id, done=room.do("publish", work, by=user.name, wait=30))


def correct(request: Request, name: Period, body: Said, audience: AudienceQuery = "") -> Any:
    """Set a correction on a published edition."""
    room, user = who(request)
    issue = room.issue(name, audience)
    return decided(say(room, issue, "correction", clean(body.value), by=user.name))


def withdraw(request: Request, name: Period, body: Said, audience: AudienceQuery = "") -> Any:
    """Withdraw a published edition, with the reason that its readers see."""
    room, user = who(request)
    issue = room.issue(name, audience)
    return decided(say(room, issue, "withdraw", clean(body.value), by=user.name))
