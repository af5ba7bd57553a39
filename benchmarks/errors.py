"""Lists every error on the two tests kept apart, by kind, and prints their tables.

`.venv/bin/python -m benchmarks.errors [--write]` measures both files as `benchmarks.launches` does;
`--write` renews errors.md. Items of our own are named by id and title, documents of others by id
alone: what was wanted is told by their labels, what was given by names, never by a sentence. Nobody
who changes a rule reads the list: it is there so that everybody else can judge the figures.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.launches import answer, line_of, match, read_items, tasks
from digest.config import Settings
from digest.stages.label_vectors import LabelVectors, embed_labels
from digest.stages.taxonomy import load_knowledge
from digest.wiring import make_encoder

HERE = Path(__file__).parent
FILES = {
    "Items of our own": HERE / "data" / "martech_items.jsonl",
    "Documents, by id": HERE / "data" / "martech_docs_labels.jsonl",
}
TOLD = ("event", "vendor", "product", "due")  #: what is told of a launch, a claim or a plan
#: Told by another of the same.
LEFT_OUT = (
    "first label",
    "launches, kinds of novelty as one",
    "launches, names to the letter",
)
LONGEST = 40  #: characters of a name
Row = dict[str, Any]
Errors = Mapping[str, Sequence[tuple[Row, list[str], list[str]]]]


def measure(
    rows: Sequence[Row], vectors: LabelVectors
) -> tuple[dict[str, list[tuple[int, int, int]]], Errors]:
    """Return counts of right, wrong and missed a task, and its errors: row, wanted, given."""
    counts: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    errors: dict[str, list[tuple[Row, list[str], list[str]]]] = defaultdict(list)
    for row in rows:
        for name, found, wanted, same in tasks(row, answer(row, vectors)):
            wrong, missed = match(found, wanted, same)
            counts[name].append((len(found) - len(wrong), len(wrong), len(missed)))
            if (wrong or missed) and name not in LEFT_OUT:
                errors[name].append((row, [*map(tell, missed)], [*map(tell, wrong)]))
    return counts, errors


def tell(one: Any) -> str:
    """Return a label, or the names of a launch, a claim or a plan, without any sentence."""
    if not isinstance(one, dict):
        return str(one)
    names = (str(one[key]) for key in TOLD if one.get(key))
    return " · ".join(name if len(name) <= LONGEST else f"{name[:LONGEST]}…" for name in names)


def lines(title: str, errors: Errors) -> Iterator[str]:
    """Give the lists of one file's errors, a table a task."""
    yield f"## {title}\n"
    for name, rows in errors.items():
        kinds = Counter("wrong" for *_, wrong in rows for _ in wrong)
        kinds.update("missed" for _, missed, _ in rows for _ in missed)
        yield f"### {name}: {kinds['wrong']} wrong, {kinds['missed']} missed\n"
        yield "| item | language | wanted, not given | given, not wanted |"
        yield "| --- | --- | --- | --- |"
        for row, missed, wrong in rows:
            own = (
                f"{row['id']}: {row['title']}" if str(row["id"]).startswith("item-") else row["id"]
            )
            shown = ("; ".join(one or "no name" for one in each) for each in (missed, wrong))
            told = [own, row.get("language") or "en", *shown]
            yield f"| {' | '.join(part.replace('|', '/') or '—' for part in told)} |"
        yield ""


def main() -> None:
    """Print the tables, and write the lists where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    vectors = embed_labels(load_knowledge().categories, make_encoder(Settings()))
    told = [
        "# Errors on the two tests kept apart\n",
        "Made by `.venv/bin/python -m benchmarks.errors --write`. The figures stand in",
        "[classify](classify.md). Who changes a rule does not read this list.\n",
    ]
    for title, file in FILES.items():
        rows = read_items([file], "martech-docs")
        counts, errors = measure(rows, vectors)
        print(f"{title}: {len(rows)}\n\n| what | precision | recall | F1 | numbers |")
        print("| --- | --- | --- | --- | --- |")
        for name, each in counts.items():
            print(f"| {name} | {line_of(np.array(each, dtype=float))} |")
        told += lines(title, errors)
    if options.write:
        (HERE / "errors.md").write_text("\n".join(told).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
