"""Judging a window: candidates, a first look at all of them, a full one where it is worth it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.alignment import ALIGNMENT, Aligner
from digest.stages.candidates import merge_pairs, moved_pairs, near_pairs, shingle_pairs
from digest.stages.evidence import FEATURES, MEASURED, Measurer, cosines
from digest.stages.leads import LEADS, Leads
from digest.stages.looks import Looks, Matters
from digest.stages.patience import give_back
from digest.stages.remembered import Remembered
from digest.stages.second import SecondLook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.stages.verdict import Verdict
    from digest.stages.window import Window

Judged = dict[tuple[int, int], float]

PLAUSIBLE = -4.0  # log-odds under which a pair is not looked at again
RELATED = -1.5  # log-odds above which a pair that is no one event may be a follow-up
ANYWHEN = 0.0  # the same where it is left aside that one comes later
EARLIER = 3  # nearest earlier articles that may be gone on with; with 8 no further link is found
FLOOR = 0.1  # cosine under which no verdict of ours looks at a pair
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
        self._encoder = encoder
        if verdict and second and verdict.second and verdict.second.model == second.model:
            self.second = SecondLook(window.sketches, second, most=most)

    @cached_property
    def looks(self) -> Looks:
        """How pairs are looked at, where there is a verdict."""
        assert self.verdict is not None
        window, encoder = self.window, self._encoder
        sentences = window.once("sentences", lambda: _aligner(window, encoder))
        return Looks(
            self.verdict,
            measurer=window.once(
                ("measurer", self._unused), lambda: _measurer(window, self._unused)
            ),
            aligner=window.once("aligned", lambda: Remembered(sentences.measure, len(ALIGNMENT))),
            counts=sentences.counts,
            leads=leads_of(window) if self.verdict.uses(LEADS) else None,
        )

    @cached_property
    def _unused(self) -> frozenset[str]:
        """What need not be measured; it says by which name the window keeps what measures."""
        assert self.verdict is not None
        return self.verdict.unused(FEATURES) & {"words"}  # the dearest one

    def candidates(
        self,
        among: Sequence[int],
        onto: Sequence[int] | None = None,
        matters: Matters | None = None,
    ) -> Judged:
        """Return the log-odds of the plausible pairs among some places, `(earlier, later)`.

        Args:
            among: places that take part.
            onto: for each place of the window another that it stands for: its original.
            matters: tells which pairs with their log-odds can matter; the others are left out.
        """
        if self.verdict is None or len(among) < 2:
            return {}
        pairs, odds = self._judge(
            self._near_among(among, onto),
            plausible=PLAUSIBLE,
            floor=self.verdict.floor,
            matters=matters,
        )
        kept = matters.among(pairs, odds) if matters else np.ones(len(pairs), dtype=bool)
        return _as_judged(pairs[kept], odds[kept])

    def loosely(
        self,
        among: Sequence[int],
        onto: Sequence[int] | None = None,
        *,
        reach: float,
        own: NDArray[np.bool_] | None = None,
    ) -> Judged:
        """Return the log-odds of likely pairs, that one of the two comes later left aside.

        Args:
            among: places that take part.
            onto: for each place of the window another that it stands for: its original.
            reach: days between the two, at most.
            own: which places are on one side; only pairs of one on either side are judged. None:
                all are.
        """
        if self.verdict is None or self.verdict.full is None or len(among) < 2:
            return {}
        pairs = self._near_among(among, onto)
        pairs = pairs[self._apart(pairs) <= reach]
        cosine = self._cosines(pairs)
        near = cosine >= self.verdict.floor
        pairs, cosine = pairs[near], cosine[near]
        pairs = pairs[_nearest(pairs[:, 1], cosine)]
        if own is not None:
            pairs = pairs[own[pairs[:, 0]] != own[pairs[:, 1]]]
        if not len(pairs):
            return {}
        looks = replace(self.looks, loosely=True)
        seen = looks.first(pairs, limit=ANYWHEN)
        pairs = pairs[seen.rows]
        seen = looks.again(pairs, seen.evidence, plausible=ANYWHEN)
        likely = seen.odds > ANYWHEN
        return _as_judged(pairs[seen.rows[likely]], seen.odds[likely])

    def _cosines(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the cosine of each pair; of most it is known where the window has been judged."""
        known: Remembered | None = self.window.memory.get(("measurer", self._unused))
        vectors = self.window.vectors
        if known is None:
            return cosines(vectors, pairs)
        return known.column(pairs, MEASURED.index("cosine"), lambda some: cosines(vectors, some))

    def _apart(self, pairs: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the days between the two of each pair, NaN where one has none."""
        days: NDArray[np.float64] = np.abs(self._when[pairs[:, 0]] - self._when[pairs[:, 1]])
        return days

    def _near_among(self, among: Sequence[int], onto: Sequence[int] | None) -> NDArray[np.int32]:
        assert self.verdict is not None
        floor = min(FLOOR, self.verdict.floor)
        pairs = self.window.once(("near", floor), lambda: _near(self.window, floor))
        inside = np.zeros(len(self.window.known), dtype=bool)
        inside[np.asarray(among, dtype=np.int32)] = True
        inside &= self.window.known
        if onto is not None:
            return moved_pairs(pairs, np.asarray(onto, dtype=np.int32), inside)
        found: NDArray[np.int32] = pairs[inside[pairs].all(axis=1)]
        return found

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
        return _as_judged(*self._judge(pairs, plausible=plausible, floor=-1.0))

    def _judge(
        self,
        pairs: NDArray[np.int32],
        *,
        plausible: float,
        floor: float,
        matters: Matters | None = None,
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        assert self.verdict is not None
        if not len(pairs):
            return pairs, np.empty(0)
        pairs = pairs[~(self._apart(pairs) > self.days)]
        limit = self.looks.first_limit(plausible)
        seen = self.looks.first(pairs, limit=limit, floor=floor)
        give_back(len(self.window.sketches))
        if self.verdict.full:
            pairs, evidence = pairs[seen.rows], seen.evidence
            del seen  # what is not held here can go while sentences are read
            seen = self.looks.again(pairs, evidence, plausible=plausible, matters=matters)
            give_back(len(self.window.sketches))
        kept = seen.odds > plausible
        odds = seen.odds[kept]
        pairs = pairs[seen.rows[kept]]
        if self.second and self.verdict.second and len(pairs):
            look = self.verdict.second.look
            odds = self.second.revise(pairs, seen.evidence[kept], odds, verdict=look)
        return pairs, odds

    def close(self) -> None:
        """Let go of what pairs are measured by; nothing can be judged any more."""
        self.__dict__.pop("looks", None)
        self.window.forget(*(key for key in self.window.memory if key != "leads"))
        give_back(len(self.window.sketches))

    def notes(self) -> dict[tuple[int, int], str]:
        """Return in words what the second model said of the pairs that it was asked about."""
        if not self.second:
            return {}
        name = self.second.encoder.model.split("@")[0]
        found = self.second.cosines.items()
        return {pair: f"{name} reads their beginnings at cosine {n:.2f}" for pair, n in found}


def _nearest(later: NDArray[np.int32], cosine: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which pairs are among the `EARLIER` nearest of their later article."""
    order = np.lexsort((-cosine, later))
    ranked = later[order]
    nearest = np.ones(len(later), dtype=bool)
    nearest[EARLIER:] = ranked[EARLIER:] != ranked[:-EARLIER]
    found = np.empty(len(later), dtype=bool)
    found[order] = nearest
    return found


def _as_judged(pairs: NDArray[np.int32], odds: NDArray[np.float64]) -> Judged:
    return dict(zip(map(tuple, pairs.tolist()), odds.tolist(), strict=True))


def _measurer(window: Window, unused: frozenset[str]) -> Remembered:
    made = Measurer(window.sketches, window.vectors, unused=unused, background=window.background)
    give_back(len(window.sketches))
    return Remembered(made.measured, len(FEATURES), whole=made.whole)


def _aligner(window: Window, encoder: Encoder) -> Aligner:
    shift = window.background.sentence_shift if window.background else None
    return Aligner(window.sketches, encoder, shift=shift)


def leads_of(window: Window) -> Leads:
    """Return what the window's articles are about, read once."""
    return window.once("leads", lambda: Leads(window.sketches, window.background))


def _near(window: Window, floor: float) -> NDArray[np.int32]:
    """Return the pairs of a window that are near by vector or share some wording."""
    near = near_pairs(window.vectors, floor=floor, among=np.flatnonzero(window.known))
    found = merge_pairs(near, shingle_pairs([one.shingles for one in window.sketches]))
    give_back(len(window.sketches))
    return found
