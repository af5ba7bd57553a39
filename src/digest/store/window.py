"""What a step that sees many articles at once has to see together with those that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from digest.records import Story
from digest.stage import Stage
from digest.store.codec import utc
from digest.store.codes import to_day
from digest.store.reading import story_of
from digest.store.tables import TABLE_OF, articles, duplicates, story_members
from digest.store.waiting import Pending, chunks, fingerprint_of, joined
from digest.text import parse_time

ORIGINALS = select(duplicates.c.id, duplicates.c.duplicate_of).where(
    duplicates.c.id.in_(bindparam("ids", expanding=True))
)
COPIES = select(duplicates.c.id).where(
    duplicates.c.duplicate_of.in_(bindparam("ids", expanding=True))
)
FELLOWS = select(story_members.c.article).where(
    story_members.c.story.in_(bindparam("ids", expanding=True))
)


def window(
    connection: Connection, stage: Stage, pending: Sequence[Pending], *, days: int
) -> list[Pending]:
    """Return every input that the step has to see together with those that wait.

    That is all within `days` of one of them, and the whole of every story and group of duplicates
    that is touched, so that none is judged in part.
    """
    ids: set[str] = set()
    for first, last in _reaches(connection, [entry.id for entry in pending], days):
        ids |= _between(connection, first, last)
    return with_families(connection, stage, ids)


def with_families(connection: Connection, stage: Stage, ids: Iterable[str]) -> list[Pending]:
    """Return some articles with the whole of every group of copies they are in.

    For a step that makes stories, with the whole of every story too.
    """
    found = new = set(ids)
    while new:
        more = _copies(connection, new)
        if stage.makes is Story:
            more |= _fellows(connection, new)
        new = more - found
        found = found | new
    return marked(connection, stage, sorted(found))


def originals(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the original of each article that has been judged: its own id, where it is no copy."""
    found: dict[str, str] = {}
    for batch in chunks(sorted(ids)):
        rows = connection.execute(ORIGINALS, {"ids": batch})
        found |= {row.id: row.duplicate_of or row.id for row in rows}
    return found


def marked(connection: Connection, stage: Stage, ids: Sequence[str]) -> list[Pending]:
    """Return those articles that a step can read, with what they are now, ordered by id."""
    return [Pending(id, mark) for id, mark in _marks(connection, stage, sorted(ids))]


def filed_within(
    connection: Connection, first: float, last: float, *, most: int
) -> dict[str, float]:
    """Return the articles filed between two days, the latest, with their days since 1970."""
    start, end = (
        utc(datetime.fromtimestamp(day * 86_400, UTC).isoformat()) for day in (first, last)
    )
    query = select(articles.c.id, articles.c.effective).where(
        articles.c.effective.between(start, end)
    )
    rows = connection.execute(
        query.order_by(articles.c.effective.desc(), articles.c.id).limit(most)
    )
    return {row.id: to_day(row.effective) for row in rows}


def _reaches(connection: Connection, ids: Sequence[str], days: int) -> list[tuple[str, str]]:
    """Return the spans of time within `days` of an article, joined where they meet.

    Spans, not one from the earliest to the latest: an article of two years ago among today's must
    not bring in all that lies between.
    """
    times: set[datetime] = set()
    for batch in chunks(ids):
        rows = connection.execute(select(articles.c.effective).where(articles.c.id.in_(batch)))
        times |= {moment for row in rows if (moment := parse_time(row.effective))}
    margin = timedelta(days=days)
    spans: list[tuple[datetime, datetime]] = []
    for moment in sorted(times):
        if spans and moment - margin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], moment + margin)
        else:
            spans.append((moment - margin, moment + margin))
    return [(utc(first.isoformat()), utc(last.isoformat())) for first, last in spans]


def _between(connection: Connection, first: str, last: str) -> set[str]:
    query = select(articles.c.id).where(articles.c.effective.between(first, last))
    return {row.id for row in connection.execute(query)}


def _fellows(connection: Connection, ids: set[str]) -> set[str]:
    """Return all members of the articles' stories."""
    found: set[str] = set()
    stories = set(story_of(connection, sorted(ids)).values())
    for batch in chunks(sorted(stories)):
        found |= {row.article for row in connection.execute(FELLOWS, {"ids": batch})}
    return found


def _copies(connection: Connection, ids: set[str]) -> set[str]:
    """Return the articles' originals and all copies of these."""
    firsts = set(originals(connection, ids).values())
    found = set(firsts)
    for batch in chunks(sorted(firsts)):
        found |= {row.id for row in connection.execute(COPIES, {"ids": batch})}
    return found


def _marks(connection: Connection, stage: Stage, ids: Sequence[str]) -> list[tuple[str, str]]:
    query = _marks_query(stage.reads, stage.gates)
    found: list[tuple[str, str]] = []
    for batch in chunks(ids):
        found += [(row.id, row.mark) for row in connection.execute(query, {"ids": batch})]
    return found


@cache
def _marks_query(reads: tuple[type, ...], gates: tuple[type, ...]) -> Any:
    id = TABLE_OF[reads[0]].c.id
    query = select(id, fingerprint_of(reads).label("mark")).select_from(joined((*reads, *gates)))
    return query.where(id.in_(bindparam("ids", expanding=True))).order_by(id)
