"""An article's whole way through the steps: what `digest why` tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select

from digest.records import Drop, Item, Translation
from digest.store.codec import from_row, load
from digest.store.reading import story_of
from digest.store.saving import OF_ARTICLES, OF_STORIES
from digest.store.tables import TABLE_OF, drops, duplicates, items, shown, superseded, translations
from digest.store.waiting import ATTEMPTS, chunks

COPY = "a copy of another article"  #: why a duplicate goes no further on its own
KIND_OF = {table.name: kind for kind, table in TABLE_OF.items()}


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that happened to an article or its story.

    Args:
        of: the table's name, "drops", "shown" or "superseded".
        version: of the step.
        at: when.
        record: the record, a `Drop`, or words.
    """

    of: str
    version: str
    at: str
    record: Any


def way_of(connection: Connection, id: str) -> list[Trace]:
    """Return the current records of an item and its story, its drops and its editions, in order."""
    found = [trace for table in (items, *OF_ARTICLES) for trace in _current(connection, table, id)]
    story = story_of(connection, [id]).get(id)
    if story:
        found += [trace for table in OF_STORIES for trace in _current(connection, table, story)]
    return found + _dropped(connection, id) + _replaced(connection, id) + _shown(connection, id)


def count_drops(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many were dropped, by step and reason."""
    query = select(drops.c.stage, drops.c.reason, func.count().label("many"))
    query = query.group_by(drops.c.stage, drops.c.reason).order_by(drops.c.stage, drops.c.reason)
    return {(row.stage, row.reason): row.many for row in connection.execute(query)}


def left_out(connection: Connection, *, since: str) -> dict[str, dict[tuple[str, str], int]]:
    """Return how many of each source's entries went no further since a time, by step and reason.

    What `poll` drops is no entry of the store: it stands in the source's state.
    """
    found: dict[str, dict[tuple[str, str], int]] = {}
    dropped = select(items.c.source, drops.c.stage, drops.c.reason, func.count().label("many"))
    dropped = dropped.join(items, items.c.id == drops.c.id).where(drops.c.made_at >= since)
    for row in connection.execute(dropped.group_by(items.c.source, drops.c.stage, drops.c.reason)):
        found.setdefault(row.source, {})[row.stage, row.reason] = row.many
    copies = select(items.c.source, func.count().label("many"))
    copies = copies.join(duplicates, duplicates.c.id == items.c.id)
    copies = copies.where(duplicates.c.duplicate_of.is_not(None), duplicates.c.made_at >= since)
    for row in connection.execute(copies.group_by(items.c.source)):
        found.setdefault(row.source, {})["dedupe", COPY] = row.many
    return found


def count_records(connection: Connection) -> dict[str, int]:
    """Return how many current records each table has."""
    counts = {}
    for table in TABLE_OF.values():
        counts[table.name] = connection.execute(
            select(func.count()).select_from(table)
        ).scalar_one()
    return counts


def count_duplicates(connection: Connection) -> int:
    """Return how many articles are copies of another."""
    copies = select(func.count()).where(duplicates.c.duplicate_of.is_not(None))
    return int(connection.execute(copies).scalar_one())


def count_transient(connection: Connection) -> int:
    """Return how many failures the next run will try again."""
    again = select(func.count()).where(drops.c.transient, drops.c.attempts < ATTEMPTS)
    return int(connection.execute(again).scalar_one())


@dataclass(frozen=True, slots=True)
class Dropped:
    """An input that went no further, with what it was.

    Args:
        id: of the input.
        title: its title; "" where it has none.
        url: its address; "" where it has none.
        detail: what is particular to this one.
        at: when.
        attempts: how often it was tried.
        waits: whether the next run tries it again.
    """

    id: str
    title: str
    url: str
    detail: str
    at: str
    attempts: int
    waits: bool


def latest_drops(connection: Connection, stage: str, reason: str, *, limit: int) -> list[Dropped]:
    """Return what a step dropped for a reason, the latest first."""
    query = (
        select(drops, items.c.record)
        .join(items, items.c.id == drops.c.id, isouter=True)
        .where(drops.c.stage == stage, drops.c.reason == reason)
        .order_by(drops.c.made_at.desc(), drops.c.id)
        .limit(limit)
    )
    return [_dropped_row(row) for row in connection.execute(query)]


def _dropped_row(row: Any) -> Dropped:
    item: Item | None = load(Item, row.record) if row.record else None
    waits = bool(row.transient) and row.attempts < ATTEMPTS
    return Dropped(
        id=row.id,
        title=item.title if item else "",
        url=item.url or "" if item else "",
        detail=row.detail,
        at=row.made_at,
        attempts=row.attempts,
        waits=waits,
    )


def forget_drops(connection: Connection, stage: str, ids: Iterable[str]) -> None:
    """Let inputs that a step dropped wait for it again, as if it had never seen them."""
    for batch in chunks(sorted(set(ids))):
        connection.execute(delete(drops).where(drops.c.stage == stage, drops.c.id.in_(batch)))


def missing_packages(connection: Connection) -> list[str]:
    """Return the translation packages that stories ask for, in order of name."""
    rows = connection.execute(select(translations.c.record))
    return sorted({name for row in rows for name in load(Translation, row.record).missing})


def drops_of(connection: Connection, ids: set[str] | None = None) -> list[Drop]:
    """Return the drops, of all or of some ids, ordered by id and step."""
    rows = connection.execute(select(drops).order_by(drops.c.id, drops.c.stage))
    return [
        Drop(row.id, row.stage, row.reason, row.detail, row.transient)
        for row in rows
        if ids is None or row.id in ids
    ]


def _current(connection: Connection, table: Any, id: str) -> list[Trace]:
    row = connection.execute(select(table).where(table.c.id == id)).one_or_none()
    if row is None:
        return []
    record = from_row(KIND_OF[table.name], row)
    return [Trace(table.name, row.version, row.made_at, record)]


def _dropped(connection: Connection, id: str) -> list[Trace]:
    rows = connection.execute(select(drops).where(drops.c.id == id).order_by(drops.c.stage))
    return [
        Trace(
            "drops",
            row.version,
            row.made_at,
            Drop(row.id, row.stage, row.reason, row.detail, row.transient),
        )
        for row in rows
    ]


def _replaced(connection: Connection, id: str) -> list[Trace]:
    query = select(superseded).where(superseded.c.id == id).order_by(superseded.c.seq)
    return [
        Trace("superseded", row.version, row.replaced_at, f"an earlier record of {row.of}")
        for row in connection.execute(query)
    ]


def _shown(connection: Connection, id: str) -> list[Trace]:
    query = select(shown.c.edition).where(shown.c.article == id).order_by(shown.c.edition)
    return [Trace("shown", "", "", row.edition) for row in connection.execute(query)]
