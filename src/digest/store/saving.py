"""Writing results: one transaction a batch, the replaced ones kept as history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from digest.records import Drop, Item, SourceState, Story
from digest.store.codec import load, to_columns
from digest.store.codes import take_out
from digest.store.keys import take_out_keys
from digest.store.reading import story_of
from digest.store.tables import (
    TABLE_OF,
    articles,
    classifications,
    drops,
    duplicates,
    embeddings,
    items,
    languages,
    pages,
    scores,
    source_states,
    stories,
    story_members,
    summaries,
    superseded,
    translations,
)
from digest.store.waiting import chunks

#: Tables keyed by an article's id, in the order of the pipeline.
OF_ARTICLES = (pages, articles, languages, classifications, embeddings, duplicates)
OF_STORIES = (stories, summaries, scores, translations)


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made a batch of results, and when.

    Args:
        name: the step's name.
        version: the step's version.
        at: the time, ISO 8601.
    """

    name: str
    version: str
    at: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a step gave for one input: a record or a `Drop`, and the fingerprint of the input."""

    id: str
    fingerprint: str
    record: Any


def save(connection: Connection, maker: Maker, makes: type, results: Sequence[Result]) -> int:
    """Write results and drops, and return how many records are new or have changed."""
    table = TABLE_OF[makes]
    kept = [result for result in results if not isinstance(result.record, Drop)]
    dropped = [result for result in results if isinstance(result.record, Drop)]
    changed = _upsert(connection, table, maker, kept)
    _forget_drops(connection, maker.name, [result.id for result in kept])
    for result in dropped:
        _save_drop(connection, maker, result)
        if _ends(maker, result.record):
            retire(connection, result.id, table, at=maker.at)
    return changed


def _ends(maker: Maker, drop: Drop) -> bool:
    """Return whether a drop takes back what was made before.

    A failure that may pass takes nothing back, and a page that has gone keeps what it once said.
    """
    return not drop.transient and maker.name != "download"


def save_drops(connection: Connection, maker: Maker, found: Iterable[Drop]) -> None:
    """Write drops of things that never became a record: an unreadable mail, an empty entry."""
    for drop in found:
        _save_drop(connection, maker, Result(drop.id, "", drop))


def save_items(connection: Connection, maker: Maker, found: Sequence[Item]) -> int:
    """Write items and return how many are new or edited.

    The first sight of an item stays; an item that another source gave first stays that source's.
    """
    known = _rows(connection, items, [item.id for item in found])
    fresh: dict[str, Result] = {}
    for item in found:
        if item.id in fresh:
            continue
        before = load(Item, known[item.id].record) if item.id in known else None
        if before is None:
            fresh[item.id] = Result(item.id, "", item)
        elif before.source == item.source:
            fresh[item.id] = Result(item.id, "", replace(item, first_seen=before.first_seen))
    return _upsert(connection, items, maker, list(fresh.values()))


def save_states(connection: Connection, maker: Maker, found: Sequence[SourceState]) -> None:
    """Write what is remembered of sources; no history is kept of it: it changes with every poll."""
    known = _rows(connection, source_states, [state.id for state in found])
    rows = [_row(maker, Result(state.id, "", state)) for state in found]
    if fresh := [row for row in rows if row["id"] not in known]:
        connection.execute(insert(source_states), fresh)
    if again := [{**row, "of": row["id"]} for row in rows if row["id"] in known]:
        where = source_states.c.id == bindparam("of")
        names = [name for name in again[0] if name not in ("id", "of")]
        values: dict[str, Any] = {name: bindparam(name) for name in names}
        connection.execute(update(source_states).where(where).values(values), again)


def read_again(connection: Connection, source: str) -> None:
    """Let the pages of a source wait for `extract`: they are to be read by other rules."""
    of_source = select(items.c.id).where(items.c.source == source)
    connection.execute(update(articles).where(articles.c.id.in_(of_source)).values(fingerprint=""))
    refused = (drops.c.stage == "extract", drops.c.id.in_(of_source))
    connection.execute(update(drops).where(*refused).values(fingerprint=""))


def save_stories(
    connection: Connection, maker: Maker, found: Sequence[Story], marks: dict[str, str]
) -> int:
    """Write the stories of a window in place of those its articles had; returns how many changed.

    Args:
        connection: inside a transaction.
        maker: the step.
        found: the stories; together they hold every article of the window once.
        marks: the fingerprint of each article of the window.
    """
    before = story_of(connection, marks)
    for gone in sorted(set(before.values()) - {story.id for story in found}):
        _remove_story(connection, gone, at=maker.at)
    results = [Result(story.id, "", story) for story in found]
    changed = _upsert(connection, stories, maker, results)
    for batch in chunks(sorted(marks)):
        connection.execute(delete(story_members).where(story_members.c.article.in_(batch)))
    rows = [
        {"article": m, "story": story.id, "version": maker.version, "fingerprint": marks[m]}
        for story in found
        for m in story.members
    ]
    if rows:
        connection.execute(insert(story_members), rows)
    return changed


def save_links(connection: Connection, maker: Maker, found: Sequence[Story]) -> int:
    """Write stories of which only the links are others, as far as they are still there.

    Args:
        connection: inside a transaction.
        maker: the step.
        found: the stories with their new links.
    """
    known = _rows(connection, stories, [story.id for story in found])
    results = [Result(story.id, "", story) for story in found if story.id in known]
    return _upsert(connection, stories, maker, results)


def retire(connection: Connection, id: str, table: Table, *, at: str) -> None:
    """Take a dropped record, and all that was made of it, out of the current results."""
    if table in OF_STORIES:
        _remove(connection, table, [id], at=at)
        return
    for later in OF_ARTICLES[OF_ARTICLES.index(table) :]:
        _remove(connection, later, [id], at=at)
    take_out(connection, id)
    take_out_keys(connection, id)
    copies = update(duplicates).where(duplicates.c.duplicate_of == id)
    connection.execute(copies.values(fingerprint=""))
    story = story_of(connection, [id]).get(id)
    if story:
        connection.execute(delete(story_members).where(story_members.c.article == id))
        rest = update(story_members).where(story_members.c.story == story)
        if not connection.execute(rest.values(fingerprint="")).rowcount:
            _remove_story(connection, story, at=at)


def _upsert(connection: Connection, table: Table, maker: Maker, results: Sequence[Result]) -> int:
    known = _rows(connection, table, [result.id for result in results])
    added: list[dict[str, Any]] = []
    changed = 0
    for result in results:
        row = _row(maker, result)
        old = known.get(result.id)
        if old is None:
            added.append(row)
        elif old.stamp != row["stamp"]:
            _keep_old(connection, table, [old], at=maker.at)
            connection.execute(update(table).where(table.c.id == result.id).values(row))
            changed += 1
        elif (old.version, old.fingerprint) != (maker.version, result.fingerprint):
            marks = {"version": maker.version, "fingerprint": result.fingerprint}
            connection.execute(update(table).where(table.c.id == result.id).values(marks))
    if added:
        connection.execute(insert(table), added)
    return changed + len(added)


def _row(maker: Maker, result: Result) -> dict[str, Any]:
    made = {"id": result.id, "version": maker.version, "fingerprint": result.fingerprint}
    return made | {"made_at": maker.at} | to_columns(result.record)


def _rows(connection: Connection, table: Table, ids: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for batch in chunks(ids):
        rows = connection.execute(select(table).where(table.c.id.in_(batch)))
        found |= {row.id: row for row in rows}
    return found


def _keep_old(connection: Connection, table: Table, rows: Sequence[Any], *, at: str) -> None:
    old = [
        {
            "of": table.name,
            "id": row.id,
            "version": row.version,
            "fingerprint": row.fingerprint,
            "record": row.record,
            "made_at": row.made_at,
            "replaced_at": at,
        }
        for row in rows
    ]
    if old:
        connection.execute(insert(superseded), old)


def _remove(connection: Connection, table: Table, ids: Sequence[str], *, at: str) -> None:
    _keep_old(connection, table, list(_rows(connection, table, ids).values()), at=at)
    connection.execute(delete(table).where(table.c.id.in_(ids)))


def _remove_story(connection: Connection, story: str, *, at: str) -> None:
    for table in OF_STORIES:
        _remove(connection, table, [story], at=at)
    names = ("summarise", "rank", "translate")
    connection.execute(delete(drops).where(drops.c.id == story, drops.c.stage.in_(names)))


def _forget_drops(connection: Connection, stage: str, ids: Sequence[str]) -> None:
    for batch in chunks(ids):
        connection.execute(delete(drops).where(drops.c.stage == stage, drops.c.id.in_(batch)))


def _save_drop(connection: Connection, maker: Maker, result: Result) -> None:
    drop = result.record
    where = (drops.c.id == result.id, drops.c.stage == maker.name)
    old = connection.execute(select(drops).where(*where)).one_or_none()
    same = (
        old is not None and old.version == maker.version and old.fingerprint == result.fingerprint
    )
    values = {
        "version": maker.version,
        "fingerprint": result.fingerprint,
        "reason": drop.reason,
        "detail": drop.detail,
        "transient": drop.transient,
        "attempts": old.attempts + 1 if same and old is not None else 1,
        "made_at": maker.at,
    }
    if old is None:
        connection.execute(insert(drops).values(id=result.id, stage=maker.name, **values))
    else:
        connection.execute(update(drops).where(*where).values(values))
