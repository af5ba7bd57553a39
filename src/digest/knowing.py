"""What an edition is compiled from besides its stories, read from the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from digest.config import Settings
from digest.periods import Period, period_of
from digest.records import (
    Article,
    Classification,
    Language,
    Missed,
    QuarterCounts,
    SourceState,
    Story,
    Translated,
)
from digest.sources import load_sources
from digest.stack import NOTHING, load_stack
from digest.stages.commitments import follow_up
from digest.stages.findings import Known
from digest.stages.launch_records import find_records
from digest.stages.ours import Ours
from digest.stages.reach import find_missed
from digest.stages.taxonomy import Knowledge, load_knowledge
from digest.stages.team_labels import Wishes, adapt
from digest.stages.tellings import Reviews
from digest.stages.trends import VERSION, count_quarter
from digest.store import Store, counts, reading, tally

REMEMBERED = timedelta(days=550)  #: how far back a vendor's plans are looked for

Said = Mapping[tuple[str, str], Translated]


def load_ours(settings: Settings) -> Ours:
    """Return what the team owns and watches; nothing where no file is set.

    The file is read again where it has changed.

    Raises:
        ConfigError: where the file has mistakes.
    """
    if settings.stack is None:
        return Ours(NOTHING)
    file = settings.path(settings.stack)
    state = file.stat() if file.exists() else None
    labels = tuple(each.name for each in make_knowledge(settings).categories)
    return _load(file, labels, (state.st_mtime_ns, state.st_size, state.st_ino) if state else ())


@lru_cache(maxsize=8)
def _load(file: Path, categories: tuple[str, ...], _state: tuple[int, ...]) -> Ours:
    return Ours(load_stack(file, categories=categories))


def make_knowledge(settings: Settings) -> Knowledge:
    """Return what the classifier knows, with the labels that the settings want.

    Raises:
        ConfigError: where the settings name a label that is not there.
    """
    wanted = settings.taxonomy
    wishes = Wishes(wanted.rename, wanted.merge, wanted.add, wanted.only, wanted.without)
    return adapt(load_knowledge(), wishes)


def find_known(
    settings: Settings,
    period: Period,
    ours: Ours,
    *,
    stories: Mapping[str, Story],
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    languages: Mapping[str, Language],
    quarters: tuple[QuarterCounts, ...],
    reviews: Reviews | None = None,
) -> Known:
    """Return launch records, plans and counted quarters for an edition.

    Args:
        settings: say how plans and renewals are told.
        period: the edition's.
        ours: what the team owns and watches.
        stories: by id; what was told long ago is among them.
        articles: their members.
        classifications: of the articles, with the editors' launches.
        languages: of the articles.
        quarters: counted, the oldest first.
        reviews: what editors made of what articles tell.
    """
    from digest.wiring import known_encoder  # which imports what publishes

    past = {id: each for id, each in articles.items() if not _is_after(each, period)}
    known = {id: classifications[id] for id in past if id in classifications}
    names = ours.aliases
    records = find_records(stories.values(), past, known, languages, aliases=names, reviews=reviews)
    plans = [plan for _, each in sorted(known.items()) for plan in each.plans]
    return Known(
        records=records,
        commitments=follow_up(
            plans,
            records,
            past,
            languages,
            now=period.end,
            aliases=names,
            encoder=known_encoder(settings),
        ),
        quarters=quarters,
        renewal_days=settings.editions.renewal_days,
    )


def find_reach(
    db: Connection, settings: Settings, period: Period
) -> tuple[tuple[Missed, ...], dict[str, str]]:
    """Return the listed sources that told nothing in a period, and the publisher of each source."""
    file = settings.path(settings.sources)
    sources = load_sources(file) if file.exists() else []
    names = [each.name for each in sources]
    states: dict[str, SourceState] = reading.records(db, SourceState, names)
    spoke = tally.spoken_in(db, period.start.isoformat(), period.end.isoformat())
    return find_missed(sources, states, spoke), {each.name: each.publisher for each in sources}


def _is_after(article: Article, period: Period) -> bool:
    from zoneinfo import ZoneInfo

    from digest.stages.ledger import member_of

    return period.has_ended(member_of(article, ZoneInfo(period.timezone)).at)


def count_quarters(
    store: Store, settings: Settings, period: Period, ours: Ours
) -> tuple[QuarterCounts, ...]:
    """Return the counted quarters up to the one in which a period lies, the oldest first.

    Quarters before the first in which anything was read are left out.
    """
    quarter = period_of("quarterly", period.start, period.timezone)
    found: list[QuarterCounts] = []
    for _ in range(settings.editions.compared_quarters + 1):
        counted = _count(store, quarter, ours)
        if counted is not None and counted.groups:
            found.append(counted)
        elif quarter.name == period.name:
            return ()
        quarter = quarter.previous()
    return tuple(reversed(found))


def _count(store: Store, quarter: Period, ours: Ours) -> QuarterCounts | None:
    start, end = quarter.start.isoformat(), quarter.end.isoformat()

    def count() -> QuarterCounts:
        ids = reading.stories_between(db, start, end)
        stories: dict[str, Story] = reading.records(db, Story, ids)
        members = sorted({member for story in stories.values() for member in story.members})
        return count_quarter(
            quarter,
            stories.values(),
            articles=reading.records(db, Article, members),
            classifications=reading.records(db, Classification, members),
            ours=ours,
        )

    with store.write() as db:
        mark = counts.fingerprint(db, start, end, VERSION, ours.version)
        return counts.quarter(db, quarter.name, mark, count)
