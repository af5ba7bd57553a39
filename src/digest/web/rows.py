"""Stories as a list shows them: a few records of each, read for one page only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from digest.records import Article, Language, Part, Score, Story, Translation
from digest.stages.attempts import is_same_language
from digest.stages.curation import OF_STORY, Curation, read_curation
from digest.store import decisions, inbox, reading
from digest.store.inbox import Listed


@dataclass(frozen=True, slots=True)
class Row:
    """One story of a list.

    Args:
        story: the record.
        headline: in the editor's words, else translated, else as its lead has it.
        language: of the headline.
        original: the lead's title where the headline is another.
        original_language: of the lead.
        publisher: the lead's.
        score: all points.
        why: the parts of the score.
        last: time of its latest article.
        facets: labels, vendors, languages, and what editors decided.
        place: its place in the draft or edition; 0 where it is not in it.
        standing: "include", "exclude" or "".
        edited: which parts are an editor's words.
        assigned: to whom.
        comments: how many there are.
    """

    story: Story
    headline: str
    language: str
    original: str
    original_language: str
    publisher: str
    score: float
    why: tuple[Part, ...]
    last: str
    facets: Mapping[str, Sequence[str]]
    place: int
    standing: str
    edited: tuple[str, ...]
    assigned: str
    comments: bool


def make_rows(
    db: Connection, found: Sequence[Listed], *, reader: str, edition: str, places: Mapping[str, int]
) -> list[Row]:
    """Return the rows of some stories, in order.

    Args:
        db: the store's connection.
        found: the stories.
        reader: language of the edition.
        edition: id of the edition that inclusion is about.
        places: story → place in that edition.
    """
    ids = [each.story for each in found]
    stories: dict[str, Story] = reading.records(db, Story, ids)
    scores: dict[str, Score] = reading.records(db, Score, ids)
    said: dict[str, Translation] = {
        id: each
        for id, each in reading.records(db, Translation, ids).items()
        if is_same_language(each.to, reader)
    }
    facets = inbox.facets_of(db, ids)
    leads = [story.lead for story in stories.values()]
    edited = [id for id in ids if "edited" in facets.get(id, {})]
    curation = curation_of(db, [stories[id] for id in edited if id in stories])
    leads += list(curation.lead.values())
    articles: dict[str, Article] = reading.records(db, Article, leads)
    languages: dict[str, Language] = reading.records(db, Language, leads)
    rows = []
    for each in found:
        story = stories.get(each.story)
        lead = articles.get(curation.lead.get(each.story, story.lead)) if story else None
        if story is None or lead is None:
            continue
        spoken = languages[lead.id].language if lead.id in languages else "und"
        headline, language = _headline(story.id, lead, spoken, reader, said, curation)
        mine = facets.get(story.id, {})
        score = scores.get(story.id)
        rows.append(
            Row(
                story=story,
                headline=headline,
                language=language,
                original=lead.title if lead.title != headline else "",
                original_language=spoken,
                publisher=lead.publisher,
                score=each.score,
                why=score.parts if score else (),
                last=each.last,
                facets=mine,
                place=places.get(story.id, 0),
                standing=_standing(mine, edition),
                edited=tuple(mine.get("edited", ())),
                assigned=next(iter(mine.get("assigned", ())), ""),
                comments="comment" in mine,
            )
        )
    return rows


def curation_of(db: Connection, stories: Sequence[Story]) -> Curation:
    """Return what editors wrote of some stories, for every edition."""
    members = [member for story in stories for member in story.members]
    entries = decisions.about(db, members)
    said = [e.decision for e in entries if not e.revoked_by and e.decision.kind in OF_STORY]
    return read_curation(said, stories)


def _headline(
    story: str,
    lead: Article,
    spoken: str,
    reader: str,
    said: Mapping[str, Translation],
    curation: Curation,
) -> tuple[str, str]:
    if story in curation.headline:
        return curation.headline[story], reader
    title = said[story].title if story in said else None
    if title and title.article == lead.id and title.target.strip():
        translated = title.ok and not is_same_language(title.language, reader)
        return title.target, reader if translated else title.language
    return lead.title or lead.text[:120] or lead.id, spoken


def _standing(facets: Mapping[str, Sequence[str]], edition: str) -> str:
    kinds = ("include", "exclude")
    return next((kind for kind in kinds if edition in facets.get(kind, ())), "")
