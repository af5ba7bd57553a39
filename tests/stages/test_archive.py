"""The archive: every edition listed, every story found, in every script, without a server."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from markupsafe import escape

from digest.records import Correction, Decision
from digest.stages.archive import make_lists, make_page, make_shards, shelve
from digest.stages.atom import entry_of
from digest.stages.curation import correct
from digest.stages.search_terms import normalise, terms
from digest.stages.words import Words

from . import edition_sample as sample


def shelf(**changes: object) -> list[object]:
    week = replace(sample.weekly(), **changes)  # type: ignore[arg-type]
    return [shelve(week, [("html", "index.html"), ("pdf", "edition.pdf")])]


def page(*editions: object, language: str = "en") -> str:
    return make_page(editions, title="Digest", language=language, key="k1", feed="feed.atom")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kestrivo's CRM-Suite 2.0", ["kestrivo", "s", "crm", "suite", "2", "0"]),
        ("広告配信", ["広告", "告配", "配信", "信"]),
        ("新AI機能", ["新", "ai", "機能", "能"]),
        ("ＣＲＭ ｶﾞｲﾄﾞ", ["crm", "ガイ", "イド", "ド"]),
        ("Éditeur ÉTÉ naïf", ["editeur", "ete", "naif"]),
        ("лидер Ёлка", ["лидер", "елка"]),
        ("الإعلانات ٢٠٢٦", ["الإعلانات", "٢٠٢٦"]),
        ("हिन्दी", ["हिन्दी"]),
        ("고객 데이터", ["고객", "데이터"]),
        ("", []),
        ("—…!", []),
    ],
)
def test_terms_of_every_script(text: str, expected: list[str]) -> None:
    """Words where there are spaces, pairs of characters where there are none."""
    assert list(terms(text)) == [normalise(each) for each in expected]


def test_an_edition_is_listed_under_year_and_quarter() -> None:
    """With its name, days, headline, number of stories and what else there is of it."""
    made = page(*shelf())
    assert "<summary><h3>2026</h3></summary>" in made
    assert "4th quarter 2026" in made
    assert '<a href="weekly-2026-W47-cmo/index.html">Week 47, 2026</a>' in made
    assert "16–22 November 2026" in made
    assert (
        '<a href="weekly-2026-W47-cmo/edition.pdf" aria-label="PDF, Week 47, 2026">PDF</a>' in made
    )


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    """ISO 8601: the week that begins on 29 December 2025 is one of 2026."""
    (week,) = shelf(start="2025-12-29T00:00:00+00:00", end="2026-01-05T00:00:00+00:00")
    assert (week.year, week.quarter) == (2026, 1)  # type: ignore[attr-defined]


def test_corrections_and_withdrawals_are_marked() -> None:
    """A reader of the list is told before the edition is opened."""
    assert "Corrected" in page(*shelf(corrections=(Correction("2026-11-24", "Not nine."),)))
    assert "Withdrawn" in page(*shelf(withdrawn="wrong numbers"))


def test_no_edition_yet() -> None:
    """An empty archive says so."""
    assert "No edition is published yet." in page()


def test_filters_are_there_where_there_is_a_choice() -> None:
    """One kind, audience and language need none."""
    tech = shelf(audience="tech", id="weekly-2026-W47-tech")
    assert "by-audience" not in page(*shelf())
    assert "by-audience" in page(*shelf(), *tech)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    """Its policy lets in its own style and script alone; none stand in the page itself."""
    made = page(*shelf(title='<script>alert("x")</script>'))
    assert "default-src 'none'; style-src 'self'; script-src 'self'" in made
    assert "<script>" not in made
    assert "<style" not in made
    assert "style=" not in made


def index_of(script: str) -> tuple[str, dict[str, object]]:
    head, _, rest = script.partition(",")
    return head, json.loads(rest.removesuffix(");\n"))


def test_the_index_finds_each_story_by_its_words() -> None:
    """Headline, sentences, original wording, labels, publisher; a rising list for each term."""
    ((name, script),) = make_shards(shelf(), language="en").items()  # type: ignore[arg-type]
    head, index = index_of(script)
    assert (name, head) == ("search-2026.js", 'digestShelf("2026"')
    keys = str(index["terms"]).split("\n")
    places = dict(zip(keys, str(index["places"]).split("\n"), strict=True))
    assert keys == sorted(keys, key=lambda key: key.encode("utf-16-be"))
    assert "0" in places["orchard"].split(" ")
    assert {"広告", "告文"} <= set(keys)  # of a story that stands in Japanese
    assert "umzug" in keys  # of a sentence that is shown translated
    stories = index["stories"]
    assert isinstance(stories, list)
    assert stories[0][1] == 1
    assert stories[0][2] == "Lumora takes its consent-first Orchard platform out of beta"


def test_nothing_foreign_runs_in_the_index() -> None:
    """It is a script: what a headline holds stays text."""
    evil = '</script><script>alert(1)//\u2028");alert(2)//'
    week = sample.weekly()
    assert week.opening is not None
    (edition,) = shelf(opening=replace(week.opening, headline=evil))
    (script,) = make_shards([edition], language="en").values()  # type: ignore[list-item]
    _, index = index_of(script)
    stories = index["stories"]
    assert isinstance(stories, list)
    assert stories[0][2] == '</script><script>alert(1)// ");alert(2)//'
    assert "\u2028" not in script


def test_a_withdrawal_is_told_wherever_the_edition_is_found() -> None:
    """In the feed, as something new, and by each story that the search finds; at its own time."""
    week, at = sample.weekly(), "2026-11-24T08:00:00+00:00"
    said = Decision(
        "w", "withdraw", week.id, "", "ada", at, value="Wrong numbers.", edition=week.id
    )
    gone = correct(week, [said])
    (told,) = Words("en").after(gone)
    assert (told.at, told.text) == (at, "Wrong numbers.")
    entry, before = entry_of(gone), entry_of(week)
    assert entry.title == f"Withdrawn: {before.title}"
    assert entry.summary == "This edition has been withdrawn: Wrong numbers."
    assert entry.updated == at > before.updated
    assert correct(gone, []) == week

    (shard,) = make_shards([shelve(gone, [])], language="en").values()
    (held,) = make_shards([shelve(week, [])], language="en").values()
    flags = [
        json.loads(each[each.index(",") + 1 : -3])["editions"][0][-1] for each in (shard, held)
    ]
    assert flags == [1, 0]


def test_every_headline_can_be_read_without_a_script() -> None:
    """A page a year, with links into the editions, which the first page leads to."""
    lists = make_lists(shelf(), language="en", key="k1")  # type: ignore[arg-type]
    assert list(lists) == ["headlines-2026.html"]
    made = lists["headlines-2026.html"]
    assert "<script" not in made
    (found,) = shelf()
    for each in found.finds:  # type: ignore[attr-defined]
        assert f'href="../weekly-2026-W47-cmo/index.html#story-{each.place}"' in made
        assert escape(each.headline) in made
    assert 'href="archive/headlines-2026.html"' in page(*shelf())
