"""Measures labels, launches, policy and off-topic on the sample corpus, errors shown.

`.venv/bin/python -m benchmarks.classify [--errors]` prints the table of classify.md. The corpus was
at hand while the rules were written: these are figures of development, not of a test.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.corpora import make_article
from benchmarks.name_match import same_parties
from digest.config import Settings
from digest.records import Article, Classification, Drop, Language, Launch
from digest.stages.classify import classify
from digest.stages.label_vectors import LabelVectors, embed_labels
from digest.stages.taxonomy import load_knowledge
from digest.wiring import make_encoder

EXAMPLES = Path(__file__).parents[1] / "examples"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """Right, wrong and missed answers."""

    right: int
    wrong: int
    missed: int

    def __str__(self) -> str:
        """Return precision, recall and F1 with the numbers behind them."""
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return (
            f"{precision:.3f} | {recall:.3f} | {f1:.3f} | "
            f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        )


def read_corpus() -> list[Row]:
    """Return the articles of the sample corpus as they were written."""
    rows: list[Row] = []
    for file in sorted((EXAMPLES / "corpus" / "articles").glob("*.yaml")):
        rows += YAML(typ="safe").load(file.read_text("utf-8"))["articles"]
    texts = {row["key"]: row["text"] for row in rows if "text" in row}
    return [{**row, "text": row.get("text") or texts[row["copy_of"]]} for row in rows]


def read_sites() -> dict[str, Row]:
    """Return the publishers of the sample corpus by their key."""
    sites: dict[str, Row] = YAML(typ="safe").load(
        (EXAMPLES / "corpus" / "sites.yaml").read_text("utf-8")
    )
    return sites.get("sites", sites)


def article_of(row: Row, sites: dict[str, Row]) -> Article:
    """Return a row of the sample corpus as an article of its site, first seen after its quarter."""
    site = sites.get(row["site"], {})
    return make_article(
        row["key"],
        row["title"],
        row["text"],
        published=str(row.get("date") or "") or None,
        first_seen="2026-10-05T06:00:00+00:00",
        publisher=site.get("name", ""),
        voice=site.get("voice", "independent"),
    )


def answer(
    row: Row, sites: dict[str, Row], vectors: LabelVectors | None = None
) -> Classification | Drop:
    """Return what the classifier says of a row."""
    article = article_of(row, sites)
    language = Language(row["key"], row["language"], 1.0)
    return classify(article, language, knowledge=load_knowledge(), vectors=vectors)


def labels_of(result: Classification | Drop) -> set[str]:
    """Return the labels of an answer."""
    return set() if isinstance(result, Drop) else {label.name for label in result.labels}


def is_same(found: Launch, wanted: Row) -> bool:
    """Return whether a launch is the wanted one: event, vendor, and product where there is one."""
    return found.event == wanted["event"] and same_parties(asdict(found), wanted)


def count_labels(pairs: Iterable[tuple[Row, Classification | Drop]]) -> Count:
    """Return how many labels are right, of articles that are not to be dropped."""
    right = wrong = missed = 0
    for row, result in pairs:
        if not row.get("drop"):
            found, wanted = labels_of(result), set(row.get("labels", []))
            right += len(found & wanted)
            wrong += len(found - wanted)
            missed += len(wanted - found)
    return Count(right, wrong, missed)


def count_best(pairs: Iterable[tuple[Row, Classification | Drop]]) -> Count:
    """Return how often the first label is one of the wanted."""
    kept = [(row, result) for row, result in pairs if not row.get("drop") and row.get("labels")]
    first = [
        (result.labels[0].name if isinstance(result, Classification) and result.labels else "")
        for _, result in kept
    ]
    right = sum(label in row.get("labels", []) for label, (row, _) in zip(first, kept, strict=True))
    given = sum(map(bool, first))
    return Count(right, given - right, len(kept) - right)


def judge_launches(
    pairs: Sequence[tuple[Row, Classification | Drop]],
) -> tuple[Count, list[str]]:
    """Return records found in their own article, wrong ones in any, and the errors in words.

    A launch found in another telling of the same story is neither right nor wrong where its event
    is the wanted one, since names differ between scripts; wrong where it is another event.
    """
    told: dict[str, list[Row]] = {}
    for row, _ in pairs:
        told.setdefault(row["story"], []).extend(row.get("launches") or [])
    right = wrong = missed = 0
    errors: list[str] = []
    for row, result in pairs:
        found = [] if isinstance(result, Drop) else list(result.launches)
        for wanted in row.get("launches") or []:
            hit = any(is_same(launch, wanted) for launch in found)
            right, missed = right + hit, missed + (not hit)
            if not hit:
                shown = [(one.vendor, one.product, one.event) for one in found]
                errors.append(f"missed {row['key']}: {wanted} among {shown}")
        events = {wanted["event"] for wanted in told[row["story"]]}
        for launch in found:
            if launch.event not in events:
                wrong += 1
                errors.append(f"wrong {row['key']}: {launch}")
    return Count(right, wrong, missed), errors


def count_flag(pairs: Iterable[tuple[bool, bool]]) -> Count:
    """Return how often a flag is right: pairs of found and wanted."""
    rows = list(pairs)
    return Count(
        sum(found and wanted for found, wanted in rows),
        sum(found and not wanted for found, wanted in rows),
        sum(wanted and not found for found, wanted in rows),
    )


def main() -> None:
    """Print the table, and the errors where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    sites = read_sites()
    vectors = embed_labels(load_knowledge().categories, make_encoder(Settings()))
    pairs = [(row, answer(row, sites, vectors)) for row in read_corpus()]
    launches, errors = judge_launches(pairs)
    rows = {
        "labels": count_labels(pairs),
        "first label": count_best(pairs),
        "launch records": launches,
        "policy": count_flag(
            (isinstance(got, Classification) and got.policy, bool(row.get("policy")))
            for row, got in pairs
        ),
        "off-topic": count_flag(
            (isinstance(got, Drop), row.get("drop") == "off-topic") for row, got in pairs
        ),
    }
    print(f"{len(pairs)} articles\n\n| what | precision | recall | F1 | numbers |")
    print("| --- | --- | --- | --- | --- |")
    print("\n".join(f"| {name} | {count} |" for name, count in rows.items()))
    if options.errors:
        _show(pairs, errors)


def _show(pairs: Iterable[tuple[Row, Classification | Drop]], errors: Iterable[str]) -> None:
    for row, result in pairs:
        found, wanted = labels_of(result), set(row.get("labels", []))
        if found != wanted:
            print(row["key"], row["language"], "extra", found - wanted, "missing", wanted - found)
        policy = isinstance(result, Classification) and result.policy
        if policy != bool(row.get("policy")):
            print(row["key"], "policy", policy)
    print("\n".join(errors))


if __name__ == "__main__":
    main()
