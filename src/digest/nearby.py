"""What a step over a window sees: the whole window, or where few wait, what is near those few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.neighbours import Search, kin, neighbours
from digest.records import Article, Background, Duplicate, Embedding, Language
from digest.relating import Linked, link_stories
from digest.stages.codes import centred, to_codes
from digest.stages.keys import keys_of
from digest.stages.packed import pack
from digest.stages.recent import RememberingEncoder
from digest.stages.sketch import Sketch, make_sketches
from digest.store import codes, reading
from digest.store.background import (
    Standing,
    load_background,
    note_written,
    save_background,
    standing,
)
from digest.store.codec import effective
from digest.store.keys import put_keys
from digest.store.window import marked, originals, window, with_families

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from digest.ports import Encoder
    from digest.stage import Stage
    from digest.store.waiting import Pending

LEAST = 500  #: articles of a window that make a background; fewer are quickly judged all together
FEW = 0.1  #: share of the background's articles that may wait and be judged by what is near them
AT_ONCE = 1_000  #: texts of a call whose vectors are remembered; a whole window is read once anyway
DUE = 0.5  #: share of the background's articles that makes a new one, of a window that is at hand


@dataclass(frozen=True, slots=True)
class View:
    """What a step over a window sees together.

    Args:
        pending: the articles, and what they are now.
        background: against which they are judged; None: what they have in common themselves.
        standing: how the stored background stood.
        near: whether only what is near those that wait is seen.
        fresh: whether it is a whole window of which a new background is to be made.
    """

    pending: list[Pending]
    background: Background | None
    standing: Standing | None
    near: bool = False
    fresh: bool = False


class Nearby:
    """Looks for what has to be seen together, and keeps the index by which it is found.

    Args:
        encoder: whose vectors are compared.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.recent = RememberingEncoder(encoder, at_once=AT_ONCE)
        self.links: Sequence[tuple[str, str]] = ()  #: pairs that editors joined or separated
        self._shelf = codes.Shelf()
        self._background: tuple[int, Background] | None = None
        self._written: tuple[int, Background] | None = None

    def look(self, db: Connection, stage: Stage, waiting: Sequence[Pending]) -> View:
        """Return what a step sees for those that wait."""
        self._written = None
        stands = standing(db)
        background = self._load(db, stands)
        if stands and background and _are_few(waiting, stands):
            search = Search(background, stands.epoch, self._shelf, stage.sieve, stage.window_days)
            seen = self._near(db, stage, [entry.id for entry in waiting], search)
            return View(seen, background, stands, near=True)
        whole = window(db, stage, waiting, days=stage.window_days)
        usable = stands if background else None
        if stage.survey and len(whole) >= LEAST and _is_due(len(whole), usable):
            return View(whole, None, stands, fresh=True)
        return View(whole, background, stands)

    def link(
        self, db: Connection, stage: Stage, waiting: Sequence[Pending], seen: View, made: list[Any]
    ) -> Linked:
        """Return the stories that a step has made, linked with those beyond what it saw."""
        search = None
        if seen.background and seen.standing and not seen.fresh:
            epoch = seen.standing.epoch
            search = Search(seen.background, epoch, self._shelf, stage.sieve, stage.window_days)
        ids = [entry.id for entry in waiting]
        return link_stories(db, made, ids, follower=stage.follower, search=search)

    def is_same(self, db: Connection, stage: Stage, waiting: Sequence[Pending], seen: View) -> bool:
        """Return whether the step would see the same now; to be asked under the lock to write."""
        if seen.near and standing(db) == seen.standing:
            return marked(db, stage, [entry.id for entry in seen.pending]) == seen.pending
        again = self.look(db, stage, waiting)
        return (again.pending, _epoch(again)) == (seen.pending, _epoch(seen))

    def keep(
        self,
        db: Connection,
        stage: Stage,
        waiting: Sequence[Pending],
        seen: View,
        inputs: Sequence[tuple[Any, ...]],
    ) -> None:
        """Take articles into the index that have been judged, in the transaction of the results.

        Args:
            db: inside that transaction.
            stage: the step; one without a survey only notes that it has written.
            waiting: which articles are new or changed.
            seen: what the step saw, with the background that it used.
            inputs: what it read: article, language and embedding first.
        """
        if stage.survey is None:
            note_written(db)
            return
        rows = {row[0].id: row for row in inputs}
        own = [rows[entry.id] for entry in waiting if entry.id in rows]
        keys = {one.id: keys_of(one) for one in _sketches(own)}
        put_keys(db, keys, {row[0].id: effective(row[0]) for row in own})
        if seen.background and seen.fresh:
            self._write_index(db, seen.background, rows)
        elif seen.background and seen.standing:
            revision = seen.standing.revision + 1
            note_written(db, added=_put(db, own, seen.background, revision=revision))

    def settle(self) -> None:
        """Go on with the background that `keep` has written, now that its transaction is through.

        The next step then judges by the very same one, and need not measure the window again.
        """
        self._background, self._written = self._written or self._background, None

    def _load(self, db: Connection, stands: Standing | None) -> Background | None:
        if stands is None or stands.model != self.encoder.model:
            return None
        if self._background is None or self._background[0] != stands.epoch:
            self._background = stands.epoch, load_background(db)
        return self._background[1]

    def _near(
        self, db: Connection, stage: Stage, ids: Sequence[str], search: Search
    ) -> list[Pending]:
        """Return articles with those that they may join, and whatever editors tied to these.

        All of these come with the whole of their groups; where copies are looked for, with all that
        claims one address with them, too.
        """
        first = originals(db, ids) if Duplicate in stage.reads else {}
        near = neighbours(db, [id for id in ids if first.get(id, id) == id], search)
        found = {*ids, *(other for _, other in near)}
        if first:  # of copies, the original is judged
            found |= set(originals(db, found).values())
        found |= {
            other
            for left, right in self.links
            for one, other in ((left, right), (right, left))
            if one in found
        }
        seen = with_families(db, stage, found)
        asked: set[str] = set()
        while stage.makes is Duplicate:
            here = {entry.id for entry in seen}
            more = kin(db, here, reach=search.reach) - here - asked
            if not more:
                break
            asked |= more  # some may not be there to be read
            seen = with_families(db, stage, here | more)
        return seen

    def _write_index(
        self, db: Connection, background: Background, rows: dict[str, tuple[Any, ...]]
    ) -> None:
        """Write the codes of all that has been judged, by a new background."""
        revision = save_background(db, background).revision
        self._written = revision, background
        for number in codes.numbers(db):
            _recode(db, number, background, revision=revision)
        new = codes.unplaced(db, model=background.model)
        for start in range(0, len(new), codes.ROWS):
            ids = new[start : start + codes.ROWS]
            others = [id for id in ids if id not in rows]
            read = [reading.records(db, kind, others) for kind in (Article, Language, Embedding)]
            known = [rows.get(id) or tuple(each[id] for each in read) for id in ids]
            _put(db, known, background, revision=revision)


def _sketches(rows: Sequence[tuple[Any, ...]]) -> list[Sketch]:
    return make_sketches([row[0] for row in rows], {row[1].id: row[1] for row in rows})


def _put(
    db: Connection, rows: Sequence[tuple[Any, ...]], background: Background, *, revision: int
) -> int:
    found = [row for row in rows if row[2].model == background.model]
    if not found:
        return 0
    packed = {one.id: pack(one) for one in _sketches(found)}
    entries = [codes.Entry(a.id, codes.to_day(effective(a)), packed[a.id]) for a, *_ in found]
    made = _codes(background, [row[2].vector for row in found])
    return codes.put(db, entries, made, revision=revision)


def _recode(db: Connection, number: int, background: Background, *, revision: int) -> None:
    rows = codes.articles_of(db, number)
    vectors = codes.vectors(db, rows, model=background.model)
    if vectors:
        made = _codes(background, list(vectors.values()))
        codes.recode(db, number, [rows[id] for id in vectors], made, revision=revision)


def _codes(background: Background, vectors: Sequence[Any]) -> NDArray[np.int8]:
    return to_codes(background, centred(background, np.stack(vectors)))


def _are_few(waiting: Sequence[Pending], stands: Standing) -> bool:
    """Return whether what waits is judged by what is near it; a background grows old in time."""
    return stands.added < stands.articles and len(waiting) <= FEW * stands.articles


def _is_due(articles: int, stands: Standing | None) -> bool:
    """Return whether a window gives a new background."""
    if stands is None or stands.added >= stands.articles:
        return True
    return articles >= DUE * stands.articles


def _epoch(view: View) -> int | None:
    return view.standing.epoch if view.standing else None
