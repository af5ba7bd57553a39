"""What one edition adds to a story's score: what it told before, whom it is for, past choices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from digest.config_editions import Audience, Rank
from digest.periods import Period
from digest.records import Part, Score
from digest.stages.choices import Choices, Kind
from digest.stages.entrant import about_of, labels_of, launches_of, lead_of
from digest.stages.ledger import Telling
from digest.stages.material import Material
from digest.stages.phrases import REASONS
from digest.stages.rank import rank
from digest.stages.sections import is_old

#: How many times `rank.novelty` is taken off what was announced before the period.
OLD = 2.0


def weigh(
    tellings: Iterable[Telling],
    *,
    material: Material,
    audience: Audience,
    weights: Rank,
    choices: Choices,
    period: Period,
    now: datetime,
) -> dict[str, Score]:
    """Return the scores of stories for one edition: the pipeline's, and parts of this edition.

    Of a story that has gained articles after the period, those that the edition knows are weighed.

    Args:
        tellings: the stories, each as the edition would tell it.
        material: what is known of them.
        audience: for whom; `prefers` names what matters more to them.
        weights: points, from the settings.
        choices: what editors have made of such stories before, see `digest.stages.choices`.
        period: the edition's.
        now: the present; only tells a date in the future.
    """
    return {
        each.story.id: _weighed(
            _of_period(each, material, weights, now),
            each,
            material,
            audience,
            weights,
            choices,
            is_old(each, material, period),
        )
        for each in tellings
        if each.story.id in material.scores
    }


def _of_period(telling: Telling, material: Material, weights: Rank, now: datetime) -> Score:
    """Return the pipeline's score, without what came after the end of the period."""
    there = {each.article.id: each.article for each in telling.members}
    later = any(id in material.articles and id not in there for id in telling.story.members)
    if not later:
        return material.scores[telling.story.id]
    known = {id: material.classifications[id] for id in there if id in material.classifications}
    return rank(telling.story, there, known, weights=weights, now=now, ours=material.ours)


def _weighed(
    score: Score,
    telling: Telling,
    material: Material,
    audience: Audience,
    weights: Rank,
    choices: Choices,
    old: bool,
) -> Score:
    kinds = kinds_of(telling, material)
    more = [
        part
        for part in (
            _novelty(telling, weights, old),
            _preferred(kinds, audience, weights),
            _chosen(kinds, choices, weights),
        )
        if part.points
    ]
    total = round(score.total + sum(part.points for part in more), 4)
    return Score(score.id, total, (*score.parts, *more))


def kinds_of(telling: Telling, material: Material) -> tuple[Kind, ...]:
    """Return what a story is about, as editors' choices and audiences name it."""
    launches = launches_of(telling, material)
    source = lead_of(telling, material).article.publisher
    known = (material.classifications.get(each.article.id) for each in telling.members)
    policy = any(each and each.policy for each in known)
    vendors = {material.ours.vendor_of(each.vendor) for each in launches}
    return (
        *(("label", name) for name in labels_of(telling, material)),
        *(("event", name) for name in sorted({each.event for each in launches})),
        *(("vendor", name) for name in sorted(vendors | about_of(telling, material))),
        *((("topic", "policy"),) if policy else ()),
        *((("source", source),) if source else ()),
    )


def _novelty(telling: Telling, weights: Rank, old: bool) -> Part:
    """Return what is taken off: of what a report only lists again more than of what goes on."""
    if old:
        points = -OLD * weights.novelty
        return Part("novelty", points, REASONS["announced-before"], "announced-before")
    points = -weights.novelty if telling.was_told else 0.0
    return Part("novelty", points, REASONS["told-before"], "told-before")


def _preferred(kinds: Iterable[Kind], audience: Audience, weights: Rank) -> Part:
    names = tuple(dict.fromkeys(name for _, name in kinds if name in audience.prefers))
    why = REASONS["preferred"] % {"names": ", ".join(names)}
    return Part("audience", weights.preferred * bool(names), why, "preferred", names)


def _chosen(kinds: Iterable[Kind], choices: Choices, weights: Rank) -> Part:
    """Return the part of what editors chose: the mean over the kinds of which they chose any."""
    known = {kind: choices[kind] for kind in kinds if kind in choices}
    mean = sum(known.values()) / len(known) if known else 0.0
    code = "chosen" if mean > 0 else "left-out"
    ordered = sorted(known.items(), key=lambda each: -abs(each[1]))
    names = tuple(dict.fromkeys(name for (_, name), each in ordered if each * mean > 0))
    why = REASONS[code] % {"names": ", ".join(names)}
    return Part("choices", round(weights.chosen * mean, 3), why, code, names)
