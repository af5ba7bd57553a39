"""Reading records back: by id, by window, and with a story's members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from digest.records import Article, Story
from digest.stage import Stage
from digest.store.codec import from_row, utc
from digest.store.tables import TABLE_OF, articles, classifications, story_members
from digest.store.waiting import chunks
from digest.text import url_key

STORY_OF = select(story_members.c.article, story_members.c.story).where(
    story_members.c.article.in_(bindparam("ids", expanding=True))
)


def records(connection: Connection, kind: type, ids: Iterable[str]) -> dict[str, Any]:
    """Return the records of a type by id; ids without one are missing."""
    found: dict[str, Any] = {}
    for batch in chunks(ids):
        for row in connection.execute(_by_id(kind), {"ids": batch}):
            found[row.id] = from_row(kind, row)
    return found


@cache
def _by_id(kind: type) -> Any:  # built once: building a query costs more than many of them take
    table = TABLE_OF[kind]
    return select(table).where(table.c.id.in_(bindparam("ids", expanding=True)))


def marked(connection: Connection, kind: type, id: str) -> tuple[Any, str, str] | None:
    """Return a record with its version and fingerprint, or None where there is none."""
    table = TABLE_OF[kind]
    row = connection.execute(select(table).where(table.c.id == id)).one_or_none()
    return (from_row(kind, row), row.version, row.fingerprint) if row else None


def stamps(connection: Connection, kind: type, ids: Iterable[str]) -> dict[str, str]:
    """Return the stamps of the records of a type by id."""
    table = TABLE_OF[kind]
    found: dict[str, str] = {}
    for batch in chunks(ids):
        query = select(table.c.id, table.c.stamp).where(table.c.id.in_(batch))
        found |= {row.id: row.stamp for row in connection.execute(query)}
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


def story_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the story of each article that has one."""
    found: dict[str, str] = {}
    for batch in chunks(ids):
        rows = connection.execute(STORY_OF, {"ids": batch})
        found |= {row.article: row.story for row in rows}
    return found


def articles_between(connection: Connection, start: str, end: str) -> list[str]:
    """Return the articles in stories that are filed in [start, end), ordered."""
    query = (
        select(articles.c.id)
        .join(story_members, story_members.c.article == articles.c.id)
        .where(articles.c.effective >= utc(start), articles.c.effective < utc(end))
        .order_by(articles.c.id)
    )
    return [row.id for row in connection.execute(query)]


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


def stories_with_findings(connection: Connection, start: str, end: str) -> list[str]:
    """Return the stories filed in [start, end) with a launch, a claim or a plan, ordered."""
    record = classifications.c.record
    found = (record.contains(f'"{name}":[{{') for name in ("launches", "claims", "plans"))
    query = (
        select(story_members.c.story)
        .join(articles, articles.c.id == story_members.c.article)
        .join(classifications, classifications.c.id == articles.c.id)
        .where(articles.c.effective >= utc(start), articles.c.effective < utc(end), or_(*found))
        .distinct()
        .order_by(story_members.c.story)
    )
    return [row.story for row in connection.execute(query)]


def articles_at(connection: Connection, address: str) -> list[Article]:
    """Return the articles at an address, in whatever form of it they are kept."""
    key = url_key(address)
    host = key.split("/")[0]
    likely = articles.c.url.contains(host, autoescape=True)
    rows = connection.execute(select(articles).where(likely).order_by(articles.c.id))
    return [from_row(Article, row) for row in rows if row.url and url_key(row.url) == key]
