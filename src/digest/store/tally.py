"""What a period brought in: the numbers that an edition shows its reader."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, Select, func, select

from digest.store.codec import utc
from digest.store.tables import articles, drops, duplicates, items, languages


def count_period(
    connection: Connection, start: str, end: str
) -> tuple[dict[str, int], dict[str, int]]:
    """Return counts by name, and drops by reason, of the items filed in [start, end)."""
    first, last = utc(start), utc(end)
    inside = (items.c.effective >= first, items.c.effective < last)
    filed = (articles.c.effective >= first, articles.c.effective < last)
    read = select(func.count()).select_from(articles).where(*filed)
    spoken = (
        select(func.count(func.distinct(languages.c.language)))
        .join(articles, articles.c.id == languages.c.id)
        .where(*filed)
    )
    copies = (
        select(func.count())
        .select_from(duplicates.join(articles, articles.c.id == duplicates.c.id))
        .where(*filed, duplicates.c.duplicate_of.is_not(None))
    )
    counts = {
        "sources that spoke": _one(
            connection, select(func.count(func.distinct(items.c.source))).where(*inside)
        ),
        "entries found": _one(connection, select(func.count()).select_from(items).where(*inside)),
        "articles read": _one(connection, read),
        "languages": _one(connection, spoken),
        "copies merged": _one(connection, copies),
    }
    query = select(drops.c.reason).join(items, items.c.id == drops.c.id).where(*inside)
    return counts, dict(Counter(row.reason for row in connection.execute(query)))


def _one(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())
