"""What waits for a step: inputs without a result for its version and for what they are now.

One query for every step. An input's *fingerprint* is made of the stamps of the records that the
step reads; it waits unless the step's table, or the table of drops, has a row of the same version
and the same fingerprint. A transient drop waits again, a number of times.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, exists, or_, select

from digest.records import Story
from digest.stage import Stage
from digest.store.best import best_stories
from digest.store.tables import TABLE_OF, drops, story_members
from digest.text import make_id

ATTEMPTS = 10  #: transient failures of one input before it is left alone


@dataclass(frozen=True, slots=True)
class Pending:
    """An input that waits for a step.

    Args:
        id: the first input's id.
        fingerprint: of what the step will read.
    """

    id: str
    fingerprint: str


def waiting(
    connection: Connection, stage: Stage, *, among: Collection[str] | None = None
) -> list[Pending]:
    """Return the inputs that wait for a step, ordered by id.

    Args:
        connection: to the store.
        stage: the step.
        among: ids to ask about; None: all, at the price of a scan.
    """
    if among is None:
        return _waiting(connection, stage, None)
    parts = [_waiting(connection, stage, ids) for ids in chunks(sorted(among))]
    return [pending for part in parts for pending in part]


def _waiting(connection: Connection, stage: Stage, among: Sequence[str] | None) -> list[Pending]:
    if stage.members:
        return _waiting_stories(connection, stage, among)
    query = _waiting_query(stage.reads, stage.gates, stage.makes, some=among is not None)
    asked: dict[str, Any] = {"version": stage.version, "stage": stage.name}
    if among is not None:
        asked["ids"] = among
    return [Pending(row.id, row.mark) for row in connection.execute(query, asked)]


@cache
def _waiting_query(
    reads: tuple[type, ...], gates: tuple[type, ...], makes: type, *, some: bool
) -> Any:  # built once: for a few ids, building it would cost more than asking
    mark = fingerprint_of(reads)
    first = TABLE_OF[reads[0]].c.id
    query = (
        select(first, mark.label("mark"))
        .select_from(joined((*reads, *gates)))
        .where(~_has_result(makes, first, mark), ~_has_drop(first, mark))
        .order_by(first)
    )
    return query.where(first.in_(bindparam("ids", expanding=True))) if some else query


def _only(query: Any, table: Table, among: Sequence[str] | None) -> Any:
    return query if among is None else query.where(table.c.id.in_(among))


def fingerprint_of(reads: Sequence[type]) -> ColumnElement[str]:
    """Return the SQL that joins the stamps of what a step reads."""
    columns = [TABLE_OF[kind].c.stamp for kind in reads]
    mark: ColumnElement[str] = columns[0]
    for column in columns[1:]:
        mark = mark + ":" + column
    return mark


def chunks(ids: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """Return the ids in lists short enough for one statement."""
    batch: list[str] = []
    for id in ids:
        batch.append(id)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def joined(reads: Sequence[type]) -> Any:
    """Return the join of the tables that a step reads, by id."""
    first = TABLE_OF[reads[0]]
    source: Any = first
    for kind in reads[1:]:
        table = TABLE_OF[kind]
        source = source.join(table, table.c.id == first.c.id)
    return source


def result_columns(makes: type) -> tuple[Table, ColumnElement[str]]:
    """Return where a step's results are looked up, and the column that holds the input's id."""
    if makes is Story:
        return story_members, story_members.c.article
    table = TABLE_OF[makes]
    return table, table.c.id


def _has_result(makes: type, id: ColumnElement[str], mark: ColumnElement[str]) -> Any:
    table, key = result_columns(makes)
    same = and_(key == id, table.c.version == bindparam("version"), table.c.fingerprint == mark)
    return exists().where(same)


def _has_drop(id: ColumnElement[str], mark: ColumnElement[str]) -> Any:
    same = and_(
        drops.c.id == id,
        drops.c.stage == bindparam("stage"),
        drops.c.version == bindparam("version"),
        drops.c.fingerprint == mark,
        or_(~drops.c.transient, drops.c.attempts >= ATTEMPTS),
    )
    return exists().where(same)


def _waiting_stories(
    connection: Connection, stage: Stage, among: Sequence[str] | None
) -> list[Pending]:
    marks = story_marks(connection, stage, among)
    done = _finished(connection, stage, among)
    pending = [
        Pending(id, mark)
        for id, mark in marks.items()
        if (stage.version, mark) not in done.get(id, ())
    ]
    if not (pending and stage.best):
        return pending
    likely = best_stories(connection, stage.best)
    return [each for each in pending if each.id in likely]


def story_marks(
    connection: Connection, stage: Stage, among: Sequence[str] | None = None
) -> dict[str, str]:
    """Return the fingerprint of each story of which a step over stories can read all."""
    first = TABLE_OF[stage.reads[0]]
    source = joined(stage.reads).join(story_members, story_members.c.story == first.c.id)
    for kind in stage.members:
        table = TABLE_OF[kind]
        source = source.join(table, table.c.id == story_members.c.article)
    query = (
        select(
            first.c.id,
            fingerprint_of(stage.reads).label("own"),
            fingerprint_of(stage.members).label("member"),
        )
        .select_from(source)
        .order_by(first.c.id, story_members.c.article)
    )
    rows = groupby(
        connection.execute(_only(query, first, among)), key=lambda row: (row.id, row.own)
    )
    return {id: make_id(own, *(row.member for row in group)) for (id, own), group in rows}


def _finished(
    connection: Connection, stage: Stage, among: Sequence[str] | None
) -> dict[str, list[tuple[str, str]]]:
    table = TABLE_OF[stage.makes]
    done: dict[str, list[tuple[str, str]]] = {}
    query = select(table.c.id, table.c.version, table.c.fingerprint)
    for row in connection.execute(_only(query, table, among)):
        done.setdefault(row.id, []).append((row.version, row.fingerprint))
    final = or_(~drops.c.transient, drops.c.attempts >= ATTEMPTS)
    dropped = select(drops.c.id, drops.c.version, drops.c.fingerprint)
    dropped = dropped.where(drops.c.stage == stage.name, final)
    for row in connection.execute(_only(dropped, drops, among)):
        done.setdefault(row.id, []).append((row.version, row.fingerprint))
    return done
