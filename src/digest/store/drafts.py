"""The writer's memory: a language model is never asked the same question twice."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from digest.records import Written
from digest.store.codec import dump, load
from digest.store.tables import drafts
from digest.store.waiting import chunks


def remembered(connection: Connection, keys: Iterable[str]) -> dict[str, Written]:
    """Return the drafts that are known, by the key of their question."""
    found: dict[str, Written] = {}
    for batch in chunks(keys):
        rows = connection.execute(select(drafts).where(drafts.c.key.in_(batch)))
        found |= {row.key: load(Written, row.record) for row in rows}
    return found


def remember(connection: Connection, key: str, draft: Written, *, at: str) -> None:
    """Keep a draft, also one in which nothing held; the first answer stays."""
    if not remembered(connection, [key]):
        row = {"key": key, "story": draft.id, "made_at": at, "record": dump(draft)}
        connection.execute(insert(drafts), [row])


def drafts_of(connection: Connection, story: str) -> list[Written]:
    """Return all drafts of a story, oldest first."""
    query = select(drafts.c.record).where(drafts.c.story == story)
    rows = connection.execute(query.order_by(drafts.c.made_at, drafts.c.key))
    return [load(Written, row.record) for row in rows]
