"""Which stories an edition is likely to show: the best of each week and of each quarter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select

from digest.records import EditionKind
from digest.store.tables import articles, scores, story_members


def best_stories(connection: Connection, best: Mapping[EditionKind, int]) -> set[str]:
    """Return the ids of so many stories of each week and quarter, those with the highest scores.

    A story belongs to the period of its newest member, in UTC; ties go to the newer one, then to
    the smaller id, as in an edition. What an edition has told before, and how many it takes of one
    source, is not asked: this is a forecast, and what it misses is done for the edition that shows
    it.
    """
    newest = func.max(articles.c.effective)
    query = (
        select(story_members.c.story, newest.label("newest"), scores.c.record)
        .join(articles, articles.c.id == story_members.c.article)
        .join(scores, scores.c.id == story_members.c.story)
        .group_by(story_members.c.story, scores.c.record)
        .order_by(newest.desc(), story_members.c.story)
    )
    rows = connection.execute(query).all()
    ranked = sorted(rows, key=lambda row: -json.loads(row.record)["total"])  # keeps ties in order
    taken: Counter[str] = Counter()
    found = set()
    for row in ranked:
        for kind, period in _periods(row.newest).items():
            if taken[period] < best.get(kind, 0):
                taken[period] += 1
                found.add(row.story)
    return found


def _periods(moment: str) -> dict[EditionKind, str]:
    day = datetime.fromisoformat(moment).date()
    year, week, _ = day.isocalendar()
    return {"weekly": f"{year}-W{week}", "quarterly": f"{day.year}-Q{(day.month + 2) // 3}"}
