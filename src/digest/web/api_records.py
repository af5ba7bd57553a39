"""The API's acts on launch records: list, review, add with a sentence that proves it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Request

from digest.web.api_parts import clean, decided, who
from digest.web.api_words import (
    NewRecord,
    RecordReview,
    RecordRow,
    Records,
    RecordValues,
    SentenceRow,
    StoryId,
)
from digest.web.citing import citable, sentence_at
from digest.web.launch_rows import FIELDS, Record, find_record, records_of
from digest.web.reviewing import add as add_record
from digest.web.reviewing import decide as decide_record
from digest.web.telling import find_story


def records(request: Request, id: StoryId) -> Records:
    """List the launch records of a story, with what an editor made of each."""
    room, _ = who(request)
    with room.store.read() as db:
        found = records_of(db, room, find_story(db, clean(id)))
    return Records(records=[_record(each) for each in found])


def review(
    request: Request,
    id: StoryId,
    record: Annotated[str, Path(min_length=1, max_length=200)],
    body: RecordReview,
) -> Any:
    """Confirm, correct or reject a launch record."""
    room, user = who(request)
    with room.store.read() as db:
        found = find_record(db, room, find_story(db, clean(id)), clean(record))
    given = _given(body.values) if body.values else None
    made = decide_record(
        room, found, given, by=user.name, seen=body.seen, reason=clean(body.reason)
    )
    return decided(made)


def sentences(request: Request, id: StoryId) -> list[SentenceRow]:
    """List the sentences of a story's articles that a new record can cite, the lead's first."""
    room, _ = who(request)
    with room.store.read() as db:
        found = citable(db, find_story(db, clean(id)))
    return [
        SentenceRow(
            article=each.article,
            publisher=one.article.publisher,
            language=one.language,
            start=each.start,
            text=each.text,
        )
        for one in found
        for each in one.sentences
    ]


def add(request: Request, id: StoryId, body: NewRecord) -> Any:
    """Add a launch record that no article was found to tell, with the sentence that proves it."""
    room, user = who(request)
    with room.store.read() as db:
        story = find_story(db, clean(id))
        proof = sentence_at(db, story, clean(body.article), body.start)
    values, reason = _given(body.values), clean(body.reason)
    return decided(add_record(room, story, proof, values, by=user.name, reason=reason))


def _given(values: RecordValues) -> dict[str, str]:
    return {name: clean(getattr(values, name)) for name in FIELDS}


def _record(record: Record) -> RecordRow:
    return RecordRow(
        id=record.id,
        review=record.review,
        evidence=record.evidence.text,
        article=record.evidence.article,
        publishers=list(record.publishers),
        confidence=record.confidence,
        revision=record.revision,
        **{name: getattr(record.now, name) for name in FIELDS},
    )
