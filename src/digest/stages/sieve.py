"""Which neighbours may be in one group with an article: no other can change what it joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.alignment import Aligner
from digest.stages.codes import centred
from digest.stages.evidence import FEATURES, Measurer
from digest.stages.judging import PLAUSIBLE
from digest.stages.leads import LEADS, Leads
from digest.stages.looks import COSINE, WORDING, Looks
from digest.stages.verdict import Task, Verdict, load_verdict, log_odds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.records import Background
    from digest.stages.sketch import Sketch

ALIKE = 0.3  #: share of the wording in common from which two may be the same for certain
MOST = 12  #: neighbours of an article whose sentences are compared


@dataclass(frozen=True, eq=False)
class Gathered:
    """Pairs of articles, with what is known of both.

    Args:
        sketches: of the articles.
        vectors: of the articles, as the encoder made them, shape (articles, dims).
        pairs: places in these, shape (pairs, 2).
        evidence: of the pairs, once they have been looked at, shape (pairs, features).
        odds: likewise; infinite where so much of the wording is the same that they may be one.
    """

    sketches: Sequence[Sketch]
    vectors: NDArray[np.float32]
    pairs: NDArray[np.int32]
    evidence: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))
    odds: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class Sieve:
    """Sifts pairs by the verdict of a step.

    Args:
        task: the step.
        encoder: makes sentence vectors, and knows languages.
        threshold: probability above which two are one.
        window_days: between the two, at most.
        own: the user's own verdicts.
        margin: log-odds under the limit that a second model, which is not asked here, may add.
    """

    task: Task
    encoder: Encoder
    threshold: float
    window_days: float
    own: Path | None = None
    margin: float = 0.0

    @cached_property
    def verdict(self) -> Verdict | None:
        """The verdict on this encoder's vectors, None where it is not calibrated."""
        return load_verdict(self.task, self.encoder.model, own=self.own)

    def glance(self, some: Gathered, background: Background) -> Gathered:
        """Return the pairs that are worth a look at their sentences, `MOST` of each first article.

        Args:
            some: pairs of articles; their sketches need no text.
            background: what is common and what is rare.
        """
        known = self._known(some.sketches)
        unit = np.where(known[:, None], centred(background, some.vectors), np.float32(0))
        unused = self.verdict.unused(FEATURES) if self.verdict else ("words",)
        measurer = Measurer(some.sketches, unit, unused=unused, background=background)
        evidence = measurer.measure(some.pairs)
        odds, limit = np.full(len(evidence), -np.inf), PLAUSIBLE
        if looks := self._looks(some.sketches, background):
            judged = known[some.pairs].all(axis=1) & self._near_in_time(some)
            judged &= (evidence[:, COSINE] >= looks.verdict.floor) | (evidence[:, WORDING] > 0)
            odds[judged] = looks.first_odds(some.pairs[judged], evidence[judged])
            limit = looks.first_limit(PLAUSIBLE)
        odds[_alike(evidence)] = np.inf
        kept = (odds > limit) & (_rank(some.pairs[:, 0], odds) < MOST)
        return replace(some, pairs=some.pairs[kept], evidence=evidence[kept], odds=odds[kept])

    def sift(self, some: Gathered, background: Background) -> NDArray[np.int32]:
        """Return those of the pairs that `glance` kept that may be in one group.

        Args:
            some: what it gave, with the texts.
            background: what is common and what is rare.
        """
        odds = some.odds
        looks = self._looks(some.sketches, background)
        if looks and looks.verdict.full:
            seen = looks.again(some.pairs, some.evidence, plausible=PLAUSIBLE)
            odds = np.full(len(some.pairs), -np.inf)
            odds[seen.rows] = seen.odds
        # Groups grow by the mean of their pairs: without one above the limit, two stay apart.
        near = (odds > log_odds(self.threshold) - self.margin) | np.isposinf(some.odds)
        kept: NDArray[np.int32] = some.pairs[near]
        return kept

    def _looks(self, sketches: Sequence[Sketch], background: Background) -> Looks | None:
        """Return how the verdict looks at pairs that are measured; None where there is none."""
        if self.verdict is None:
            return None
        return Looks(
            self.verdict,
            measurer=None,
            aligner=Aligner(sketches, self.encoder, shift=background.sentence_shift),
            leads=Leads(sketches, background) if self.verdict.uses(LEADS) else None,
        )

    def _known(self, sketches: Sequence[Sketch]) -> NDArray[np.bool_]:
        return np.array([self.encoder.knows(one.language) and one.length > 0 for one in sketches])

    def _near_in_time(self, some: Gathered) -> NDArray[np.bool_]:
        days = np.array([np.nan if one.day is None else one.day for one in some.sketches])
        apart = np.abs(days[some.pairs[:, 0]] - days[some.pairs[:, 1]])
        near: NDArray[np.bool_] = ~(apart > self.window_days)
        return near


def _alike(evidence: NDArray[np.float32]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = evidence[:, WORDING] >= ALIKE
    return found


def _rank(groups: NDArray[np.int32], odds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rank of each within its group, the highest odds first."""
    order = np.lexsort((-odds, groups))
    ordered = groups[order]
    starts = np.searchsorted(ordered, ordered, side="left")
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = np.arange(len(groups)) - starts
    return rank
