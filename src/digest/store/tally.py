"""What a period brought in: the numbers that an edition shows its reader."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from digest.store.codec import utc
from digest.store.tables import articles, drops, duplicates, items, languages

FILED = items.outerjoin(articles, articles.c.id == items.c.id)
#: What is filed by: an article's day where its page names one, else its entry's.
MOMENT = func.coalesce(articles.c.effective, items.c.effective)


def count_period(
    connection: Connection, start: str, end: str
) -> tuple[dict[str, int], dict[str, int]]:
    """Return counts by name, and drops by reason, of what was found in [start, end)."""
    inside = _inside(start, end)
    read = select(func.count()).select_from(FILED).where(*inside, articles.c.id.is_not(None))
    spoken = (
        select(func.count(func.distinct(languages.c.language)))
        .select_from(FILED.join(languages, languages.c.id == articles.c.id))
        .where(*inside)
    )
    copies = (
        select(func.count())
        .select_from(FILED.join(duplicates, articles.c.id == duplicates.c.id))
        .where(*inside, duplicates.c.duplicate_of.is_not(None))
    )
    counts = {
        "sources that spoke": len(spoken_in(connection, start, end)),
        "entries found": _one(connection, select(func.count()).select_from(FILED).where(*inside)),
        "articles read": _one(connection, read),
        "languages": _one(connection, spoken),
        "copies merged": _one(connection, copies),
    }
    query = (
        select(drops.c.reason)
        .select_from(FILED.join(drops, items.c.id == drops.c.id))
        .where(*inside)
    )
    return counts, dict(Counter(row.reason for row in connection.execute(query)))


def spoken_in(connection: Connection, start: str, end: str) -> set[str]:
    """Return the names of the sources of which something was found in [start, end)."""
    query = select(items.c.source).select_from(FILED).where(*_inside(start, end)).distinct()
    return set(connection.execute(query).scalars())


def _inside(start: str, end: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return utc(start) <= MOMENT, utc(end) > MOMENT


def _one(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())
