"""Who gets the editions of each audience, and what became of their subscriptions."""

from __future__ import annotations

import secrets as random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from digest.records import Subscriber
from digest.store.codec import utc
from digest.store.delivery_tables import edition_files, mailboxes, returned, subscribers


@dataclass(frozen=True, slots=True)
class CameBack:
    """A mail that came back."""

    kind: str  #: "hard", "soft" or "complaint"
    edition: str  #: "" where the mail does not tell
    said: str  #: why, in the server's words
    at: str  #: when it was read


def add(
    connection: Connection,
    address: str,
    audience: str,
    *,
    origin: str,
    at: str,
    name: str = "",
    language: str = "",
) -> tuple[Subscriber, bool]:
    """Return the subscription of an address, and whether it is new; one that is there stays."""
    old = find(connection, address, audience)
    if old is not None:
        return old, False
    made = Subscriber(
        address=address,
        audience=audience,
        language=language,
        name=name,
        state="active",
        origin=origin,
        since=utc(at),
        changed_at=utc(at),
        token=random.token_urlsafe(16),
    )
    connection.execute(insert(subscribers), [asdict(made)])
    return made, True


def find(connection: Connection, address: str, audience: str) -> Subscriber | None:
    """Return the subscription of an address to an audience's editions, or None."""
    where = (subscribers.c.address == address, subscribers.c.audience == audience)
    row = connection.execute(select(subscribers).where(*where)).one_or_none()
    return _subscriber(row) if row else None


def by_token(connection: Connection, token: str) -> Subscriber | None:
    """Return the subscription that a link's token stands for, or None."""
    row = connection.execute(select(subscribers).where(subscribers.c.token == token)).one_or_none()
    return _subscriber(row) if row else None


def all_of(
    connection: Connection, *, audience: str = "", state: str = "", address: str = ""
) -> list[Subscriber]:
    """Return the subscriptions of an audience, state or address, all of them where none is said."""
    query = select(subscribers).order_by(subscribers.c.audience, subscribers.c.address)
    for column, value in (("audience", audience), ("state", state), ("address", address)):
        if value:
            query = query.where(subscribers.c[column] == value)
    return [_subscriber(row) for row in connection.execute(query)]


def put(connection: Connection, changed: Subscriber, *, at: str) -> Subscriber:
    """Keep a changed subscription in place of the one before, and return it."""
    changed = replace(changed, changed_at=utc(at))
    where = (subscribers.c.address == changed.address, subscribers.c.audience == changed.audience)
    connection.execute(update(subscribers).where(*where).values(asdict(changed)))
    return changed


def remove(connection: Connection, address: str, audience: str = "") -> int:
    """Return how many subscriptions of an address were deleted, with all that is known of them."""
    query = delete(subscribers).where(subscribers.c.address == address)
    if audience:
        query = query.where(subscribers.c.audience == audience)
    gone = connection.execute(query).rowcount
    if not all_of(connection, address=address):
        connection.execute(delete(returned).where(returned.c.address == address))
    return gone


def keep_named(
    connection: Connection, named: Iterable[str], audience: str, *, origin: str, at: str
) -> None:
    """Bring the subscriptions of one origin, the settings, in line with the addresses named there.

    Who unsubscribed stays so while still named; who is named no more gets nothing.
    """
    wanted = set(named)
    for address in sorted(wanted):
        add(connection, address, audience, origin=origin, at=at)
    for each in all_of(connection, audience=audience, state="active"):
        if each.origin == origin and each.address not in wanted:
            remove(connection, each.address, audience)


def note_returned(
    connection: Connection, id: str, *, kind: str, address: str, edition: str, said: str, at: str
) -> bool:
    """Return True once for a mail that came back: it is counted then, and never again."""
    if connection.execute(select(returned.c.id).where(returned.c.id == id)).first():
        return False
    row = {"id": id, "kind": kind, "address": address, "edition": edition, "said": said}
    connection.execute(insert(returned), [row | {"at": utc(at)}])
    return True


def returned_of(connection: Connection, edition: str = "") -> list[Any]:
    """Return what came back, of an edition or at all, the latest first."""
    query = select(returned).order_by(returned.c.at.desc(), returned.c.id)
    return list(
        connection.execute(query.where(returned.c.edition == edition) if edition else query)
    )


def returned_by_address(connection: Connection) -> dict[str, list[CameBack]]:
    """Return what came back, by address, the latest first; "" is of no reader of ours."""
    found: dict[str, list[CameBack]] = {}
    for row in returned_of(connection):
        mail = CameBack(row.kind, row.edition, row.said, row.at)
        found.setdefault(row.address, []).append(mail)
    return found


def cursor_of(connection: Connection, mailbox: str) -> str | None:
    """Return how far a mailbox was read."""
    query = select(mailboxes.c.cursor).where(mailboxes.c.address == mailbox)
    return connection.execute(query).scalar()


def set_cursor(connection: Connection, mailbox: str, cursor: str) -> None:
    """Keep how far a mailbox was read."""
    connection.execute(delete(mailboxes).where(mailboxes.c.address == mailbox))
    connection.execute(insert(mailboxes), [{"address": mailbox, "cursor": cursor}])


def set_sums(connection: Connection, edition: str, sums: Mapping[str, str]) -> None:
    """Keep the checksums of an edition's files, in place of those before."""
    connection.execute(delete(edition_files).where(edition_files.c.edition == edition))
    rows = [{"edition": edition, "name": name, "sha256": sum} for name, sum in sums.items()]
    if rows:
        connection.execute(insert(edition_files), rows)


def sums_of(connection: Connection, edition: str) -> dict[str, str]:
    """Return the checksums of an edition's files as they were written: name → SHA-256."""
    rows = connection.execute(select(edition_files).where(edition_files.c.edition == edition))
    return {row.name: row.sha256 for row in rows}


def _subscriber(row: Any) -> Subscriber:
    return Subscriber(**{name: getattr(row, name) for name in Subscriber.__slots__})
