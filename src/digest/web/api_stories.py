"""The API's acts on stories: list, decide, review records, join, part, undo, read one more."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import HTTPException, Path, Query, Request

from digest.archiving import write_told
from digest.by_hand import add_by_hand
from digest.desk import is_of_edition, regroup
from digest.errors import InputError
from digest.records import Quote, Story
from digest.stages.curation import Sentence as Written
from digest.stages.curation import write_sentences
from digest.store import decisions
from digest.web.acts import refuse_published
from digest.web.api_parts import clean, decided, regrouped, who
from digest.web.api_words import (
    Acted,
    Address,
    AudienceQuery,
    Merge,
    NewDecision,
    Part,
    PeriodQuery,
    RecordReview,
    RecordRow,
    Records,
    Stories,
    StoryId,
    StoryRow,
    Undo,
    WholeStory,
)
from digest.web.launch_rows import FIELDS, Record, find_record, records_of
from digest.web.listing import A_PAGE, Wanted, make_filter
from digest.web.reviewing import decide as decide_record
from digest.web.rows import Row, make_rows
from digest.web.telling import find_story


def stories(
    request: Request,
    period: PeriodQuery = "",
    q: Annotated[str, Query(max_length=300)] = "",
    by: Literal["", "meaning"] = "",
    label: Annotated[str, Query(max_length=200)] = "",
    vendor: Annotated[str, Query(max_length=200)] = "",
    language: Annotated[str, Query(max_length=40)] = "",
    source: Annotated[str, Query(max_length=200)] = "",
    status: Literal["", "open", "include", "exclude", "edited", "comment", "mine"] = "",
    audience: AudienceQuery = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Stories:
    """List the stories of a period, the best first."""
    room, user = who(request)
    wish = Wanted(
        period=period,
        q=clean(q),
        by=by,
        label=clean(label),
        vendor=clean(vendor),
        language=clean(language),
        source=clean(source),
        status=status,
        audience=audience,
        page=page,
    )
    issue = room.issue(period, audience)
    glance = room.drafts.glance(issue)
    with room.store.read() as db:
        wanted = make_filter(db, room, issue, wish, user=user.name)
        found, many = room.listed(db, wanted, limit=A_PAGE, offset=(page - 1) * A_PAGE)
        reader = issue.audience.language
        rows = make_rows(db, found, reader=reader, edition=glance.id, places=glance.places)
    return Stories(stories=[_row(each) for each in rows], total=many)


def story(request: Request, id: StoryId) -> WholeStory:
    """Return one story: its record, and all that was decided on it."""
    room, _ = who(request)
    with room.store.read() as db:
        found = find_story(db, clean(id))
        entries = decisions.about(db, found.members)
    history = [asdict(each.decision) | {"revoked_by": each.revoked_by} for each in entries]
    return WholeStory(story=asdict(found), decisions=history)


def decide(request: Request, body: NewDecision) -> Any:
    """Decide something on a story; 409 with both versions where somebody else just did."""
    room, user = who(request)
    with room.store.read() as db:
        found = find_story(db, clean(body.story))
    if body.kind == "lead" and body.object not in ("", *found.members):
        raise InputError("the lead is no article of the story", cure="choose one of its members")
    if body.sentences and body.kind != "summary":
        raise InputError("only a summary has sentences", cure="give `value` instead")
    if body.value and body.kind == "summary":
        raise InputError("a summary has no value", cure="give `sentences` instead")
    issue = room.issue(body.period, body.audience) if is_of_edition(body.kind) else None
    if issue is not None:
        refuse_published(room, issue)
    made = room.desk.write(
        body.kind,
        found.id,
        _summary(body, found) if body.kind == "summary" else clean(body.value),
        by=user.name,
        seen=body.seen,
        edition=issue.id if issue else "",
        object=clean(body.object) if body.kind == "lead" else "",
        reason=clean(body.reason),
    )
    return decided(made)


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
    values = body.values
    given = {name: clean(getattr(values, name)) for name in FIELDS} if values else None
    made = decide_record(
        room, found, given, by=user.name, seen=body.seen, reason=clean(body.reason)
    )
    return decided(made)


def merge(request: Request, body: Merge) -> Acted:
    """Join stories."""
    room, user = who(request)
    with room.store.read() as db:
        found = [find_story(db, clean(each)).id for each in body.stories]
    act = room.desk.merge(found[0], found[1:], by=user.name, reason=clean(body.reason))
    return regrouped(room, act, user)


def part(request: Request, id: StoryId, body: Part) -> Acted:
    """Take articles out of a story: into one of their own, or into the story `to`."""
    room, user = who(request)
    reason = clean(body.reason)
    with room.store.read() as db:
        found = find_story(db, clean(id)).id
        to = find_story(db, clean(body.to)).id if body.to else ""
    if to:
        act = room.desk.move(found, body.articles, to, by=user.name, reason=reason)
    else:
        act = room.desk.split(found, body.articles, by=user.name, reason=reason)
    return regrouped(room, act, user)


def undo(request: Request, body: Undo) -> Acted:
    """Undo one act."""
    room, user = who(request)
    act = clean(body.act)
    undone = room.desk.undo(act, by=user.name) if act else room.desk.undo_last(by=user.name)
    if not undone:
        raise HTTPException(409, "There is nothing to undo.")
    write_told(room.store, room.settings, undone)
    return regrouped(room, undone[0].act, user)


def read(request: Request, body: Address) -> Acted:
    """Read one address now; answers with the id of its article."""
    room, user = who(request)
    found: list[str] = []

    def work() -> None:
        runner = room.runner()
        found.extend(add_by_hand(runner, body.url))
        runner.keep_to(found)
        runner.run_steps()
        regroup(runner, found)

    try:
        done = room.do("read", work, by=user.name, wait=30)
    except ValueError as error:
        raise InputError(str(error)) from error
    return Acted(act=found[0] if found else "", done=done)


def _summary(body: NewDecision, story: Story) -> str:
    """Return the sentences as a decision keeps them; they are of the story's own articles."""
    if any(each.article not in story.members for each in body.sentences):
        raise InputError("a sentence is of no article of the story", cure="see its members")
    return write_sentences(
        Written(
            Quote(clean(e.original), e.article, e.start, e.start + len(clean(e.original))),
            clean(e.text),
        )
        for e in body.sentences
    )


def _row(row: Row) -> StoryRow:
    return StoryRow(
        id=row.story.id,
        headline=row.headline,
        language=row.language,
        original=row.original,
        score=row.score,
        members=list(row.story.members),
        publishers=list(row.story.publishers),
        place=row.place,
        standing=row.standing,
        edited=list(row.edited),
        assigned=row.assigned,
        labels=list(row.facets.get("label", ())),
    )


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
