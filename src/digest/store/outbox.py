"""The outbox: each copy of an edition is claimed before it leaves, so that nobody gets it twice.

queued → sending → handed → sent. "sending" is a copy that is on its way up to, but without, the
mail's last line: a server that did not get this line has taken nothing (RFC 5321, 4.1.1.4), so
that a copy left in it by a process that was killed may be sent again. "handed" is written just
before the last line leaves: what a killed process leaves in it may have been taken, and becomes
"unknown", which is never sent again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select, update

from digest.records import Delivery
from digest.store.codec import utc
from digest.store.delivery_tables import outbox

WAITING = ("queued", "deferred")
ON_ITS_WAY = ("sending", "handed")


def enqueue(
    connection: Connection, edition: str, channel: str, recipients: Mapping[str, str], *, at: str
) -> int:
    """Return how many recipients were new for an edition: each of them is owed one copy.

    Args:
        connection: inside a transaction.
        edition: the edition's id.
        channel: "mail" or "chat".
        recipients: address or chat → the Message-ID that its copy has whenever it is sent.
        at: the present.
    """
    query = select(outbox.c.recipient).where(outbox.c.edition == edition)
    known = set(connection.execute(query.where(outbox.c.channel == channel)).scalars())
    rows = [
        {
            "edition": edition,
            "channel": channel,
            "recipient": recipient,
            "state": "queued",
            "attempts": 0,
            "next_attempt": utc(at),
            "answer": "",
            "message_id": message_id,
            "claim": "",
            "queued_at": utc(at),
            "changed_at": utc(at),
        }
        for recipient, message_id in recipients.items()
        if recipient not in known
    ]
    if rows:
        connection.execute(insert(outbox), rows)
    return len(rows)


def claim(connection: Connection, *, at: str, channels: Iterable[str]) -> Delivery | None:
    """Return the copy that is due first, claimed for the caller alone; None where none is due."""
    query = (
        select(outbox)
        .where(outbox.c.state.in_(WAITING), outbox.c.next_attempt <= utc(at))
        .where(outbox.c.channel.in_(tuple(channels)))
        .order_by(outbox.c.next_attempt, outbox.c.edition, outbox.c.channel, outbox.c.recipient)
        .limit(1)
    )
    for _ in range(100):
        row = connection.execute(query).one_or_none()
        if row is None:
            return None
        mine = replace(_delivery(row), claim=uuid4().hex, attempts=row.attempts + 1)
        # Another process may have taken it since it was looked at: then no row has this state.
        taken = update(outbox).where(*_is(mine), outbox.c.state == row.state)
        values: dict[str, Any] = {"state": "sending", "claim": mine.claim}
        values |= {"attempts": mine.attempts, "changed_at": utc(at)}
        if connection.execute(taken.values(values)).rowcount == 1:
            return replace(mine, state="sending")
    return None


def hand_over(connection: Connection, mine: Delivery, *, at: str) -> bool:
    """Return whether the last line may leave: the copy is still this process's to send."""
    return _move(connection, mine, ("sending",), {"state": "handed", "changed_at": utc(at)})


def settle(
    connection: Connection,
    mine: Delivery,
    state: str,
    *,
    answer: str,
    at: str,
    next_attempt: str = "",
) -> bool:
    """Note what became of a claimed copy; returns whether it was still this process's."""
    values = {"state": state, "answer": answer, "changed_at": utc(at), "attempts": mine.attempts}
    if next_attempt:
        values["next_attempt"] = utc(next_attempt)
    return _move(connection, mine, (*ON_ITS_WAY, "unknown"), values)


def recover(connection: Connection, *, at: str) -> tuple[int, int]:
    """Return how many copies of processes that are gone wait again, and of how many nobody knows.

    To be called by whoever alone may send (`digest.store.turn`).
    """
    back = {"state": "queued", "claim": "", "next_attempt": utc(at), "changed_at": utc(at)}
    again = connection.execute(update(outbox).where(outbox.c.state == "sending").values(back))
    said = "the process ended between the last line and the server's answer"
    lost = {"state": "unknown", "answer": said, "changed_at": utc(at)}
    unknown = connection.execute(
        update(outbox).where(outbox.c.state == "handed", outbox.c.channel == "mail").values(lost)
    )
    chat = lost | {"answer": "the process ended before the service answered"}
    posted = connection.execute(update(outbox).where(outbox.c.state == "handed").values(chat))
    return again.rowcount, unknown.rowcount + posted.rowcount


def send_again(connection: Connection, edition: str, recipient: str, *, at: str) -> bool:
    """Return whether a copy that failed, or of which nobody knows, waits again: a person's word."""
    where = (outbox.c.edition == edition, outbox.c.recipient == recipient)
    again = update(outbox).where(*where, outbox.c.state.in_(("failed", "unknown", "skipped")))
    values: dict[str, Any] = {"state": "queued", "attempts": 0, "claim": ""}
    values |= dict.fromkeys(("next_attempt", "changed_at", "queued_at"), utc(at))
    return connection.execute(again.values(values)).rowcount > 0


def next_due(connection: Connection, *, channels: Iterable[str]) -> str | None:
    """Return when the next copy is due, None where none waits."""
    waits = (outbox.c.state.in_(WAITING), outbox.c.channel.in_(tuple(channels)))
    found = connection.execute(select(func.min(outbox.c.next_attempt)).where(*waits)).scalar()
    return str(found) if found else None


def of_edition(connection: Connection, edition: str) -> list[Delivery]:
    """Return the copies of an edition, by channel and recipient."""
    query = select(outbox).where(outbox.c.edition == edition)
    rows = connection.execute(query.order_by(outbox.c.channel, outbox.c.recipient))
    return [_delivery(row) for row in rows]


def tally(connection: Connection) -> dict[str, dict[str, int]]:
    """Return edition → state → number of copies."""
    query = select(outbox.c.edition, outbox.c.state, func.count().label("many"))
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(query.group_by(outbox.c.edition, outbox.c.state)):
        found.setdefault(row.edition, {})[row.state] = row.many
    return found


def by_message_id(connection: Connection, message_id: str) -> Delivery | None:
    """Return the copy that a Message-ID of ours belongs to, None where it is none of ours."""
    if not message_id:
        return None
    query = select(outbox).where(outbox.c.message_id == message_id).limit(1)
    row = connection.execute(query).one_or_none()
    return _delivery(row) if row else None


def _move(
    connection: Connection, mine: Delivery, states: Iterable[str], values: dict[str, Any]
) -> bool:
    where = (*_is(mine), outbox.c.claim == mine.claim, outbox.c.state.in_(tuple(states)))
    return connection.execute(update(outbox).where(*where).values(values)).rowcount == 1


def _is(mine: Delivery) -> tuple[Any, ...]:
    return (
        outbox.c.edition == mine.edition,
        outbox.c.channel == mine.channel,
        outbox.c.recipient == mine.recipient,
    )


def _delivery(row: Any) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__slots__})
