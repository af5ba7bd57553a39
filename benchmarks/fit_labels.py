"""Learns how likely a label is right, from labelled texts, held out.

`.venv/bin/python -m benchmarks.fit_labels [--write]` prints Brier score and log loss of the curve
beside a constant, each story and item judged by a curve that has not seen it, with the 95 %
interval of the difference over stories (what texts teach is learned anew in each fold, the curve
on scores held out once more); how often labels of a likelihood are right; and F1 at each likelihood
from which a label might be given, with the encoder and with cue phrases alone. `--write` renews
`digest/data/labels.json` and `labels.npz`. It needs the shared data, for what is labelled by id.

The cue phrases were written beside the corpus and the first items. So that the curve learns what a
cue is worth in a text that nobody has read, a cue that stands in one story of theirs alone does not
count there: it may have been written for it. In the later items, whose writer knew none, all count.
The items on topics are by the hand that wrote the weak cues: they teach what texts say of others,
but not what a cue is worth, and the figures are of the other texts.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.development import (
    NEWS,
    TOPICS,
    read_corpus_texts,
    read_document_texts,
    read_item_texts,
)
from benchmarks.development import Text as Case
from benchmarks.label_weights import LabelWords, learn, read_words, scores, unit, write
from benchmarks.label_weights import held_out as held_out_scores
from benchmarks.measures import ROUNDS, SEED
from digest.config import Settings
from digest.ports import Encoder
from digest.stages.cues import Cue, cues_for
from digest.stages.label_curve import ALL, CUES, SIGNS
from digest.stages.label_vectors import LabelVectors, embed_labels
from digest.stages.label_weights import FILE as WEIGHTS
from digest.stages.labels import MOST_LABELS, Text, all_signs, find_hits, lay_out, speak
from digest.stages.taxonomy import load_knowledge
from digest.text import make_id
from digest.wiring import make_encoder

FILE = Path(__file__).parents[1] / "src" / "digest" / "data" / "labels.json"
FOLDS = 10
STRENGTH = 100.0  #: of the evidence against the ridge: scores of texts are small numbers
#: Likelihoods from which the best label might be given, and further ones.
GIVEN = tuple(
    (best, further)
    for best in (0.2, 0.25, 0.3, 0.35)
    for further in (0.25, 0.3, 0.35, 0.4, 0.5)
    if best <= further
)
BINS = (0.0, 0.02, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
Rows = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Signs of each label in each text, and whether the label is right."""

    signs: Rows  #: shape (texts, labels, `SIGNS`)
    right: Flags  #: shape (texts, labels)
    stories: NDArray[np.str_]
    kinds: NDArray[np.str_]  #: shape (texts,): of `read_cases`
    vectors: Rows  #: shape (texts, dims), unit length, seen from their middle
    words: LabelWords

    @property
    def judged(self) -> Flags:
        """Whether a text teaches the curve, and is judged: all but those on topics."""
        found: Flags = self.kinds != "topics"
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """What texts teach where some have not been seen."""

    seen: Flags  #: shape (texts,)
    learned: Rows  #: shape (texts, labels): of seen ones by texts of other stories among them


def read_cases() -> dict[str, list[Case]]:
    """Return the development texts that are not off-topic, by kind."""
    cases = {
        "first": chain(read_corpus_texts(), read_item_texts()),
        "later": read_item_texts(NEWS),
        "manuals": read_document_texts(),
        "topics": read_item_texts(TOPICS),
    }
    return {
        kind: [one for one in some if not one.wanted.get("off_topic")]
        for kind, some in cases.items()
    }


def is_fresh(case: Case) -> bool:
    """Return whether a text was written without knowing the cue phrases."""
    return "half" in case.wanted


def find_centre(cases: Sequence[Case], encoder: Encoder) -> Rows:
    """Return the mean vector of titles and openings."""
    texts = [lay_out(case.article) for case in cases]
    centre: Rows = encoder.encode([text.full[: text.opening] for text in texts]).mean(axis=0)
    return np.round(centre.astype(np.float64), 4)


def measure(kinds: Mapping[str, Sequence[Case]], vectors: LabelVectors) -> Evidence:
    """Return the signs of all labels, without cues that may have been written for their text."""
    categories = load_knowledge().categories
    cases = [one for some in kinds.values() for one in some]
    texts = [lay_out(case.article) for case in cases]
    told = _stories_of_cues(cases, texts)
    openings = vectors.encoder.encode([text.full[: text.opening] for text in texts])
    signs, right = [], []
    for case, text, opening in zip(cases, texts, openings, strict=True):
        near = vectors.near(opening)
        spoken = []
        for one in categories:
            cues = [
                cue
                for cue in cues_for(one.cues, case.language)
                if is_fresh(case) or len(told[one.name, cue.phrase]) != 1
            ]
            spoken.append(speak(find_hits(text, cues), one, near[one.name]))
        signs.append([[found[name] for name in SIGNS] for found in all_signs(spoken)])
        right.append([one.name in (case.wanted.get("labels") or ()) for one in categories])
    return Evidence(
        np.array(signs),
        np.array(right),
        np.array([case.story for case in cases], dtype=np.str_),
        np.array([kind for kind, some in kinds.items() for _ in some], dtype=np.str_),
        unit((openings - vectors.centre).astype(np.float64)),
        read_words(categories, vectors.encoder, vectors.centre.astype(np.float64)),
    )


def _stories_of_cues(
    cases: Sequence[Case], texts: Sequence[Text]
) -> Mapping[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case, text in zip(cases, texts, strict=True):
        for one in () if is_fresh(case) else load_knowledge().categories:
            for cue in cues_for(one.cues, case.language):
                if _stands(cue, text):
                    found[one.name, cue.phrase].add(case.story)
    return found


def _stands(cue: Cue, text: Text) -> bool:
    return next(cue.spans(text.full, text.lower), None) is not None


def make_folds(evidence: Evidence) -> list[Fold]:
    """Return what texts teach in each fold over stories, and where all have been seen, last."""
    folds = []
    every = np.arange(len(evidence.right))
    for _, held in [*GroupKFold(FOLDS).split(every, groups=evidence.stories), (every, every[:0])]:
        seen = np.ones(len(every), dtype=bool)
        seen[held] = False
        vectors, right = evidence.vectors[seen], evidence.right[seen]
        learned = np.zeros(evidence.right.shape)
        learned[seen] = held_out_scores(vectors, right, evidence.stories[seen], evidence.words)
        if len(held):
            weights = learn(vectors, right, evidence.words)
            learned[held] = scores(weights, evidence.vectors[held])
        folds.append(Fold(seen, learned))
    return folds


def rows_of(evidence: Evidence, names: Sequence[str], some: Flags, learned: Rows) -> Rows:
    """Return some texts' signs of those names, a row a label; `learned` are all texts' scores."""
    signs, learned = evidence.signs[some], learned[some]
    led = learned - learned.max(axis=1, keepdims=True)
    said = learned * signs[:, :, SIGNS.index("met")]
    every = np.concatenate([signs, np.stack([learned, led, said], axis=2)], axis=2)
    return every[:, :, [ALL.index(name) for name in names]].reshape(-1, len(names))


def fit(evidence: Evidence, names: Sequence[str], fold: Fold) -> LogisticRegression:
    """Return the curve on some signs of the texts that a fold has seen."""
    some = fold.seen & evidence.judged
    rows = rows_of(evidence, names, some, fold.learned)
    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(rows, evidence.right[some].ravel())


def held_out(evidence: Evidence, names: Sequence[str], folds: Sequence[Fold]) -> Rows:
    """Return each label's likelihood by curve and weights that have not seen the text's story."""
    told = np.zeros(evidence.right.shape)
    for fold in folds[:-1]:
        rows = rows_of(evidence, names, ~fold.seen, fold.learned)
        likely = fit(evidence, names, fold).predict_proba(rows)[:, 1]
        told[~fold.seen] = likely.reshape(-1, told.shape[1])
    return told


def count(told: Rows, right: Flags, given: tuple[float, float]) -> tuple[float, float, float]:
    """Return precision, recall and F1 where the likeliest labels are given, three at most."""
    order = np.argsort(-told, axis=1)[:, :MOST_LABELS]
    least = np.array([given[0], *[given[1]] * (MOST_LABELS - 1)])
    best = np.zeros(right.shape, dtype=bool)
    np.put_along_axis(best, order, np.take_along_axis(told, order, axis=1) >= least, axis=1)
    hits, many, all_right = (best & right).sum(), best.sum(), right.sum()
    return hits / max(many, 1), hits / all_right, 2 * hits / max(many + all_right, 1)


def difference(gains: Rows, stories: NDArray[np.str_]) -> tuple[float, float]:
    """Return the 95 % interval of a gain a label, resampled by story."""
    groups = [gains[stories == story] for story in sorted(set(stories.tolist()))]
    generator = np.random.default_rng(SEED)
    picks = generator.integers(len(groups), size=(ROUNDS, len(groups)))
    sums = np.array([group.sum() for group in groups])
    sizes = np.array([group.size for group in groups])
    low, high = np.percentile(sums[picks].sum(1) / sizes[picks].sum(1), [2.5, 97.5])
    return float(low), float(high)


def losses(told: Rows, right: Flags) -> Rows:
    """Return the log loss of each likelihood."""
    found: Rows = -np.log(np.where(right, told, 1 - told))
    return found


def report(evidence: Evidence, folds: Sequence[Fold]) -> Iterator[str]:
    """Give the lines of the report: on texts that are judged, last on the others."""
    some = evidence.judged
    right, stories = evidence.right[some], evidence.stories[some]
    constant = np.full(right.shape, right.mean())
    every = {
        "cues, encoder and texts": held_out(evidence, ALL, folds),
        "cues and encoder": held_out(evidence, SIGNS, folds),
        "cues alone": held_out(evidence, CUES, folds),
    }
    curves = {name: told[some] for name, told in every.items()}
    best = curves["cues, encoder and texts"]
    many = len(set(stories.tolist()))
    yield f"{len(right)} texts of {many} stories, {int(right.sum())} labels of {right.size} right"
    for name, told in {**curves, "constant": constant}.items():
        brier, loss = ((told - right) ** 2).mean(), losses(told, right).mean()
        yield f"{name}: Brier {brier:.5f}, log loss {loss:.4f}"
    pairs = {
        "constant less curve": constant,
        "cues alone less curve": curves["cues alone"],
        "without texts less curve": curves["cues and encoder"],
    }
    for name, other in pairs.items():
        gains = losses(other, right) - losses(best, right)
        low, high = difference(gains, stories)
        yield f"log loss, {name}: 95 % interval {low:.4f} to {high:.4f}"
    for name, likely in curves.items():
        for given in GIVEN:
            precision, recall, f1 = count(likely, right, given)
            told = f"{name}, given from {given[0]}, further ones from {given[1]}"
            yield f"{told}: P {precision:.3f}, R {recall:.3f}, F1 {f1:.3f}"
    yield "said | right | labels"
    for low, high in pairwise(BINS):
        inside = (best >= low) & (best < high)
        if inside.any():
            yield f"{best[inside].mean():.3f} | {right[inside].mean():.3f} | {inside.sum()}"
    for kind in sorted(set(evidence.kinds.tolist())):
        these = evidence.kinds == kind
        told, wanted = every["cues, encoder and texts"][these], evidence.right[these]
        loss = losses(told, wanted).mean()
        yield f"{kind}: {these.sum()} texts, log loss {loss:.4f}"
        for given in GIVEN:
            precision, recall, f1 = count(told, wanted, given)
            told_of = f"{kind}, given from {given[0]}, further ones from {given[1]}"
            yield f"{told_of}: P {precision:.3f}, R {recall:.3f}, F1 {f1:.3f}"


def main() -> None:
    """Print the figures, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    encoder, kinds = make_encoder(Settings()), read_cases()
    centre = find_centre([*kinds["first"], *kinds["later"]], encoder)
    vectors = embed_labels(load_knowledge().categories, encoder, centre=centre)
    evidence = measure(kinds, vectors)
    folds = make_folds(evidence)
    print("\n".join(report(evidence, folds)))
    if options.write:
        write(learn(evidence.vectors, evidence.right, evidence.words), FILE.with_name(WEIGHTS))
        FILE.write_text(_dump(evidence, encoder, centre, folds), "utf-8")


def _dump(evidence: Evidence, encoder: Encoder, centre: Rows, folds: Sequence[Fold]) -> str:
    """Return the file's text: weights, the centre, likelihoods with the best F1 of later items."""
    # Of the first texts hardly one has a second label: these were not looked for as closely.
    some = evidence.kinds == "later"
    told, right = held_out(evidence, ALL, folds)[some], evidence.right[some]
    given, further = max(GIVEN, key=lambda pair: count(told, right, pair)[2])
    rows = {
        "source": (
            f"benchmarks/fit_labels.py: {len(evidence.right)} texts of the sample corpus, the "
            "development items and documents, without cues that may have been written for them"
        ),
        "model": encoder.model,
        "given": given,
        "further": further,
        "weights": make_id(FILE.with_name(WEIGHTS).read_bytes().hex()),
        "names": [one.name for one in load_knowledge().categories],
        "learned": _weights(evidence, ALL, folds[-1]),
        "both": _weights(evidence, SIGNS, folds[-1]),
        "cues": _weights(evidence, CUES, folds[-1]),
    }
    text = json.dumps(rows, indent=1)[:-2]
    return f'{text},\n "centre": {json.dumps(centre.tolist())}\n}}\n'


def _weights(evidence: Evidence, names: Sequence[str], fold: Fold) -> dict[str, float]:
    curve = fit(evidence, names, fold)
    weights = {name: round(float(w), 3) for name, w in zip(names, curve.coef_[0], strict=True)}
    return {"bias": round(float(curve.intercept_[0]), 3), **weights}


if __name__ == "__main__":
    main()
