"""Which kinds of policy and risk an article is about, and where they hold."""

from __future__ import annotations

from collections.abc import Mapping

from digest.stages.cues import Cues, cues_for
from digest.stages.labels import Text, score
from digest.stages.taxonomy import Knowledge

RISK = 2.0  #: score at which an article is about a kind of risk
PLACE = 1.4  #: score at which it is about a jurisdiction
BESIDE = 0.34  #: a further one needs this share of the best one's score
MOST = 3


def find_risks(text: Text, language: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the kinds of policy and risk of an article, the clearest first; at most three."""
    return _clearest(text, language, knowledge.risks, least=RISK)


def find_jurisdictions(text: Text, language: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return where the policy of an article holds ("EU", "US-CA"), the clearest first."""
    found = _clearest(text, language, knowledge.places, least=PLACE)
    return tuple(name for name in found if not (name == "US" and "US-CA" in found))


def _clearest(
    text: Text, language: str, cues: Mapping[str, Cues], *, least: float
) -> tuple[str, ...]:
    scores = {name: score(text, cues_for(rows, language)) for name, rows in cues.items()}
    best = max(scores.values(), default=0.0)
    kept = [name for name, points in scores.items() if points >= max(least, BESIDE * best)]
    return tuple(sorted(kept, key=lambda name: (-scores[name], name)))[:MOST]
