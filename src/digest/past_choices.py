"""What editors decided on earlier editions of an audience, read from the store for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from digest.config_editions import Audience
from digest.errors import InputError
from digest.periods import Period, parse_edition_id
from digest.records import Article, Classification, Decision, Story
from digest.stages.choices import Choices, Chosen, judge_stories, learn_choices
from digest.stages.curation import read_curation
from digest.stages.ledger import Telling, entrants, member_of
from digest.stages.material import Material
from digest.stages.ours import Ours
from digest.stages.weighing import kinds_of
from digest.store import Store, decisions, ledger, reading

MOST = 12  #: editions that are looked back on: a choice of a year ago says little of today's
CHOOSING = ("include", "exclude", "order")  #: kinds of decisions that say what matters


def past_choices(store: Store, period: Period, *, audience: Audience, ours: Ours) -> Choices:
    """Return how editors have chosen in the editions of an audience that ended before a period.

    Earlier are those that ended before `period` does, weekly and quarterly alike. Counted are only
    those on which they decided something: what goes out by itself says nothing of their choice.
    """
    with store.read() as db:
        past = _by_edition(decisions.standing(db, CHOOSING), period, audience)
        if not past:
            return {}
        shown = {id: _scores(db, id) for id in past}
        named = {id for made in past.values() for each in made for id in _articles_of(each)}
        named |= {article for scores in shown.values() for article in scores}
        story_of = reading.story_of(db, sorted(named))
        stories: dict[str, Story] = reading.records(db, Story, sorted(set(story_of.values())))
        kinds = _kinds(db, stories, period, ours)
    chosen: list[Chosen] = []
    for id, made in past.items():
        scores = {story_of[a]: score for a, score in shown[id].items() if a in story_of}
        verdicts = judge_stories(read_curation(made, stories.values()), scores)
        chosen += [Chosen(kinds[story], each) for story, each in verdicts.items() if story in kinds]
    return learn_choices(chosen)


def _by_edition(
    found: Iterable[Decision], period: Period, audience: Audience
) -> dict[str, list[Decision]]:
    """Return the decisions on each of the last editions before a period, the oldest first."""
    past: dict[str, list[Decision]] = {}
    ends: dict[str, datetime | None] = {}
    for each in found:
        id = each.edition
        if id not in ends:
            ends[id] = _end_of_past(id, period, audience)
        if ends[id] is not None:
            past.setdefault(id, []).append(each)
    last = sorted(past, key=lambda id: (ends[id], id))[-MOST:]
    return {id: past[id] for id in last}


def _end_of_past(edition: str, period: Period, audience: Audience) -> datetime | None:
    try:
        other, name = parse_edition_id(edition, period.timezone)
    except InputError:  # decided on no edition
        return None
    end = other.end.astimezone(UTC)
    return end if name == audience.name and end < period.end.astimezone(UTC) else None


def _articles_of(decision: Decision) -> tuple[str, ...]:
    return tuple(decision.value.split()) if decision.kind == "order" else (decision.subject,)


def _scores(db: Connection, id: str) -> dict[str, float]:
    """Return, by its first article, the score of each story that a published edition shows."""
    edition = ledger.frozen(db, id)
    if edition is None:
        return {}
    articles = {citation.number: citation.article for citation in edition.citations}
    return {articles[each.citations[0]]: each.score for each in entrants(edition)}


def _kinds(
    db: Connection, stories: Mapping[str, Story], period: Period, ours: Ours
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what stories are about, by all that is known of them now."""
    members = sorted({member for story in stories.values() for member in story.members})
    articles: dict[str, Article] = reading.records(db, Article, members)
    classes: dict[str, Classification] = reading.records(db, Classification, members)
    material = Material("", articles, {}, classes, {}, {}, {}, ours=ours)
    zone, found = ZoneInfo(period.timezone), {}
    for id, story in stories.items():
        told = tuple(member_of(articles[each], zone) for each in story.members if each in articles)
        if told:
            found[id] = kinds_of(Telling(story, "new", told, told), material)
    return found
