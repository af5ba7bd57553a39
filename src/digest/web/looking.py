"""What is worth a look before an edition goes out: what is amiss, and what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from digest.records import Edition, Entrant
from digest.stages.ledger import entrants
from digest.store import ledger, reading

Named = tuple[str, str]  #: id and headline of a story


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at before an edition is published.

    Args:
        what: a code that the page says in words.
        stories: which stories.
    """

    what: str
    stories: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What an edition has that the last one had not, and the other way round.

    Args:
        previous: id of the last edition.
        fresh: stories that it did not tell.
        further: stories that it told and that have gone on since.
        late: stories of its own time that came too late for it.
        gone: what it told and is not told again.
        sections: name, title, and stories now and then.
        products: launch records now and then.
    """

    previous: str
    fresh: tuple[Named, ...]
    further: tuple[Named, ...]
    late: tuple[Named, ...]
    gone: tuple[Named, ...]
    sections: tuple[tuple[str, str, int, int], ...]
    products: tuple[int, int]


NO_DIFFERENCE = Differences("", (), (), (), (), (), (0, 0))  #: there is no last edition
QUESTIONS: Mapping[str, Callable[[Edition, Entrant], bool]] = {
    "foreign": lambda _, e: bool(e.headline_note),
    "bare": lambda _, e: not e.lines,
    "lines": lambda _, e: any(line.note for line in e.lines),
    "starter": lambda _, e: e.starter,
    "unlabelled": lambda _, e: not e.labels,
    "single": lambda edition, e: e.publishers < 2 and e is edition.opening,
}


def checks_of(edition: Edition, *, unread: bool = False) -> list[Check]:
    """Return what is worth a look before publishing; an empty list where all is well.

    Args:
        edition: the draft.
        unread: whether mail is sent, and nobody gets this edition by it.
    """
    found = [Check("empty", ())] if not entrants(edition) else []
    for what, holds in QUESTIONS.items():
        stories = [(e.story, e.headline) for e in entrants(edition) if holds(edition, e)]
        if stories:
            found.append(Check(what, tuple(stories)))
    if records := _unreviewed(edition):
        found.append(Check("records", records))
    if unread:
        found.append(Check("unread", ()))
    return found


def _unreviewed(edition: Edition) -> tuple[Named, ...]:
    """Return the records that nobody has looked at, by the article that proves each."""
    return tuple(
        (each.line.original.article, f"{each.vendor} {each.product}".strip())
        for each in edition.products
        if each.review == "unreviewed"
    )


def compare(db: Connection, edition: Edition, last: Edition) -> Differences:
    """Return how an edition differs from the last one of its kind and audience."""
    told = [(each.story, each.headline) for each in entrants(last)]
    now_in = reading.story_of(db, [story for story, _ in told])
    here = {each.story for each in entrants(edition)}
    groups: dict[str, list[Named]] = {"new": [], "developing": [], "late": []}
    for each in entrants(edition):
        groups.setdefault(each.status, []).append((each.story, each.headline))
    return Differences(
        previous=last.id,
        fresh=tuple(groups["new"]),
        further=tuple(groups["developing"]),
        late=tuple(groups["late"]),
        gone=tuple(each for each in told if now_in.get(each[0], each[0]) not in here),
        sections=_sections(edition, last),
        products=(len(edition.products), len(last.products)),
    )


def _sections(edition: Edition, last: Edition) -> tuple[tuple[str, str, int, int], ...]:
    titles = {each.name: each.title for each in (*last.sections, *edition.sections)}
    now, then = ({each.name: len(each.entries) for each in one.sections} for one in (edition, last))
    return tuple((n, title, now.get(n, 0), then.get(n, 0)) for n, title in titles.items())


def last_before(db: Connection, edition: Edition) -> str:
    """Return the id of the published edition before one, of its kind and audience; "" for none."""
    found = ledger.previous(db, kind=edition.kind, audience=edition.audience, start=edition.start)
    return found[0] if found else ""
