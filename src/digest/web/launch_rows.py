"""The launch records of a story, with what an editor made of each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection

from digest.errors import InputError
from digest.knowing import load_ours
from digest.records import Article, Classification, Decision, Language, Quote, Story
from digest.stages.launch_records import find_told
from digest.stages.reviews import (
    KIND,
    Reviewed,
    find_review,
    names_of,
    read_review,
    with_added,
)
from digest.store import decisions, reading
from digest.web.room import Room

FIELDS = ("vendor", "product", "event", "category", "announced", "availability")


@dataclass(frozen=True, slots=True)
class Record:
    """A launch record of a story as its form shows it.

    Args:
        id: the record's.
        article: the first that tells it.
        found: as the articles tell it.
        now: as it stands: as an editor has it, else as found.
        review: what an editor made of it: "unreviewed", "confirmed", "edited", "added"
            or "rejected".
        evidence: the sentence that proves it.
        language: of that sentence.
        publishers: who tell it.
        confidence: how sure the steps are, 0–1.
        revision: that a form has to name as seen.
    """

    id: str
    article: str
    found: Reviewed
    now: Reviewed
    review: str
    evidence: Quote
    language: str
    publishers: tuple[str, ...]
    confidence: float
    revision: int


def find_record(db: Connection, room: Room, story: Story, id: str) -> Record:
    """Return a record of a story; raises `InputError` where it is not there any more."""
    found = next((each for each in records_of(db, room, story) if each.id == id), None)
    if found is None:
        raise InputError("the record has changed since", cure="load the story again")
    return found


def records_of(db: Connection, room: Room, story: Story) -> list[Record]:
    """Return the launch records of a story, rejected ones too, the earliest announced first."""
    aliases = load_ours(room.settings).aliases
    standing = standing_of(db, story)
    found_in: dict[str, Classification] = reading.records(db, Classification, story.members)
    classes = with_added(found_in, standing, aliases=aliases)
    if not any(each.launches for each in classes.values()):
        return []
    articles: dict[str, Article] = reading.records(db, Article, story.members)
    languages: dict[str, Language] = reading.records(db, Language, story.members)
    rows = []
    for made, thing in find_told([story], articles, classes, languages, aliases=aliases):
        values: dict[str, Any] = {name: getattr(made, name) or "" for name in FIELDS}
        found = Reviewed("confirmed", names_of(thing), **values)
        known = find_review(standing, story.members, found.names)
        quoted = languages.get(made.evidence.article)
        article = thing.tellings[0].article.id
        rows.append(
            Record(
                id=made.id,
                article=article,
                found=found,
                now=known if known and known.review == "edited" else found,
                review=known.review if known else "unreviewed",
                evidence=made.evidence,
                language=quoted.language if quoted else "und",
                publishers=made.publishers,
                confidence=made.confidence,
                revision=room.desk.revision(db, KIND, article, object=made.id),
            )
        )
    return rows


def in_words(value: str) -> str:
    """Return a review as one line, for the page that shows two versions."""
    found = read_review(value)
    if found.review == "rejected":
        return found.review
    named = (f.name for f in fields(found) if f.name in FIELDS)
    return "\n".join(f"{name}: {getattr(found, name) or '–'}" for name in named)


def standing_of(db: Connection, story: Story) -> list[Decision]:
    """Return what stands of the records of a story, in the order in which it was decided."""
    entries = decisions.about(db, story.members)
    return [e.decision for e in entries if e.decision.kind == KIND and not e.revoked_by]
