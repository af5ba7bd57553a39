"""Learns what an article reports from its title's and opening's cues, and says how well.

`.venv/bin/python -m benchmarks.fit_events [--write]` prints precision and recall of the event over the
development items, each judged by a model that has not seen it (nor, of the sample corpus, its
story); `--write` renews `digest/data/events.json`. The cues of `digest/data/events.toml` were written
with these items at hand: the figures are of development.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks.classify import read_corpus
from digest.stages.event_cues import NEW, NOTHING, signs_of

HERE = Path(__file__).parent
FILE = HERE.parent / "src" / "digest" / "data" / "events.json"
ITEMS = HERE / "data" / "martech_dev.jsonl"
STRENGTH = 1.0  #: of the evidence against the ridge; scikit-learn's default, not tuned
FOLDS = 10


def read_items() -> list[dict[str, Any]]:
    """Return the development items, then the articles of the sample corpus."""
    lines = ITEMS.read_text("utf-8").splitlines()
    items = [{**json.loads(line), "story": json.loads(line)["id"]} for line in lines]
    return items + [row for row in read_corpus() if not row.get("drop")]


def event_of(row: dict[str, Any]) -> str:
    """Return the event that an item reports first, launch and feature as one."""
    events = [launch["event"] for launch in row.get("launches") or []]
    event = events[0] if events else NOTHING
    return NEW if event in ("launch", "feature") else event


def fit(signs: NDArray[np.float64], events: NDArray[np.str_]) -> LogisticRegression:
    """Return the model."""
    return LogisticRegression(C=STRENGTH, max_iter=3000).fit(signs, events)


def main() -> None:
    """Print the figures, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    items = read_items()
    signs = np.array([signs_of(x["title"] or "", x["text"], x["language"]) for x in items])
    events = np.array([event_of(x) for x in items])
    stories = [x["story"] for x in items]
    told = cross_val_predict(
        LogisticRegression(C=STRENGTH, max_iter=3000),
        signs,
        events,
        groups=stories,
        cv=GroupKFold(FOLDS),
    )
    right, some, found = told == events, events != NOTHING, told != NOTHING
    print(f"{len(items)} items, {int(some.sum())} with an event")
    print(f"precision {right[found].mean():.3f}, recall {right[some].mean():.3f}")
    if options.write:
        model = fit(signs, events)
        weights = {
            str(kind): [round(float(each), 3) for each in (bias, *row)]
            for kind, bias, row in zip(model.classes_, model.intercept_, model.coef_, strict=True)
        }
        source = (
            f"benchmarks/fit_events.py: {len(items)} items of our own, held out: precision "
            f"{right[found].mean():.3f}, recall {right[some].mean():.3f}; figures of development"
        )
        text = json.dumps({"source": source, "weights": weights}, indent=None)
        FILE.write_text(text.replace('], "', '],\n "') + "\n", "utf-8")


if __name__ == "__main__":
    main()
