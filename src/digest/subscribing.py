"""The list of readers: from the settings, added by hand, read from files; and what came back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote

from sqlalchemy import Connection

from digest.config import Settings
from digest.errors import InputError, ParseError
from digest.ports import Mailbox, ReturnReader
from digest.records import Answer, Delivery, Returned, Source, Subscriber
from digest.records.delivery import ReportKind, Standing
from digest.stages.deliveries import after_report, is_gone, status_of
from digest.stages.readers import Named, one_address, open_token, read_list, sign_token
from digest.store import Store, accounts, outbox, subscribers

SETTINGS = "settings"  #: where an address comes from that the settings name
SECRET = "unsubscribe"  # noqa: S105 - the name of a secret, in the store


@dataclass(slots=True)
class Told:
    """What came of reading mails that came back.

    Args:
        mails: how many were read.
        old: of them, how many had been read before.
        other: of them, how many were none that came back, or could not be read.
        kinds: what came back, by kind.
        changed: the subscriptions that are active no longer.
        strange: what names no reader of ours.
    """

    mails: int = 0
    old: int = 0
    other: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    changed: list[Subscriber] = field(default_factory=list)
    strange: int = 0


def list_secret(store: Store) -> str:
    """Return what the links that unsubscribe are signed with; made once, kept in the store."""
    with store.read() as db:
        known = accounts.known_secret(db, SECRET)
    if known is not None:
        return known
    with store.write() as db:
        return accounts.own_secret(db, SECRET)


def named_in(settings: Settings, audience: str) -> tuple[str, ...]:
    """Return the addresses that the settings name for an audience: its own, else `delivery.to`."""
    own = next((each for each in settings.readers if each.name == audience), None)
    return own.to if own and own.to else settings.delivery.to


def take_named(store: Store, settings: Settings, audience: str, *, at: str) -> list[str]:
    """Bring the list in line with the settings; returns what is wrong with what they name."""
    good, wrong = [], []
    for text in named_in(settings, audience):
        try:
            good.append(one_address(text))
        except InputError as error:
            wrong.append(f"the settings name {error.message}")
    with store.write() as db:
        subscribers.keep_named(db, good, audience, origin=SETTINGS, at=at)
    return wrong


def subscribe(
    db: Connection, settings: Settings, who: Named, *, origin: str, at: str
) -> tuple[Subscriber, str]:
    """Return a subscription and "new", "known", or "again" where it had ended.

    Raises:
        InputError: for an audience that the settings do not name, or a wrong language.
    """
    from digest.source_checks import wrong_language

    audience = who.audience or settings.audience.name
    names = [each.name for each in settings.readers]
    if audience not in names:
        cure = f"one of {', '.join(names)}"
        raise InputError(f'{who.address}: no audience "{audience}"', cure=cure)
    wrong = wrong_language(who.language) if who.language else ""
    if wrong:
        raise InputError(f"{who.address}: {wrong}", cure="write it like de or pt-BR")
    found, is_new = subscribers.add(
        db, who.address, audience, origin=origin, at=at, name=who.name, language=who.language
    )
    if is_new:
        return found, "new"
    changed = replace(
        found,
        name=who.name or found.name,
        language=who.language or found.language,
        origin=origin if found.origin == SETTINGS else found.origin,
    )
    if changed != found:
        found = subscribers.put(db, changed, at=at)
    return found, "known" if found.state == "active" else found.state


def import_readers(
    store: Store, settings: Settings, text: str, *, origin: str, at: str, audience: str = ""
) -> tuple[Counter[str], list[str]]:
    """Return how many of a list are new, known or ended before, and what is wrong in which line.

    Who unsubscribed, bounced or complained stays so: a list that is imported again brings nobody
    back.
    """
    counts: Counter[str] = Counter()
    wrong = []
    with store.write() as db:
        for number, who in read_list(text):
            if isinstance(who, InputError):
                wrong.append(f"line {number}: {who.message}")
                continue
            who = replace(who, audience=who.audience or audience)
            try:
                counts[subscribe(db, settings, who, origin=origin, at=at)[1]] += 1
            except InputError as error:
                wrong.append(f"line {number}: {error}")
    return counts, wrong


def set_state(
    store: Store, reader: Subscriber, state: Standing, *, reason: str, at: str
) -> Subscriber:
    """Return a subscription in another state; an active one has no soft bounces behind it."""
    changed = replace(reader, state=state, reason=reason)
    if state == "active":
        changed = replace(changed, soft=0, soft_at="")
    with store.write() as db:
        return subscribers.put(db, changed, at=at)


def by_link(store: Store, signed: str) -> Subscriber | None:
    """Return the subscription of a link that unsubscribes; None where the link is none of ours."""
    token = open_token(list_secret(store), signed)
    if not token:
        return None
    with store.read() as db:
        return subscribers.by_token(db, token)


def link_of(settings: Settings, secret: str, reader: Subscriber) -> str:
    """Return the link that unsubscribes a reader, "" where the room has no public address."""
    base = settings.delivery.unsubscribe_url.rstrip("/")
    return f"{base}/unsubscribe/{quote(sign_token(secret, reader.token))}" if base else ""


def read_mailbox(
    store: Store, settings: Settings, mailbox: Mailbox, reader: ReturnReader, *, now: datetime
) -> Told:
    """Read what has come to the mailbox of bounces since it was read last.

    Raises:
        FetchError: where the mail server does not let us read.
    """
    address = settings.delivery.mailbox
    source = Source("delivery.mailbox", "newsletter", address, "", "vendor")
    told = Told()
    while True:
        with store.read() as db:
            cursor = subscribers.cursor_of(db, address)
        found = mailbox.mails(source, cursor=cursor)
        note_mails(store, found.mails, reader, now=now, told=told)
        if found.cursor:
            with store.write() as db:
                subscribers.set_cursor(db, address, found.cursor)
            mailbox.settle(source, found.cursor)
        if not found.more or found.cursor == cursor:
            return told


def note_mails(
    store: Store,
    mails: Iterable[bytes],
    reader: ReturnReader,
    *,
    now: datetime,
    told: Told | None = None,
) -> Told:
    """Return what came of some mails: bounces, complaints and wishes change subscriptions, once.

    Args:
        store: where the list is.
        mails: each as it was received.
        reader: takes them apart.
        now: the present.
        told: what came of earlier ones, which is added to.
    """
    told = told or Told()
    secret = list_secret(store)
    for raw in mails:
        told.mails += 1
        try:
            reports = reader.read(raw)
        except ParseError:
            told.other += 1
            continue
        if not reports:
            told.other += 1
        with store.write() as db:
            for place, report in enumerate(reports):
                id = hashlib.sha256(raw).hexdigest() + (f"-{place}" if place else "")
                _note(db, report, id, secret=secret, now=now, told=told)
    return told


def note_refusal(db: Connection, copy: Delivery, answer: Answer, *, at: datetime) -> None:
    """Note that a mail server refused a reader, once an edition: a bounce without a mail."""
    kind: ReportKind = "hard" if is_gone(answer) else "soft"
    status = status_of(answer.text)
    report = Returned(kind, copy.recipient, copy.message_id, "", status, answer.text)
    id = hashlib.sha256(f"{copy.edition}\n{copy.recipient}\n{kind}".encode()).hexdigest()
    moment = at.isoformat()
    known = {"address": copy.recipient, "edition": copy.edition, "said": answer.text}
    if not subscribers.note_returned(db, id, kind=kind, at=moment, **known):
        return
    for reader in subscribers.all_of(db, address=copy.recipient):
        after = after_report(reader, report, at=at, sure=True)
        if after != reader:
            subscribers.put(db, after, at=moment)


def _note(
    db: Connection, report: Returned, id: str, *, secret: str, now: datetime, told: Told
) -> None:
    at = now.isoformat()
    readers, edition, sure = _concerned(db, report, secret)
    address = readers[0].address if readers else ""
    said = report.said or report.status
    new = subscribers.note_returned(
        db, id, kind=report.kind, address=address, edition=edition, said=said, at=at
    )
    if not new:
        told.old += 1
        return
    told.kinds[report.kind] += 1
    told.strange += not readers
    for each in readers:
        after = after_report(each, report, at=now, sure=sure)
        if after != each:
            subscribers.put(db, after, at=at)
        if after.state != each.state:
            told.changed.append(after)


def _concerned(
    db: Connection, report: Returned, secret: str
) -> tuple[Sequence[Subscriber], str, bool]:
    """Return whose subscriptions a report is about, of which edition, and whether that is sure.

    A bounce or complaint is about the address, whatever it subscribes to; a wish to unsubscribe is
    about the one subscription whose link it names.
    """
    copy = outbox.by_message_id(db, report.message_id)
    edition = copy.edition if copy else ""
    token = open_token(secret, report.token)
    one = subscribers.by_token(db, token) if token else None
    if report.kind == "unsubscribe":
        return ([one] if one else []), edition, True
    address = copy.recipient if copy else (one.address if one else report.address)
    if not address:
        return [], edition, False
    found = subscribers.all_of(db, address=address)
    return found, edition, copy is not None or one is not None
