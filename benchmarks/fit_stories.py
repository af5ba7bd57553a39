"""How the verdict on stories is learned: from events, retellings, the sample, and mere topics.

`python -m benchmarks.fit_verdicts embedded cluster` writes it; `python -m benchmarks.stories`
reports it on events, and on the sample's stories, that it has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digest.calibrate import EVERY, Labelled, fit
from digest.ports import Encoder
from digest.records import Duplicate
from digest.stages.evidence import FEATURES
from digest.stages.second import AGAIN, DECIDED, SECOND, SecondLook
from digest.stages.verdict import Logistic, Second, Verdict

from .judging import PLAUSIBLE, Bench, make_bench
from .retellings import events_with_misses, retellings
from .sample import DAYS, sample
from .topics import topic_pairs

#: Shared words say much in one language and nothing across two: the second verdict weighs them.
#: What tells copies and templates apart took whole stories apart here (benchmarks/stories.md).
FOR_COPIES = ("apart", "standing", "lead_others", "title_swapped")
GENERAL = tuple(name for name in EVERY if name not in ("words", "wording", "crowd", *FOR_COPIES))
FIRST = (*(name for name in FEATURES if name in GENERAL), "gap")
CROWD = {"crowd": -1.0}  # prior odds go by 1 / n: not learned
#: About what was learned whenever our own articles on one vendor were among the lessons; these
#: taught the other weights too much (benchmarks/stories.md).
TEMPLATES = {"standing": -40.0, "title_swapped": -15.0}
LEARNED = (*EVERY, *SECOND)
#: Log-odds that are added so that groups, not pairs, come out best; cross-validated on the sample.
MILDER = 1.0
SECOND_MILDER = 2.0
#: How much the pairs of one corpus count beside another's of mass 1, whatever their number.
MASS = 20_000.0
EVENTS, SAMPLE = 0, 3  # places of these corpora among the lessons
TOPICS, SECOND_TOPICS, SECOND_SAMPLE = 0.5, 0.1, 0.1
MISSED = 0.01  # share of the true pairs that may lie under the floor: their group finds them
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """The measured corpora that teach the verdict on stories."""

    model: str
    second: str
    benches: list[Bench]  #: events, two of retellings, the sample
    looks: list[NDArray[np.float32]]  #: what the second model adds to each pair; 0 if not English
    english: list[Mask]  #: pairs of English articles
    near: list[Mask]  #: pairs of one week
    topics: NDArray[np.float32]  #: evidence of pairs that are no event
    duplicates: list[Duplicate]  #: of the sample


def lessons(encoder: Encoder, second: Encoder) -> Lessons:
    """Return everything that is learned from, measured."""
    own, copies = sample()
    corpora = [
        (events_with_misses(), 0.1),
        (retellings("ntrex"), 0.1),
        (retellings("martech-docs"), 0.1),
        (own, -1.0),
    ]
    benches = [make_bench(one, encoder, task="cluster", floor=floor) for one, floor in corpora]
    english = [_english(bench, second) for bench in benches]
    looks = [_look(b, e, second=second) for b, e in zip(benches, english, strict=True)]
    near = [_near(bench) for bench in benches]
    topics = topic_pairs(encoder, second)
    return Lessons(encoder.model, second.model, benches, looks, english, near, topics, copies)


def _english(bench: Bench, second: Encoder) -> Mask:
    """Return the pairs that the second model may be asked about."""
    judge = bench.judge
    spoken = np.array([one.language == "en" for one in judge.window.sketches])
    look = SecondLook(judge.window.sketches, second, most=0)
    unseen = look.is_blind_to(judge.pairs, judge.evidence[: len(judge.pairs)])
    both: Mask = spoken[judge.pairs].all(axis=1) & ~unseen
    return both


def _look(bench: Bench, english: Mask, *, second: Encoder) -> NDArray[np.float32]:
    pairs = bench.judge.pairs
    found = np.zeros((len(pairs), 2), dtype=np.float32)
    if english.any():
        look = SecondLook(bench.judge.window.sketches, second, most=len(pairs))
        look.read(np.unique(pairs[english]).tolist())
        found[english] = look.measure(pairs[english])
    return found


def _near(bench: Bench) -> Mask:
    days = np.array([np.nan if n.day is None else n.day for n in bench.judge.window.sketches])
    pairs = bench.judge.pairs
    near: Mask = ~(np.abs(days[pairs[:, 0]] - days[pairs[:, 1]]) > DAYS)
    return near


def fit_story_verdict(known: Lessons, masks: Sequence[Mask | None]) -> Verdict:
    """Return the verdict learned from the articles of the masks, one a corpus (None: all)."""
    parts = [_part(known, n, mask) for n, mask in enumerate(masks)]
    every = _pool([*((part, 1.0) for part in parts), (_topics(known), TOPICS)])
    first = fit(every, FIRST, fixed=CROWD)
    full = _milder(fit(every, GENERAL, fixed={**CROWD, **TEMPLATES}), MILDER)
    cosines = every.evidence[every.same, EVERY.index("cosine")]
    floor = round(float(np.quantile(cosines, MISSED)), 3)
    look = _fit_second(known, full, masks)
    return Verdict(known.model, floor, first, full, Second(known.second, look))


def _fit_second(known: Lessons, full: Logistic, masks: Sequence[Mask | None]) -> Logistic:
    """Return what is made of undecided English pairs of events, of the sample and of topics."""
    events, own = (_part(known, n, masks[n], english=True) for n in (EVENTS, SAMPLE))
    weighed = ((events, 1.0), (own, SECOND_SAMPLE), (_topics(known), SECOND_TOPICS))
    undecided = _pool([(_undecided(part, full), mass) for part, mass in weighed])
    names = tuple(name for name in (*SECOND, *AGAIN) if name not in CROWD)
    return _milder(fit(undecided, names, fixed=CROWD), SECOND_MILDER)


def _undecided(part: Labelled, full: Logistic) -> Labelled:
    """Return the pairs that the second model is asked about, with the first verdict's opinion."""
    odds = full.log_odds(part.evidence[:, : len(EVERY)], EVERY)
    evidence = part.evidence.copy()
    opinion = odds + evidence[:, EVERY.index("crowd")]
    evidence[:, LEARNED.index("opinion")] = opinion
    asked = (odds > PLAUSIBLE) & (odds < DECIDED)
    return replace(part, evidence=evidence).part(asked)


def _part(known: Lessons, n: int, mask: Mask | None, *, english: bool = False) -> Labelled:
    bench = known.benches[n]
    pairs = bench.judge.pairs
    chosen = np.ones(len(pairs), dtype=bool) if mask is None else mask[pairs].all(axis=1)
    part = bench.labelled(mask)
    evidence = _with_look(part.evidence, known.looks[n][chosen])
    kept = replace(part, evidence=evidence, features=LEARNED)
    return kept.part((known.near[n] & known.english[n] if english else known.near[n])[chosen])


def _topics(known: Lessons) -> Labelled:
    evidence = _with_look(known.topics[:, : len(EVERY)], known.topics[:, len(EVERY) :])
    rows = len(evidence)
    documents = np.arange(2 * rows, dtype=np.int32).reshape(rows, 2)
    return Labelled(
        evidence, LEARNED, np.zeros(rows, dtype=bool), documents, np.ones(rows, dtype=np.float32)
    )


def _with_look(evidence: NDArray[np.float32], look: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return `LEARNED`: the evidence, no opinion yet, and what the second model adds."""
    opinion = np.zeros((len(evidence), 1), dtype=np.float32)
    return np.concatenate([evidence, opinion, look], axis=1)


def _pool(parts: Sequence[tuple[Labelled, float]]) -> Labelled:
    """Return all pairs as one, each corpus with its mass."""
    weights = [one.weight / max(1.0, float(one.weight.sum())) * mass * MASS for one, mass in parts]
    return Labelled(
        np.concatenate([one.evidence for one, _ in parts]),
        LEARNED,
        np.concatenate([one.same for one, _ in parts]),
        np.concatenate([one.documents for one, _ in parts]),
        np.concatenate(weights).astype(np.float32),
    )


def _milder(look: Logistic, by: float) -> Logistic:
    return replace(look, intercept=round(look.intercept + by, 4))
