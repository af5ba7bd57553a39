"""What corrections have taught about labels: a logistic curve a label, on vector and base score."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SURE = 0.02  #: a base confidence is kept this far from 0 and 1 before its log-odds are taken


@dataclass(frozen=True, slots=True)
class Taught:
    """A label's curve: log-odds = bias + base × base log-odds + vector · article."""

    bias: float
    base: float
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TaughtLabels:
    """The curves of the labels that corrections improve, for the vectors of one encoder."""

    model: str = ""  #: name and version of the encoder; vectors of another never meet them
    labels: Mapping[str, Taught] = field(default_factory=dict)
    base: str = ""  #: version of the curve whose likelihoods they correct

    def adjust(self, name: str, confidence: float, vector: NDArray[np.float32]) -> float:
        """Return a label's confidence as corrections want it; unchanged where they say nothing."""
        taught = self.labels.get(name)
        if taught is None or len(taught.vector) != len(vector):
            return confidence
        score = taught.bias + taught.base * log_odds(confidence)
        score += float(sum(w * x for w, x in zip(taught.vector, vector, strict=True)))
        return 1 / (1 + math.exp(-score))


def log_odds(confidence: float) -> float:
    """Return the log-odds of a confidence, which is kept off 0 and 1."""
    kept = min(max(confidence, SURE), 1 - SURE)
    return math.log(kept / (1 - kept))


def dump_taught(taught: TaughtLabels, told: Mapping[str, Any]) -> str:
    """Return the curves as JSON text, with what they were learned from.

    Args:
        taught: the curves.
        told: what a reader of the file wants to know: how many corrections, which change.
    """
    labels = {
        name: {"bias": one.bias, "base": one.base, "vector": [round(w, 5) for w in one.vector]}
        for name, one in sorted(taught.labels.items())
    }
    rows = {"model": taught.model, "base": taught.base, **told, "labels": labels}
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def load_taught(text: str, *, name: str) -> TaughtLabels:
    """Return the curves that `dump_taught` wrote.

    Raises:
        ConfigError: where the text is none of ours; names the file.
    """
    try:
        rows = json.loads(text)
        labels = {
            label: Taught(float(one["bias"]), float(one["base"]), tuple(map(float, one["vector"])))
            for label, one in rows["labels"].items()
        }
        return TaughtLabels(str(rows["model"]), labels, str(rows.get("base", "")))
    except (ValueError, KeyError, TypeError) as error:
        cure = "write it again with `digest label --train`"
        raise ConfigError(f"{name} holds no learned labels: {error}", cure=cure) from error
