"""Reading records back: by id, by window, and with a story's members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from digest.records import Article, Duplicate, Story
from digest.stage import Stage
from digest.store.codec import from_row, utc
from digest.store.tables import TABLE_OF, articles, duplicates, story_members
from digest.store.waiting import Pending, _joined, chunks, fingerprint_of
from digest.text import parse_time


def records(connection: Connection, kind: type, ids: Iterable[str]) -> dict[str, Any]:
    """Return the records of a type by id; ids without one are missing."""
    table = TABLE_OF[kind]
    found: dict[str, Any] = {}
    for batch in chunks(ids):
        for row in connection.execute(select(table).where(table.c.id.in_(batch))):
            found[row.id] = from_row(kind, row)
    return found


def every(connection: Connection, kind: type) -> list[Any]:
    """Return all records of a type, ordered by id."""
    table = TABLE_OF[kind]
    return [from_row(kind, row) for row in connection.execute(select(table).order_by(table.c.id))]


def inputs(connection: Connection, stage: Stage, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return what a step reads for each id, in order; for stories, with their members' records."""
    own = [records(connection, kind, ids) for kind in stage.reads]
    if not stage.members:
        return [tuple(found[id] for found in own) for id in ids]
    stories: dict[str, Story] = records(connection, Story, ids)
    everyone = sorted({member for story in stories.values() for member in story.members})
    found = [records(connection, kind, everyone) for kind in stage.members]
    return [
        (
            *(records_of[id] for records_of in own),
            *({m: by_id[m] for m in stories[id].members if m in by_id} for by_id in found),
        )
        for id in ids
    ]


def window(
    connection: Connection, stage: Stage, pending: Sequence[Pending], *, days: int
) -> list[Pending]:
    """Return every input that the step has to see together with those that wait.

    That is all within `days` of the earliest and the latest of them, and the whole of every story
    and group of duplicates that is touched, so that none is judged in part.
    """
    first, last = _reach(connection, [entry.id for entry in pending], days)
    ids = _between(connection, first, last)
    ids |= _families(connection, ids)
    return [Pending(id, mark) for id, mark in _marks(connection, stage, sorted(ids))]


def story_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the story of each article that has one."""
    found: dict[str, str] = {}
    for batch in chunks(ids):
        query = select(story_members.c.article, story_members.c.story)
        rows = connection.execute(query.where(story_members.c.article.in_(batch)))
        found |= {row.article: row.story for row in rows}
    return found


def stories_between(connection: Connection, start: str, end: str) -> list[str]:
    """Return the stories with a member published or first seen in [start, end), ordered."""
    query = (
        select(story_members.c.story)
        .join(articles, articles.c.id == story_members.c.article)
        .where(
            or_(
                articles.c.effective.between(utc(start), utc(end)),
                articles.c.first_seen.between(utc(start), utc(end)),
            )
        )
        .distinct()
        .order_by(story_members.c.story)
    )
    return [row.story for row in connection.execute(query)]


def _reach(connection: Connection, ids: Sequence[str], days: int) -> tuple[str, str]:
    times: list[str] = []
    for batch in chunks(ids):
        query = select(func.min(articles.c.effective), func.max(articles.c.effective))
        low, high = connection.execute(query.where(articles.c.id.in_(batch))).one()
        times += [low, high]
    low, high = parse_time(min(times)), parse_time(max(times))
    assert low is not None
    assert high is not None
    margin = timedelta(days=days)
    return utc((low - margin).isoformat()), utc((high + margin).isoformat())


def _between(connection: Connection, first: str, last: str) -> set[str]:
    query = select(articles.c.id).where(articles.c.effective.between(first, last))
    return {row.id for row in connection.execute(query)}


def _families(connection: Connection, ids: set[str]) -> set[str]:
    found: set[str] = set()
    stories = set(story_of(connection, sorted(ids)).values())
    for batch in chunks(sorted(stories)):
        query = select(story_members.c.article).where(story_members.c.story.in_(batch))
        found |= {row.article for row in connection.execute(query)}
    groups: dict[str, Duplicate] = records(connection, Duplicate, sorted(ids | found))
    originals = {group.duplicate_of or group.id for group in groups.values()}
    for batch in chunks(sorted(originals)):
        copies = select(duplicates.c.id).where(duplicates.c.duplicate_of.in_(batch))
        found |= {row.id for row in connection.execute(copies)}
    return found | originals


def _marks(connection: Connection, stage: Stage, ids: Sequence[str]) -> list[tuple[str, str]]:
    first = TABLE_OF[stage.reads[0]]
    mark = fingerprint_of(stage.reads).label("mark")
    found: list[tuple[str, str]] = []
    for batch in chunks(ids):
        query = select(first.c.id, mark).select_from(_joined(stage.reads))
        rows = connection.execute(query.where(first.c.id.in_(batch)).order_by(first.c.id))
        found += [(row.id, row.mark) for row in rows]
    return found


def article_by_url(connection: Connection, url: str) -> list[Article]:
    """Return the articles at a canonical address."""
    query = select(articles).where(articles.c.url == url).order_by(articles.c.id)
    return [from_row(Article, row) for row in connection.execute(query)]
