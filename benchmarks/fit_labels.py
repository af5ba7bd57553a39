"""Learns how likely a label is right, from the sample corpus and the development items, held out.

`.venv/bin/python -m benchmarks.fit_labels [--write]` prints Brier score and log loss of the curve
beside a constant, each story and item judged by a curve that has not seen it, with the 95 %
interval of the difference over stories (the directions that texts teach are learned anew in each
fold, the curve on scores held out once more); how often labels of a likelihood are right; and F1
at each likelihood from which a label might be given, with the encoder and with cue phrases alone.
`--write` renews `digest/data/labels.json` and `labels.npy`.

The cue phrases were written beside the corpus and the first items. So that the curve learns what a
cue is worth in a text that nobody has read, a cue that stands in one story of theirs alone does not
count there: it may have been written for it. In the later items, whose writer knew none, all count.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.development import NEWS, read_corpus_texts, read_item_texts
from benchmarks.development import Text as Case
from benchmarks.label_weights import LabelWords, learn, read_words, scores, unit
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
    for best in (0.2, 0.25, 0.3, 0.35, 0.4)
    for further in (0.3, 0.4, 0.5)
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
    vectors: Rows  #: shape (texts, dims), unit length, seen from their middle
    words: LabelWords


def read_cases() -> list[Case]:
    """Return the development texts that are not off-topic."""
    items = (*read_item_texts(), *read_item_texts(NEWS))
    return [*read_corpus_texts(), *(one for one in items if not one.wanted["off_topic"])]


def is_fresh(case: Case) -> bool:
    """Return whether a text was written without knowing the cue phrases."""
    return "half" in case.wanted


def find_centre(cases: Sequence[Case], encoder: Encoder) -> Rows:
    """Return the mean vector of titles and openings."""
    texts = [lay_out(case.article) for case in cases]
    centre: Rows = encoder.encode([text.full[: text.opening] for text in texts]).mean(axis=0)
    return np.round(centre.astype(np.float64), 4)


def measure(cases: Sequence[Case], vectors: LabelVectors) -> Evidence:
    """Return the signs of all labels, without cues that may have been written for their text."""
    categories = load_knowledge().categories
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
        unit((openings - vectors.centre).astype(np.float64)),
        read_words(categories, vectors.encoder),
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


def held_scores(evidence: Evidence, seen: Flags) -> Rows:
    """Return the scores of the seen texts by weights that have not seen their stories."""
    right, stories = evidence.right[seen], evidence.stories[seen]
    return held_out_scores(evidence.vectors[seen], right, stories, evidence.words)


def rows_of(evidence: Evidence, names: Sequence[str], some: Flags, learned: Rows) -> Rows:
    """Return some texts' signs of those names, a row a label; `learned` are those texts' scores."""
    signs = evidence.signs[some]
    led = learned - learned.max(axis=1, keepdims=True)
    said = learned * signs[:, :, SIGNS.index("met")]
    every = np.concatenate([signs, np.stack([learned, led, said], axis=2)], axis=2)
    return every[:, :, [ALL.index(name) for name in names]].reshape(-1, len(names))


def fit(evidence: Evidence, names: Sequence[str], seen: Flags) -> LogisticRegression:
    """Return the curve on some signs of some texts."""
    rows = rows_of(evidence, names, seen, held_scores(evidence, seen))
    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(rows, evidence.right[seen].ravel())


def held_out(evidence: Evidence, names: Sequence[str]) -> Rows:
    """Return each label's likelihood by curve and weights that have not seen the text's story."""
    told = np.zeros(evidence.right.shape)
    for _, held in GroupKFold(FOLDS).split(told, groups=evidence.stories):
        seen = np.ones(len(told), dtype=bool)
        seen[held] = False
        weights = learn(evidence.vectors[seen], evidence.right[seen], evidence.words)
        learned = scores(weights, evidence.vectors[~seen])
        rows = rows_of(evidence, names, ~seen, learned)
        curve = fit(evidence, names, seen)
        told[~seen] = curve.predict_proba(rows)[:, 1].reshape(int((~seen).sum()), -1)
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


def report(evidence: Evidence) -> Iterator[str]:
    """Give the lines of the report."""
    right = evidence.right
    constant = np.full(right.shape, right.mean())
    curves = {
        "cues, encoder and texts": held_out(evidence, ALL),
        "cues and encoder": held_out(evidence, SIGNS),
        "cues alone": held_out(evidence, CUES),
    }
    best = curves["cues, encoder and texts"]
    many = len(set(evidence.stories.tolist()))
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
        low, high = difference(gains, evidence.stories)
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


def main() -> None:
    """Print the figures, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    encoder, cases = make_encoder(Settings()), read_cases()
    centre = find_centre(cases, encoder)
    vectors = embed_labels(load_knowledge().categories, encoder, centre=centre)
    evidence = measure(cases, vectors)
    print("\n".join(report(evidence)))
    if options.write:
        learned = learn(evidence.vectors, evidence.right, evidence.words).astype(np.float16)
        np.save(FILE.with_name(WEIGHTS), learned)
        FILE.write_text(_dump(evidence, encoder, centre), "utf-8")


def _dump(evidence: Evidence, encoder: Encoder, centre: Rows) -> str:
    """Return the file's text: weights, the likelihood with the best F1 held out, the centre."""
    told = held_out(evidence, ALL)
    given, further = max(GIVEN, key=lambda pair: count(told, evidence.right, pair)[2])
    rows = {
        "source": (
            f"benchmarks/fit_labels.py: {len(evidence.right)} texts of the sample corpus and the "
            "development items, without cues that may have been written for one of them"
        ),
        "model": encoder.model,
        "given": given,
        "further": further,
        "weights": make_id(FILE.with_name(WEIGHTS).read_bytes().hex()),
        "names": [one.name for one in load_knowledge().categories],
        "learned": _weights(evidence, ALL),
        "both": _weights(evidence, SIGNS),
        "cues": _weights(evidence, CUES),
    }
    text = json.dumps(rows, indent=1)[:-2]
    return f'{text},\n "centre": {json.dumps(centre.tolist())}\n}}\n'


def _weights(evidence: Evidence, names: Sequence[str]) -> dict[str, float]:
    curve = fit(evidence, names, np.ones(len(evidence.right), dtype=bool))
    weights = {name: round(float(w), 3) for name, w in zip(names, curve.coef_[0], strict=True)}
    return {"bias": round(float(curve.intercept_[0]), 3), **weights}


if __name__ == "__main__":
    main()
