"""How near an edition's order comes to the editors' top ten: NDCG@10 beside two simple orders.

Weighed are all stories that an edition could show, as it weighs them: by their articles up to the
end of the period. What each part of a score changes is told by leaving it out; whether other
weights would be better by learning them from the other edition's ten: from one's own they would
only fit themselves.
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
from digest.records import Edition, Entrant
from digest.text import parse_time

DEPTH = 10
#: Every part that a score can have, see `stages/rank.py` and `stages/weighing.py`.
PARTS = (
    "publishers",
    "voice",
    "event",
    "evidence",
    "policy",
    "ours",
    "stake",
    "relevance",
    "date",
    "novelty",
    "audience",
    "choices",
)
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

    "as the page runs" follows the page: the opening, the stories at the top, then the sections in
    the order of the settings; "chosen, best first" has the same stories by score: those that the
    limits let through.
    """
    every = list(entrants(checks.run.weighed[edition]))
    keys: dict[str, Callable[[Entrant], tuple[float, ...]]] = {
        "all, by score": lambda e: (-e.score, _newest(checks, edition, e.story)),
        "newest first": lambda e: (_newest(checks, edition, e.story),),
        "most publishers first": lambda e: (-e.publishers, _newest(checks, edition, e.story)),
    }
    ranked = {name: sorted(every, key=key) for name, key in keys.items()}
    shown = list(entrants(checks.run.editions[edition]))
    chosen = sorted(shown, key=lambda e: -e.score)
    ranked = {"as the page runs": shown, "chosen, best first": chosen, **ranked}
    return {name: _ndcg(checks, edition, [e.story for e in es]) for name, es in ranked.items()}


def ablations(checks: Checks, edition: str, weighed: Edition) -> dict[str, float]:
    """Return how much higher the NDCG@10 of the scores is with each of their parts than without.

    Args:
        checks: the run.
        edition: whose ten editors are the measure.
        weighed: every story that it could show, with the parts of its score.
    """
    parts = _parts(weighed)
    every = _weighted(checks, edition, parts, dict.fromkeys(PARTS, 1.0))
    return {
        name: every - _weighted(checks, edition, parts, {**dict.fromkeys(PARTS, 1.0), name: 0.0})
        for name in PARTS
    }


def learned(checks: Checks, edition: str) -> float:
    """Return the NDCG@10 of weights that were learned from the ten of all other editions.

    Pairs of stories of one edition, of which one gains more; a logistic regression on the
    difference of their parts' points (the pairwise method of RankNet, Burges et al. 2005, linear).
    """
    rows = []
    for other in checks.run.editions:
        if other != edition:
            rows += _pairs(checks, other)
    signs = np.array(rows + [-row for row in rows])
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=2000)
    model.fit(signs, np.array([1] * len(rows) + [0] * len(rows)))
    weights = dict(zip(PARTS, model.coef_[0], strict=True))
    return _weighted(checks, edition, _parts(checks.run.weighed[edition]), weights)


def _pairs(checks: Checks, edition: str) -> list[NDArray[np.float64]]:
    ideal = _ideal(checks, edition)
    gains = {story: len(ideal) - place for place, story in enumerate(ideal)}
    told = [
        (max((gains.get(g, 0) for g in checks.gold_stories(story)), default=0), points)
        for story, points in _parts(checks.run.weighed[edition]).items()
    ]
    return [mine - theirs for gain, mine in told for less, theirs in told if gain > less]


def _parts(weighed: Edition) -> dict[str, NDArray[np.float64]]:
    """Return the points of each story, in the order of `PARTS`."""
    found = {}
    for entrant in entrants(weighed):
        points = {part.name: part.points for part in entrant.why}
        found[entrant.story] = np.array([points.get(name, 0.0) for name in PARTS])
    return found


def _weighted(
    checks: Checks,
    edition: str,
    parts: Mapping[str, NDArray[np.float64]],
    weights: Mapping[str, float],
) -> float:
    worth = np.array([weights[name] for name in PARTS])
    ranked = sorted(parts, key=lambda id: (-float(parts[id] @ worth), _newest(checks, edition, id)))
    return _ndcg(checks, edition, ranked)


def _ndcg(checks: Checks, edition: str, ids: Sequence[str]) -> float:
    return ndcg([checks.gold_stories(id) for id in ids], _ideal(checks, edition))


def _ideal(checks: Checks, edition: str) -> list[str]:
    return [entry["story"] for entry in checks.gold["editions"][edition]["must"]]


def _newest(checks: Checks, edition: str, story: str) -> float:
    period = parse_period(edition.split("-", 1)[1])
    moments = [_when(checks, member) for member in checks.run.stories[story].members]
    known = [moment.timestamp() for moment in moments if not period.has_ended(moment)]
    return -max(known, default=0.0)


def better_orders(checks: Checks, edition: str) -> list[str]:
    """Return the simple orders that come nearer to the editors' ten than the scores do."""
    found = orders(checks, edition)
    simple = ("newest first", "most publishers first")
    return [name for name in simple if found[name] > found["all, by score"]]


def _when(checks: Checks, member: str) -> datetime:
    article = checks.run.articles[member]
    return parse_time(article.published) or parse_time(article.first_seen) or LONG_AGO
