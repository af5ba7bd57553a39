"""Measures what is told to be policy, of which kinds, and where it holds.

`.venv/bin/python -m benchmarks.policy [--half open|held]` prints the table of classify.md, of
`data/martech_policy.jsonl`. Their writer had seen the cue phrases and then changed the rules.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.classify import Count
from benchmarks.corpora import make_article
from digest.config import Settings
from digest.records import Classification, Drop, Language
from digest.stages.classify import classify
from digest.stages.label_vectors import LabelVectors, embed_labels
from digest.stages.taxonomy import load_knowledge
from digest.wiring import make_encoder

ITEMS = Path(__file__).parent / "data" / "martech_policy.jsonl"
#: Kinds that most policy is of as well: they are wrong only where an item is none.
BROAD = frozenset({"regulation", "privacy", "incident"})
Row = dict[str, Any]


def answer(row: Row, vectors: LabelVectors) -> Classification | Drop:
    """Return what the classifier says of an item, told by a trade paper."""
    article = make_article(
        row["id"],
        row["title"],
        row["text"],
        published="2026-11-10",
        first_seen="2026-11-11T06:00:00+00:00",
        publisher="The Ledger",
    )
    language = Language(row["id"], row["language"], 1.0)
    return classify(article, language, knowledge=load_knowledge(), vectors=vectors)


def found_in(row: Row, result: Classification | Drop) -> dict[str, tuple[set[str], set[str]]]:
    """Return what was found and what is right: policy, kinds, jurisdictions."""
    wanted = set(row["risks"])
    if isinstance(result, Drop) or not result.policy:
        empty: set[str] = set()
        flag = {"yes"} if row["policy"] else empty
        return {
            "policy": (empty, flag),
            "kinds": (empty, wanted),
            "jurisdictions": (empty, set(row["jurisdictions"])),
        }
    kinds = set(result.risks) - (BROAD - wanted if row["policy"] else frozenset())
    return {
        "policy": ({"yes"}, {"yes"} if row["policy"] else set()),
        "kinds": (kinds, wanted),
        "jurisdictions": (set(result.jurisdictions), set(row["jurisdictions"])),
    }


def count(pairs: list[tuple[set[str], set[str]]]) -> Count:
    """Return right, wrong and missed of pairs of found and wanted."""
    return Count(
        sum(len(found & wanted) for found, wanted in pairs),
        sum(len(found - wanted) for found, wanted in pairs),
        sum(len(wanted - found) for found, wanted in pairs),
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("open", "held"))
    options = parser.parse_args()
    vectors = embed_labels(load_knowledge().categories, make_encoder(Settings()))
    rows = [json.loads(line) for line in ITEMS.read_text("utf-8").splitlines()]
    rows = [row for row in rows if options.half in (None, row["half"])]
    found = [found_in(row, answer(row, vectors)) for row in rows]
    print(f"{len(rows)} items\n\n| what | precision | recall | F1 | numbers |")
    print("| --- | --- | --- | --- | --- |")
    for what in ("policy", "kinds", "jurisdictions"):
        print(f"| {what} | {count([each[what] for each in found])} |")


if __name__ == "__main__":
    main()
