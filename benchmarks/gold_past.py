"""Editions with all their stories, and as they would be after weeks in which editors chose.

The sample's editions are its first: nothing was told before them, nobody has chosen, and their
readers prefer nothing. What novelty, past choices and readers' wishes change is seen with a past
that is made up: four weeklies are published, of which an editor takes in what the quarterly's ten
name and leaves out the rest. Nothing is decided on stories of the week that is measured, so that
its own ten teach nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from digest.config_editions import Audience
from digest.desk import Desk
from digest.jobs import Job
from digest.periods import edition_id, parse_period
from digest.publishing import make_edition
from digest.records import Edition
from digest.stages.ledger import entrants

WEEKS = ("2026-W36", "2026-W37", "2026-W38", "2026-W39")
#: What the readers of the copy prefer: what changes a contract, a market or a duty.
PREFERS = ("acquisition", "pricing", "policy")
NO_LIMIT = 10_000


def weigh_all(job: Job, period: str, audience: Audience | None = None) -> Edition:
    """Return the draft of a period with every story that it could show, however many."""
    limits = ("top", "top_quarterly", "per_source", "per_vendor", "per_section")
    wide = dict.fromkeys((*limits, "per_section_quarterly"), NO_LIMIT)
    rank = job.settings.rank.model_copy(update=wide)
    settings = job.settings.model_copy(update={"rank": rank})
    zone = job.settings.schedule.timezone
    draft, _ = make_edition(
        job.runner.store, settings, parse_period(period, zone), now=job.now, audience=audience
    )
    return draft


def weigh_after(
    job: Job, period: str, *, is_wanted: Callable[[str], bool], is_spared: Callable[[str], bool]
) -> Edition:
    """Return the draft of a period after `WEEKS`, on which an editor decided.

    Args:
        job: over a store that may be written to.
        period: whose draft.
        is_wanted: whether the editor takes a story in; any other is left out.
        is_spared: whether nothing is decided on it.
    """
    audience = job.settings.audience.model_copy(update={"prefers": PREFERS})
    desk = Desk(job.runner.store, job.runner.clock)
    for week in WEEKS:
        id = edition_id("weekly", week, audience.name)
        for entrant in entrants(_draft(job, week, audience)):
            if not is_spared(entrant.story):
                kind = "include" if is_wanted(entrant.story) else "exclude"
                desk.write(kind, entrant.story, by="editor", edition=id)
        _draft(job, week, audience, freeze=True)
    return weigh_all(job, period, audience)


def _draft(job: Job, week: str, audience: Audience, *, freeze: bool = False) -> Edition:
    zone = job.settings.schedule.timezone
    return make_edition(
        job.runner.store,
        job.settings,
        parse_period(week, zone),
        now=job.now,
        audience=audience,
        freeze=freeze,
    )[0]
