"""What editors do: each act is one transaction, and nobody's words are lost to another's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from sqlalchemy import Connection

from digest.errors import InputError
from digest.ports import Clock
from digest.records import Decision, Story
from digest.runner import Runner
from digest.stages import curation, reviews
from digest.store import Store, decisions, inbox, reading
from digest.store.decisions import DONE, Entry

#: Where a story stands in an edition is one question, whichever way it is answered.
PLACES = ("include", "exclude")
#: What to do instead of undoing what has been done.
UNDONE_BY = {
    "published": "correct or withdraw the edition",
    "sent": "a mail that was sent cannot be taken back",
    "source": "pause the source or read it again",
    "added": "leave its story out",
}
LONGEST = 20_000  #: code points of what an editor writes at once


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else has decided the same since: nothing was saved, both versions are here.

    Args:
        theirs: what stands now; None where it was taken back.
        mine: what was to be saved.
        revision: what has to be named to save all the same.
    """

    theirs: Decision | None
    mine: Decision
    revision: int


class Desk:
    """The acts of editors on a store.

    Args:
        store: where the decisions are kept.
        clock: gives the present.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock

    def write(
        self,
        kind: str,
        subject: str,
        value: str = "",
        *,
        by: str,
        seen: int | None = None,
        edition: str = "",
        object: str = "",
        reason: str = "",
    ) -> Decision | Clash:
        """Return the decision that was kept, or the clash with what somebody else decided since.

        Args:
            kind: one of `digest.stages.curation.KINDS`, "comment", "assigned" or what is said of a
                published edition.
            subject: a story or article, or an edition.
            value: what is written.
            by: who decides.
            seen: the revision that its editor had before them; None where it does not matter.
            edition: the edition that it is about; "" for every one.
            object: the lead that is picked, or the launch record.
            reason: why.

        Raises:
            InputError: where there is no such story, or the text is too long.
        """
        _refuse_long(value, reason)
        id = uuid4().hex
        made = Decision(
            id=id,
            kind=kind,
            subject=subject,
            object=object,
            actor=by,
            at=self.clock().isoformat(),
            reason=reason,
            value=value,
            edition=edition,
            act=id,
        )
        with self.store.write() as db:
            decisions.lock(db)
            about = _about(db, subject)
            now, theirs = _state(db, about, kind, edition, object=object)
            made = replace(made, revision=now + 1)
            if seen is not None and seen != now:
                return Clash(theirs, made, now)
            decisions.decide(db, made)
            inbox.refresh_decided(db, _stories(db, about))
        return made

    def revision(
        self, db: Connection, kind: str, subject: str, *, edition: str = "", object: str = ""
    ) -> int:
        """Return the revision that a later `write` has to name as seen."""
        return _state(db, _about(db, subject), kind, edition, object=object)[0]

    def revisions(
        self, db: Connection, subject: str, asked: Mapping[str, tuple[str, str]]
    ) -> dict[str, int]:
        """Return revisions by name, of (kind, edition) each, after one look at the decisions."""
        entries = decisions.about(db, _about(db, subject))
        return {
            name: _state_of(entries, kind, edition)[0] for name, (kind, edition) in asked.items()
        }

    def merge(self, story: str, others: Iterable[str], *, by: str, reason: str = "") -> str:
        """Join stories, all their articles, and return the act."""
        _refuse_long(reason)
        with self.store.write() as db:
            decisions.lock(db)
            groups = [_members(db, each) for each in dict.fromkeys((story, *others))]
            if len(groups) < 2:
                raise InputError("a merge needs two stories", cure="choose another one")
            first, *rest = [member for group in groups for member in group]
            apart = decisions.links(db)[1]
            everyone = {first, *rest}
            pairs = [(first, each) for each in rest]
            pairs += [pair for pair in apart if everyone.issuperset(pair) and pair not in pairs]
            return self._link(db, "must-link", pairs, by=by, reason=reason)

    def split(self, story: str, articles: Sequence[str], *, by: str, reason: str = "") -> str:
        """Take articles out of a story, into one of their own, and return the act."""
        _refuse_long(reason)
        with self.store.write() as db:
            decisions.lock(db)
            out, rest = _parted(_members(db, story), articles)
            act = uuid4().hex
            pairs = [(one, other) for one in out for other in rest]
            self._link(db, "cannot-link", pairs, by=by, reason=reason, act=act)
            together = [(out[0], each) for each in out[1:]]
            self._link(db, "must-link", together, by=by, reason=reason, act=act)
            return act

    def move(
        self, story: str, articles: Sequence[str], to: str, *, by: str, reason: str = ""
    ) -> str:
        """Take articles out of a story into another one, and return the act."""
        _refuse_long(reason)
        with self.store.write() as db:
            decisions.lock(db)
            out, rest = _parted(_members(db, story), articles)
            there = [each for each in _members(db, to) if each not in out]
            if to == story or not there:
                raise InputError("the articles are there already", cure="choose another story")
            act = uuid4().hex
            pairs = [(one, other) for one in out for other in rest]
            self._link(db, "cannot-link", pairs, by=by, reason=reason, act=act)
            joined = [(one, other) for one in out for other in there]
            self._link(db, "must-link", joined, by=by, reason=reason, act=act)
            return act

    def undo(self, act: str, *, by: str, reason: str = "") -> list[Decision]:
        """Take back all that was decided in one act, and return it; raises `InputError`."""
        _refuse_long(reason)
        id = uuid4().hex
        at = self.clock().isoformat()
        with self.store.write() as db:
            decisions.lock(db)
            found = decisions.of_act(db, act)
            if not found:
                raise InputError(f"nothing was decided as {act!r}", cure="see the history")
            if any(each.revoked_by for each in found):
                return []
            done = next((each.decision for each in found if each.decision.kind in DONE), None)
            if done is not None:
                raise InputError(f"this cannot be undone: {done.kind}", cure=UNDONE_BY[done.kind])
            subject = found[0].decision.subject
            mine = Decision(id, "revoke", subject, act, by, at, reason, act=id)
            undone = decisions.revoke(db, act, by=mine)
            subjects = {each.subject for each in undone}
            inbox.refresh_decided(db, set(reading.story_of(db, subjects).values()))
        return undone

    def undo_last(self, *, by: str, reason: str = "") -> list[Decision]:
        """Take back the last act of somebody; nothing where there is none."""
        with self.store.read() as db:
            act = decisions.last_act(db, by)
        return self.undo(act, by=by, reason=reason) if act else []

    def _link(
        self,
        db: Connection,
        kind: str,
        pairs: Iterable[tuple[str, str]],
        *,
        by: str,
        reason: str,
        act: str = "",
    ) -> str:
        act = act or uuid4().hex
        at = self.clock().isoformat()
        made = [
            Decision(uuid4().hex, kind, one, other, by, at, reason, act=act) for one, other in pairs
        ]
        decisions.decide(db, *made)
        return act


def regroup(runner: Runner, articles: Iterable[str]) -> None:
    """Have the steps judge the stories of some articles again, after they were joined or parted."""
    with runner.store.read() as db:
        stories = set(reading.story_of(db, articles).values())
        members = {member for story in stories for member in inbox.members_of(db, story)}
    runner.keep_to(members)
    runner.run_steps()
    with runner.store.write() as db:
        while inbox.refresh(db):
            pass


def is_of_edition(kind: str) -> bool:
    """Return whether decisions of a kind are about one edition."""
    return kind in (*curation.IN_EDITION, "order", *curation.AFTER)


def _refuse_long(*texts: str) -> None:
    longest = max(map(len, texts))
    if longest > LONGEST:
        raise InputError(f"the text is too long: {longest} characters", cure="shorten it")


def _about(db: Connection, subject: str) -> list[str]:
    """Return the articles of the story that an article is in; an edition stands for itself."""
    story = reading.story_of(db, [subject]).get(subject)
    return inbox.members_of(db, story) if story else [subject]


def _stories(db: Connection, about: Iterable[str]) -> set[str]:
    return set(reading.story_of(db, about).values())


def _state(
    db: Connection, about: Sequence[str], kind: str, edition: str, *, object: str
) -> tuple[int, Decision | None]:
    return _state_of(decisions.about(db, about), kind, edition, object=object)


def _state_of(
    entries: Iterable[Entry], kind: str, edition: str, *, object: str = ""
) -> tuple[int, Decision | None]:
    kinds = PLACES if kind in PLACES else (kind,)
    of_one = object if kind == reviews.KIND else ""  # a story has several records
    found = [
        each
        for each in entries
        if each.decision.kind in kinds
        and each.decision.edition == edition
        and (not of_one or each.decision.object == of_one)
    ]
    standing = [each.decision for each in found if not each.revoked_by]
    revision = len(found) + sum(bool(each.revoked_by) for each in found)
    return revision, standing[-1] if standing else None


def _members(db: Connection, story: str) -> tuple[str, ...]:
    found: Story | None = reading.records(db, Story, [story]).get(story)
    if found is None:
        raise InputError(f"no story {story!r}", cure="it may have been merged: see the inbox")
    return found.members


def _parted(
    members: Sequence[str], articles: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    out = tuple(each for each in members if each in set(articles))
    rest = tuple(each for each in members if each not in out)
    if not out or not rest:
        raise InputError("choose some of the story's articles, and not all", cure="leave one")
    return out, rest
