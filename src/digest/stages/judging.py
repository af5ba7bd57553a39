"""Judging a window: candidates, a first look at all of them, a full one where it is worth it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.alignment import ALIGNMENT, Aligner
from digest.stages.candidates import merge_pairs, near_pairs, shingle_pairs
from digest.stages.evidence import FEATURES, Measurer
from digest.stages.leads import LEADS, READ_FOR, TIMING, Leads
from digest.stages.second import SecondLook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.stages.groups import Grouping
    from digest.stages.verdict import Verdict
    from digest.stages.window import Window

Judged = dict[tuple[int, int], float]

PLAUSIBLE = -4.0  # log-odds under which a pair is not looked at again
MORE = 1.0  # log-odds by which the first look's limit is lower: the second finds what it can't see
UNKNOWN = -1.0  # log-odds of a pair that was no candidate, while likely groups are made
FULL = (*FEATURES, *ALIGNMENT, *LEADS)
GAIN = 4.0  # log-odds that what two texts are about adds, at most, in all but one of a thousand
CROWD = 40  # members of a group up to which all its pairs are judged


class Judge:
    """Judges pairs of a window by a calibrated verdict.

    Args:
        window: the articles.
        verdict: None where the encoder is not calibrated: then nothing is judged.
        encoder: makes sentence vectors.
        days: between two articles, at most; an undated one is compatible with any date.
        second: another model, asked about undecided English pairs; None where nobody is.
        most: articles that it reads.
    """

    def __init__(
        self,
        window: Window,
        verdict: Verdict | None,
        *,
        encoder: Encoder,
        days: float,
        second: Encoder | None = None,
        most: int = 0,
    ) -> None:
        self.window = window
        self.verdict = verdict
        self.days = days
        self.second: SecondLook | None = None
        self._when = np.array([np.nan if one.day is None else one.day for one in window.sketches])
        if verdict:
            unused = verdict.unused(FEATURES)
            self._measurer = Measurer(window.sketches, window.vectors, unused=unused)
            self._aligner = Aligner(window.sketches, encoder)
            self._leads = Leads(window.sketches) if verdict.uses(LEADS) else None
            if second and verdict.second and verdict.second.model == second.model:
                self.second = SecondLook(window.sketches, second, most=most)

    def candidates(self, among: Sequence[int]) -> Judged:
        """Return the log-odds of the plausible pairs among some places, `(earlier, later)`."""
        chosen = np.array([n for n in among if self.window.known[n]], dtype=np.int32)
        if self.verdict is None or len(chosen) < 2:
            return {}
        near = near_pairs(self.window.vectors[chosen], floor=self.verdict.floor)
        alike = shingle_pairs([self.window.sketches[n].shingles for n in chosen])
        return self.judge(chosen[merge_pairs(near, alike)])

    def within(self, groups: Sequence[Sequence[int]], judged: Judged) -> Judged:
        """Return the log-odds of those pairs within groups that were no candidates."""
        known = self.window.known
        pairs = [
            (left, right)
            for group in groups
            if 2 < len(group) <= CROWD
            for left, right in combinations(sorted(n for n in group if known[n]), 2)
            if (left, right) not in judged
        ]
        if self.verdict is None or not pairs:
            return {}
        return self.judge(np.array(pairs, dtype=np.int32), plausible=-np.inf)

    def judge(self, pairs: NDArray[np.int32], *, plausible: float = PLAUSIBLE) -> Judged:
        """Return the log-odds of the pairs that are plausible and near enough in time."""
        assert self.verdict is not None
        apart = np.abs(self._when[pairs[:, 0]] - self._when[pairs[:, 1]])
        pairs = pairs[~(apart > self.days)]
        evidence = self._measurer.measure(pairs)
        odds = self._look_first(pairs, evidence)
        limit = plausible - MORE if self._leads else plausible
        pairs, evidence, odds = _kept(odds > limit, pairs, evidence, odds)
        if self.verdict.full:
            evidence = np.concatenate(
                [evidence, self._look_again(pairs, evidence, plausible)], axis=1
            )
            odds = self.verdict.full.log_odds(evidence, FULL)
            pairs, evidence, odds = _kept(odds > plausible, pairs, evidence, odds)
        if self.second and self.verdict.second and len(pairs):
            odds = self.second.revise(pairs, evidence, odds, verdict=self.verdict.second.look)
        keys = map(tuple, pairs.tolist())
        return dict(zip(keys, odds.tolist(), strict=True))

    def notes(self) -> dict[tuple[int, int], str]:
        """Return in words what the second model said of the pairs that it was asked about."""
        if not self.second:
            return {}
        name = self.second.encoder.model.split("@")[0]
        found = self.second.cosines.items()
        return {pair: f"{name} reads their beginnings at cosine {n:.2f}" for pair, n in found}

    def _look_first(
        self, pairs: NDArray[np.int32], evidence: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        """Return the log-odds by what needs no reading, with the days where the verdict has any."""
        assert self.verdict is not None
        if self._leads is None:
            return self.verdict.first.log_odds(evidence, FEATURES)
        timed = np.concatenate([evidence, self._leads.timing(pairs)], axis=1, dtype=np.float32)
        return self.verdict.first.log_odds(timed, (*FEATURES, *TIMING))

    def _look_again(
        self, pairs: NDArray[np.int32], evidence: NDArray[np.float32], plausible: float
    ) -> NDArray[np.float32]:
        """Return what a full look adds to the evidence: sentences, and what the texts are about."""
        assert self.verdict is not None
        assert self.verdict.full is not None
        aligned = self._aligner.measure(pairs)
        if self._leads is None:
            return np.concatenate([aligned, np.zeros((len(pairs), len(LEADS)), np.float32)], axis=1)
        unread = np.zeros((len(pairs), len(LEADS)), dtype=np.float32)
        unread[:, READ_FOR:] = self._leads.timing(pairs)
        before = self.verdict.full.log_odds(
            np.concatenate([evidence, aligned, unread], axis=1), FULL
        )
        about = self._leads.measure(pairs, worth=before > plausible - GAIN)
        return np.concatenate([aligned, about], axis=1)


def link(judge: Judge, grouping: Grouping, *, among: Sequence[int], limit: float) -> Judged:
    """Group by the verdict and return the log-odds of all pairs that were judged.

    Candidates make likely groups; then every pair within these is judged, and they are made again
    knowing all, so that two ends of a chain are compared before they share a group.

    Args:
        judge: judges pairs.
        grouping: grows the groups; certainties are in it already.
        among: places that take part.
        limit: log-odds above which two are one.
    """
    judged = judge.candidates(among)
    likely = grouping.copy()
    likely.link(_less(judged, limit), unjudged=UNKNOWN)
    judged |= judge.within(likely.groups(), judged)
    grouping.link(_less(judged, limit), unjudged=PLAUSIBLE)
    return judged


def _less(judged: Judged, limit: float) -> Judged:
    return {pair: odds - limit for pair, odds in judged.items()}


def _kept(
    mask: NDArray[np.bool_],
    pairs: NDArray[np.int32],
    evidence: NDArray[np.float32],
    odds: NDArray[np.float64],
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float64]]:
    return pairs[mask], evidence[mask], odds[mask]
