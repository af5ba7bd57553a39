"""The two looks of a verdict at pairs: what needs no reading, then sentences and subjects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from digest.stages.alignment import ALIGNMENT
from digest.stages.evidence import FEATURES
from digest.stages.leads import LEADS, READ_FOR, TIMING, Leads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.stages.verdict import Verdict

FULL = (*FEATURES, *ALIGNMENT, *LEADS)
LATER = ("turned", "subjects_beside")  # what a later article on the same has, beside its day
BLOCK = 100_000  # pairs that are weighed at once: of millions, every copy would be large
MORE = 1.0  # log-odds by which the first look's limit is lower: the second finds what it can't see
AGAINST = -3.0  # log-odds under which nothing is read that can only speak against a pair
GAIN = 4.0  # log-odds that what two texts are about adds, at most, in all but one of a thousand

Matters = Callable[["NDArray[np.int32]", "NDArray[np.float64]"], "NDArray[np.bool_]"]


class Measures(Protocol):
    """Measures pairs."""

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return a row of numbers for each pair."""


@dataclass(frozen=True, eq=False)
class Looks:
    """Looks at pairs of articles once and again.

    Args:
        verdict: weighs what is seen.
        measurer: gives `FEATURES`; needed for the first look alone.
        aligner: gives `ALIGNMENT`.
        leads: gives `LEADS`; None where the verdict uses none of them.
        loosely: whether that one of the two comes later, and goes on with the other, is left aside.
    """

    verdict: Verdict
    measurer: Measures | None
    aligner: Measures
    leads: Leads | None
    loosely: bool = False

    def first_limit(self, plausible: float) -> float:
        """Return the log-odds above which a first look lets a pair go on."""
        return plausible - MORE if self._gain else plausible

    @cached_property
    def _gain(self) -> float:
        """Log-odds that what is read for `LEADS` adds at most: nothing where all speaks against."""
        full = self.verdict.full
        if self.leads is None or full is None:
            return 0.0
        return GAIN if any(full.weights.get(name, 0.0) > 0 for name in LEADS[:READ_FOR]) else 0.0

    def first(self, pairs: NDArray[np.int32]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Return `FEATURES` of each pair, and its log-odds by these and the days between them."""
        assert self.measurer is not None
        evidence = self.measurer.measure(pairs)
        return evidence, self.first_odds(pairs, evidence)

    def first_odds(
        self, pairs: NDArray[np.int32], evidence: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """Return the log-odds of pairs by their `FEATURES` and the days between them."""
        odds = [
            self._weighed(pairs[start : start + BLOCK], evidence[start : start + BLOCK])
            for start in range(0, len(pairs), BLOCK)
        ]
        return np.concatenate([np.empty(0), *odds])

    def _weighed(
        self, pairs: NDArray[np.int32], evidence: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        if self.leads is None:
            return self.verdict.first.log_odds(evidence, FEATURES)
        timed = np.concatenate([evidence, self._timing(pairs)], axis=1, dtype=np.float32)
        return self.verdict.first.log_odds(timed, (*FEATURES, *TIMING))

    def _timing(self, pairs: NDArray[np.int32]) -> NDArray[np.float64]:
        assert self.leads is not None
        timing = self.leads.timing(pairs)
        if self.loosely:
            timing[:, TIMING.index("gap")] = 0.0
        return timing

    def again(
        self,
        pairs: NDArray[np.int32],
        evidence: NDArray[np.float32],
        *,
        plausible: float,
        matters: Matters | None = None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Return `FULL` of each pair, and its log-odds by them.

        Args:
            pairs: shape (pairs, 2).
            evidence: their `FEATURES`.
            plausible: log-odds below which a pair need not be read any further.
            matters: tells by log-odds that may still fall which pairs can change anything.
        """
        assert self.verdict.full is not None
        worth = np.ones(len(pairs), dtype=bool)
        aligned = self.aligner.measure(pairs)
        every = np.zeros((len(pairs), len(FULL)), dtype=np.float32)
        every[:, : len(FEATURES)] = evidence
        every[:, len(FEATURES) : len(FEATURES) + len(ALIGNMENT)] = aligned
        if self.leads:
            every[:, READ_FOR - len(LEADS) :] = self._timing(pairs)
            before = self.verdict.full.log_odds(every, FULL)
            worth = before > self._worth_reading(plausible)
            if matters and not self._gain:
                worth &= matters(pairs, before)
            every[:, -len(LEADS) :] = self.leads.measure(
                pairs,
                worth=worth,
                wording=evidence[:, FEATURES.index("wording")],
                wanted=[name for name in LEADS if self.verdict.full.weights.get(name)],
            )
            every[:, READ_FOR - len(LEADS) :] = self._timing(pairs)
            if self.loosely:
                every[:, [FULL.index(name) for name in LATER]] = 0.0
        odds = self.verdict.full.log_odds(every, FULL)
        return every, odds if self._gain else np.where(worth, odds, -np.inf)

    def _worth_reading(self, plausible: float) -> float:
        """Return the log-odds above which what is read for `LEADS` can matter."""
        if self._gain or plausible == -np.inf:
            return plausible - self._gain
        return max(plausible, AGAINST)
