"""Learns how sure a launch is, from the sample corpus, and says how well, held out by story.

`.venv/bin/python -m benchmarks.fit_launches [--write]` prints the Brier score and the log loss of
the curve beside those of a constant, each story judged by a curve that has not seen it; `--write`
renews `digest/data/certainty.json`. Few launches of the corpus are told wrongly, and the rules were
written beside it: the curve orders launches, and its height is that of development texts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.classify import is_same, read_corpus, read_sites
from benchmarks.corpora import make_article
from digest.records import Launch
from digest.stages.certainty import SIGNS, signs_of
from digest.stages.grammar import grammar_for
from digest.stages.launches import read_told
from digest.stages.taxonomy import load_knowledge

FILE = Path(__file__).parents[1] / "src" / "digest" / "data" / "certainty.json"
STRENGTH = 0.3  #: of the evidence against the ridge: there is little of it
Rows = NDArray[np.float64]


def cases() -> tuple[Rows, NDArray[np.bool_], list[str]]:
    """Return the signs of each launch that the rules read, whether it is right, and its story."""
    sites, rows, right, stories = read_sites(), [], [], []
    for row in read_corpus():
        site, grammar = sites.get(row["site"], {}), grammar_for(row["language"])
        if grammar is None or row.get("drop"):
            continue
        article = make_article(
            row["key"],
            row["title"],
            row["text"],
            published=str(row.get("date") or "") or None,
            first_seen="2026-10-05T06:00:00+00:00",
            publisher=site.get("name", ""),
            voice=site.get("voice", "independent"),
        )
        for one in read_told(article, grammar, load_knowledge()):
            found = Launch(one.vendor, one.product, one.event, None, one.proof)
            signs = signs_of(one, article)
            rows.append([float(signs[name]) for name in SIGNS])
            right.append(any(is_same(found, wanted) for wanted in row.get("launches") or []))
            stories.append(row["story"])
    return np.array(rows), np.array(right), stories


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


def main() -> None:
    """Print the figures, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows, right, stories = cases()
    told = held_out(rows, right, stories)
    constant = np.full(len(right), right.mean())
    print(f"{len(right)} launches, {int((~right).sum())} wrong, {len(set(stories))} stories")
    for name, each in (("curve, held out by story", told), ("constant", constant)):
        brier = float(((each - right) ** 2).mean())
        loss = float(-np.log(np.where(right, each, 1 - each)).mean())
        print(f"{name}: Brier {brier:.4f}, log loss {loss:.4f}")
    curve = fit(rows, right)
    weights = {"bias": round(float(curve.intercept_[0]), 3)}
    weights |= {name: round(float(w), 3) for name, w in zip(SIGNS, curve.coef_[0], strict=True)}
    print(weights)
    if options.write:
        source = (
            f"benchmarks/fit_launches.py: {len(right)} launches of the sample corpus, of which "
            f"{int((~right).sum())} are told wrongly; figures of development"
        )
        FILE.write_text(
            json.dumps({"source": source, "weights": weights}, indent=2) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
