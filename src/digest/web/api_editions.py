"""The API's acts on editions: look, compare, preview, order, publish, send, correct, withdraw."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from typing import Any

from fastapi import Request

from digest.errors import InputError
from digest.store import ledger, outbox
from digest.web.acts import refuse_published
from digest.web.api_edition_words import (
    CheckRow,
    CopyRow,
    Deliveries,
    DifferencesAnswer,
    EditionHead,
    Named,
    Order,
    PreviewAnswer,
    Publishing,
    SectionRow,
    Sending,
    Shown,
    WholeEdition,
)
from digest.web.api_parts import clean, decided, who
from digest.web.api_words import Acted, AudienceQuery, Period, Said
from digest.web.edition_acts import addresses_of, publish_issue, say, sending
from digest.web.looking import NO_DIFFERENCE, checks_of, compare, last_before
from digest.web.previews import preview_as

MOST_COPIES = 500  #: copies of an edition that are listed


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
    made = room.desk.write(
        "order",
        issue.id,
        value,
        by=user.name,
        seen=body.seen,
        edition=issue.id,
        reason=clean(body.reason),
    )
    return decided(made)


def publish(
    request: Request, name: Period, body: Publishing | None = None, audience: AudienceQuery = ""
) -> Acted:
    """Freeze an edition and write it; send it, too, where that is asked for."""
    room, user = who(request)
    wish, issue = body or Publishing(), room.issue(name, audience)
    refuse_published(room, issue)
    reason = clean(wish.reason)
    work = partial(publish_issue, room, issue, by=user.name, send=wish.send, reason=reason)
    return Acted(act=issue.id, done=room.do("publish", work, by=user.name, wait=30))


def send(
    request: Request, name: Period, body: Sending | None = None, audience: AudienceQuery = ""
) -> Acted:
    """Send a published edition to who was not sent it yet, and what is due to be tried again."""
    room, user = who(request)
    issue, reason = room.issue(name, audience), clean(body.reason) if body else ""
    work = sending(room, issue, by=user.name, reason=reason)
    return Acted(act=issue.id, done=room.do("send", work, by=user.name, wait=30))


def deliveries(request: Request, name: Period, audience: AudienceQuery = "") -> Deliveries:
    """Tell what became of the copies of an edition, and list those that were not taken."""
    room, _ = who(request)
    with room.store.read() as db:
        found = outbox.of_edition(db, room.issue(name, audience).id)
    open_ = [each for each in found if each.state != "sent"][:MOST_COPIES]
    fields = CopyRow.model_fields
    rows = [CopyRow(**{name: getattr(each, name) for name in fields}) for each in open_]
    return Deliveries(counts=dict(Counter(each.state for each in found)), copies=rows)


def checks(request: Request, name: Period, audience: AudienceQuery = "") -> list[CheckRow]:
    """List what is worth a look before an edition goes out; nothing where all is well."""
    room, _ = who(request)
    issue = room.issue(name, audience)
    edition, _ = room.edition(issue)
    unread = bool(room.settings.delivery.smtp.host) and not addresses_of(room, issue)
    return [
        CheckRow(what=each.what, stories=_named(each.stories))
        for each in checks_of(edition, unread=unread)
    ]


def differences(request: Request, name: Period, audience: AudienceQuery = "") -> DifferencesAnswer:
    """Tell how an edition differs from the last one that was published."""
    room, _ = who(request)
    edition, _ = room.edition(room.issue(name, audience))
    with room.store.read() as db:
        last = last_before(db, edition)
        found = compare(db, edition, room.drafts.published(db, last)) if last else NO_DIFFERENCE
    return DifferencesAnswer(
        previous=found.previous,
        fresh=_named(found.fresh),
        further=_named(found.further),
        late=_named(found.late),
        gone=_named(found.gone),
        sections=[SectionRow(name=n, now=now, then=then) for n, _, now, then in found.sections],
    )


def preview(
    request: Request, name: Period, format: Shown = "html", audience: AudienceQuery = ""
) -> PreviewAnswer:
    """Return an edition as its readers get it; a draft too."""
    room, _ = who(request)
    edition, _ = room.edition(room.issue(name, audience))
    made = preview_as(edition, format)
    body, text = made.body, made.media_type or "text/html"
    kind = text.partition(";")[0]
    if format == "pdf":
        coded = base64.b64encode(body).decode()
        return PreviewAnswer(format=format, media_type=kind, text="", base64=coded)
    said = bytes(body).decode("utf-8")
    return PreviewAnswer(format=format, media_type=kind, text=said, base64="")


def correct(request: Request, name: Period, body: Said, audience: AudienceQuery = "") -> Any:
    """Set a correction on a published edition."""
    room, user = who(request)
    issue = room.issue(name, audience)
    return decided(
        say(room, issue, "correction", clean(body.value), by=user.name, reason=clean(body.reason))
    )


def withdraw(request: Request, name: Period, body: Said, audience: AudienceQuery = "") -> Any:
    """Withdraw a published edition, with the reason that its readers see."""
    room, user = who(request)
    issue = room.issue(name, audience)
    return decided(
        say(room, issue, "withdraw", clean(body.value), by=user.name, reason=clean(body.reason))
    )


def _named(found: Iterable[tuple[str, str]]) -> list[Named]:
    return [Named(story=story, headline=headline) for story, headline in found]
