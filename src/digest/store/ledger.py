"""What was published, to whom it went, and how the runs ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from digest.records import Edition
from digest.store.codec import dump, load, utc
from digest.store.tables import editions, runs, shown


def freeze(
    connection: Connection,
    edition: Edition,
    members: dict[str, list[str]],
    *,
    considered: Iterable[str] = (),
) -> str:
    """Keep an edition for ever and return its checksum; a frozen one stays as it was.

    Args:
        connection: inside a transaction: the ledger of what was shown is written in the same one.
        edition: the edition.
        members: for each story shown, the articles it had.
        considered: the articles of its period that it could have shown: what is not among them and
            turns up later is late.
    """
    old = connection.execute(select(editions).where(editions.c.id == edition.id)).one_or_none()
    if old is not None:
        return str(old.checksum)
    text = dump(edition)
    checksum = hashlib.sha256(text.encode("utf-8")).hexdigest()
    row = {
        "id": edition.id,
        "kind": edition.kind,
        "audience": edition.audience,
        "start": utc(edition.start),
        "closed_at": utc(edition.compiled_at),
        "checksum": checksum,
        "considered": json.dumps(sorted(considered)),
        "record": text,
    }
    connection.execute(insert(editions), [row])
    rows = [
        {"edition": edition.id, "article": article, "story": story}
        for story, articles in members.items()
        for article in articles
    ]
    if rows:
        connection.execute(insert(shown), rows)
    return checksum


def frozen(connection: Connection, id: str) -> Edition | None:
    """Return a frozen edition, or None."""
    row = connection.execute(select(editions.c.record).where(editions.c.id == id)).one_or_none()
    return load(Edition, row.record) if row else None


def record_of(connection: Connection, id: str) -> str | None:
    """Return the text that a frozen edition's checksum was made of, or None."""
    return connection.execute(select(editions.c.record).where(editions.c.id == id)).scalar()


def is_frozen(connection: Connection, id: str) -> bool:
    """Return whether an edition is frozen, without reading it."""
    return connection.execute(select(editions.c.id).where(editions.c.id == id)).first() is not None


def checksum(connection: Connection, id: str) -> str:
    """Return the checksum of a frozen edition; "" for one that is not."""
    found = connection.execute(select(editions.c.checksum).where(editions.c.id == id)).scalar()
    return str(found or "")


def frozen_ids(connection: Connection) -> list[tuple[str, str, str]]:
    """Return id, closing time and checksum of every frozen edition, oldest first."""
    query = select(editions.c.id, editions.c.closed_at, editions.c.checksum)
    rows = connection.execute(query.order_by(editions.c.start, editions.c.id))
    return [(row.id, row.closed_at, row.checksum) for row in rows]


def previous(
    connection: Connection, *, kind: str, audience: str, start: str
) -> tuple[str, str] | None:
    """Return id and closing time of the last frozen edition that began before `start`."""
    query = (
        select(editions.c.id, editions.c.closed_at)
        .where(editions.c.kind == kind, editions.c.audience == audience)
        .where(editions.c.start < utc(start))
        .order_by(editions.c.start.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return (row.id, row.closed_at) if row else None


def considered_by(connection: Connection, id: str) -> frozenset[str]:
    """Return the articles that a frozen edition could have shown."""
    row = connection.execute(select(editions.c.considered).where(editions.c.id == id)).one()
    return frozenset(json.loads(row.considered))


def shown_before(connection: Connection, *, kind: str, audience: str, start: str) -> set[str]:
    """Return the articles that earlier editions of this kind and audience have shown."""
    query = (
        select(shown.c.article)
        .join(editions, editions.c.id == shown.c.edition)
        .where(editions.c.kind == kind, editions.c.audience == audience)
        .where(editions.c.start < utc(start))
    )
    return {row.article for row in connection.execute(query)}


def start_run(connection: Connection, id: str, flow: str, *, at: str) -> None:
    """Note that a run has begun."""
    row = {"id": id, "flow": flow, "started_at": at, "status": "running", "report": "{}"}
    connection.execute(insert(runs), [row])


def end_run(connection: Connection, id: str, *, status: str, report: str, at: str) -> None:
    """Note how a run ended, with its report as JSON."""
    values = {"finished_at": at, "status": status, "report": report}
    connection.execute(update(runs).where(runs.c.id == id).values(values))


def find_run(connection: Connection, id: str) -> Any:
    """Return a run, or None."""
    return connection.execute(select(runs).where(runs.c.id == id)).one_or_none()


def last_runs(connection: Connection, limit: int = 10) -> list[Any]:
    """Return the latest runs, newest first."""
    query = select(runs).order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(limit)
    return list(connection.execute(query))
