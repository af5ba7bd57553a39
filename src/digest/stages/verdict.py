"""The verdict over a pair: a logistic function of its evidence, calibrated for one encoder.

The coefficients are made by `digest calibrate` and `benchmarks/` with cross-validation over
documents; they hold for one model of vectors only, so the data file is keyed by the model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from digest.errors import ConfigError
from digest.text import make_id

if TYPE_CHECKING:
    from numpy.typing import NDArray

Task = Literal["dedupe", "cluster"]
BLOCK = 50_000  # rows weighed at once
MOST = 8.0  # log-odds beyond which no evidence goes: 0.9997


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic function of named features."""

    intercept: float
    weights: Mapping[str, float]  #: by name of the feature

    def log_odds(
        self, evidence: NDArray[np.float32], features: Sequence[str]
    ) -> NDArray[np.float64]:
        """Return the log-odds of each row, shape (rows,), within ±8."""
        weights = np.array([self.weights.get(name, 0.0) for name in features])
        odds = np.empty(len(evidence))
        for start in range(0, len(odds), BLOCK):  # a copy of all in 64 bits would be large
            odds[start : start + BLOCK] = evidence[start : start + BLOCK] @ weights
        odds += self.intercept
        return np.clip(odds, -MOST, MOST, out=odds)


@dataclass(frozen=True, slots=True)
class Second:
    """What becomes of the odds where another model is asked about undecided English pairs."""

    model: str  #: the other model, for whose vectors it holds
    look: Logistic  #: of `SECOND` and `AGAIN`


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two articles are judged: candidates by cosine, a first look, then with sentences."""

    model: str  #: the encoder for whose vectors it holds
    floor: float  #: cosine under which pairs are not looked at
    first: Logistic  #: of `FEATURES`; what is implausible here goes no further
    full: Logistic | None  #: of `FEATURES`, `ALIGNMENT`, `LEADS`; None: the first look decides
    second: Second | None = None

    def unused(self, features: Sequence[str]) -> frozenset[str]:
        """Return the features that change no odds."""
        looks = [self.first, *([self.full] if self.full else [])]
        return frozenset(
            name for name in features if not any(look.weights.get(name) for look in looks)
        )

    def uses(self, features: Sequence[str]) -> bool:
        """Return whether any of the features changes the odds of the full look."""
        return self.full is not None and any(self.full.weights.get(name) for name in features)


def load_verdict(task: Task, model: str, *, own: Path | None = None) -> Verdict | None:
    """Return the verdict calibrated for an encoder, or None: then vectors merge nothing.

    Args:
        task: "dedupe" (the same article) or "cluster" (the same event).
        model: the encoder's name and version.
        own: the user's verdicts, which win over those that ship.

    Raises:
        ConfigError: where the user's file cannot be read or lacks a part of the verdict.
    """
    found = (_read(own).get(task, {}).get(model) if own else None) or (
        _verdicts().get(task, {}).get(model)
    )
    if not found:
        return None
    try:
        return _verdict(found, model)
    except (KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"{own}: the {task} verdict of {model} is broken: {error!r}",
            cure="make it again with digest calibrate",
        ) from error


def uncalibrated(model: str, *, own: Path | None = None) -> list[Task]:
    """Return the tasks in which vectors of an encoder merge nothing: it has no verdict for them."""
    return [task for task in get_args(Task) if load_verdict(task, model, own=own) is None]


def _verdict(found: Mapping[str, Any], model: str) -> Verdict:
    full, second = found.get("full"), found.get("second")
    return Verdict(
        model=model,
        floor=float(found["floor"]),
        first=Logistic(**found["first"]),
        full=Logistic(**full) if full else None,
        second=Second(second["model"], Logistic(**second["look"])) if second else None,
    )


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        known = dict(json.loads(path.read_text("utf-8")))
        return {task: dict(each) for task, each in known.items()}
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"{path}: no readable verdicts: {error}", cure="make it with digest calibrate"
        ) from error


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
