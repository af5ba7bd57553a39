"""Which names of an article are an event's vendor and product, as labelled texts have taught."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.stages.parties import Scene, signs_of

ALONE = ("funding",)  #: events without a second name
ROLES = ("vendor", "product")
EVERY = "every"  #: weights that hold for each kind of event
NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Parties:
    """Who acts in an event, and on what."""

    vendor: str
    product: str  #: "" where the event needs none
    chance: float  #: that both are right, 0–1


def choose_parties(scene: Scene, event: str) -> Parties | None:
    """Return the likeliest vendor and product of an event, None where too few names are told.

    Each role has a conditional logit over the names; its weights are learned by
    `benchmarks/fit_roles.py` and stand in `digest/data/roles.json`. In a vendor's own text it acts
    itself; what closes may be its own vendor.
    """
    if not scene.names:
        return None
    rows = [signs_of(name, scene) for name in scene.names]
    vendor, product = (_log_chances(rows, event, role) for role in ROLES)
    if scene.own:
        vendor = [0.0 if name == scene.own else NEVER for name in scene.names]
    places = range(len(rows))
    if event in ALONE:
        best = max(places, key=lambda n: vendor[n])
        return Parties(scene.names[best], "", math.exp(vendor[best]))
    pairs = [(v, p) for v in places for p in places if v != p or event == "shutdown"]
    if not pairs:
        return None
    v, p = max(pairs, key=lambda pair: vendor[pair[0]] + product[pair[1]])
    return Parties(scene.names[v], scene.names[p], math.exp(vendor[v] + product[p]))


def _log_chances(rows: Sequence[Mapping[str, float]], event: str, role: str) -> list[float]:
    weights = _weights()[role]
    every, own = weights[EVERY], weights.get(event, {})
    scores = [
        sum((every.get(key, 0.0) + own.get(key, 0.0)) * worth for key, worth in row.items())
        for row in rows
    ]
    top = max(scores)
    total = top + math.log(sum(math.exp(score - top) for score in scores))
    return [score - total for score in scores]


@cache
def _weights() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Return the weights by role, kind of event (or `EVERY`) and sign."""
    text = (resources.files("digest") / "data" / "roles.json").read_text("utf-8")
    weights: Mapping[str, Mapping[str, Mapping[str, float]]] = json.loads(text)["weights"]
    return weights
