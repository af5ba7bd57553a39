"""Learns how sure a launch is, from the sample corpus and the development items, held out.

The newer items are among them, whose writer had not read the phrases, and one half of those that
were written for launches.

`.venv/bin/python -m benchmarks.fit_launches [--write]` prints the Brier score and the log loss of
the curve beside those of a constant, each item (of the corpus: each story) judged by a curve that
has not seen it, with the 95 % interval of the difference over items; `--write` renews
`digest/data/certainty.json`. The rules were written beside these texts: the curve orders launches,
and its height is that of development texts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.classify import is_same
from benchmarks.development import LAUNCHES, NEWS, read_corpus_texts, read_item_texts
from benchmarks.launches import same_launch
from benchmarks.measures import ROUNDS, SEED
from digest.records import Launch
from digest.stages.certainty import SIGNS, signs_of
from digest.stages.grammar import grammar_for
from digest.stages.reading import read_told
from digest.stages.taxonomy import load_knowledge

FILE = Path(__file__).parents[1] / "src" / "digest" / "data" / "certainty.json"
STRENGTH = 0.3  #: of the evidence against the ridge: there is little of it
Rows = NDArray[np.float64]


def cases() -> tuple[Rows, NDArray[np.bool_], list[str]]:
    """Return the signs of each launch that the rules read, whether it is right, and its story."""
    rows, right, stories = [], [], []
    newer = (*read_item_texts(NEWS), *read_item_texts(LAUNCHES, half="open"))
    for text in (*read_corpus_texts(), *read_item_texts(), *newer):
        article, wanted = text.article, text.wanted.get("launches") or []
        same = is_same if text.corpus else _is_right
        grammar = grammar_for(text.language)
        if grammar is None:
            continue
        for one in read_told(article, grammar, load_knowledge()):
            found = Launch(one.vendor, one.product, one.event, None, one.proof)
            signs = signs_of(one, article)
            rows.append([signs[name] for name in SIGNS])
            right.append(any(same(found, each) for each in wanted))
            stories.append(text.story)
    return np.array(rows), np.array(right), stories


def _is_right(found: Launch, wanted: dict[str, Any]) -> bool:
    return same_launch(asdict(found), wanted)


def fit(rows: Rows, right: NDArray[np.bool_]) -> LogisticRegression:
    """Return the curve."""
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(rows, right)


def held_out(rows: Rows, right: NDArray[np.bool_], stories: Sequence[str]) -> Rows:
    """Return each launch's probability by a curve that has not seen its story."""
    told = np.zeros(len(right))
    names = np.array(stories)
    for story in set(stories):
        held = names == story
        told[held] = fit(rows[~held], right[~held]).predict_proba(rows[held])[:, 1]
    return told


def difference(
    told: Rows, constant: Rows, right: NDArray[np.bool_], stories: Sequence[str]
) -> tuple[float, float]:
    """Return the 95 % interval of how much lower the curve's log loss is, resampled by story."""
    gains = loss_of(constant, right) - loss_of(told, right)
    groups = [gains[np.array(stories) == story] for story in sorted(set(stories))]
    generator = np.random.default_rng(SEED)
    picks = generator.integers(len(groups), size=(ROUNDS, len(groups)))
    sums, sizes = np.array([g.sum() for g in groups]), np.array([len(g) for g in groups])
    low, high = np.percentile(sums[picks].sum(1) / sizes[picks].sum(1), [2.5, 97.5])
    return float(low), float(high)


def loss_of(told: Rows, right: NDArray[np.bool_]) -> Rows:
    """Return the log loss of each probability."""
    losses: Rows = -np.log(np.where(right, told, 1 - told))
    return losses


def main() -> None:
    """Print the figures, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows, right, stories = cases()
    told = held_out(rows, right, stories)
    constant = np.full(len(right), right.mean())
    wrong, groups = int((~right).sum()), len(set(stories))
    print(f"{len(right)} launches, {wrong} wrong, {groups} stories and items")
    for name, each in (("curve, held out by story", told), ("constant", constant)):
        brier = float(((each - right) ** 2).mean())
        loss = float(loss_of(each, right).mean())
        print(f"{name}: Brier {brier:.4f}, log loss {loss:.4f}")
    low, high = difference(told, constant, right, stories)
    print(f"log loss, constant less curve: 95 % interval {low:.4f} to {high:.4f}")
    curve = fit(rows, right)
    weights = {"bias": round(float(curve.intercept_[0]), 3)}
    weights |= {name: round(float(w), 3) for name, w in zip(SIGNS, curve.coef_[0], strict=True)}
    print(weights)
    if options.write:
        source = (
            f"benchmarks/fit_launches.py: {len(right)} launches of the sample corpus and the "
            f"development items, of which {wrong} are told wrongly; figures of development"
        )
        FILE.write_text(
            json.dumps({"source": source, "weights": weights}, indent=2) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
