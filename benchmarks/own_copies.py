"""Texts of our own in ten languages: copies of every kind, and what only looks like one.

    python -m benchmarks.own_copies [open|held]

Price notices, lists of features, fundings, fines, posts, fairs and courses: translated with numbers
and dates as each language has them, rewritten with one of them garbled, in words or in wide digits,
cut off, between other sentences, in both ways of writing Chinese; beside them other news from the
same template. `open` was looked at while the rules were mended, `held` was not
(`data/README.md`). A teaser may be joined with its article or not.
"""

from __future__ import annotations

import json
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

from digest.backends.detectors import LangdetectDetector
from digest.backends.encoders import SentenceEncoder
from digest.records import Duplicate
from digest.stages.dedupe import dedupe
from digest.stages.detect import detect
from digest.stages.embed import embed

from .corpora import make_article

FILE = Path(__file__).parent / "data/own_copies.jsonl"


def main(*halves: str) -> None:
    """Print what is found, and what is wrong."""
    print("| half | copies found, of | other news merged |\n| --- | --- | --- |")
    for half in halves or ("open", "held"):
        rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
        rows = [row for row in rows if row["half"] == half]
        found = run(rows)
        group = {id: one.duplicate_of or id for id, one in found.items()}
        whole = [row for row in rows if not row["teaser"]]
        true, joined = [], []
        for one, other in combinations(whole, 2):
            true.append(one["same"] == other["same"])
            if group[one["id"]] == group[other["id"]]:
                joined.append(true[-1])
        print(f"| {half} | {sum(joined)}, {sum(true)} | {joined.count(False)} |", flush=True)


def run(rows: list[dict[str, Any]]) -> dict[str, Duplicate]:
    """Return what the stages make of some rows."""
    fields = ("title", "text", "published", "publisher")
    articles = [make_article(row["id"], **{name: row[name] for name in fields}) for row in rows]
    encoder, detector = SentenceEncoder("embedded"), LangdetectDetector()
    languages = {one.id: detect(one, detector=detector) for one in articles}
    made = embed([(one, languages[one.id]) for one in articles], encoder=encoder)
    found = dedupe(articles, languages, {one.id: one for one in made}, encoder=encoder)
    return {one.id: one for one in found}


if __name__ == "__main__":
    main(*sys.argv[1:])
