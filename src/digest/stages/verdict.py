"""The verdict over a pair: a logistic function of its evidence, calibrated for one encoder.

The coefficients are made by `digest calibrate` and `benchmarks/` with cross-validation over
documents; they hold for one model of vectors only, so the data file is keyed by the model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from digest.stages.evidence import FEATURES
from digest.text import make_id

if TYPE_CHECKING:
    from numpy.typing import NDArray

Task = Literal["dedupe", "cluster"]
MOST = 8.0  # log-odds beyond which no evidence goes: 0.9997


@dataclass(frozen=True, slots=True)
class Verdict:
    """Log-odds of two articles being the same, from their evidence."""

    model: str  #: the encoder for whose vectors it holds
    floor: float  #: cosine under which pairs are not looked at
    intercept: float
    weights: Mapping[str, float]  #: by name of the feature

    def log_odds(self, evidence: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the log-odds of each row of `FEATURES`, within ±8."""
        weights = np.array([self.weights.get(name, 0.0) for name in FEATURES])
        odds: NDArray[np.float64] = np.clip(evidence @ weights + self.intercept, -MOST, MOST)
        return odds

    @property
    def reads_sentences(self) -> bool:
        """Whether sentence vectors are needed."""
        return any(self.weights.get(name) for name in ("aligned", "covered"))


def load_verdict(task: Task, model: str) -> Verdict | None:
    """Return the verdict calibrated for an encoder, or None: then vectors merge nothing.

    Args:
        task: "dedupe" (the same article) or "cluster" (the same event).
        model: the encoder's name and version.
    """
    found = _verdicts().get(task, {}).get(model)
    return Verdict(model=model, **found) if found else None


def verdicts_version() -> str:
    """Return a short hash of all coefficients: part of the version of what they decide."""
    return make_id(_text())[:8]


def _text() -> str:
    return (resources.files("digest") / "data" / "verdicts.json").read_text("utf-8")


@cache
def _verdicts() -> dict[str, dict[str, Any]]:
    return dict(json.loads(_text()))


def probability(odds: float) -> float:
    """Return the probability that log-odds amount to."""
    return float(1 / (1 + np.exp(-odds)))


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, within ±8."""
    within = min(max(probability, 1e-9), 1 - 1e-9)
    return float(np.clip(np.log(within / (1 - within)), -MOST, MOST))
