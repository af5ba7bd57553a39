"""What earlier editions showed, and what that makes of a story: new, developing, late or told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from digest.periods import Period
from digest.records import Article, Edition, Entrant, Story
from digest.text import parse_time

Status = Literal["new", "developing", "late"]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the editions of one kind and audience have shown so far."""

    shown: Mapping[str, frozenset[str]] = field(default_factory=dict)  #: story id → article ids
    previous: str | None = None  #: the id of the edition before
    closed: datetime | None = None  #: when that edition was compiled
    considered: frozenset[str] | None = None  #: articles of its period that it could have shown


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story at the time that counts for it."""

    article: Article
    at: datetime
    dated: Literal["published", "first seen"]


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as one edition may tell it."""

    story: Story
    status: Status
    fresh: tuple[Member, ...]  #: what this edition adds, oldest first
    members: tuple[Member, ...]  #: everything up to the period's end, oldest first
    was_told: bool = False  #: whether an earlier edition has shown some of it


def shown_by(edition: Edition) -> dict[str, frozenset[str]]:
    """Return what an edition shows, story id → article ids: what a ledger has to remember."""
    articles = {citation.number: citation.article for citation in edition.citations}
    return {
        entrant.story: frozenset(articles[number] for number in entrant.citations)
        for entrant in entrants(edition)
    }


def entrants(edition: Edition) -> tuple[Entrant, ...]:
    """Return every story of an edition in the order of appearance."""
    opening = (edition.opening,) if edition.opening else ()
    return (*opening, *(entry for section in edition.sections for entry in section.entries))


def tell(
    story: Story, period: Period, *, articles: Mapping[str, Article], ledger: Ledger
) -> Telling | Literal["outside", "told"]:
    """Return how `period` tells a story; "outside" or "told" where it has nothing new to tell.

    What came before counts as told only where an edition showed it. "Late" reaches back one period,
    so that the archive of a new source does not flood the next edition.
    """
    zone = ZoneInfo(period.timezone)
    found = (articles[id] for id in story.members if id in articles)
    members = sorted(
        (
            member
            for member in (member_of(each, zone) for each in found)
            if _is_past(member, period)
        ),
        key=lambda member: (member.at.astimezone(UTC), member.article.id),
    )
    recent = [each for each in members if each.at in period or _is_late(each, period, ledger)]
    if not recent:
        return "outside"
    told = _told(story, ledger)
    fresh = [each for each in recent if each.article.id not in told]
    if not fresh:
        return "told"
    return Telling(
        story, _status(members, fresh, period, told), tuple(fresh), tuple(members), bool(told)
    )


def _told(story: Story, ledger: Ledger) -> frozenset[str]:
    # By article too: an editor's merge or split may have given the story another id since.
    members = frozenset(story.members)
    others = (shown & members for shown in ledger.shown.values())
    return ledger.shown.get(story.id, frozenset()).union(*others)


def _status(
    members: Iterable[Member], fresh: list[Member], period: Period, told: frozenset[str]
) -> Status:
    if told:
        return "developing"
    if not any(each.at in period for each in fresh):
        return "late"
    began_before = any(not period.has_begun(each.at) for each in members)
    return "developing" if began_before else "new"


def _is_past(member: Member, period: Period) -> bool:
    return not period.has_ended(member.at)


def _is_late(member: Member, period: Period, ledger: Ledger) -> bool:
    """Return whether the edition before could not have shown what belonged to its period.

    First sight alone would lose an entry that was seen in time, but whose page came later.
    """
    seen = parse_time(member.article.first_seen)
    if ledger.closed is None or seen is None or member.at not in period.previous():
        return False
    if ledger.considered is not None:
        return member.article.id not in ledger.considered
    return seen > ledger.closed


def member_of(article: Article, zone: ZoneInfo) -> Member:
    """Return an article at the time that counts for it: published, else first seen."""
    published = moment_of(article.published, zone)
    if published:
        return Member(article, published, "published")
    seen = moment_of(article.first_seen, zone)
    return Member(article, seen or datetime.max.replace(tzinfo=UTC), "first seen")


def moment_of(value: str | None, zone: ZoneInfo) -> datetime | None:
    """Return the moment of an ISO time; a bare date is that day's midnight in `zone`.

    A date without time means the day of who reads it: midnight UTC would put a Monday's news into
    the week before for everybody west of Greenwich.
    """
    moment = parse_time(value)
    if moment and value and len(value) == 10:
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    return moment
