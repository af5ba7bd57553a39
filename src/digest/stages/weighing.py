"""What one edition adds to a story's score: what it told before, whom it is for, past choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from digest.config_editions import Audience, Rank
from digest.records import Part, Score
from digest.stages.entrant import about_of, labels_of, launches_of
from digest.stages.ledger import Telling
from digest.stages.material import Material
from digest.stages.phrases import REASONS

#: Kind of thing ("label", "vendor", "event") and its name → how editors chose it, −1 to 1.
Choices = Mapping[tuple[str, str], float]


def weigh(
    tellings: Iterable[Telling],
    *,
    material: Material,
    audience: Audience,
    weights: Rank,
    choices: Choices,
) -> dict[str, Score]:
    """Return the scores of stories for one edition: the pipeline's, and parts of this edition.

    Args:
        tellings: the stories, each as the edition would tell it.
        material: what is known of them.
        audience: for whom; `prefers` names what matters more to them.
        weights: points, from the settings.
        choices: what editors have made of such stories before: from −1, always taken out, to 1,
            always moved up. Empty where nobody has chosen yet.
    """
    return {
        each.story.id: _weighed(each, material, audience, weights, choices)
        for each in tellings
        if each.story.id in material.scores
    }


def _weighed(
    telling: Telling, material: Material, audience: Audience, weights: Rank, choices: Choices
) -> Score:
    score = material.scores[telling.story.id]
    kinds = kinds_of(telling, material)
    more = [
        part
        for part in (
            _novelty(telling, weights),
            _preferred(kinds, audience, weights),
            _chosen(kinds, choices, weights),
        )
        if part.points
    ]
    total = round(score.total + sum(part.points for part in more), 4)
    return Score(score.id, total, (*score.parts, *more))


def kinds_of(telling: Telling, material: Material) -> tuple[tuple[str, str], ...]:
    """Return what a story is about, as editors' choices and audiences name it."""
    launches = launches_of(telling, material)
    known = (material.classifications.get(each.article.id) for each in telling.members)
    policy = any(each and each.policy for each in known)
    vendors = {material.ours.vendor_of(each.vendor) for each in launches}
    return (
        *(("label", name) for name in labels_of(telling, material)),
        *(("event", name) for name in sorted({each.event for each in launches})),
        *(("vendor", name) for name in sorted(vendors | about_of(telling, material))),
        *((("topic", "policy"),) if policy else ()),
    )


def _novelty(telling: Telling, weights: Rank) -> Part:
    points = -weights.novelty if telling.was_told else 0.0
    return Part("novelty", points, REASONS["told-before"], "told-before")


def _preferred(kinds: Iterable[tuple[str, str]], audience: Audience, weights: Rank) -> Part:
    names = tuple(dict.fromkeys(name for _, name in kinds if name in audience.prefers))
    why = REASONS["preferred"] % {"names": ", ".join(names)}
    return Part("audience", weights.preferred * bool(names), why, "preferred", names)


def _chosen(kinds: Iterable[tuple[str, str]], choices: Choices, weights: Rank) -> Part:
    known = {kind: choices[kind] for kind in kinds if kind in choices}
    if not known:
        return Part("choices", 0.0, "")
    mean = sum(known.values()) / len(known)
    names = tuple(name for (_, name), _ in sorted(known.items(), key=lambda each: -abs(each[1])))
    code = "chosen" if mean > 0 else "left-out"
    why = REASONS[code] % {"names": ", ".join(names)}
    return Part("choices", round(weights.chosen * mean, 3), why, code, names)
