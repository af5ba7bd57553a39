"""Our verdict on a labelled corpus: measured once, then fitted and grouped as often as wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from digest.calibrate import EVERY, Labelled, fit
from digest.ports import Encoder
from digest.records import Embedding
from digest.stages.alignment import ALIGNMENT, Aligner
from digest.stages.candidates import merge_pairs, near_pairs, shingle_pairs
from digest.stages.embed import embedded_text
from digest.stages.evidence import FEATURES, Measurer
from digest.stages.groups import Grouping
from digest.stages.judging import PLAUSIBLE, Judge, Judged
from digest.stages.leads import Leads
from digest.stages.linking import link
from digest.stages.looks import Matters
from digest.stages.verdict import Verdict
from digest.stages.window import Window, make_window

from .corpora import Corpus
from .measures import Labels, b_cubed_rows, codes, pair_rows

#: Log-odds that are taken off so that the groups come out best. Duplicates are rarer in a real
#: window than among a corpus's candidates: a verdict on them is never made milder.
SHIFTS = {"dedupe": np.arange(0, 0.61, 0.1), "cluster": np.arange(-2.5, 2.6, 0.5)}
MOST_PAIRS = 40_000  # of a corpus that are learned from: the nearest
MISSED = 0.01  # share of the true pairs that may lie under the floor: their group finds them
Task = Literal["dedupe", "cluster"]


class Remembering(Judge):
    """A judge that measures a pair once and can change its verdict."""

    def __init__(
        self, window: Window, *, encoder: Encoder, floor: float, aligned: bool = True
    ) -> None:
        super().__init__(window, None, encoder=encoder, days=float("inf"))
        self._measurer = Measurer(window.sketches, window.vectors)
        self._aligner = Aligner(window.sketches, encoder)
        self._leads = Leads(window.sketches)
        self._aligned = aligned
        if aligned:  # the mean sentence is that of the whole corpus
            self._aligner.measure(np.array([[n, n] for n in range(len(window.sketches))]))
        near = _nearest_pairs(window.vectors, floor=floor, most=MOST_PAIRS)
        self.pairs = merge_pairs(near, shingle_pairs([one.shingles for one in window.sketches]))
        self._row: dict[tuple[int, int], int] = {}
        self.evidence = np.empty((0, len(EVERY)), dtype=np.float32)
        self._measure(self.pairs)

    def candidates(
        self,
        among: Sequence[int],
        onto: Sequence[int] | None = None,
        matters: Matters | None = None,
    ) -> Judged:
        """Return the log-odds of the plausible pairs among some places."""
        inside = np.zeros(len(self.window.sketches), dtype=bool)
        inside[list(among)] = True
        assert self.verdict is not None
        near = self.evidence[: len(self.pairs), FEATURES.index("cosine")] >= self.verdict.floor
        return self.judge(self.pairs[inside[self.pairs].all(axis=1) & near])

    def judge(self, pairs: NDArray[np.int32], *, plausible: float = PLAUSIBLE) -> Judged:
        """Return the log-odds of pairs, in two looks as the stage does."""
        assert self.verdict is not None
        self._measure(pairs)
        rows = self.evidence[[self._row[pair] for pair in map(tuple, pairs.tolist())]]
        odds = self.verdict.first.log_odds(rows[:, : len(FEATURES)], FEATURES)
        kept = odds > plausible
        if self.verdict.full:
            odds = self.verdict.full.log_odds(rows, EVERY)
            kept &= odds > plausible
        pairs, rows, odds = pairs[kept], rows[kept], odds[kept]
        if self.second and self.verdict.second and len(pairs):
            odds = self.second.revise(pairs, rows, odds, verdict=self.verdict.second.look)
        return dict(zip(map(tuple, pairs.tolist()), odds.tolist(), strict=True))

    def _measure(self, pairs: NDArray[np.int32]) -> None:
        new = [pair for pair in map(tuple, pairs.tolist()) if pair not in self._row]
        if new:
            asked = np.array(new, dtype=np.int32)
            again = np.zeros((len(asked), len(ALIGNMENT)), dtype=np.float32)
            if self._aligned:
                again = self._aligner.measure(asked)
            evidence = self._measurer.measure(asked)
            cosine = evidence[:, FEATURES.index("cosine")]
            rows = [evidence, again, self._leads.measure(asked, cosine=cosine)]
            self._row.update({pair: len(self.evidence) + n for n, pair in enumerate(new)})
            self.evidence = np.concatenate([self.evidence, np.concatenate(rows, axis=1)])


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """A corpus, measured; articles are numbered by their place in the window."""

    task: Task
    judge: Remembering
    stories: list[str]
    ignored: list[str | None]
    floor: float
    weight: float = 1.0  #: of each pair that is learned from; groups are scored where it is 1

    def labelled(self, seen: NDArray[np.bool_] | None = None) -> Labelled:
        """Return the candidate pairs, of the articles of `seen` if given, with their answers."""
        pairs = self.judge.pairs
        chosen = np.ones(len(pairs), dtype=bool) if seen is None else seen[pairs].all(axis=1)
        pairs = pairs[chosen]
        stories = codes(self.stories)
        near = codes([one or f"\0{n}" for n, one in enumerate(self.ignored)])
        same = stories[pairs[:, 0]] == stories[pairs[:, 1]]
        counts = same | (near[pairs[:, 0]] != near[pairs[:, 1]])
        return Labelled(
            self.judge.evidence[: len(chosen)][chosen],
            EVERY,
            same,
            stories[pairs].astype(np.int32),
            counts.astype(np.float32) * np.float32(self.weight),
        )

    def group(self, verdict: Verdict, among: NDArray[np.bool_] | None = None) -> Labels:
        """Return the groups that a verdict makes of the articles."""
        self.judge.verdict = verdict
        grouping = Grouping(len(self.stories))
        places = np.arange(len(self.stories)) if among is None else np.flatnonzero(among)
        link(self.judge, grouping, among=places.tolist(), limit=0.0)
        return np.array(grouping.group_of)

    def score(self, found: Labels, seen: NDArray[np.bool_]) -> float:
        """Return pairwise F1 for duplicates, B³ F1 for stories, among the articles of `seen`.

        Of a corpus without duplicates, the share of articles that stay alone.
        """
        true = codes(self.stories)[seen]
        if len(set(true)) == len(true):
            return len(set(found[seen])) / len(true)
        near = [one for one, mine in zip(self.ignored, seen, strict=True) if mine]
        if self.task == "dedupe":
            hits, false, missed = pair_rows(found[seen], true, ignored=near).sum(axis=0)
            return float(2 * hits / (2 * hits + false + missed))
        precision, recall, count = b_cubed_rows(found[seen], true, ignored=near).sum(axis=0)
        return float(2 * precision * recall / (precision + recall) / count)


def make_bench(
    corpus: Corpus, encoder: Encoder, *, task: Task, floor: float, aligned: bool = True
) -> Bench:
    """Return a corpus with its candidate pairs measured."""
    window = embed_corpus(corpus, encoder)
    row = {one.id: n for n, one in enumerate(corpus.articles)}
    order = [row[one.id] for one in window.sketches]
    return Bench(
        task,
        Remembering(window, encoder=encoder, floor=floor, aligned=aligned),
        [corpus.stories[n] for n in order],
        [corpus.ignored[n] for n in order],
        floor,
    )


def _nearest_pairs(vectors: NDArray[np.float32], *, floor: float, most: int) -> NDArray[np.int32]:
    scores = vectors @ vectors.T
    every = scores[np.triu_indices(len(vectors), 1)]
    if len(every) > most:
        floor = max(floor, float(np.partition(every, -most)[-most]))
    return near_pairs(vectors, floor=floor)


def embed_corpus(corpus: Corpus, encoder: Encoder) -> Window:
    """Return the corpus as a window with its vectors."""
    vectors = encoder.encode([embedded_text(one) for one in corpus.articles])
    made = {
        one.id: Embedding(one.id, encoder.model, vector)
        for one, vector in zip(corpus.articles, vectors, strict=True)
    }
    return make_window(corpus.articles, corpus.languages, made, encoder=encoder)


def fit_verdict(
    benches: Sequence[Bench],
    masks: Sequence[NDArray[np.bool_] | None],
    *,
    model: str,
    features: Sequence[str] = EVERY,
) -> Verdict:
    """Return the verdict that fits the articles of the masks best, over several corpora.

    The full look's intercept is moved to where the groups, not the pairs, come out best.
    """
    parts = [bench.labelled(mask) for bench, mask in zip(benches, masks, strict=True)]
    pooled = Labelled(
        np.concatenate([part.evidence for part in parts]),
        EVERY,
        np.concatenate([part.same for part in parts]),
        np.concatenate([part.documents for part in parts]),
        np.concatenate([part.weight for part in parts]),
    )
    first = fit(pooled, [name for name in FEATURES if name in features])
    looks_again = any(name not in FEATURES for name in features)
    full = fit(pooled, features) if looks_again else None
    cosines = pooled.evidence[pooled.same, FEATURES.index("cosine")]
    floor = round(float(np.quantile(cosines, MISSED)), 3)
    verdict = Verdict(model, floor, first, full)

    def score(shift: float) -> float:
        moved = shifted(verdict, float(shift))
        found = []
        for bench, mask in zip(benches, masks, strict=True):
            if bench.weight != 1:
                continue
            seen = np.ones(len(bench.stories), dtype=bool) if mask is None else mask
            found.append(bench.score(bench.group(moved, seen), seen))
        return float(np.mean(found))

    shifts = SHIFTS[benches[0].task]
    return shifted(verdict, float(max(shifts, key=lambda shift: (score(shift), -abs(shift)))))


def shifted(verdict: Verdict, shift: float) -> Verdict:
    """Return a verdict with `shift` taken off its log-odds."""
    look = verdict.full or verdict.first
    moved = replace(look, intercept=round(look.intercept - shift, 4))
    return replace(verdict, full=moved) if verdict.full else replace(verdict, first=moved)
