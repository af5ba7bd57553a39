"""How the verdict on stories is learned: from events, retellings, the sample, mere topics, our own.

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
from digest.stages.cluster import weight_of
from digest.stages.evidence import FEATURES
from digest.stages.groups import Grouping
from digest.stages.judging import PLAUSIBLE
from digest.stages.linking import link
from digest.stages.second import AGAIN, DECIDED, SECOND, SecondLook, is_blind_to
from digest.stages.verdict import Logistic, Second, Verdict

from .judging import Bench, make_bench
from .like_events import like_events
from .measures import Labels, b_cubed_rows, codes, folds_of
from .one_vendor import one_vendor
from .retellings import events_with_misses, retellings
from .sample import DAYS, sample
from .small_windows import Small, of_groups, of_two
from .topics import topic_pairs

#: Shared words say much in one language and nothing across two: the second verdict weighs them.
#: What tells copies apart took whole stories apart here (benchmarks/stories.md). Our own articles
#: teach the weights of templates and standing text alone: taught more, the others lost events.
#: Small windows likewise teach what they take off alone.
SMALL = "uncentred"
SPECIAL = ("standing", "title_swapped", SMALL)
FOR_COPIES = ("apart", "lead_others", *SPECIAL)
GENERAL = tuple(name for name in EVERY if name not in ("words", "wording", "crowd", *FOR_COPIES))
SECOND_SPECIAL = SPECIAL
SECOND_GENERAL = tuple(n for n in (*SECOND, *AGAIN) if n not in ("crowd", *SECOND_SPECIAL))
FIRST = (*(name for name in FEATURES if name in GENERAL), "gap")
CROWD = {"crowd": -1.0}  # prior odds go by 1 / n: not learned
LEARNED = (*EVERY, *SECOND)
#: Log-odds that may be added so that groups, not pairs, come out best.
MILDER = np.arange(-1.0, 3.6, 0.5)
EVENTS, SAMPLE, OWN, LIKE = 0, 3, 4, 5  # places of these corpora among the lessons
MASS = 20_000.0
MISSED = 0.01  # share of the true pairs that may lie under the floor: their group finds them
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Masses:
    """How much the pairs of one corpus count beside another's of 1, whatever their number."""

    own: float = 1.0
    like: float = 0.5
    small: float = 0.5
    topics: float = 0.5
    second_own: float = 0.1
    second_sample: float = 1.0
    second_topics: float = 0.1
    second_like: float = 0.1
    second_small: float = 0.1


MASSES = Masses()


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """The measured corpora that teach the verdict on stories."""

    model: str
    second: str
    benches: list[Bench]  #: events, two of retellings, the sample, our own, events that are alike
    looks: list[NDArray[np.float32]]  #: what the second model adds to each pair; 0 if not English
    english: list[Mask]  #: pairs of English articles
    near: list[Mask]  #: pairs of one week
    topics: NDArray[np.float32]  #: evidence of pairs that are no event
    small: list[Small | None]  #: pairs of each corpus in small windows
    duplicates: list[Duplicate]  #: of the sample


def lessons(encoder: Encoder, second: Encoder) -> Lessons:
    """Return everything that is learned from, measured."""
    own, copies = sample()
    corpora = [
        (events_with_misses(), 0.1),
        (retellings("ntrex"), 0.1),
        (retellings("martech-docs"), 0.1),
        (own, -1.0),
        (one_vendor("fit", task="cluster"), -1.0),
        (like_events("fit"), -1.0),
    ]
    benches = [make_bench(one, encoder, task="cluster", floor=floor) for one, floor in corpora]
    english = [_english(bench) for bench in benches]
    looks = [_look(b, e, second=second) for b, e in zip(benches, english, strict=True)]
    near = [_near(bench) for bench in benches]
    topics = topic_pairs(encoder, second)
    small: list[Small | None] = []
    for n, ((one, _), bench) in enumerate(zip(corpora, benches, strict=True)):
        make = of_groups if n == LIKE else of_two
        small.append(make(one, bench, encoder, second) if n in (SAMPLE, LIKE) else None)
    return Lessons(
        encoder.model, second.model, benches, looks, english, near, topics, small, copies
    )


def _english(bench: Bench) -> Mask:
    """Return the pairs that the second model may be asked about."""
    spoken = np.array([one.language == "en" for one in bench.judge.window.sketches])
    both: Mask = spoken[bench.judge.pairs].all(axis=1)
    return both & ~is_blind_to(bench.judge.evidence[: len(both)])


def _look(bench: Bench, english: Mask, *, second: Encoder) -> NDArray[np.float32]:
    """Return what the second model adds to each pair; the bench's judge asks it from now on."""
    pairs = bench.judge.pairs
    found = np.zeros((len(pairs), len(SECOND) - 1), dtype=np.float32)
    if english.any():
        sketches = bench.judge.window.sketches
        look = bench.judge.second = SecondLook(sketches, second, most=len(sketches))
        look.read(np.unique(pairs[english]).tolist())
        found[english] = look.measure(pairs[english])
    return found


def _near(bench: Bench) -> Mask:
    days = np.array([np.nan if n.day is None else n.day for n in bench.judge.window.sketches])
    pairs = bench.judge.pairs
    near: Mask = ~(np.abs(days[pairs[:, 0]] - days[pairs[:, 1]]) > DAYS)
    return near


def fit_story_verdict(
    known: Lessons, masks: Sequence[Mask | None], *, masses: Masses = MASSES
) -> Verdict:
    """Return the verdict learned from the articles of the masks, one a corpus (None: all).

    The odds of pairs are made milder as far as the groups of these articles come out best, first
    without a second model, then with it.
    """
    own, like = (_part(known, n, masks[n]) for n in (OWN, LIKE))
    parts = [(_part(known, n, mask), 1.0) for n, mask in enumerate(masks) if n not in (OWN, LIKE)]
    parts += [(like, masses.like), (_topics(known), masses.topics)]
    general = _pool(parts)
    every = _pool([*parts, (own, masses.own), (_small(known, masks), masses.small)])
    first = fit(general, FIRST, fixed=CROWD)
    cosines = general.evidence[general.same, EVERY.index("cosine")]
    floor = round(float(np.quantile(cosines, MISSED)), 3)
    full = fit(general, GENERAL, fixed=CROWD)
    full = fit(every, SPECIAL, fixed=full.weights)
    alone = Verdict(known.model, floor, first, full)
    full = _mildest(known, alone, masks).full
    assert full is not None
    full = _as_small(full, _small(known, masks))
    look = _fit_second(known, full, masks, masses)
    both = replace(alone, full=full, second=Second(known.second, look))
    both = _mildest(known, both, masks)
    assert both.second is not None
    asked = _undecided(_small(known, masks, english=True), full)
    return replace(both, second=replace(both.second, look=_as_small(both.second.look, asked)))


def _as_small(look: Logistic, small: Labelled) -> Logistic:
    """Return a look that takes as much off small windows' pairs as these say, all else given.

    How mild odds are made is chosen by the groups of large windows, whose crowd lowers them: a
    small window has none, and must not have its part of it.
    """
    given = {name: weight for name, weight in look.weights.items() if name != SMALL}
    return fit(small, [SMALL], fixed=given, intercept=look.intercept)


def masks_without(known: Lessons, fold: int) -> list[Mask | None]:
    """Return the articles of all but one fold of the events, of the sample's and of our vendors."""
    masks: list[Mask | None] = [None] * len(known.benches)
    for n, mark in ((EVENTS, "~"), (SAMPLE, "~"), (OWN, "-")):
        masks[n] = folds_of([one.split(mark)[0] for one in known.benches[n].stories]) != fold
    return masks


def _fit_second(
    known: Lessons, full: Logistic, masks: Sequence[Mask | None], masses: Masses
) -> Logistic:
    """Return what is made of undecided English pairs."""
    events, shown, own, like = (
        _part(known, n, masks[n], english=True) for n in (EVENTS, SAMPLE, OWN, LIKE)
    )
    general = (
        (events, 1.0),
        (shown, masses.second_sample),
        (like, masses.second_like),
        (_topics(known), masses.second_topics),
    )
    special = (
        (own, masses.second_own),
        (_small(known, masks, english=True), masses.second_small),
    )
    undecided = [(_undecided(part, full), mass) for part, mass in (*general, *special)]
    look = fit(_pool(undecided[: len(general)]), SECOND_GENERAL, fixed=CROWD)
    return fit(_pool(undecided), SECOND_SPECIAL, fixed=look.weights)


def _mildest(known: Lessons, verdict: Verdict, masks: Sequence[Mask | None]) -> Verdict:
    """Return the verdict made as much milder as the groups of the masks' articles come out best.

    The figures of neighbouring steps count half as much beside a step's own: a single step that
    stands out does so by a handful of pairs.
    """
    steps = _milder(verdict)
    scores = np.pad([_score(known, one, masks) for one in steps], 1, mode="edge")
    smooth = scores[:-2] + 2 * scores[1:-1] + scores[2:]
    return steps[int(smooth.argmax())]


def _milder(verdict: Verdict) -> list[Verdict]:
    """Return verdicts whose last look is milder by different log-odds, in their order."""
    shifts = MILDER.tolist()
    if verdict.second:
        look = verdict.second.look
        moved = [replace(look, intercept=round(look.intercept + by, 4)) for by in shifts]
        return [replace(verdict, second=replace(verdict.second, look=one)) for one in moved]
    full = verdict.full
    assert full is not None
    moved = [replace(full, intercept=round(full.intercept + by, 4)) for by in shifts]
    return [replace(verdict, full=one) for one in moved]


def _score(known: Lessons, verdict: Verdict, masks: Sequence[Mask | None]) -> float:
    """Return B³ F1 over the articles of the masks.

    Without a second model, which most languages lack, the mean of events and of the sample; with
    it, over all articles of these and of our own: of English stories the sample has a handful.
    """
    rows = []
    for n in (EVENTS, SAMPLE, OWN) if verdict.second else (EVENTS, SAMPLE):
        mask = masks[n]
        seen = np.ones(len(known.benches[n].stories), dtype=bool) if mask is None else mask
        rows.append(b_cubed_of(known, n, group(known, n, verdict, among=seen), seen))
    if verdict.second:
        return f1_of(np.concatenate(rows))
    return float(np.mean([f1_of(each) for each in rows]))


def b_cubed_of(known: Lessons, n: int, groups: Labels, seen: Mask) -> NDArray[np.float64]:
    """Return B³ precision, recall and articles of each story of a corpus among some articles."""
    return b_cubed_rows(groups[seen], codes(known.benches[n].stories)[seen])


def f1_of(rows: NDArray[np.float64]) -> float:
    """Return the F1 of rows of B³."""
    precision, recall, count = rows.sum(axis=0)
    return float(2 * precision * recall / (precision + recall) / count)


def group(known: Lessons, n: int, verdict: Verdict, *, among: Mask | None = None) -> Labels:
    """Return the groups of a corpus's articles, as the stage makes them."""
    bench = known.benches[n]
    sketches = bench.judge.window.sketches
    bench.judge.verdict = verdict
    grouping = Grouping(
        len(sketches),
        spans=[one.day for one in sketches],
        window=DAYS,
        weights=[weight_of(one.length) for one in sketches],
    )
    seen = np.ones(len(sketches), dtype=bool) if among is None else among
    places = np.flatnonzero(seen).tolist()
    if n == SAMPLE:
        place = bench.judge.window.place
        pairs = [(place[o.duplicate_of], place[o.id]) for o in known.duplicates if o.duplicate_of]
        grouping.join(pair for pair in pairs if seen[list(pair)].all())
    link(bench.judge, grouping, among=places, limit=0.0)
    return np.array(grouping.group_of)


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


def _small(known: Lessons, masks: Sequence[Mask | None], *, english: bool = False) -> Labelled:
    """Return the pairs of small windows, of the articles of the masks; both answers count alike."""
    evidence, same = [], []
    for some, mask in zip(known.small, masks, strict=True):
        if some is not None:
            chosen = (
                np.ones(len(some.same), dtype=bool) if mask is None else mask[some.places].all(1)
            )
            chosen &= some.english if english else True
            evidence.append(some.evidence[chosen])
            same.append(some.same[chosen])
    rows = np.concatenate(evidence)
    return Labelled(
        _with_look(rows[:, : len(EVERY)], rows[:, len(EVERY) :]),
        LEARNED,
        alike := np.concatenate(same),
        np.arange(2 * len(rows), dtype=np.int32).reshape(-1, 2),
        np.where(alike, 1.0, alike.sum() / max(1, (~alike).sum())).astype(np.float32),
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
