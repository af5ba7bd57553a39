"""The draft of an edition, at once: made of the stories that can be in it, and of no others."""

from __future__ import annotations

from datetime import datetime

from digest.compiling import preview_edition
from digest.config import Settings
from digest.config_editions import Audience
from digest.periods import Period, edition_id
from digest.records import Edition
from digest.stages.curation import IN_EDITION
from digest.stages.ledger import entrants
from digest.store import Store, decisions, inbox, reading
from digest.store.codec import utc

MARGIN = 3  #: times as many stories are looked at as an edition shows; more where that is too few


def make_draft(
    store: Store, settings: Settings, period: Period, *, now: datetime, audience: Audience
) -> Edition:
    """Return the edition that publishing would give an audience now, without its counts.

    Stories are chosen by score, so that those of the highest scores decide what is shown. Where
    what was told before leaves an edition short, more are looked at. Where the limit of a section
    or source holds stories back, no more are: publishing, which looks at all, may then fill another
    section with stories of lower scores.
    """
    top = settings.rank.top if period.kind == "weekly" else settings.rank.top_quarterly
    looked_at = top * MARGIN
    while True:
        among, are_all = _candidates(store, period, audience, most=looked_at)
        draft = preview_edition(store, settings, period, now=now, among=among, audience=audience)
        held = sum(many for name, many in draft.counts if name.startswith("over the limit"))
        if are_all or held or len(entrants(draft)) >= top:
            return draft
        looked_at *= 4


def _candidates(
    store: Store, period: Period, audience: Audience, *, most: int
) -> tuple[set[str], bool]:
    """Return the best stories and those that editors placed; and whether there are no others."""
    late = period.previous().start
    wanted = inbox.Filter(utc(late.isoformat()), utc(period.end.isoformat()))
    id = edition_id(period.kind, period, audience.name)
    with store.read() as db:
        best = inbox.best(db, wanted, limit=most + 1)
        placed = decisions.standing(db, (*IN_EDITION, "order"), edition=id)
        named = {each.subject for each in placed} | {
            article for each in placed if each.kind == "order" for article in each.value.split()
        }
        stories = set(reading.story_of(db, named).values())
    return {each.story for each in best[:most]} | stories, len(best) <= most
