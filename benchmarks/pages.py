"""Measures launches, claims, plans and policy on pages put together from parallel sentences.

    .venv/bin/python -m benchmarks.pages [open|held] [--language TAG] [--errors]

`data/martech_pages_dev.jsonl` names pages of documentation by rows of the shared data's parallel
sentences, which stand there in the order of their pages; nothing of their text is copied. Each row
is a paragraph: where the pages had theirs is not known, and headings that stand elsewhere, too, are
missing. The labels are those of the English page. In another language the rows are its
translations: names of products differ there, so that only claims, plans and policy are told, and a
claim or a plan whose sentence has no translation is wanted by nobody.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora import parallel_rows
from benchmarks.launches import answer, line_of, match, tasks
from digest.config import Settings
from digest.stages.label_vectors import embed_labels
from digest.stages.taxonomy import load_knowledge
from digest.wiring import make_encoder

FILE = Path(__file__).parent / "data" / "martech_pages_dev.jsonl"
ROWS = 300_000  #: more than there are
TRANSLATED = ("AI claims", "plans", "policy")  #: what a translation's labels are good for
Row = dict[str, Any]


def read_pages(half: str = "", language: str = "en") -> list[Row]:
    """Return the labelled pages of a half, or all, with title and text in a language."""
    pages = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    pages = [page for page in pages if half in ("", page["half"])]
    told = dict(enumerate((row[language] or "" for row in parallel_rows(ROWS)), start=1))
    return [_filled(page, told, language) for page in pages]


def _filled(page: Row, told: Mapping[int, str], language: str) -> Row:
    title = page["title"]
    rows = range(page["first"], page["last"] + 1)
    text = "\n\n".join(told[row] for row in rows if told[row])
    quoted = {
        kind: [
            {**one, "quote": told[one["quote"]["row"]]}
            for one in page[kind]
            if told[one["quote"]["row"]]
        ]
        for kind in ("claims", "plans")
    }
    head = title if isinstance(title, str) else told[title]
    return {**page, "language": language, "title": head, "text": text, **quoted}


def main() -> None:
    """Print the table, and the errors where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", default="", choices=["", "open", "held"])
    parser.add_argument("--language", default="en")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    vectors = embed_labels(load_knowledge().categories, make_encoder(Settings()))
    counts: dict[str, list[tuple[int, int, int]]] = {}
    errors: list[str] = []
    for page in read_pages(options.half, options.language):
        for name, found, wanted, same in tasks(page, answer(page, vectors)):
            if options.language != "en" and name not in TRANSLATED:
                continue
            wrong, missed = match(found, wanted, same)
            counts.setdefault(name, []).append((len(found) - len(wrong), len(wrong), len(missed)))
            errors += [f"{name} {page['id']} wrong: {one}" for one in wrong]
            errors += [f"{name} {page['id']} missed: {one}" for one in missed]
    print("| what | precision | recall | F1 | numbers |\n| --- | --- | --- | --- | --- |")
    for name, each in counts.items():
        print(f"| {name} | {line_of(np.array(each, dtype=float))} |")
    if options.errors:
        print("\n" + "\n".join(errors))


if __name__ == "__main__":
    main()
