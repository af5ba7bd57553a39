"""The list of stories: sorted and filtered by columns, so that no page reads all records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select

from digest.records import Classification, Score, Story
from digest.store import decisions as kept
from digest.store import reading
from digest.store.tables import (
    articles,
    facets,
    inbox,
    items,
    languages,
    scores,
    stories,
    story_members,
    summaries,
)
from digest.store.waiting import chunks

#: What a story can be filtered by, as it is made of records; and what is made of decisions.
OF_RECORDS = ("label", "vendor", "language", "source")
OF_DECISIONS = ("include", "exclude", "edited", "comment", "assigned")
EDITS = ("headline", "summary", "note", "label", "lead", "record")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which stories a list shows.

    Args:
        start: stories with an article of this time or later, UTC.
        end: and with one before this time.
        facets: kind → value, all of which hold: {"label": "CRM"}.
        without: kinds and values none of which holds; a value of "" stands for any.
        among: these stories only; None for all.
    """

    start: str
    end: str
    facets: Mapping[str, str] = field(default_factory=dict)
    without: Sequence[tuple[str, str]] = ()
    among: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A story's place in a list."""

    story: str
    score: float
    members: int
    first: str
    last: str


def listed(
    connection: Connection, wanted: Filter, *, limit: int, offset: int = 0
) -> tuple[list[Listed], int]:
    """Return a page of stories, the best first, and how many there are in all."""
    if wanted.among is not None:
        return _listed_among(connection, wanted, limit, offset)
    return best(connection, wanted, limit=limit, offset=offset), count(connection, wanted)


def best(connection: Connection, wanted: Filter, *, limit: int, offset: int = 0) -> list[Listed]:
    """Return stories by score, the best first; `among` counts for nothing here."""
    query = select(inbox).where(_where(wanted)).order_by(inbox.c.score.desc(), inbox.c.story.desc())
    rows = connection.execute(query.limit(limit).offset(offset))
    return [_listed(row) for row in rows]


def count(connection: Connection, wanted: Filter) -> int:
    """Return how many stories there are; `among` counts for nothing here."""
    query = select(func.count()).select_from(inbox).where(_where(wanted))
    return int(connection.execute(query).scalar_one())


def _listed_among(
    connection: Connection, wanted: Filter, limit: int, offset: int
) -> tuple[list[Listed], int]:
    """Found by a search: in its order, which is by nearness or by time."""
    found: dict[str, Listed] = {}
    for batch in chunks(wanted.among or ()):
        query = select(inbox).where(_where(wanted), inbox.c.story.in_(batch))
        found |= {row.story: _listed(row) for row in connection.execute(query)}
    ordered = [found[story] for story in wanted.among or () if story in found]
    return ordered[offset : offset + limit], len(ordered)


def neighbours(connection: Connection, wanted: Filter, story: str) -> tuple[str, str]:
    """Return the stories before and after one in a list by score; "" where there is none."""
    row = connection.execute(select(inbox).where(inbox.c.story == story)).one_or_none()
    if row is None:
        return "", ""
    better = or_(inbox.c.score > row.score, and_(inbox.c.score == row.score, inbox.c.story > story))
    worse = or_(inbox.c.score < row.score, and_(inbox.c.score == row.score, inbox.c.story < story))
    where = _where(wanted)
    up = select(inbox.c.story).where(where, better).order_by(inbox.c.score, inbox.c.story)
    down = (
        select(inbox.c.story)
        .where(where, worse)
        .order_by(inbox.c.score.desc(), inbox.c.story.desc())
    )
    before, after = (connection.execute(query.limit(1)).scalar() for query in (up, down))
    return before or "", after or ""


def facet_values(connection: Connection, kind: str, limit: int = 200) -> list[tuple[str, int]]:
    """Return the values of a facet with their numbers of stories, the most frequent first."""
    many = func.count().label("many")
    query = select(facets.c.value, many).where(facets.c.kind == kind).group_by(facets.c.value)
    rows = connection.execute(query.order_by(many.desc(), facets.c.value).limit(limit))
    return [(row.value, row.many) for row in rows]


def facets_of(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """Return the facets of some stories: story → kind → values."""
    found: dict[str, dict[str, list[str]]] = {}
    for batch in chunks(ids):
        for row in connection.execute(select(facets).where(facets.c.story.in_(batch))):
            found.setdefault(row.story, {}).setdefault(row.kind, []).append(row.value)
    return found


def refresh(connection: Connection, *, limit: int = 5_000) -> int:
    """Bring the list in line with the records, for some stories; returns for how many."""
    _forget_gone(connection)
    stale = _stale(connection, limit)
    for batch in chunks(stale):
        _rewrite(connection, {id: stale[id] for id in batch})
    return len(stale)


def refresh_decided(connection: Connection, ids: Iterable[str]) -> None:
    """Bring what editors decided on some stories in line."""
    found: dict[str, Story] = reading.records(connection, Story, ids)
    rows = []
    for story in found.values():
        entries = kept.about(connection, story.members)
        standing = [each.decision for each in entries if not each.revoked_by]
        rows += [{"story": story.id, "kind": k, "value": v} for k, v in _decided(standing)]
    for batch in chunks(found):
        where = (facets.c.story.in_(batch), facets.c.kind.in_(OF_DECISIONS))
        connection.execute(delete(facets).where(*where))
    if rows:
        connection.execute(insert(facets), rows)


def _decided(standing: Sequence[Any]) -> set[tuple[str, str]]:
    found: dict[tuple[str, str], str] = {}
    for each in standing:
        if each.kind in ("include", "exclude"):
            found["place", each.edition] = each.kind
        elif each.kind in EDITS:
            found["edited", each.kind] = each.value or each.object
        elif each.kind in ("comment", "assigned"):
            found[each.kind, ""] = each.value
    places = {(kind, edition) for (at, edition), kind in found.items() if at == "place"}
    edited = {("edited", kind) for (at, kind), value in found.items() if at == "edited" and value}
    comment = {("comment", "yes")} if found.get(("comment", "")) else set()
    assigned = found.get(("assigned", ""))
    return places | edited | comment | ({("assigned", assigned)} if assigned else set())


def _where(wanted: Filter) -> ColumnElement[bool]:
    where = [inbox.c.last >= wanted.start, inbox.c.first < wanted.end]
    for kind, value in wanted.facets.items():
        has = select(facets.c.story).where(facets.c.kind == kind)
        where.append(inbox.c.story.in_(has.where(facets.c.value == value) if value else has))
    for kind, value in wanted.without:
        has = select(facets.c.story).where(facets.c.kind == kind)
        where.append(inbox.c.story.not_in(has.where(facets.c.value == value) if value else has))
    return and_(*where)


def _listed(row: Any) -> Listed:
    return Listed(row.story, row.score, row.members, row.first, row.last)


def _mark() -> ColumnElement[str]:
    parts = (stories.c.stamp, scores.c.stamp, scores.c.fingerprint, summaries.c.fingerprint)
    joined: ColumnElement[str] = func.coalesce(parts[0], "")
    for part in parts[1:]:
        joined = joined + ":" + func.coalesce(part, "")
    return joined


def _stale(connection: Connection, limit: int) -> dict[str, str]:
    mark = _mark().label("mark")
    query = (
        select(stories.c.id, mark)
        .join(scores, scores.c.id == stories.c.id, isouter=True)
        .join(summaries, summaries.c.id == stories.c.id, isouter=True)
        .join(inbox, inbox.c.story == stories.c.id, isouter=True)
        .where(or_(inbox.c.mark.is_(None), inbox.c.mark != _mark()))
        .limit(limit)
    )
    return {row.id: row.mark for row in connection.execute(query)}


def _forget_gone(connection: Connection) -> None:
    gone = select(inbox.c.story).where(inbox.c.story.not_in(select(stories.c.id)))
    ids = [row.story for row in connection.execute(gone)]
    for batch in chunks(ids):
        connection.execute(delete(inbox).where(inbox.c.story.in_(batch)))
        connection.execute(delete(facets).where(facets.c.story.in_(batch)))


def _rewrite(connection: Connection, marks: Mapping[str, str]) -> None:
    ids = sorted(marks)
    found: dict[str, Story] = reading.records(connection, Story, ids)
    points: dict[str, Score] = reading.records(connection, Score, ids)
    members = [member for story in found.values() for member in story.members]
    times = _times(connection, members)
    rows, values = [], []
    about = _facets(connection, members)
    for id, story in found.items():
        at = [times[member] for member in story.members if member in times]
        if not at:
            continue
        rows.append(
            {
                "story": id,
                "mark": marks[id],
                "first": min(at),
                "last": max(at),
                "score": points[id].total if id in points else -1.0,
                "members": len(story.members),
            }
        )
        mine = {pair for member in story.members for pair in about.get(member, ())}
        values += [{"story": id, "kind": kind, "value": value} for kind, value in sorted(mine)]
    connection.execute(delete(inbox).where(inbox.c.story.in_(ids)))
    connection.execute(delete(facets).where(facets.c.story.in_(ids)))
    if rows:
        connection.execute(insert(inbox), rows)
    if values:
        connection.execute(insert(facets), values)
    refresh_decided(connection, _touched(connection, members))


def _touched(connection: Connection, members: Iterable[str]) -> list[str]:
    """Return the stories of articles that anything was decided on: most have none."""
    said = {e.decision.subject for e in kept.about(connection, members)}
    return sorted(set(reading.story_of(connection, said).values()))


def _times(connection: Connection, members: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for batch in chunks(members):
        query = select(articles.c.id, articles.c.effective).where(articles.c.id.in_(batch))
        found |= {row.id: row.effective for row in connection.execute(query)}
    return found


def _facets(connection: Connection, members: Sequence[str]) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for batch in chunks(members):
        for table, column, kind in (
            (items, "source", "source"),
            (languages, "language", "language"),
        ):
            query = select(table.c.id, table.c[column].label("value")).where(table.c.id.in_(batch))
            for row in connection.execute(query):
                found.setdefault(row.id, set()).add((kind, row.value))
    known: dict[str, Classification] = reading.records(connection, Classification, members)
    for id, each in known.items():
        mine = found.setdefault(id, set())
        mine |= {("label", label.name) for label in each.labels}
        mine |= {("vendor", vendor) for vendor in each.mentions if vendor}
        mine |= {("vendor", launch.vendor) for launch in each.launches if launch.vendor}
    return found


def members_of(connection: Connection, story: str) -> list[str]:
    """Return the ids of a story's articles."""
    query = select(story_members.c.article).where(story_members.c.story == story)
    return [row.article for row in connection.execute(query)]
