"""The API's acts on stories: list, decide, comment, assign, join, part, undo, read one more."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import HTTPException, Query, Request

from digest.archiving import write_told
from digest.desk import is_of_edition
from digest.errors import InputError
from digest.records import Quote, Story
from digest.stages.curation import Sentence as Written
from digest.stages.curation import write_sentences
from digest.store import decisions
from digest.web.acts import check_assignee, refuse_published
from digest.web.api_parts import clean, decided, regrouped, who
from digest.web.api_words import (
    Acted,
    Address,
    Assignee,
    AudienceQuery,
    CommentRow,
    Merge,
    NewDecision,
    Part,
    PeriodQuery,
    Said,
    Stories,
    StoryId,
    StoryRow,
    Undo,
    WholeStory,
)
from digest.web.listing import A_PAGE, Wanted, make_filter
from digest.web.reading_pages import read_address
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
    if body.kind == "assigned":
        check_assignee(room, clean(body.value))
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


def comments(request: Request, id: StoryId) -> list[CommentRow]:
    """List the comments on a story, the first one first."""
    room, _ = who(request)
    with room.store.read() as db:
        entries = decisions.about(db, find_story(db, clean(id)).members)
    said = (e.decision for e in entries if e.decision.kind == "comment" and not e.revoked_by)
    return [CommentRow(id=each.id, actor=each.actor, at=each.at, value=each.value) for each in said]


def comment(request: Request, id: StoryId, body: Said) -> Any:
    """Say something about a story to colleagues."""
    room, user = who(request)
    said = clean(body.value).strip()
    if not said:
        raise InputError("a comment needs words", cure="write some")
    with room.store.read() as db:
        story = find_story(db, clean(id)).id
    return decided(room.desk.write("comment", story, said, by=user.name, reason=clean(body.reason)))


def assign(request: Request, id: StoryId, body: Assignee) -> Any:
    """Say who looks after a story."""
    room, user = who(request)
    name = clean(body.name)
    check_assignee(room, name)
    with room.store.read() as db:
        story = find_story(db, clean(id)).id
    made = room.desk.write(
        "assigned", story, name, by=user.name, seen=body.seen, reason=clean(body.reason)
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
    desk, by, reason = room.desk, user.name, clean(body.reason)
    undone = desk.undo(act, by=by, reason=reason) if act else desk.undo_last(by=by, reason=reason)
    if not undone:
        raise HTTPException(409, "There is nothing to undo.")
    write_told(room.store, room.settings, undone)
    return regrouped(room, undone[0].act, user)


def read(request: Request, body: Address) -> Acted:
    """Read one address now; answers with the id of its article."""
    room, user = who(request)
    found: list[str] = []

    work = partial(read_address, room, body.url, found, by=user.name, reason=clean(body.reason))
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
