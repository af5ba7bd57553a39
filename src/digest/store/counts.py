"""Counted quarters: kept, and counted again where what they were counted from has changed."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, delete, insert, select

from digest.records import Classification, QuarterCounts
from digest.store.codec import dump, load
from digest.store.reading import articles_between, stamps, story_of
from digest.store.tables import quarter_counts
from digest.text import make_id


def fingerprint(connection: Connection, start: str, end: str, *more: str) -> str:
    """Return what the counts of [start, end) depend on, hashed; "" where nothing was read then.

    Args:
        connection: to the store.
        start: of the quarter.
        end: of the quarter.
        more: what else they depend on: the version of counting, the names of our vendors.
    """
    ids = articles_between(connection, start, end)
    if not ids:
        return ""
    known = stamps(connection, Classification, ids)
    homes = story_of(connection, ids)
    return make_id(*more, *(f"{id}{known.get(id, '')}{homes.get(id, '')}" for id in ids))


def quarter(
    connection: Connection, id: str, mark: str, count: Callable[[], QuarterCounts]
) -> QuarterCounts | None:
    """Return a quarter's counts, counted and kept where they are not there or out of date.

    Counts of a quarter whose articles are no longer in the store stay as they were.
    """
    where = quarter_counts.c.id == id
    row = connection.execute(select(quarter_counts).where(where)).one_or_none()
    if row is not None and mark in ("", row.fingerprint):
        kept: QuarterCounts = load(QuarterCounts, row.record)
        return kept
    if not mark:
        return None
    made = count()
    connection.execute(delete(quarter_counts).where(where))
    values = {"id": id, "fingerprint": mark, "record": dump(made)}
    connection.execute(insert(quarter_counts), [values])
    return made
