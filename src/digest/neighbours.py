"""The neighbours of articles in the kept index that may be in one group with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from digest.records import Article, Background, Language
from digest.stages.codes import LIKELY, ROUGH, best, centred, to_codes
from digest.stages.keys import asked_by
from digest.stages.packed import unpack
from digest.stages.sieve import Gathered, Sieve
from digest.stages.sketch import Sketch, make_sketches
from digest.store import reading
from digest.store.codes import HEAD, ROWS, Shelf, days_of, entries_at, to_day, vectors
from digest.store.keys import keys_held, sharing

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from digest.store.codes import Block

SHARING = 64  #: articles under one key: the entries of a page, a site's template
TOGETHER = 64  #: articles whose neighbours are looked for at once

Days = Mapping[str, float]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Search:
    """How to look for neighbours.

    Args:
        background: what is common and what is rare.
        epoch: of the index.
        shelf: the blocks of the index that this process has read.
        sieve: tells which neighbours may be in one group.
        reach: days between two neighbours, at most.
    """

    background: Background
    epoch: int
    shelf: Shelf
    sieve: Sieve
    reach: float


def neighbours(db: Connection, ids: Sequence[str], search: Search) -> set[Pair]:
    """Return pairs of each article with those that may be the same or tell the same event.

    They share a key, or their vectors are near and the sieve keeps them.
    """
    days = days_of(db, ids)
    articles: dict[str, Article] = reading.records(db, Article, days)
    sketches = make_sketches(list(articles.values()), reading.records(db, Language, days))
    found = _under_one_key(db, sketches, days, reach=search.reach)
    for start in range(0, len(sketches), TOGETHER):
        found |= _by_vector(db, sketches[start : start + TOGETHER], days, search)
    return {(id, other) for id, other in found if id != other}


def kin(db: Connection, ids: Collection[str], *, reach: float) -> set[str]:
    """Return some articles with all that share a key with one of them, or with one of those.

    A page's word for an address is held against everybody who claims it: of a few of them alone,
    an address that is wrong for the others would seem right.

    Args:
        db: where the index is.
        ids: of articles.
        reach: days between two that share a key, at most.
    """
    found, new = set(ids), set(ids)
    asked: set[str] = set()
    while new:
        held = keys_held(db, new)
        keys = {id: set(some) - asked for id, some in held.items()}
        asked.update(*keys.values())
        pairs = _filed_under(db, keys, days_of(db, held), reach=reach)
        new = {other for _, other in pairs} - found
        found |= new
    return found


def _under_one_key(
    db: Connection, sketches: Sequence[Sketch], days: Days, *, reach: float
) -> set[Pair]:
    return _filed_under(db, {one.id: asked_by(one) for one in sketches}, days, reach=reach)


def _filed_under(
    db: Connection, asked: Mapping[str, Collection[str]], days: Days, *, reach: float
) -> set[Pair]:
    """Return pairs of each article with those that are filed under a key that it asks for."""
    under = sharing(db, {key for some in asked.values() for key in some})
    return {
        (id, other)
        for id, some in asked.items()
        for key in some
        for other in _within(under.get(key, ()), days[id], reach)
    }


def _within(filed: Sequence[tuple[str, str]], day: float, reach: float) -> list[str]:
    """Return the first articles under a key: of one address, each is compared with the first."""
    near = [id for id, effective in filed if abs(to_day(effective) - day) <= reach]
    return near[:SHARING]


def _by_vector(db: Connection, sketches: Sequence[Sketch], days: Days, search: Search) -> set[Pair]:
    model = search.background.model
    known = vectors(db, [one.id for one in sketches], model=model)
    own = [one for one in sketches if one.id in known]
    if not own:
        return set()
    wanted = np.stack([known[one.id] for one in own])
    places = likely_places(db, wanted, np.array([days[one.id] for one in own]), search)
    entries = entries_at(db, {place for some in places for place in some})
    known |= vectors(db, sorted({id for id, _ in entries.values()}), model=model)
    row = {one.id: n for n, one in enumerate(own)}
    every = list(own)
    for id, packed in entries.values():
        if id in known and id not in row:
            row[id] = len(every)
            every.append(unpack(id, packed))
    pairs = [
        (n, row[entries[place][0]])
        for n, some in enumerate(places)
        for place in some
        if place in entries and entries[place][0] in row
    ]
    vectors_of = np.stack([known[one.id] for one in every])
    places_of = np.array([pair for pair in pairs if pair[0] != pair[1]], dtype=np.int32)
    return _sifted(db, Gathered(every, vectors_of, places_of.reshape(-1, 2)), search)


def _sifted(db: Connection, some: Gathered, search: Search) -> set[Pair]:
    """Return the pairs that pass both looks, as ids; texts are read for the second."""
    if not len(some.pairs):
        return set()
    some = search.sieve.glance(some, search.background)
    ids = {n: some.sketches[n].id for n in np.unique(some.pairs).tolist()}
    texts = reading.records(db, Article, sorted(ids.values()))
    spoken = {id: Language(id, some.sketches[n].language, 1.0) for n, id in ids.items()}
    read = {one.id: one for one in make_sketches(list(texts.values()), spoken)}
    # One that another run has just dropped stays as it is packed, and takes no part.
    sketches = [read.get(one.id, one) for one in some.sketches]
    kept = search.sieve.sift(replace(some, sketches=sketches), search.background)
    return {(ids[one], ids[other]) for one, other in kept.tolist()}


def likely_places(
    db: Connection,
    wanted: NDArray[np.float32],
    days: NDArray[np.float64],
    search: Search,
    *,
    beyond: float = -1.0,
    most: int = LIKELY,
) -> list[list[int]]:
    """Return for each vector the places that are worth a comparison, in order.

    Args:
        db: where the index is.
        wanted: vectors as the encoder made them, shape (vectors, dims).
        days: of these, shape (vectors,).
        search: how to look.
        beyond: days that lie between the two at least.
        most: places for each.
    """
    first, last = days.min() - search.reach, days.max() + search.reach
    blocks = search.shelf.blocks(db, epoch=search.epoch, first=first, last=last)
    if not blocks:
        return [[] for _ in wanted]
    unit = centred(search.background, wanted)
    codes = to_codes(search.background, unit).astype(np.float32)
    when = np.concatenate([block.days for block in blocks])
    heads = [codes[:, :HEAD] @ block.heads.T for block in blocks]
    apart = [np.abs(when - day) for day in days]
    return [
        _best(blocks, code, scores, np.flatnonzero((gap > beyond) & (gap <= search.reach)), most)
        for code, scores, gap in zip(codes, np.concatenate(heads, axis=1), apart, strict=True)
    ]


def _best(
    blocks: Sequence[Block],
    code: NDArray[np.float32],
    scores: NDArray[np.float32],
    rows: NDArray[np.intp],
    most: int,
) -> list[int]:
    """Return the places of the likeliest among some rows of the blocks, in order.

    Args:
        blocks: of the index.
        code: what they are compared with, shape (axes,).
        scores: of all rows, by the first axes.
        rows: that lie near in time.
        most: places, about.
    """
    if not len(rows):
        return []
    rough = best(scores, rows, most=ROUGH)
    block, row = np.divmod(rough, ROWS)  # in order, as the rows are
    ends = np.searchsorted(block, np.arange(len(blocks)), side="right").tolist()
    parts = [each.codes[row[a:b]] for each, a, b in zip(blocks, [0, *ends], ends, strict=False)]
    codes = np.concatenate(parts).astype(np.float32)
    chosen = best(codes @ code, np.arange(len(rough)), most=most)
    numbers = np.array([each.number for each in blocks])
    return sorted((numbers[block[chosen]] * ROWS + row[chosen]).tolist())
