"""Measures what later news is found to have made of a vendor's plans, in one language or two.

    python -m benchmarks.kept [open|held] [--rows]

Each row of `data/martech_kept.jsonl` has an article that states a plan and a later one of the same
vendor, and what became of it (`kind`). All articles of a half are read together. Told are how many
plans are read, with which day; how many of the later articles say what they say at all; and what
became of how many plans is right. "Wrong" is a plan of which something is told that is not so: of
another kind, or by news of another thing. `--rows` prints the rows, which is for the half `open`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.corpora import make_article
from digest.config import Settings
from digest.records import Article, Classification, Commitment, Language, Plan, Story
from digest.stages.classify import classify
from digest.stages.commitments import follow_up
from digest.stages.label_vectors import embed_labels
from digest.stages.launch_records import find_records
from digest.stages.outcomes import find_outcome
from digest.stages.taxonomy import load_knowledge
from digest.text import split_sentences
from digest.wiring import make_encoder

FILE = Path(__file__).parent / "data" / "martech_kept.jsonl"
KINDS = ("kept", "partly", "moved", "cancelled", "other")
TOLD = {"fulfilled": "kept", "late": "kept", "partly": "partly", "cancelled": "cancelled"}
TURNS = {"kept": "done", "partly": "done", "moved": "moved", "cancelled": "cancelled"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What is found of one row."""

    row: Row
    plan: Plan | None
    said: bool  #: whether a sentence of the later article says what became of the plan
    kind: str  #: what is told of the plan, "" where nothing is

    @property
    def is_right(self) -> bool:
        """Whether what is told is so; of news about another thing nothing is to be told."""
        return self.kind == ("" if self.row["kind"] == "other" else self.row["kind"])

    @property
    def is_wrong(self) -> bool:
        """Whether something is told that is not so."""
        return bool(self.kind) and not self.is_right


def read_rows(half: str) -> list[Row]:
    """Return the rows of a half."""
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    return [row for row in rows if row["half"] == half]


def find(rows: Sequence[Row]) -> list[Found]:
    """Return what the stages as they ship tell of each row, all articles read together."""
    articles = {f"{row['id']}:{side}": _article(row, side) for row in rows for side in SIDES}
    languages = {
        f"{row['id']}:{side}": Language(f"{row['id']}:{side}", row[side]["language"], 1.0)
        for row in rows
        for side in SIDES
    }
    classes = _classes(articles, languages)
    stories = [Story(id, (id,), id, (), None, None) for id in articles]
    records = find_records(stories, articles, classes, languages)
    encoder = make_encoder(Settings())
    plans = [plan for each in classes.values() for plan in each.plans]
    found = []
    for row in rows:  # each on the day after its later article
        now = datetime.fromisoformat(row["later"]["published"]).replace(tzinfo=UTC)
        until = now + timedelta(days=1)
        past = {id: each for id, each in articles.items() if _day(each) <= now.date()}
        made = follow_up(plans, records, past, languages, now=until, encoder=encoder)
        found.append(_found(row, made))
    return found


def _classes(
    articles: Mapping[str, Article], languages: Mapping[str, Language]
) -> dict[str, Classification]:
    known = load_knowledge()
    vectors = embed_labels(known.categories, make_encoder(Settings()))
    read = (
        classify(each, languages[id], knowledge=known, vectors=vectors)
        for id, each in articles.items()
    )
    return {each.id: each for each in read if isinstance(each, Classification)}


SIDES = ("plan", "later")


def _article(row: Row, side: str) -> Article:
    fields = {name: row[side][name] for name in ("title", "text", "publisher")}
    published = f"{row[side]['published']}T08:00:00+00:00"
    return make_article(f"{row['id']}:{side}", published=published, **fields)


def day_of_row(row: Row) -> date:
    """Return the day of a row's later article."""
    return date.fromisoformat(row["later"]["published"])


def _day(article: Article) -> date:
    return datetime.fromisoformat(article.published or "").date()


def _found(row: Row, made: Iterable[Commitment]) -> Found:
    mine = [each for each in made if each.plan.quote.article == f"{row['id']}:plan"]
    one = next((each for each in mine if row["quote"] in each.plan.quote.text), None)
    turn = TURNS.get(row["kind"], "")
    later, day = row["later"], day_of_row(row)
    texts = [later["text"][start:end] for start, end in split_sentences(later["text"])]
    said = any(find_outcome(text, later["language"], day).turn == turn for text in texts)
    return Found(row, one.plan if one else None, said, _kind_of(one))


def _kind_of(one: Commitment | None) -> str:
    if one is None or one.by is None:
        return ""
    return TOLD.get(one.kept, "moved")  # what was moved and is overdue was moved


def tell(found: Sequence[Found]) -> str:
    """Return the figures of some rows as a table's cells."""
    real = [each for each in found if each.row["kind"] != "other"]
    read = [each.plan for each in found if each.plan]
    due = sum(each.plan.due == each.row["due"] for each in found if each.plan)
    told = sum(bool(each.kind) for each in found)
    right = sum(each.is_right for each in real)
    return (
        f"{len(read)} of {len(found)} | {due} | {sum(each.said for each in real)} of {len(real)} "
        f"| {right} | {told - right} | {right / told if told else 0:.3f} | {right / len(real):.3f}"
        if real
        else f"{len(read)} of {len(found)} | {due} | | | {told} | |"
    )


def main(half: str = "held", *flags: str) -> None:
    """Print the figures of a half by kind, of pairs in two languages, and of all."""
    found = find(read_rows(half))
    print("| pairs | plans read | day right | said at all | right | wrong | precision | recall |")
    for kind in KINDS:
        print(f"| {kind} | {tell([each for each in found if each.row['kind'] == kind])} |")
    across = [x for x in found if x.row["plan"]["language"] != x.row["later"]["language"]]
    print(f"| in two languages | {tell(across)} |")
    print(f"| all | {tell(found)} |")
    if "--rows" in flags:
        _print_rows(found)


def _print_rows(found: Iterable[Found]) -> None:
    for each in found:
        row, plan = each.row, each.plan
        marks = "right" if each.is_right else f"{each.kind or 'nothing'} told"
        said = f"{plan.vendor}, {plan.due}" if plan else "no plan"
        tags = f"{row['plan']['language']}>{row['later']['language']}"
        print(f"{row['id']} {tags}: {marks}; {said} ({row['due']}); said: {each.said}")
    print(Counter(each.is_right for each in found))


if __name__ == "__main__":
    main(*sys.argv[1:])
