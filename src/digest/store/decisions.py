"""What editors decided, one after another: kept for ever, undone by a further decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, text, update

from digest.records import Decision
from digest.store.codec import dump, load
from digest.store.tables import classifications, decisions, duplicates, story_members
from digest.store.waiting import chunks

LINKS = ("must-link", "cannot-link")
DONE = ("published", "sent", "source", "added")  #: what has been done is not undone by a decision
NO_ACTS = ("revoke", *DONE)  #: what "undo my last act" passes over
ON_LABELS = ("is-label", "not-label")  #: of one article, for every step; an edition's are "label"


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision with what became of it.

    Args:
        decision: what was decided.
        revoked_by: the act that undid it; "" where it stands.
    """

    decision: Decision
    revoked_by: str


def decide(connection: Connection, *found: Decision) -> None:
    """Keep decisions, each once, however often it comes.

    Links make their articles wait as copies and their stories, corrected labels their articles.
    """
    _lock(connection)
    known = _known(connection, [each.id for each in found])
    last = connection.execute(select(func.coalesce(func.max(decisions.c.seq), 0))).scalar_one()
    fresh = [each for each in found if each.id not in known]
    rows = [_row(each, int(last) + place) for place, each in enumerate(fresh, start=1)]
    if rows:
        connection.execute(insert(decisions), rows)
        _let_wait(connection, fresh)


def revoke(connection: Connection, act: str, *, by: Decision) -> list[Decision]:
    """Undo what was decided in one act, and return it; `by` is the decision that does so.

    To undo an undoing brings back what that had undone, and so on down the chain: whatever some
    undoing that stands is about is undone.
    """
    decide(connection, by)
    undone: list[Decision] = []
    waiting = [act]
    while waiting:
        each = waiting.pop()
        found = _of_act(connection, each)
        mark = update(decisions).where(decisions.c.act == each)
        connection.execute(mark.values(revoked_by=_undoing(connection, each, found)))
        undone += found
        waiting += [one.object for one in found if one.kind == "revoke"]
    _let_wait(connection, undone)
    return undone


def _undoing(connection: Connection, act: str, found: Sequence[Decision]) -> str:
    """Return the last act that undid an act and stands; "" where there is none."""
    subjects = {each.subject for each in found}
    query = select(decisions.c.act, decisions.c.record).where(
        decisions.c.kind == "revoke",
        decisions.c.revoked_by == "",
        decisions.c.subject.in_(subjects),
    )
    rows = connection.execute(query.order_by(decisions.c.seq.desc()))
    return next((row.act for row in rows if load(Decision, row.record).object == act), "")


def decided(connection: Connection, kinds: Iterable[str]) -> list[Decision]:
    """Return the decisions of some kinds that stand, ordered by id."""
    query = select(decisions.c.record).where(decisions.c.kind.in_(list(kinds)))
    rows = connection.execute(query.where(decisions.c.revoked_by == "").order_by(decisions.c.id))
    return [load(Decision, row.record) for row in rows]


def links(connection: Connection) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the pairs of articles that editors joined, and those that they separated.

    Of decisions on one pair the last holds: a split takes an earlier merge back.
    """
    last: dict[frozenset[str], Decision] = {}
    for each in standing(connection, LINKS):
        pair = frozenset((each.subject, each.object))
        last.pop(pair, None)
        last[pair] = each
    must, cannot = (
        [(each.subject, each.object) for each in last.values() if each.kind == kind]
        for kind in LINKS
    )
    return must, cannot


def standing(
    connection: Connection, kinds: Iterable[str], *, edition: str | None = None
) -> list[Decision]:
    """Return the decisions of some kinds that stand, in the order in which they were made.

    Args:
        connection: the store's.
        kinds: which.
        edition: leave out those about any other edition; None for all.
    """
    query = select(decisions.c.record).where(
        decisions.c.kind.in_(list(kinds)), decisions.c.revoked_by == ""
    )
    if edition is not None:
        query = query.where(decisions.c.edition.in_(["", edition]))
    return [load(Decision, r.record) for r in connection.execute(query.order_by(decisions.c.seq))]


def about(connection: Connection, subjects: Iterable[str]) -> list[Entry]:
    """Return all that was ever decided on some articles or editions, the latest last."""
    found = []
    for batch in chunks(subjects):
        query = select(decisions).where(decisions.c.subject.in_(batch))
        found += list(connection.execute(query))
    found.sort(key=lambda row: row.seq)
    return [Entry(load(Decision, row.record), row.revoked_by) for row in found]


def latest(connection: Connection, kind: str, *, limit: int = 50) -> list[Decision]:
    """Return the last decisions of a kind, the latest first."""
    query = select(decisions.c.record).where(decisions.c.kind == kind)
    rows = connection.execute(query.order_by(decisions.c.seq.desc()).limit(limit))
    return [load(Decision, row.record) for row in rows]


def of_act(connection: Connection, act: str) -> list[Entry]:
    """Return what was decided in one act."""
    query = select(decisions).where(decisions.c.act == act).order_by(decisions.c.seq)
    rows = connection.execute(query)
    return [Entry(load(Decision, row.record), row.revoked_by) for row in rows]


def last_act(connection: Connection, actor: str) -> str:
    """Return the last act of somebody that stands and is no undoing; "" where there is none."""
    query = (
        select(decisions.c.act, decisions.c.record)
        .where(decisions.c.revoked_by == "", decisions.c.kind.not_in(NO_ACTS))
        .order_by(decisions.c.seq.desc())
        .limit(500)
    )
    found = (row.act for row in connection.execute(query)
             if load(Decision, row.record).actor == actor)  # fmt: skip
    return next(found, "")


def count(connection: Connection) -> int:
    """Return the number of the last decision: it changes with every one."""
    return int(connection.execute(select(func.coalesce(func.max(decisions.c.seq), 0))).scalar_one())


def lock(connection: Connection) -> None:
    """Let nobody else decide until the transaction ends: what is looked up now stays so."""
    _lock(connection)


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE decisions IN SHARE ROW EXCLUSIVE MODE"))


def _known(connection: Connection, ids: Sequence[str]) -> set[str]:
    rows = connection.execute(select(decisions.c.id).where(decisions.c.id.in_(ids)))
    return {row.id for row in rows}


def _of_act(connection: Connection, act: str) -> list[Decision]:
    query = select(decisions.c.record).where(decisions.c.act == act).order_by(decisions.c.seq)
    return [load(Decision, row.record) for row in connection.execute(query)]


def _row(decision: Decision, seq: int) -> dict[str, object]:
    return {
        "id": decision.id,
        "seq": seq,
        "kind": decision.kind,
        "act": decision.act or decision.id,
        "subject": decision.subject,
        "edition": decision.edition,
        "revoked_by": "",
        "record": dump(decision),
    }


def _let_wait(connection: Connection, found: Iterable[Decision]) -> None:
    links = [each for each in found if each.kind in LINKS]
    for batch in chunks(sorted({id for each in links for id in (each.subject, each.object)})):
        for key in (duplicates.c.id, story_members.c.article):
            connection.execute(update(key.table).where(key.in_(batch)).values(fingerprint=""))
    for batch in chunks(sorted({each.subject for each in found if each.kind in ON_LABELS})):
        labelled = classifications.c.id.in_(batch)
        connection.execute(update(classifications).where(labelled).values(fingerprint=""))
