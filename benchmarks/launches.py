"""Measures labels, launches, claims, plans and policy on labelled items kept apart from the rules.

`.venv/bin/python -m benchmarks.launches FILE… [--errors] [--no-vectors] [--half NAME]
[--texts NAME]` prints precision, recall and F1 of each with the 95 % interval of F1 over items. A
FILE holds JSON lines with id, title, text, language, publisher, voice, published, and what is
right: labels, launches (vendor, product, event), claims, plans, policy. A line without a text is a
document of the shared data (`martech-docs`), found there by its id.

A launch is right where vendor, product and event are; its names are compared by their words, as
`benchmarks.name_match` says, and to the letter beside it; launch, feature and integration are also
told as one kind. Names of claims and plans are compared leniently, one within the other. A claim is
right where the item has one of its vendor or product, or with its sentence; a plan where its
sentence is the item's or a part of it, or vendor and due day are.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora import make_article, read_lines
from benchmarks.measures import ROUNDS, SEED
from benchmarks.name_match import exact_parties, same_parties
from digest.config import Settings
from digest.records import Classification, Drop, Language
from digest.stages.classify import classify
from digest.stages.label_vectors import LabelVectors, embed_labels
from digest.stages.taxonomy import load_knowledge
from digest.stages.tellings import NEW
from digest.text import normalise
from digest.wiring import make_encoder

Row = dict[str, Any]
Matcher = Callable[[Any, Any], bool]
SEEN = "2026-11-25T00:00:00+00:00"  #: first seen, where an item has no date


def read_items(files: Iterable[Path], texts: str) -> list[Row]:
    """Return the labelled items; those without a text get it from the shared data."""
    rows = [
        json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line
    ]
    wanted = {row["id"] for row in rows if not row.get("text")}
    known = (
        {
            row["id"]: row
            for row in read_lines(f"crosslingual/{texts}.jsonl.xz")
            if row["id"] in wanted
        }
        if wanted
        else {}
    )
    return [
        _quoted({**known[row["id"]], **row}) if row["id"] in known else row
        for row in rows
        if row.get("text") or row["id"] in known
    ]


def _quoted(row: Row) -> Row:
    """Return a document with the sentences of its claims and plans in place of their offsets."""
    for told in (*row.get("claims", ()), *row.get("plans", ())):
        if isinstance(told.get("quote"), dict):
            told["quote"] = row["text"][told["quote"]["start"] : told["quote"]["end"]]
    return row


def answer(row: Row, vectors: LabelVectors | None) -> Classification | Drop:
    """Return what the classifier says of an item."""
    article = make_article(
        str(row["id"]),
        row.get("title") or "",
        row["text"],
        published=row.get("published") or row.get("date"),
        first_seen=SEEN,
        publisher=row.get("publisher") or "",
        voice=row.get("voice") or "independent",
    )
    language = Language(article.id, row.get("language") or "en", 1.0)
    return classify(article, language, knowledge=load_knowledge(), vectors=vectors)


def is_near(one: str, other: str) -> bool:
    """Return whether one of two names, normalised, is the other or a part of it."""
    short, long = sorted(
        (normalise(one).replace(" ", ""), normalise(other).replace(" ", "")), key=len
    )
    return short in long if short else not long


def same_launch(found: Row, wanted: Row) -> bool:
    """Return whether vendor, product and event are the wanted ones."""
    return bool(found["event"] == wanted["event"] and same_parties(found, wanted))


def same_names(found: Row, wanted: Row) -> bool:
    """Return whether vendor and product are the wanted ones, launch and feature being one kind."""
    kinds = {"new" if event in NEW else event for event in (found["event"], wanted["event"])}
    return len(kinds) == 1 and same_parties(found, wanted)


def exact_launch(found: Row, wanted: Row) -> bool:
    """Return whether event, vendor and product are the wanted ones to the letter."""
    return bool(found["event"] == wanted["event"] and exact_parties(found, wanted))


def same_claim(found: Row, wanted: Any) -> bool:
    """Return whether a claim is the wanted one: its names, or its sentence."""
    told = wanted if isinstance(wanted, dict) else {"sentence": wanted}
    names = [(found[key], told.get(key)) for key in ("vendor", "product")]
    named = any(mine and theirs and is_near(mine, theirs) for mine, theirs in names)
    return named or _says(found["sentence"], _sentence(told))


def same_plan(found: Row, wanted: Any) -> bool:
    """Return whether a plan is the wanted one: its sentence, or its vendor and due day."""
    told = wanted if isinstance(wanted, dict) else {"sentence": wanted}
    if _says(found["sentence"], _sentence(told)):
        return True
    due = str(told.get("due") or "")
    return bool(due) and due == found["due"] and is_near(found["vendor"], told.get("vendor") or "")


def _sentence(told: Row) -> str:
    names = ("sentence", "quote", "text", "claim", "plan", "evidence_sentence")
    return next((told[name] for name in names if isinstance(told.get(name), str)), "")


def _says(one: str, other: str) -> bool:
    return bool(other) and is_near(one, other)


def tasks(
    row: Row, result: Classification | Drop
) -> Iterator[tuple[str, list[Any], list[Any], Matcher]]:
    """Give each task with what was found, what is right, and when two of them are the same."""
    found = result if isinstance(result, Classification) else Classification(row["id"], ())
    launches = [
        {"vendor": x.vendor, "product": x.product, "event": x.event} for x in found.launches
    ]
    claims = [
        {"vendor": x.vendor, "product": x.product, "sentence": x.quote.text} for x in found.claims
    ]
    plans = [
        {"vendor": x.vendor, "sentence": x.quote.text, "due": x.due or ""} for x in found.plans
    ]
    labels = [label.name for label in found.labels]
    if "labels" in row:
        yield "labels", labels, row["labels"] or [], _equal
        yield (
            "first label",
            labels[:1],
            (row["labels"] or [])[: len(labels[:1]) or 1],
            _within(row["labels"]),
        )
    if "launches" in row:
        yield "launches", launches, row["launches"] or [], same_launch
        yield "launches, kinds of novelty as one", launches, row["launches"] or [], same_names
        yield "launches, names to the letter", launches, row["launches"] or [], exact_launch
    if "claims" in row:
        yield "AI claims", claims, row["claims"] or [], same_claim
    if "plans" in row:
        yield "plans", plans, row["plans"] or [], same_plan
    if "policy" in row:
        yield from _policy(row["policy"], found)


def _policy(
    wanted: Any, found: Classification
) -> Iterator[tuple[str, list[Any], list[Any], Matcher]]:
    yield "policy", ["policy"] * found.policy, ["policy"] * bool(wanted), _equal
    if isinstance(wanted, dict):
        for name, mine in (("jurisdictions", found.jurisdictions), ("risks", found.risks)):
            if name in wanted:
                yield name, list(mine), list(wanted[name] or []), _equal


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _within(labels: Any) -> Matcher:
    return lambda one, _other: one in (labels or [])


def match(found: list[Any], wanted: list[Any], same: Matcher) -> tuple[list[Any], list[Any]]:
    """Return what was found wrongly and what was missed, each wanted one met once."""
    wrong, missed = [], list(wanted)
    for one in found:
        hit = next((other for other in missed if same(one, other)), None)
        if hit is None:
            wrong.append(one)
        else:
            missed.remove(hit)
    return wrong, missed


def interval(rows: np.ndarray[Any, Any]) -> tuple[float, float, float]:
    """Return F1 and its 95 % interval, resampled over items; rows hold right, wrong, missed."""
    generator = np.random.default_rng(SEED)
    weights = generator.multinomial(len(rows), [1 / len(rows)] * len(rows), ROUNDS)
    low, high = np.percentile(_f1(weights @ rows), [2.5, 97.5])
    return float(_f1(rows.sum(0)[None])[0]), float(low), float(high)


def _f1(sums: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    right, wrong, missed = sums.T
    result: np.ndarray[Any, Any] = 2 * right / np.maximum(2 * right + wrong + missed, 1)
    return result


def main() -> None:
    """Print the table, and the errors where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--no-vectors", action="store_true", help="cue phrases alone")
    parser.add_argument("--half", default="", help="only the items of this half")
    parser.add_argument("--texts", default="martech-docs", help="where texts lie, by id")
    options = parser.parse_args()
    encoder = make_encoder(Settings())
    vectors = None if options.no_vectors else embed_labels(load_knowledge().categories, encoder)
    items = read_items(options.files, options.texts)
    items = [row for row in items if not options.half or row.get("half") == options.half]
    counts: dict[str, list[tuple[int, int, int]]] = {}
    errors: list[str] = []
    for row in items:
        for name, found, wanted, same in tasks(row, answer(row, vectors)):
            wrong, missed = match(found, wanted, same)
            counts.setdefault(name, []).append((len(found) - len(wrong), len(wrong), len(missed)))
            errors += [f"{name} {row['id']} wrong: {one}" for one in wrong]
            errors += [f"{name} {row['id']} missed: {one}" for one in missed]
    print(f"{len(items)} items\n\n| what | precision | recall | F1 | numbers |")
    print("| --- | --- | --- | --- | --- |")
    for name, rows in counts.items():
        print(f"| {name} | {line_of(np.array(rows, dtype=float))} |")
    if options.errors:
        print("\n" + "\n".join(errors))


def line_of(rows: np.ndarray[Any, Any]) -> str:
    """Return precision, recall, F1 with its interval, and the numbers, as a table's cells."""
    right, wrong, missed = (int(each) for each in rows.sum(0))
    value, low, high = interval(rows)
    return (
        f"{right / max(right + wrong, 1):.3f} | {right / max(right + missed, 1):.3f} | "
        f"{value:.3f} ({low:.3f}–{high:.3f}) | {right} right, {wrong} wrong, {missed} missed"
    )


if __name__ == "__main__":
    main()
