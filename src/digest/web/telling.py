"""One story: its members side by side, why they are together, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from digest.records import (
    Article,
    Classification,
    Language,
    Quote,
    Score,
    Story,
    Summary,
    Translated,
    Translation,
)
from digest.stages.curation import OF_STORY, Sentence
from digest.stages.phrases import EVENTS
from digest.stages.remarks import STAGES
from digest.stages.sections import TITLES
from digest.store import decisions, inbox, reading
from digest.store.decisions import Entry
from digest.store.inbox import Listed
from digest.text import name_ids
from digest.web.launch_rows import records_of
from digest.web.listing import Wish, make_filter, people
from digest.web.pages import of_issue, page, with_query
from digest.web.room import Room
from digest.web.rows import curation_of, make_rows
from digest.web.signing_in import Reader, TheRoom

router = APIRouter()
SHOWN = 12  #: members that are shown whole; the rest by their titles
SENTENCES = 60  #: sentences of a member that are shown


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story.

    Args:
        article: the record.
        language: its language.
        because: why it belongs, in words; "" for the founding one.
        score: how sure that is, or None for a certainty.
        pairs: its sentences, each with its translation, "" where there is none.
        rest: how many sentences more there are.
    """

    article: Article
    language: str
    because: str
    score: float | None
    pairs: tuple[tuple[str, str], ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the summary: as it was found, translated, and in the editor's words."""

    original: Quote
    language: str
    translated: str
    text: str
    kept: bool
    publisher: str


@router.get("/stories/{id}", response_class=HTMLResponse)
def story_page(
    id: str, request: Request, room: TheRoom, asking: Reader, wish: Wish
) -> HTMLResponse:
    """Show one story."""
    issue = room.issue(wish.period, wish.audience)
    glance = room.drafts.glance(issue)
    with room.store.read() as db:
        story = find_story(db, id)
        listed = [Listed(story.id, 0.0, len(story.members), "", "")]
        reader = issue.audience.language
        (row,) = make_rows(db, listed, reader=reader, edition=glance.id, places=glance.places)
        around = make_filter(db, room, issue, wish, user=asking.user.name)
        before, after = inbox.neighbours(db, around, story.id) if not wish.q else ("", "")
        entries = decisions.about(db, story.members)
        classifications: dict[str, Classification] = reading.records(
            db, Classification, story.members
        )
        shown: dict[str, Any] = {
            "row": row,
            "story": story,
            "members": members_of(db, story, most=SHOWN),
            "lines": lines_of(db, story),
            "score": reading.records(db, Score, [story.id]).get(story.id),
            "said": curation_of(db, [story]),
            "revisions": _revisions(room, db, story.id, glance.id),
            "history": list(reversed(entries)),
            "names": _names(entries),
            "comments": [e for e in entries if e.decision.kind == "comment" and not e.revoked_by],
            "placed": _placed(entries, glance.id),
            "related": _related(db, story, reader),
            "records": records_of(db, room, story),
            "labels": labels_of(story, classifications),
            "people": people(db),
        }
    return page(
        request,
        room,
        "story",
        asking=asking,
        **of_issue(room, issue),
        frozen=glance.frozen,
        wish=wish,
        sections=TITLES[issue.period.kind],
        groups=groups_of_labels(room),
        events=list(EVENTS),
        stages=list(STAGES),
        before=with_query(f"/stories/{before}", **wish.values()) if before else "",
        after=with_query(f"/stories/{after}", **wish.values()) if after else "",
        back=with_query("/inbox", **wish.values()),
        **shown,
    )


def find_story(db: Connection, id: str) -> Story:
    """Return the story of this id, or the one that the article of this id is in; raises 404."""
    there = reading.story_of(db, [id]).get(id, id)
    found: Story | None = reading.records(db, Story, [there]).get(there)
    if found is None:
        raise HTTPException(404, "There is no such story; its articles may have been dropped.")
    return found


def members_of(db: Connection, story: Story, *, most: int) -> list[Member]:
    """Return the articles of a story, the first ones with their sentences."""
    articles: dict[str, Article] = reading.records(db, Article, story.members)
    languages: dict[str, Language] = reading.records(db, Language, story.members)
    said: Translation | None = reading.records(db, Translation, [story.id]).get(story.id)
    evidence = {each.article: each for each in story.evidence}
    ordered = sorted(story.members, key=lambda id: id != story.lead)
    names = {
        id: f"“{each.title or each.publisher}” ({each.publisher})" for id, each in articles.items()
    }
    found = []
    for place, id in enumerate(each for each in ordered if each in articles):
        pairs = _pairs(articles[id], said) if place < most else []
        why = evidence.get(id)
        found.append(
            Member(
                article=articles[id],
                language=languages[id].language if id in languages else "und",
                because=name_ids(why.because, names) if why else "",
                score=why.score if why else None,
                pairs=tuple(pairs[:SENTENCES]),
                rest=max(0, len(pairs) - SENTENCES),
            )
        )
    return found


def _pairs(article: Article, said: Translation | None) -> list[tuple[str, str]]:
    from digest.text import split_sentences

    known = _known(said, article.id)
    whole = [each for each in (said.text if said else ()) if each.article == article.id]
    if whole:
        return [(each.source, each.target if each.ok else "") for each in whole]
    spans = split_sentences(article.text)
    sentences = (article.text[start:end] for start, end in spans)
    return [(each, known.get(each, "")) for each in sentences]


def _known(said: Translation | None, article: str) -> dict[str, str]:
    pairs: Sequence[Translated] = said.summary if said else ()
    return {each.source: each.target for each in pairs if each.article == article and each.ok}


def lines_of(db: Connection, story: Story) -> list[Line]:
    """Return the sentences of a summary, with the editor's words, and those that were taken out."""
    summary: Summary | None = reading.records(db, Summary, [story.id]).get(story.id)
    found = list(summary.sentences) if summary else []
    written = curation_of(db, [story]).summary.get(story.id, ())
    shown = list(written) or [Sentence(each) for each in found]
    there = {each.original.text for each in shown}
    out = [Sentence(each) for each in found if each.text not in there]
    ids = [each.original.article for each in (*shown, *out)]
    articles: dict[str, Article] = reading.records(db, Article, ids)
    languages: dict[str, Language] = reading.records(db, Language, ids)
    said: Translation | None = reading.records(db, Translation, [story.id]).get(story.id)
    lines = []
    for place, each in enumerate((*shown, *out)):
        quote = each.original
        known = _known(said, quote.article).get(quote.text, "")
        lines.append(
            Line(
                original=quote,
                language=languages[quote.article].language if quote.article in languages else "und",
                translated=known if known != quote.text else "",
                text=each.text,
                kept=place < len(shown),
                publisher=articles[quote.article].publisher if quote.article in articles else "",
            )
        )
    return lines


def labels_of(story: Story, known: Mapping[str, Classification]) -> tuple[str, ...]:
    """Return the labels that the steps found for a story: its lead's, else any member's."""
    ids = [story.lead, *story.members]
    return next(
        (tuple(label.name for label in known[id].labels) for id in ids
         if id in known and known[id].labels),
        (),
    )  # fmt: skip


def groups_of_labels(room: Room) -> list[tuple[str, list[str]]]:
    """Return the taxonomy as the settings want it: groups with their labels."""
    groups: dict[str, list[str]] = {}
    for each in room.labels:
        groups.setdefault(each.group, []).append(each.name)
    return list(groups.items())


def _revisions(room: Room, db: Connection, story: str, edition: str) -> dict[str, int]:
    asked = {kind: (kind, "") for kind in (*OF_STORY, "assigned")}
    placed = {kind: (kind, edition) for kind in ("include", "section")}
    return room.desk.revisions(db, story, asked | placed)


def _names(entries: Sequence[Entry]) -> dict[str, str]:
    return {each.decision.act: each.decision.kind for each in entries}


def _placed(entries: Sequence[Entry], edition: str) -> dict[str, str]:
    """Return where editors put the story in an edition, and the reason they gave."""
    found = {"section": "", "reason": ""}
    for each in entries:
        one = each.decision
        if each.revoked_by or one.edition != edition:
            continue
        if one.kind == "section":
            found["section"] = one.value
        elif one.kind in ("include", "exclude"):
            found["reason"] = one.reason
    return found


def _related(db: Connection, story: Story, reader: str) -> list[tuple[str, str, str]]:
    """Return earlier stories that this one goes on with, as (id, headline, why)."""
    why = {each.story: each.because for each in story.related}
    listed = [Listed(id, 0.0, 0, "", "") for id in why]
    rows = make_rows(db, listed, reader=reader, edition="", places={})
    return [(row.story.id, row.headline, why[row.story.id]) for row in rows]
