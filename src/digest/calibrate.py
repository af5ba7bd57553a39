"""Calibration: the coefficients of a verdict, learned from labelled pairs, and how good they are.

`digest calibrate FILE` does it for a user's own pairs and encoder. Every figure comes from
cross-validation over documents: no pair is judged by coefficients that have seen its articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from digest.errors import InputError
from digest.stages.alignment import ALIGNMENT, Aligner
from digest.stages.evidence import AGAINST, FEATURES, Measurer
from digest.stages.leads import LEADS, Leads
from digest.stages.verdict import Logistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.stages.window import Window

FOLDS = 5
STRENGTH = 1.0  # of the evidence against the ridge (scikit-learn's C)
SEED = 20_260_701
EVERY = (*FEATURES, *ALIGNMENT, *LEADS)
TURNS = ("turned", "gone_on")
SUBJECTS = ("subjects_against", "subjects_beside", "subjects_unlike", "title_swapped", *TURNS)
FOREIGN = ("apart", "standing")
KINDS = ("kinds_apart", "places_apart")
SPEAKS_AGAINST = frozenset({*AGAINST, *SUBJECTS, *FOREIGN, *KINDS, "gap", "crowd", "uncentred"})


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Measured pairs whose answer is known."""

    evidence: NDArray[np.float32]  #: shape (pairs, features)
    features: tuple[str, ...]
    same: NDArray[np.bool_]
    documents: NDArray[np.int32]  #: shape (pairs, 2): what a fold must not share
    weight: NDArray[np.float32]  #: 0 for a pair that counts neither way

    def part(self, rows: NDArray[np.bool_]) -> Labelled:
        """Return some of the pairs."""
        return Labelled(
            self.evidence[rows],
            self.features,
            self.same[rows],
            self.documents[rows],
            self.weight[rows],
        )


def measure_pairs(
    window: Window, pairs: NDArray[np.int32], *, encoder: Encoder
) -> NDArray[np.float32]:
    """Return the whole evidence of pairs, one row of `EVERY` each."""
    evidence = Measurer(window.sketches, window.vectors).measure(pairs)
    aligned = Aligner(window.sketches, encoder).measure(pairs)
    leads = Leads(window.sketches).measure(pairs, cosine=evidence[:, FEATURES.index("cosine")])
    return np.concatenate([evidence, aligned, leads], axis=1)


def fit(
    labelled: Labelled,
    features: Sequence[str] | None = None,
    *,
    fixed: Mapping[str, float] | None = None,
    intercept: float | None = None,
) -> Logistic:
    """Return the logistic function over `features` that fits labelled pairs best.

    Evidence keeps its sense: what speaks for a merge never counts against one, nor the reverse,
    whatever the pairs at hand suggest. Ridge on standardised features.

    Args:
        labelled: the pairs.
        features: that get a weight; all if None.
        fixed: further features whose weight is given and not learned.
        intercept: likewise, the odds of what has no evidence; None: it is learned.

    Raises:
        InputError: where all pairs have one answer.
    """
    from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

    names = tuple(features or labelled.features)
    used = labelled.part(labelled.weight > 0)
    if len(set(used.same.tolist())) < 2:
        raise InputError("all pairs have the same answer", cure="add pairs of the other kind")
    rows = used.evidence[:, [labelled.features.index(name) for name in names]].astype(np.float64)
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    if intercept is not None:
        mean = np.zeros(len(names))  # the intercept is that of the rows as they are
    scale = np.where(scale > 1e-4, scale, 1.0)  # what never varies gets no weight
    signs = np.where(used.same, 1.0, -1.0)
    bounds = [(None, 0) if name in SPEAKS_AGAINST else (0, None) for name in names]
    given = np.zeros(len(rows))
    for name, weight in (fixed or {}).items():
        given += weight * used.evidence[:, labelled.features.index(name)]
    start = np.zeros(len(names) + 1)
    start[0] = intercept or 0.0
    found = minimize(
        _loss,
        start,
        args=((rows - mean) / scale, signs, used.weight.astype(np.float64), given),
        jac=True,
        bounds=[(intercept, intercept), *bounds],
        method="L-BFGS-B",
    ).x
    weights = found[1:] / scale
    return Logistic(
        intercept=round(float(found[0] - weights @ mean), 4),
        weights={name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
        | dict(fixed or {}),
    )


def _loss(
    values: NDArray[np.float64],
    rows: NDArray[np.float64],
    signs: NDArray[np.float64],
    weight: NDArray[np.float64],
    given: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """Return the logistic loss with its ridge, and its slope."""
    margin = signs * (values[0] + rows @ values[1:] + given)
    loss = weight @ np.logaddexp(0, -margin) + values[1:] @ values[1:] / (2 * STRENGTH)
    pull = -weight * signs / (1 + np.exp(np.clip(margin, -50, 50)))
    slope = np.concatenate([[pull.sum()], pull @ rows + values[1:] / STRENGTH])
    return float(loss), slope


def cross_validate(
    labelled: Labelled, features: Sequence[str] | None = None, *, folds: int = FOLDS
) -> NDArray[np.float64]:
    """Return log-odds of each pair by coefficients that have seen neither of its documents.

    Raises:
        InputError: where there are fewer documents than folds.
    """
    names = tuple(features or labelled.features)
    chosen = [labelled.features.index(name) for name in names]
    fold = _folds(labelled.documents, folds)
    odds = np.zeros(len(labelled.same))
    for one in range(folds):
        for other in range(one, folds):
            held = (fold.min(axis=1) == one) & (fold.max(axis=1) == other)
            seen = np.asarray(~np.isin(fold, (one, other)).any(axis=1), dtype=np.bool_)
            if held.any():
                model = fit(labelled.part(seen), names)
                odds[held] = model.log_odds(labelled.evidence[held][:, chosen], names)
    return odds


def _folds(documents: NDArray[np.int32], folds: int) -> NDArray[np.int32]:
    names, places = np.unique(documents, return_inverse=True)
    if len(names) < 2 * folds:
        raise InputError(
            f"{len(names)} documents are too few for {folds} folds", cure="label more pairs"
        )
    order = np.random.default_rng(SEED).permutation(len(names))
    return (order % folds).astype(np.int32)[places].reshape(documents.shape)
