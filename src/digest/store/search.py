"""Search by words over texts in every script: full-text indexes of the database itself.

A text is folded as for comparing (`digest.text.normalise`). Terms of three characters and more are
found anywhere in it, by trigrams; shorter ones, such as most words of Chinese and Japanese, by an
index of pairs of characters and of short words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, text

from digest.records import Article, Translation
from digest.store.codec import load, utc
from digest.store.tables import articles, search_places, story_members, translations
from digest.store.waiting import chunks
from digest.text import CJK, make_id, normalise, parse_time

MOST = 500  #: texts that a search finds, the latest first
SHORT = 2  #: characters of a term that the pairs answer for
STORY = "story:"  #: before the id of a story, whose translation is a text of its own
TERM = re.compile(r'"([^"]+)"|(\S+)')
RUN = re.compile(f"{CJK.pattern}+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that can be found.

    Args:
        id: an article's, or a story's after "story:".
        stamp: of the record that it stands in.
        at: when it was published, or first seen; UTC, as the store has it.
        text: all of it.
    """

    id: str
    stamp: str
    at: str
    text: str


def terms_of(query: str) -> list[str]:
    """Return the terms of a query, folded: words, and what stands in quotation marks as one."""
    found = (normalise(quoted or word) for quoted, word in TERM.findall(query))
    return [term for term in dict.fromkeys(found) if term]


def pairs_of(folded: str) -> list[str]:
    """Return the characters and pairs of characters of Han, kana and Hangul, and short words.

    A pair may have a digit or a letter of another script on one side: "9月", "T恤".
    """
    found: dict[str, None] = {}
    for run in RUN.finditer(folded):
        found |= dict.fromkeys(run[0])
        around = folded[max(0, run.start() - 1) : run.end() + 1].strip()
        found |= dict.fromkeys(around[at : at + 2] for at in range(len(around) - 1))
    words = RUN.sub(" ", folded).split()
    return list(found | dict.fromkeys(word for word in words if len(word) <= SHORT))


def find(
    connection: Connection, query: str, *, start: str = "", end: str = "", most: int = MOST
) -> list[str]:
    """Return the stories that have a text with all terms of the query, the latest text first.

    Args:
        connection: the store's.
        query: words and phrases in any language; without any, nothing is found.
        start: the earliest time, ISO 8601; "" for no limit.
        end: the first time that is too late.
        most: texts looked at.
    """
    terms = terms_of(query)
    if not terms:
        return []
    first, last = _place(start) if start else 0, _place(end) if end else 2**62
    look = _find_sqlite if connection.dialect.name == "sqlite" else _find_postgres
    places = look(connection, terms, first, last, most)
    ids: dict[int, str] = {}
    for batch in chunks(map(str, places)):
        rows = connection.execute(PLACES, {"places": [int(place) for place in batch]})
        ids |= {row.place: row.id for row in rows}
    return _stories(connection, [ids[place] for place in places if place in ids])


PLACES = select(search_places.c.place, search_places.c.id).where(
    search_places.c.place.in_(bindparam("places", expanding=True))
)
MEMBERS = select(story_members.c.article, story_members.c.story).where(
    story_members.c.article.in_(bindparam("ids", expanding=True))
)


def _stories(connection: Connection, ids: Sequence[str]) -> list[str]:
    story_of: dict[str, str] = {}
    for batch in chunks(id for id in ids if not id.startswith(STORY)):
        rows = connection.execute(MEMBERS, {"ids": batch})
        story_of |= {row.article: row.story for row in rows}
    found = (id.removeprefix(STORY) if id.startswith(STORY) else story_of.get(id) for id in ids)
    return list(dict.fromkeys(each for each in found if each))


def _find_sqlite(
    connection: Connection, terms: Sequence[str], first: int, last: int, most: int
) -> list[int]:
    short = [term for term in terms if len(term) <= SHORT]
    long = [term for term in terms if len(term) > SHORT]
    tables = [("search_trigrams", long)] * bool(long) + [("search_pairs", short)] * bool(short)
    values: dict[str, object] = {"first": first, "last": last, "most": most}
    wheres = []
    for name, found in tables:
        values[name] = " AND ".join(f'"{term}"' for term in found)
        if name == tables[0][0]:
            wheres.append(f"{name} MATCH :{name}")
        else:
            inner = f"SELECT rowid FROM {name} WHERE {name} MATCH :{name}"  # noqa: S608 - likewise
            wheres.append(f"rowid IN ({inner})")
    query = (
        f"SELECT rowid FROM {tables[0][0]} WHERE {' AND '.join(wheres)}"  # noqa: S608 - our names
        " AND rowid >= :first AND rowid < :last ORDER BY rowid DESC LIMIT :most"
    )
    return [row.rowid for row in connection.execute(text(query), values)]


def _find_postgres(
    connection: Connection, terms: Sequence[str], first: int, last: int, most: int
) -> list[int]:
    short = [term for term in terms if len(term) <= SHORT]
    long = [term for term in terms if len(term) > SHORT]
    values: dict[str, object] = {"first": first, "last": last, "most": most, "short": short}
    wheres = ["place >= :first", "place < :last"]
    if short:
        wheres.append("pairs @> CAST(:short AS text[])")
    for number, term in enumerate(long):
        values[f"long{number}"] = f"%{term}%"  # folded: no % or _ is left in it
        wheres.append(f"text LIKE :long{number}")
    query = (
        f"SELECT place FROM search_texts WHERE {' AND '.join(wheres)}"  # noqa: S608 - our names
        " ORDER BY place DESC LIMIT :most"
    )
    return [row.place for row in connection.execute(text(query), values)]


def unindexed(connection: Connection, limit: int = 500) -> list[Text]:
    """Return texts that are not in the index as they are now, at most so many of each kind."""
    found = [*_articles(connection, limit), *_translations(connection, limit)]
    return found[:limit]


def index(connection: Connection, texts: Iterable[Text]) -> None:
    """Put texts into the index, in place of what stood there for them."""
    for batch in _batches(texts):
        _take_out(connection, [one.id for one in batch])
        taken: set[int] = set()
        rows = []
        for one in batch:
            place = _free_place(connection, one, taken)
            taken.add(place)
            rows.append({"id": one.id, "place": place, "stamp": one.stamp})
        connection.execute(insert(search_places), rows)
        folded = [normalise(one.text).replace("\x00", "") for one in batch]
        _write(connection, [row["place"] for row in rows], folded)


def _batches(texts: Iterable[Text], size: int = 200) -> Iterator[list[Text]]:
    by_id = {one.id: one for one in texts}
    every = list(by_id.values())
    return (every[at : at + size] for at in range(0, len(every), size))


def _write(connection: Connection, places: Sequence[object], folded: Sequence[str]) -> None:
    pairs = [pairs_of(each) for each in folded]
    if connection.dialect.name == "sqlite":
        words = [" ".join(each) for each in pairs]
        for name, found in (("search_trigrams", folded), ("search_pairs", words)):
            query = f"INSERT INTO {name}(rowid, text) VALUES (:place, :text)"  # noqa: S608
            rows = [{"place": p, "text": t} for p, t in zip(places, found, strict=True)]
            connection.execute(text(query), rows)
        return
    query = "INSERT INTO search_texts VALUES (:place, :text, CAST(:pairs AS text[]))"
    each = zip(places, folded, pairs, strict=True)
    connection.execute(text(query), [{"place": p, "text": t, "pairs": g} for p, t, g in each])


def _take_out(connection: Connection, ids: Sequence[str]) -> None:
    where = search_places.c.id.in_(ids)
    rows = connection.execute(select(search_places.c.place).where(where)).all()
    if not rows:
        return
    connection.execute(delete(search_places).where(where))
    if connection.dialect.name != "sqlite":
        gone = [{"at": row.place} for row in rows]
        connection.execute(text("DELETE FROM search_texts WHERE place = :at"), gone)


def _free_place(connection: Connection, one: Text, taken: set[int]) -> int:
    """Return a place that was never taken: an old one still stands in SQLite's index."""
    place = _place(one.at) + int(make_id(one.id, one.stamp)[:5], 16)
    while place in taken or _is_used(connection, place):
        place += 1
    return place


def _is_used(connection: Connection, place: int) -> bool:
    table = "search_trigrams" if connection.dialect.name == "sqlite" else "search_texts"
    column = "rowid" if connection.dialect.name == "sqlite" else "place"
    query = f"SELECT 1 FROM {table} WHERE {column} = :at"  # noqa: S608 - our own names
    return connection.execute(text(query), {"at": place}).first() is not None


def _place(at: str) -> int:
    moment = parse_time(at) or datetime.fromtimestamp(0, UTC)
    return max(0, int(moment.timestamp())) << 20


def _articles(connection: Connection, limit: int) -> Iterator[Text]:
    query = (
        select(articles.c.id, articles.c.stamp, articles.c.effective, articles.c.record)
        .join(search_places, search_places.c.id == articles.c.id, isouter=True)
        .where(or_(search_places.c.stamp.is_(None), search_places.c.stamp != articles.c.stamp))
        .limit(limit)
    )
    for row in connection.execute(query):
        article: Article = load(Article, row.record)
        yield Text(row.id, row.stamp, row.effective, f"{article.title}\n{article.text}")


def _translations(connection: Connection, limit: int) -> Iterator[Text]:
    key = (
        func.concat(STORY, translations.c.id)
        if _is_postgres(connection)
        else (STORY + translations.c.id)
    )
    query = (
        select(translations.c.id, translations.c.stamp, translations.c.record, articles.c.effective)
        .join(articles, articles.c.id == translations.c.id)
        .join(search_places, search_places.c.id == key, isouter=True)
        .where(or_(search_places.c.stamp.is_(None), search_places.c.stamp != translations.c.stamp))
        .limit(limit)
    )
    for row in connection.execute(query):
        said: Translation = load(Translation, row.record)
        parts = [said.title.target, *(each.target for each in (*said.summary, *said.text))]
        yield Text(f"{STORY}{row.id}", row.stamp, utc(row.effective), "\n".join(parts))


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
