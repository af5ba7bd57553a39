"""How near an edition's order comes to the editors' top ten: NDCG@10 beside two simple orders."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from benchmarks.gold_checks import Checks, entrants
from digest.periods import parse_period
from digest.records import Story
from digest.text import parse_time

DEPTH = 10
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def ndcg(ranking: Iterable[Sequence[str]], ideal: Sequence[str]) -> float:
    """Return the NDCG@10 of a ranking of stories, each given by the gold stories that it tells.

    The first of the editors' ten gains 10, the last 1; a gold story counts where it comes first,
    so that a story in two pieces takes two places and gains once. Discount: log2(place + 1), after
    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002).
    """
    gains = {story: float(len(ideal) - place) for place, story in enumerate(ideal)}
    total = 0.0
    for place, told in enumerate(list(ranking)[:DEPTH], start=1):
        found = [story for story in told if story in gains]
        total += sum(gains.pop(story) for story in found[:1]) / math.log2(place + 1)
    best = sum((len(ideal) - n) / math.log2(n + 2) for n in range(min(DEPTH, len(ideal))))
    return total / best


def orders(checks: Checks, edition: str) -> dict[str, float]:
    """Return the NDCG@10 of an edition as shown, of its scores, and of two simple orders."""
    run = checks.run
    period = parse_period(edition.split("-", 1)[1])
    stories = [
        story
        for story in run.stories.values()
        if any(_when(checks, member) in period for member in story.members)
    ]

    def newest(story: Story) -> float:
        moments = [_when(checks, member) for member in story.members]
        return -max(moment.timestamp() for moment in moments if moment in period)

    keys: dict[str, Callable[[Story], tuple[float, ...]]] = {
        "by score": lambda s: (-run.scores[s.id].total, newest(s)),
        "newest first": lambda s: (newest(s),),
        "most publishers first": lambda s: (-len(s.publishers), newest(s)),
    }
    ranked = {name: [s.id for s in sorted(stories, key=key)] for name, key in keys.items()}
    ranked = {"as shown": [one.story for one in entrants(run.editions[edition])], **ranked}
    ideal = [entry["story"] for entry in checks.gold["editions"][edition]["must"]]
    return {
        name: ndcg([checks.gold_stories(id) for id in ids], ideal) for name, ids in ranked.items()
    }


def better_orders(checks: Checks, edition: str) -> list[str]:
    """Return the simple orders that come nearer to the editors' ten than the scores do."""
    found = orders(checks, edition)
    simple = ("newest first", "most publishers first")
    return [name for name in simple if found[name] > found["by score"]]


def _when(checks: Checks, member: str) -> datetime:
    article = checks.run.articles[member]
    return parse_time(article.published) or parse_time(article.first_seen) or LONG_AGO
