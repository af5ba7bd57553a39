"""Events with like surroundings, by the verdict that ships (`benchmarks/data/README.md`)."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from digest.backends.encoders import SentenceEncoder
from digest.records import Language
from digest.stages.cluster import cluster
from digest.stages.embed import embed

from .likeness import article

FILE = Path(__file__).parents[2] / "benchmarks/data/like_events.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
LEARNED = {row["id"]: row for row in ROWS if row["half"] == "fit"}


@cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder("embedded")


def stories(*ids: str) -> set[frozenset[str]]:
    """Return the stories of some articles that are learned from, as sets of ids."""
    rows = [LEARNED[id] for id in ids]
    fields = ("title", "text", "published", "publisher")
    articles = [article(row["id"], **{name: row[name] for name in fields}) for row in rows]
    spoken = {row["id"]: Language(row["id"], row["language"], 1.0) for row in rows}
    made = {o.id: o for o in embed([(a, spoken[a.id]) for a in articles], encoder=encoder())}
    return {
        frozenset(one.members) for one in cluster(articles, [], spoken, made, encoder=encoder())
    }


def test_our_articles_are_well_formed() -> None:
    """Unique ids, two halves that share no event, each told twice, two of them in a group."""
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 96
    assert len({row["language"] for row in ROWS}) == 9
    events: dict[str, list[str]] = {}
    for row in ROWS:
        assert row["id"].startswith(row["group"])
        events.setdefault(f"{row['half']} {row['group']} {row['event']}", []).append(row["id"])
    assert {len(ids) for ids in events.values()} == {2}
    assert len(events) == 2 * len({row["group"] for row in ROWS}) == 48


@pytest.mark.parametrize("group", ["a01", "a02", "a03", "a04", "a05", "a06", "a07", "a12"])
def test_like_events_are_two_stories_in_a_window_of_four(group: str) -> None:
    """A breach and a suit of one vendor, two launches, two courts, two authorities."""
    one, other = (frozenset(f"{group}{n}" for n in pair) for pair in ("ab", "cd"))
    assert stories(*one, *other) == {one, other}


def test_two_launches_alone_are_two_stories() -> None:
    """In a window of two nothing but the texts tells what all articles have in common."""
    for one, other in combinations(("a02a", "a02b", "a02c", "a02d"), 2):
        together = one[-1] + other[-1] in ("ab", "cd")
        assert len(stories(one, other)) == (1 if together else 2), (one, other)
