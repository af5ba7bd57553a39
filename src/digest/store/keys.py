"""The kept index of certainties: who has an address, who names it, who has a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from digest.store.tables import near_keys
from digest.store.waiting import chunks


def put_keys(
    connection: Connection, keys: Mapping[str, Sequence[str]], filed: Mapping[str, str]
) -> None:
    """Keep the keys of articles in place of those that they had.

    Args:
        connection: inside a transaction.
        keys: by article id.
        filed: the time under which each is filed, by article id.
    """
    for batch in chunks(keys):
        connection.execute(delete(near_keys).where(near_keys.c.article.in_(batch)))
    rows = [
        {"key": key, "article": id, "effective": filed[id]}
        for id, some in keys.items()
        for key in sorted(set(some))
    ]
    if rows:
        connection.execute(insert(near_keys), rows)


def sharing(connection: Connection, keys: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return for each key the articles that have it, with the times they are filed under, in order.

    A key that nobody has is missing.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for batch in chunks(sorted(set(keys))):
        query = select(near_keys).where(near_keys.c.key.in_(batch))
        ordered = query.order_by(near_keys.c.key, near_keys.c.effective, near_keys.c.article)
        for row in connection.execute(ordered):
            found.setdefault(row.key, []).append((row.article, row.effective))
    return found


def keys_held(connection: Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the keys of articles, by article; one without any is missing."""
    found: dict[str, list[str]] = {}
    for batch in chunks(sorted(set(ids))):
        query = select(near_keys.c.article, near_keys.c.key)
        for row in connection.execute(query.where(near_keys.c.article.in_(batch))):
            found.setdefault(row.article, []).append(row.key)
    return found


def take_out_keys(connection: Connection, id: str) -> None:
    """Forget an article's keys."""
    connection.execute(delete(near_keys).where(near_keys.c.article == id))
