"""How likely a label is right: one curve on its cue phrases and its nearness in a vector space."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.text import make_id

CUES = ("cues", "titled", "strong", "met", "rival", "management")
NEARNESS = ("near", "agreed", "clearly", "behind")
SIGNS = (*CUES, *NEARNESS)
LEARNED = ("learned", "led", "said")
ALL = (*SIGNS, *LEARNED)
MOST_TITLED = 2.0  #: points of cues in the title that count at most


@dataclass(frozen=True, slots=True)
class Spoken:
    """What speaks for a label in a text."""

    points: float  #: of all its cues, by weight and place
    titled: float  #: of its best cue in the title
    strong: bool  #: whether one cue is no weak one
    near: float | None  #: standard deviations of `LabelVectors.near`; None without an encoder
    management: bool  #: whether it is one of the group that any business news can earn
    learned: float | None = None  #: score by `LabelWeights`; None for another encoder or label


@dataclass(frozen=True, slots=True)
class LabelCurve:
    """The curve's weights, with and without an encoder, and how likely a label that is given is.

    Learned by `benchmarks/fit_labels.py`; they stand, with what they were learned from, in
    `digest/data/labels.json`.
    """

    source: str  #: what it was learned from
    model: str  #: the encoder whose texts' centre is known
    centre: tuple[float, ...]  #: mean vector of the texts it was learned from
    given: float  #: likelihood from which the likeliest label is given …
    further: float  #: … and from which further ones are
    weights: str  #: hash of the file that `LabelWeights` are read from
    names: tuple[str, ...]  #: labels in the order of `LabelWeights`
    learned: Mapping[str, float]  #: weight of each of `ALL`, and the bias
    both: Mapping[str, float]  #: weight of each of `SIGNS`: for an encoder without `LabelWeights`
    cues: Mapping[str, float]  #: the same of `CUES` alone

    @property
    def version(self) -> str:
        """Changes with the weights: what corrects others means nothing beside these."""
        curves = (self.learned, self.both, self.cues)
        return make_id(self.weights, *(repr(sorted(curve.items())) for curve in curves))

    def likelihood(self, signs: Mapping[str, float]) -> float:
        """Return the probability, 0–1, that a label with these signs is right."""
        weights = self.both if "near" in signs else self.cues
        weights = self.learned if "learned" in signs else weights
        score = weights["bias"] + sum(weights[name] * worth for name, worth in signs.items())
        return 1 / (1 + math.exp(-score))


def signs_of(
    one: Spoken, *, rival: float, nearest: float, leading: float = 0.0
) -> dict[str, float]:
    """Return what speaks for a label or against it, by the names of `ALL`.

    Args:
        one: what speaks for the label.
        rival: the most points that another label has.
        nearest: the highest nearness of any label.
        leading: the highest score that labelled texts have taught of any label.
    """
    met = float(one.points > 0)
    signs = {
        "cues": math.log1p(one.points),
        "titled": min(one.titled, MOST_TITLED),
        "strong": float(one.strong),
        "met": met,
        "rival": math.log1p(rival),
        "management": float(one.management),
    }
    if one.near is None:
        return signs
    signs |= {
        "near": one.near,
        "agreed": one.near * met,
        "clearly": max(one.near - 1, 0.0),
        "behind": one.near - nearest,
    }
    if one.learned is None:
        return signs
    return signs | {
        "learned": one.learned,
        "led": one.learned - leading,
        "said": one.learned * met,
    }


@cache
def load_curve() -> LabelCurve:
    """Return the shipped curve; the file is read once."""
    rows = json.loads((resources.files("digest") / "data" / "labels.json").read_text("utf-8"))
    return LabelCurve(**{**rows, "centre": tuple(rows["centre"]), "names": tuple(rows["names"])})
