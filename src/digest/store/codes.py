"""The kept index of vectors: codes in blocks, of which a process reads again only what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from digest.store.tables import articles, duplicates, embeddings, near_blocks, near_places
from digest.store.waiting import chunks
from digest.text import parse_time

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS = 1_024  #: of a block: what is written again for one article
HEAD = 64  #: axes that all articles are compared by; of the best, the others too
NEVER = -1e9  #: the day of a row that holds no article
AT_ONCE = 50  #: blocks

# Built once: building a query costs more than many of them take.
IDS: Any = bindparam("ids", expanding=True)
ENTRIES = select(near_places).where(near_places.c.place.in_(bindparam("places", expanding=True)))
VECTORS = select(embeddings.c.id, embeddings.c.vector).where(
    embeddings.c.id.in_(IDS), embeddings.c.model == bindparam("model")
)
FILED = select(articles.c.id, articles.c.effective).where(articles.c.id.in_(IDS))


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The codes of some articles, in the order in which they came."""

    number: int
    revision: int  #: at which it was last written
    days: NDArray[np.float64]  #: days since 1970, shape (ROWS,)
    codes: NDArray[np.int8]  #: shape (ROWS, axes)
    heads: NDArray[np.float32]  #: their first `HEAD` axes, shape (ROWS, HEAD)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the index has it.

    Args:
        article: its id.
        day: under which it is filed, in days since 1970.
        sketch: packed.
    """

    article: str
    day: float
    sketch: bytes


class Shelf:
    """The blocks that a process has read. They are right for one epoch of the background."""

    def __init__(self) -> None:
        self._epoch = -1
        self._blocks: dict[int, Block] = {}

    def blocks(
        self, connection: Connection, *, epoch: int, first: float, last: float
    ) -> list[Block]:
        """Return the blocks with articles between two days, in order."""
        if epoch != self._epoch:
            self._epoch, self._blocks = epoch, {}
        table = near_blocks.c
        near = (table.last >= first, table.first <= last)
        found = connection.execute(select(table.block, table.revision).where(*near)).all()
        known = {number: block.revision for number, block in self._blocks.items()}
        changed = [row.block for row in found if known.get(row.block) != row.revision]
        for start in range(0, len(changed), AT_ONCE):
            query = select(near_blocks).where(table.block.in_(changed[start : start + AT_ONCE]))
            self._blocks |= {row.block: _block(row) for row in connection.execute(query)}
        return [self._blocks[number] for number in sorted(row.block for row in found)]


def _block(row: Any) -> Block:
    codes = np.frombuffer(row.codes, dtype=np.int8).reshape(ROWS, -1)
    heads = codes[:, :HEAD].astype(np.float32)
    return Block(row.block, row.revision, np.frombuffer(row.days, dtype="<f8"), codes, heads)


def entries_at(connection: Connection, places: Iterable[int]) -> dict[int, tuple[str, bytes]]:
    """Return article and packed sketch at each place; one that was retired is missing."""
    found: dict[int, tuple[str, bytes]] = {}
    ordered = sorted(places)
    for start in range(0, len(ordered), 500):
        rows = connection.execute(ENTRIES, {"places": ordered[start : start + 500]})
        found.update((place, (id, data)) for place, id, data in rows)
    return found


def vectors(connection: Connection, ids: Iterable[str], *, model: str) -> dict[str, Any]:
    """Return the vectors of a model by article id; articles without one are missing."""
    found: dict[str, Any] = {}
    for batch in chunks(ids):
        for id, vector in connection.execute(VECTORS, {"ids": batch, "model": model}):
            found[id] = np.frombuffer(vector, dtype="<f4")
    return found


def days_of(connection: Connection, ids: Iterable[str]) -> dict[str, float]:
    """Return the day under which each article is filed, in days since 1970."""
    found: dict[str, float] = {}
    for batch in chunks(ids):
        rows = connection.execute(FILED, {"ids": batch})
        found |= {row.id: to_day(row.effective) for row in rows}
    return found


def to_day(effective: str) -> float:
    """Return a time as days since 1970."""
    moment = parse_time(effective)
    assert moment is not None
    return moment.timestamp() / 86_400


def unplaced(connection: Connection, *, model: str) -> list[str]:
    """Return the articles that have been judged and are not in the index, in order of time."""
    query = (
        select(articles.c.id)
        .join(duplicates, duplicates.c.id == articles.c.id)
        .join(embeddings, embeddings.c.id == articles.c.id)
        .outerjoin(near_places, near_places.c.article == articles.c.id)
        .where(embeddings.c.model == model, near_places.c.place.is_(None))
        .order_by(articles.c.effective, articles.c.id)
    )
    return list(connection.execute(query).scalars())


def put(
    connection: Connection, entries: Sequence[Entry], codes: NDArray[np.int8], *, revision: int
) -> int:
    """Add articles, or change them, and return how many are new.

    Args:
        connection: inside a transaction that nobody else writes stories beside.
        entries: each article once.
        codes: of these, shape (articles, axes).
        revision: of the index after this.
    """
    places = _places(connection, [one.article for one in entries])
    known = [one for one in entries if one.article in places]
    new = [one for one in entries if one.article not in places]
    last = connection.execute(select(func.max(near_places.c.place))).scalar()
    start = 0 if last is None else last + 1
    places.update((one.article, start + n) for n, one in enumerate(new))
    if new:
        rows = [{"place": places[e.article], "article": e.article, "sketch": e.sketch} for e in new]
        connection.execute(insert(near_places), rows)
    if known:
        query = update(near_places).where(near_places.c.article == bindparam("id"))
        values = [{"id": one.article, "sketch": one.sketch} for one in known]
        connection.execute(query.values(sketch=bindparam("sketch")), values)
    at = np.array([places[one.article] for one in entries], dtype=np.int64)
    days = np.array([one.day for one in entries])
    for number in np.unique(at // ROWS).tolist():
        here = at // ROWS == number
        when, what = _rows_of(connection, number, axes=codes.shape[1])
        when[at[here] % ROWS], what[at[here] % ROWS] = days[here], codes[here]
        _write(connection, number, when, what, revision=revision)
    return len(new)


def numbers(connection: Connection) -> list[int]:
    """Return the numbers of all blocks."""
    return list(connection.execute(select(near_blocks.c.block)).scalars())


def articles_of(connection: Connection, number: int) -> dict[str, int]:
    """Return the articles of a block, with their rows."""
    first = number * ROWS
    table = near_places.c
    query = select(table.article, table.place).where(table.place.between(first, first + ROWS - 1))
    return {row.article: row.place - first for row in connection.execute(query)}


def recode(
    connection: Connection,
    number: int,
    rows: Sequence[int],
    codes: NDArray[np.int8],
    *,
    revision: int,
) -> None:
    """Write a block anew: these rows with these codes, and none beside them."""
    before, _ = _rows_of(connection, number, axes=codes.shape[1])
    when, what = _empty(codes.shape[1])
    when[list(rows)], what[list(rows)] = before[list(rows)], codes
    _write(connection, number, when, what, revision=revision)


def take_out(connection: Connection, id: str) -> None:
    """Take an article out of the index; its row stays empty."""
    connection.execute(delete(near_places).where(near_places.c.article == id))


def _places(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in chunks(ids):
        query = select(near_places.c.place, near_places.c.article)
        rows = connection.execute(query.where(near_places.c.article.in_(batch)))
        found.update((row.article, row.place) for row in rows)
    return found


def _rows_of(
    connection: Connection, number: int, *, axes: int
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """Return days and codes of a block, to be changed; empty where there is none of these axes."""
    days, codes = _empty(axes)
    query = select(near_blocks.c.days, near_blocks.c.codes).where(near_blocks.c.block == number)
    for row in connection.execute(query):
        days[:] = np.frombuffer(row.days, dtype="<f8")
        if len(row.codes) == codes.size:
            codes[:] = np.frombuffer(row.codes, dtype=np.int8).reshape(codes.shape)
    return days, codes


def _empty(axes: int) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    return np.full(ROWS, NEVER), np.zeros((ROWS, axes), dtype=np.int8)


def _write(
    connection: Connection,
    number: int,
    days: NDArray[np.float64],
    codes: NDArray[np.int8],
    *,
    revision: int,
) -> None:
    used = days[days > NEVER]
    values = {
        "revision": revision,
        "first": float(used.min(initial=-NEVER)),
        "last": float(used.max(initial=NEVER)),
        "days": days.astype("<f8").tobytes(),
        "codes": codes.tobytes(),
    }
    table = near_blocks.c
    found = connection.execute(update(near_blocks).where(table.block == number).values(values))
    if not found.rowcount:
        connection.execute(insert(near_blocks).values(block=number, **values))
