"""One product told in many languages, scripts and sites is one record, its neighbours apart."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from digest.records import Article, Classification, Language, LaunchRecord, Story
from digest.stages.launch_records import find_records
from digest.stages.launches import find_launches
from digest.stages.taxonomy import load_knowledge

from .news import make_article

FILE = Path(__file__).parents[2] / "benchmarks" / "data" / "one_record.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
#: Articles that the verdict on stories sets apart from the rest of their story.
APART = {"record-lumora-7": "ja", "record-lumora-8": "ja", "record-tinglan-8": "kana"}
PRODUCTS = ("lumora", "nagisa", "tinglan")


def article_of(row: dict[str, Any]) -> Article:
    known = {key: row[key] for key in ("id", "title", "publisher", "voice", "published")}
    return make_article(row["text"], **known)


def records(*, apart: bool) -> tuple[LaunchRecord, ...]:
    """Return the records of all articles, as they are read, in stories."""
    members: dict[str, list[str]] = defaultdict(list)
    articles, told, languages = {}, {}, {}
    for row in ROWS:
        id, language = row["id"], row["language"]
        articles[id], languages[id] = article_of(row), Language(row["id"], row["language"], 1.0)
        found = find_launches(articles[id], language, knowledge=load_knowledge(), labels=())
        told[id] = Classification(id, (), found)
        members[APART.get(id, row["story"]) if apart else row["story"]].append(id)
    stories = [Story(id, tuple(ids), ids[0], (), None, None) for id, ids in members.items()]
    return find_records(stories, articles, told, languages)


@pytest.mark.parametrize("apart", [False, True], ids=["one story", "several stories"])
def test_a_product_is_one_record(apart: bool) -> None:
    """Nine sites, seven languages and more, three scripts; what else its vendor does is another."""
    made = records(apart=apart)
    wanted = [
        row["launches"][0] for row in ROWS if row["id"].endswith("-1") and "other" not in row["id"]
    ]
    assert len(made) == len(PRODUCTS) + 3
    for launch, story in zip(wanted, PRODUCTS, strict=True):
        (one,) = [each for each in made if each.product == launch["product"]]
        assert (one.vendor, one.event) == (launch["vendor"], "launch")
        assert set(one.articles) == {row["id"] for row in ROWS if row["story"] == story}
        assert len(one.publishers) == 9
        assert len(one.languages) >= 7


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_each_telling_is_read(row: dict[str, Any]) -> None:
    """Each article alone tells vendor, product and event."""
    found = find_launches(article_of(row), row["language"], knowledge=load_knowledge(), labels=())
    assert [(x.vendor, x.product, x.event) for x in found] == [
        (x["vendor"], x["product"], x["event"]) for x in row["launches"]
    ]
