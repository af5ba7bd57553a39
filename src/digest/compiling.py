"""The edition of a period, compiled from what the store has of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from digest.config import Settings
from digest.config_editions import Audience
from digest.knowing import REMEMBERED, Said, count_quarters, find_known, find_reach, load_ours
from digest.past_choices import past_choices
from digest.periods import Period, edition_id
from digest.records import (
    Article,
    Classification,
    Edition,
    Language,
    Score,
    Story,
    Summary,
    Translation,
)
from digest.stages.compile import compile_edition
from digest.stages.curation import KINDS
from digest.stages.ledger import Ledger, quoted_by
from digest.stages.reviews import KIND as OF_RECORD
from digest.stages.reviews import review_launches
from digest.store import Store, decisions, ledger, reading, tally
from digest.text import parse_time


def compile_period(
    store: Store,
    settings: Settings,
    period: Period,
    *,
    audience: Audience,
    now: datetime,
    said: Said | None = None,
    among: Collection[str] | None = None,
    held: Counter[tuple[str, str]] | None = None,
) -> Edition:
    """Return the draft of a period; nothing is written, sent or frozen.

    Args:
        store: where the records are.
        settings: ranking, limits and layout.
        period: the week or quarter.
        audience: for whom.
        now: the present.
        said: translations of sentences that stand in no summary.
        among: the stories that it may show, and nothing is counted; None for all.
        held: is filled with the stories that its limits hold back, by source and limit.
    """
    from digest.wiring import known_encoder  # which imports what publishes

    late = period.previous().start  # late arrivals reach one period back
    ours, layout = load_ours(settings), settings.sections(period.kind, audience)
    counting = "trends" in layout and among is None
    counted = count_quarters(store, settings, period, ours) if counting else ()
    choices = past_choices(store, period, audience=audience, ours=ours)
    with store.read() as db:
        end = period.end.isoformat()
        long_ago = (period.start - REMEMBERED).isoformat()
        if among is None:
            near = reading.stories_between(db, late.isoformat(), end)
            ids = sorted({*near, *reading.stories_with_findings(db, long_ago, end)})
        else:
            ids = sorted(among)
        stories: dict[str, Story] = reading.records(db, Story, ids)
        members = sorted({member for story in stories.values() for member in story.members})
        articles: dict[str, Article] = reading.records(db, Article, members)
        counts, drops = _counted(db, period) if among is None else ({}, {})
        missed, publishers = find_reach(db, settings, period) if among is None else ((), {})
        languages: dict[str, Language] = reading.records(db, Language, members)
        found: dict[str, Classification] = reading.records(db, Classification, members)
        decided = decisions.standing(
            db, (*KINDS, OF_RECORD), edition=edition_id(period.kind, period, audience.name)
        )
        classes, reviews = review_launches(found, stories.values(), decided, aliases=ours.aliases)
        known = find_known(
            settings,
            period,
            ours,
            stories=stories,
            articles=articles,
            classifications=classes,
            languages=languages,
            quarters=counted,
            reviews=reviews,
        )
        return compile_edition(
            period,
            stories=[stories[id] for id in ids if id in stories],
            articles=articles,
            languages=languages,
            classifications=classes,
            scores=reading.records(db, Score, ids),
            summaries=reading.records(db, Summary, ids),
            translations=reading.records(db, Translation, ids),
            audience=audience,
            caps=settings.rank,
            now=now,
            layout=layout,
            ledger=_ledger(store, audience, period),
            counts=counts,
            drops=drops,
            known=replace(known, said=said or {}, missed=missed, publishers=publishers),
            ours=ours,
            choices=choices,
            decisions=decided,
            held=held,
            encoder=known_encoder(settings),
        )


def preview_edition(
    store: Store,
    settings: Settings,
    period: Period,
    *,
    now: datetime,
    among: Collection[str],
    audience: Audience,
) -> Edition:
    """Return the draft of a period as it would be if only some stories were there, uncounted."""
    return compile_period(store, settings, period, audience=audience, now=now, among=among)


def _counted(db: Connection, period: Period) -> tuple[dict[str, int], dict[str, int]]:
    return tally.count_period(db, period.start.isoformat(), period.end.isoformat())


def _ledger(store: Store, audience: Audience, period: Period) -> Ledger:
    who = {"kind": period.kind, "audience": audience.name}
    start = period.start.isoformat()
    with store.read() as db:
        before = ledger.previous(db, **who, start=start)
        if before is None:
            return Ledger()
        shown = ledger.shown_before(db, **who, start=start)
        now_in = reading.story_of(db, sorted(shown))
        considered = ledger.considered_by(db, before[0])
        last = ledger.frozen(db, before[0])
    by_story: dict[str, set[str]] = {}
    for article in shown & set(now_in):
        by_story.setdefault(now_in[article], set()).add(article)
    id, closed = before
    return Ledger(
        shown={story: frozenset(articles) for story, articles in by_story.items()},
        previous=id,
        closed=parse_time(closed),
        considered=considered,
        quoted=quoted_by(last) if last else {},
    )
