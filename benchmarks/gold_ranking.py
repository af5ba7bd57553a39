"""How near an edition's order comes to the editors' top ten: NDCG@10 beside two simple orders.

What each part of a score changes is told by leaving it out; whether other weights would be better
by learning them from the other edition's ten: from one's own they would only fit themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

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
    """Return the NDCG@10 of an edition as shown, of its scores, and of two simple orders.

    "by section, as the page runs" follows the page, on which sections come in the order of the
    settings; "chosen, best first" has the same stories by score: those that the limits let through.
    """
    run, stories = checks.run, _stories(checks, edition)

    keys: dict[str, Callable[[Story], tuple[float, ...]]] = {
        "all, by score": lambda s: (-run.scores[s.id].total, _newest(checks, edition, s)),
        "newest first": lambda s: (_newest(checks, edition, s),),
        "most publishers first": lambda s: (-len(s.publishers), _newest(checks, edition, s)),
    }
    ranked = {name: [s.id for s in sorted(stories, key=key)] for name, key in keys.items()}
    shown = [one.story for one in entrants(run.editions[edition])]
    chosen = sorted(shown, key=lambda id: -run.scores[id].total)
    ranked = {"by section, as the page runs": shown, "chosen, best first": chosen, **ranked}
    return {name: _ndcg(checks, edition, ids) for name, ids in ranked.items()}


def ablations(checks: Checks, edition: str) -> dict[str, float]:
    """Return how much higher the NDCG@10 of the scores is with each of their parts than without."""
    stories = _stories(checks, edition)
    names = sorted({part.name for s in stories for part in checks.run.scores[s.id].parts})
    whole = _weighted(checks, edition, dict.fromkeys(names, 1.0))
    return {
        name: whole - _weighted(checks, edition, {**dict.fromkeys(names, 1.0), name: 0.0})
        for name in names
    }


def learned(checks: Checks, edition: str) -> float:
    """Return the NDCG@10 of weights that were learned from the ten of all other editions.

    Pairs of stories of one edition, of which one gains more; a logistic regression on the
    difference of their parts' points (the pairwise method of RankNet, Burges et al. 2005, linear).
    """
    rows, names = [], sorted({p.name for s in checks.run.scores.values() for p in s.parts})
    for other in checks.run.editions:
        if other != edition:
            rows += _pairs(checks, other, names)
    signs = np.array(rows + [-row for row in rows])
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000)
    model.fit(signs, np.array([1] * len(rows) + [0] * len(rows)))
    return _weighted(checks, edition, dict(zip(names, model.coef_[0], strict=True)))


def _pairs(checks: Checks, edition: str, names: Sequence[str]) -> list[NDArray[np.float64]]:
    ideal = _ideal(checks, edition)
    gains = {story: len(ideal) - place for place, story in enumerate(ideal)}
    told = [
        (
            max((gains.get(g, 0) for g in checks.gold_stories(s.id)), default=0),
            _parts(checks, s, names),
        )
        for s in _stories(checks, edition)
    ]
    return [mine - theirs for gain, mine in told for less, theirs in told if gain > less]


def _parts(checks: Checks, story: Story, names: Sequence[str]) -> NDArray[np.float64]:
    points = {part.name: part.points for part in checks.run.scores[story.id].parts}
    return np.array([points.get(name, 0.0) for name in names])


def _weighted(checks: Checks, edition: str, weights: Mapping[str, float]) -> float:
    names = sorted(weights)
    worth = np.array([weights[name] for name in names])
    ranked = sorted(
        _stories(checks, edition),
        key=lambda s: (-float(_parts(checks, s, names) @ worth), _newest(checks, edition, s)),
    )
    return _ndcg(checks, edition, [s.id for s in ranked])


def _ndcg(checks: Checks, edition: str, ids: Sequence[str]) -> float:
    return ndcg([checks.gold_stories(id) for id in ids], _ideal(checks, edition))


def _ideal(checks: Checks, edition: str) -> list[str]:
    return [entry["story"] for entry in checks.gold["editions"][edition]["must"]]


def _stories(checks: Checks, edition: str) -> list[Story]:
    """Return the stories with a member of the edition's period."""
    period = parse_period(edition.split("-", 1)[1])
    return [
        story
        for story in checks.run.stories.values()
        if any(_when(checks, member) in period for member in story.members)
    ]


def _newest(checks: Checks, edition: str, story: Story) -> float:
    period = parse_period(edition.split("-", 1)[1])
    moments = [_when(checks, member) for member in story.members]
    return -max(moment.timestamp() for moment in moments if moment in period)


def better_orders(checks: Checks, edition: str) -> list[str]:
    """Return the simple orders that come nearer to the editors' ten than the scores do."""
    found = orders(checks, edition)
    simple = ("newest first", "most publishers first")
    return [name for name in simple if found[name] > found["all, by score"]]


def _when(checks: Checks, member: str) -> datetime:
    article = checks.run.articles[member]
    return parse_time(article.published) or parse_time(article.first_seen) or LONG_AGO
