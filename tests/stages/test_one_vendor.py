"""One vendor's news, by the encoder and the verdicts that ship (`benchmarks/data/README.md`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from digest.backends.encoders import SentenceEncoder
from digest.records import Article, Duplicate, Language, Story
from digest.stages.cluster import cluster
from digest.stages.dedupe import dedupe
from digest.stages.embed import embed

from .likeness import article

FILE = Path(__file__).parents[2] / "benchmarks/data/one_vendor.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
LEARNED = [row for row in ROWS if row["half"] == "fit"]


@cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder("embedded")


def copies(articles: Sequence[Article], languages: Sequence[str]) -> list[Duplicate]:
    spoken = {
        one.id: Language(one.id, language, 1.0)
        for one, language in zip(articles, languages, strict=True)
    }
    made = embed([(one, spoken[one.id]) for one in articles], encoder=encoder())
    vectors = {one.id: one for one in made}
    return dedupe(articles, spoken, vectors, encoder=encoder())


def judged(*ids: str) -> tuple[dict[str, str], dict[str, Story]]:
    """Return the original of some of our articles, and the story of each."""
    rows = {row["id"]: row for row in LEARNED}
    articles = [_read(rows[id]) for id in ids]
    spoken = {id: Language(id, rows[id]["language"], 1.0) for id in ids}
    made = embed([(one, spoken[one.id]) for one in articles], encoder=encoder())
    vectors = {one.id: one for one in made}
    found = dedupe(articles, spoken, vectors, encoder=encoder())
    stories = cluster(articles, found, spoken, vectors, encoder=encoder())
    return (
        {one.id: one.duplicate_of or one.id for one in found},
        {member: story for story in stories for member in story.members},
    )


def _read(row: dict[str, Any]) -> Article:
    known = {name: row[name] for name in ("title", "text", "published", "publisher")}
    return article(row["id"], **known)


def test_our_own_articles_are_well_formed() -> None:
    """Unique ids, ten languages, two halves that share no event, and originals that exist."""
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids) >= 100
    assert len({row["language"] for row in ROWS}) == 10
    held = {row["event"] for row in ROWS if row["half"] == "held"}
    assert len(held) > 30
    assert not held & {row["event"] for row in LEARNED}
    assert {row["same"] for row in ROWS if row["same"]} <= set(ids)
    assert all(row["published"].startswith("2026-") for row in ROWS)


@pytest.mark.parametrize(
    "ids",
    [("tpl0-0", "tpl0-1", "tpl0-2"), *((f"tpl{n}-0", f"tpl{n}-1") for n in (1, 2, 3, 4))],
)
def test_launches_filled_into_one_template_are_several(ids: tuple[str, ...]) -> None:
    """In Latin letters, in kana and in Han, the thing launched tells them apart."""
    original, _ = judged(*ids)
    assert list(original.values()) == list(ids)


def test_a_copy_with_one_garbled_number_is_found_among_template_launches() -> None:
    """Another title, other words and 62 instead of 26: it is the same article still."""
    original, _ = judged("tpl0-0", "tpl0-0c", "tpl0-1")
    assert original == {"tpl0-0": "tpl0-0", "tpl0-0c": "tpl0-0", "tpl0-1": "tpl0-1"}


def test_a_paragraph_below_all_releases_makes_no_copies() -> None:
    """Half of each text is the same, and the other half tells of something else."""
    original, _ = judged("bo-0", "bo-1", "bo-2")
    assert set(original.values()) == {"bo-0", "bo-1", "bo-2"}


def test_the_next_issue_is_no_copy() -> None:
    """Notes on the next version and another night of maintenance; the same notes again are one."""
    original, _ = judged("nt-1", "nt-2", "nt-3", "nt-4", "wa-1", "wa-2")
    assert original.pop("nt-4") == "nt-1"
    assert {id: id for id in original} == original


@pytest.mark.parametrize("later", ["fu-2", "fu-3"])
def test_what_comes_of_a_deal_is_linked_and_not_merged(later: str) -> None:
    """A completion and a rival's criticism are stories of their own that name the deal's."""
    _, story = judged("fu-1", "fu-1b", "fu-2", "fu-3")
    assert story[later].members == (later,)
    assert "fu-1" in [link.story for link in story[later].related]


UNRELATED = (
    ("Quarzlicht erhöht die Preise", "Quarzlicht hebt seine Preise an. Der kleinste Tarif kostet "
     "künftig 29 Euro im Monat. Bestehende Kunden zahlen bis März den alten Preis."),
    ("Feldmark baut 120 Stellen ab", "Feldmark streicht 120 Stellen, vor allem im Vertrieb. "
     "Betroffen sind die Standorte Köln und Graz. Der Betriebsrat weiß es seit Montag."),
    ("Ostwind kauft Seidenpost", "Ostwind übernimmt den Konkurrenten Seidenpost für 40 Millionen "
     "Euro. Die Marke bleibt bestehen. Das Kartellamt muss noch zustimmen."),
)  # fmt: skip


def test_unrelated_pages_that_name_one_page_as_their_english_version_stay_apart() -> None:
    """A page's word on its translations is held against what both say."""
    guide = article(
        "en",
        "Getting started with your first letter",
        "This guide explains how to set up a letter. Choose a form, write a subject line and pick "
        "an audience. Then send a trial to yourself.",
        url="https://m.example/en/start",
    )
    pages = [
        article(f"d{n}", title, text, url=f"https://m.example/de/{n}", alternates=(guide.url,))
        for n, (title, text) in enumerate(UNRELATED)
    ]
    found = copies([guide, *pages], ["en", "de", "de", "de"])
    assert [one.duplicate_of for one in found] == [None] * 4


def test_a_translation_that_is_named_as_one_is_one() -> None:
    """The same page in English is believed to be it, however short."""
    german = article("d", *UNRELATED[2], url="https://m.example/de/1")
    english = article(
        "e",
        "Ostwind buys Seidenpost",
        "Ostwind takes over its competitor Seidenpost for 40 million euros. The brand remains. The "
        "cartel office has yet to agree.",
        url="https://m.example/en/1",
        alternates=(str(german.url),),
    )
    found = copies([german, english], ["de", "en"])
    assert {one.duplicate_of for one in found} != {None}


def test_an_address_that_several_texts_claim_is_none() -> None:
    """Where every page calls its section canonical, these are still as many articles."""
    section = "https://m.example/neues"
    pages = [
        article(f"d{n}", title, text, url=section) for n, (title, text) in enumerate(UNRELATED)
    ]
    assert [one.duplicate_of for one in copies(pages, ["de"] * 3)] == [None] * 3
    again = replace(pages[0], id="z", title=f"{pages[0].title} im März")
    found = copies([*pages, again], ["de"] * 4)
    assert [one.duplicate_of for one in found] == [None, None, None, "d0"]
