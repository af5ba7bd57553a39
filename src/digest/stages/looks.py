"""The two looks of a verdict at pairs: what needs no reading, then sentences and subjects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from digest.stages.alignment import ALIGNMENT
from digest.stages.ceilings import most_odds
from digest.stages.evidence import FEATURES
from digest.stages.leads import APART, LEADS, READ_FOR, TIMING, Leads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.stages.remembered import Remembered
    from digest.stages.verdict import Verdict

FULL = (*FEATURES, *ALIGNMENT, *LEADS)
LATER = (
    "turned",
    "gone_on",
    "subjects_beside",
    "kinds_apart",
)  # what a later article has, beside its day
BLOCK = 100_000  # pairs that are weighed at once: of millions, every copy would be large
MORE = 1.0  # log-odds by which the first look's limit is lower: the second finds what it can't see
AGAINST = -3.0  # log-odds under which nothing is read that can only speak against a pair
GAIN = 4.0  # log-odds that what two texts are about adds, at most, in all but one of a thousand

COSINE, WORDING = FEATURES.index("cosine"), FEATURES.index("wording")


class Measures(Protocol):
    """Measures pairs."""

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return a row of numbers for each pair."""


@dataclass(frozen=True, slots=True, eq=False)
class Matters:
    """Which pairs can change anything."""

    limit: float  #: log-odds above which two are one, at the least
    #: tells it of pairs by log-odds that may still fall; without those above the limit, no pair can
    among: Callable[[NDArray[np.int32], NDArray[np.float64]], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The pairs that are left after a look."""

    rows: NDArray[np.intp]  #: their places among the pairs that were looked at, rising
    evidence: NDArray[np.float32]  #: of each, shape (pairs, features)
    odds: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Looks:
    """Looks at pairs of articles once and again.

    Args:
        verdict: weighs what is seen.
        measurer: gives `FEATURES`; needed for the first look alone.
        aligner: gives `ALIGNMENT`.
        leads: gives `LEADS`; None where the verdict uses none of them.
        counts: gives the numbers of sentences of pairs; None where nothing is spared by these.
        loosely: whether that one of the two comes later, and goes on with the other, is left aside.
    """

    verdict: Verdict
    measurer: Remembered | None
    aligner: Measures
    leads: Leads | None
    counts: Callable[[NDArray[np.int32]], NDArray[np.int32]] | None = None
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

    def first(
        self, pairs: NDArray[np.int32], *, limit: float = -np.inf, floor: float = -np.inf
    ) -> Seen:
        """Return the pairs that are likely enough by `FEATURES` and the days between them.

        Args:
            pairs: shape (pairs, 2).
            limit: log-odds above which a pair stays.
            floor: the least cosine of two that share no wording.
        """
        assert self.measurer is not None
        seen = [_nothing(len(FEATURES))]
        for start, evidence in self.measurer.blocks(pairs, BLOCK):
            odds = self.first_odds(pairs[start : start + BLOCK], evidence)
            near = (evidence[:, COSINE] >= floor) | (evidence[:, WORDING] > 0)
            rows = np.flatnonzero(near & (odds > limit))
            seen.append(Seen(rows + start, evidence[rows], odds[rows]))
        return Seen(
            np.concatenate([some.rows for some in seen]),
            np.concatenate([some.evidence for some in seen]),
            np.concatenate([some.odds for some in seen]),
        )

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
        weights = self.verdict.first.weights
        if self.leads is None or not any(weights.get(name) for name in TIMING):
            return self.verdict.first.log_odds(evidence, FEATURES)
        timed = np.concatenate([evidence, self._timing(pairs, evidence)], axis=1, dtype=np.float32)
        return self.verdict.first.log_odds(timed, (*FEATURES, *TIMING))

    def _timing(
        self, pairs: NDArray[np.int32], evidence: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        assert self.leads is not None
        timing = self.leads.timing(pairs, evidence[:, COSINE])
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
    ) -> Seen:
        """Return the pairs that may be above a limit, with their `FULL` and log-odds by these.

        Args:
            pairs: shape (pairs, 2).
            evidence: their `FEATURES`.
            plausible: log-odds below which a pair need not be read any further.
            matters: tells which pairs can change anything; None: all can.
        """
        assert self.verdict.full is not None
        able = self._able(pairs, evidence, plausible, matters)
        pairs, evidence = pairs[able], evidence[able]
        aligned = self.aligner.measure(pairs)
        rows = self._worth(pairs, self._before(pairs, evidence, aligned), plausible, matters)
        pairs, every = pairs[rows], self._unread(pairs[rows], evidence[rows], aligned[rows])
        if self.leads:
            weights = self.verdict.full.weights
            every[:, -len(LEADS) : READ_FOR - len(LEADS)] = self.leads.measure(
                pairs,
                wording=every[:, WORDING],
                wanted=[name for name in LEADS if weights.get(name) and name not in APART],
            )[:, :READ_FOR]
            if self.loosely:
                every[:, [FULL.index(name) for name in LATER]] = 0.0
        odds = self.verdict.full.log_odds(every, FULL)
        if self.leads and self.verdict.uses(APART):
            left = np.flatnonzero(odds > self._worth_saying(plausible))
            for name, column in zip(APART, self.leads.apart(pairs[left]).T, strict=True):
                if not (self.loosely and name in LATER):
                    every[left, FULL.index(name)] = column
            odds[left] = self.verdict.full.log_odds(every[left], FULL)
        return Seen(able[rows], every, odds)

    def _able(
        self,
        pairs: NDArray[np.int32],
        evidence: NDArray[np.float32],
        plausible: float,
        matters: Matters | None,
    ) -> NDArray[np.intp]:
        """Return the places of the pairs that can matter, whatever their sentences say.

        Those that may be one are compared by sentences first: what is left of them tells whose
        other pairs can matter.
        """
        if matters is None or self.counts is None or self._gain:
            return np.arange(len(pairs))
        assert self.verdict.full is not None
        odds = most_odds(self.verdict.full, evidence, self.counts(pairs))
        rows = np.flatnonzero(odds > matters.limit)
        some, known = pairs[rows], evidence[rows]
        odds[rows] = self._before(some, known, self.aligner.measure(some))
        return self._worth(pairs, odds, plausible, matters)

    def _worth(
        self,
        pairs: NDArray[np.int32],
        odds: NDArray[np.float64],
        plausible: float,
        matters: Matters | None,
    ) -> NDArray[np.intp]:
        """Return the places of the pairs of which it is worth reading more."""
        if self.leads is None:
            return np.arange(len(pairs))
        worth = odds > self._worth_reading(plausible)
        if matters and not self._gain:
            worth &= matters.among(pairs, odds)
        return np.flatnonzero(worth)

    def _before(
        self,
        pairs: NDArray[np.int32],
        evidence: NDArray[np.float32],
        aligned: NDArray[np.float32],
    ) -> NDArray[np.float64]:
        """Return the log-odds of pairs before it is read what they are about."""
        assert self.verdict.full is not None
        odds = np.empty(len(pairs))
        for start in range(0, len(pairs), BLOCK):
            some = slice(start, start + BLOCK)
            every = self._unread(pairs[some], evidence[some], aligned[some])
            odds[some] = self.verdict.full.log_odds(every, FULL)
        return odds

    def _unread(
        self,
        pairs: NDArray[np.int32],
        evidence: NDArray[np.float32],
        aligned: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Return `FULL` of pairs, zeros where their texts have to be read for it."""
        every = np.zeros((len(pairs), len(FULL)), dtype=np.float32)
        every[:, : len(FEATURES)] = evidence
        every[:, len(FEATURES) : len(FEATURES) + len(ALIGNMENT)] = aligned
        if self.leads:
            every[:, READ_FOR - len(LEADS) :] = self._timing(pairs, evidence)
        return every

    def _worth_reading(self, plausible: float) -> float:
        """Return the log-odds above which what is read for `LEADS` can matter."""
        if self._gain or plausible == -np.inf:
            return plausible - self._gain
        return max(plausible, AGAINST)

    @staticmethod
    def _worth_saying(plausible: float) -> float:
        """Return the log-odds above which it is read what speaks against a pair alone."""
        return plausible if plausible == -np.inf else max(plausible, AGAINST)


def _nothing(width: int) -> Seen:
    return Seen(np.empty(0, np.intp), np.empty((0, width), np.float32), np.empty(0))
