"""The translation memory: a sentence is never translated twice by the same package version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, insert, select

from digest.store.tables import translation_memory
from digest.store.waiting import chunks
from digest.text import make_id


def remembered(connection: Connection, package: str, sentences: Iterable[str]) -> dict[str, str]:
    """Return the translations that a package has already given, by sentence."""
    keys = {make_id(sentence): sentence for sentence in sentences}
    table = translation_memory
    found: dict[str, str] = {}
    for batch in chunks(keys):
        query = select(table.c.source, table.c.target)
        rows = connection.execute(
            query.where(table.c.package == package, table.c.source.in_(batch))
        )
        found |= {keys[row.source]: row.target for row in rows}
    return found


def remember(connection: Connection, package: str, translations: Mapping[str, str]) -> None:
    """Keep what a package gave for sentences it had not seen."""
    known = remembered(connection, package, translations)
    rows = {
        make_id(sentence): target
        for sentence, target in translations.items()
        if sentence not in known
    }
    if rows:
        values = [
            {"package": package, "source": key, "target": target} for key, target in rows.items()
        ]
        connection.execute(insert(translation_memory), values)
