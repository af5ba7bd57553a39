"""Search by words: every script, terms of two characters, the newest first."""

from importlib.resources import files
from typing import Any

import pytest
from alembic.script import ScriptDirectory

from digest.records import Article, Story
from digest.store import Store, saving, search
from digest.store.saving import Maker, Result
from digest.testing import make_article

AT = "2026-10-05T06:00:00+00:00"
MAKER = Maker("extract", "1", AT)


def put(store: Store, *articles: Article) -> None:
    with store.write() as db:
        saving.save(db, MAKER, Article, [Result(each.id, "f", each) for each in articles])
        for each in articles:
            story = Story(each.id, (each.id,), each.id, ("News",), None, None)
            saving.save_stories(db, MAKER, [story], {each.id: "f"})
        search.index(db, search.unindexed(db))


def found(store: Store, query: str, **more: str) -> list[str]:
    with store.read() as db:
        return search.find(db, query, **more)  # type: ignore[arg-type]


@pytest.fixture
def full(store: Store) -> Store:
    put(
        store,
        make_article("en", title="Kestrivo launches Beacon", text="An AI agent for e-mail."),
        make_article(
            "de", title="Übernahme", text="Die Datenschutzgrundverordnung gilt. KI hilft."
        ),
        make_article("ja", title="広告の新機能", text="マーケティング担当者向けのツール。"),
        make_article("zh", title="廣告平台", text="这是一家营销公司。"),
        make_article("late", title="Beacon again", published="2026-10-02T08:00:00+00:00"),
    )
    return store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("beacon", ["late", "en"]),
        ("BEACON launches", ["en"]),
        ('"launches beacon"', ["en"]),
        ("schutzgrund", ["de"]),
        ("übernahme", ["de"]),
        ("広告", ["ja"]),
        ("廣告", ["zh"]),
        ("营销", ["zh"]),
        ("告", ["ja", "zh"]),
        ("マーケティング", ["ja"]),
        ("ai agent", ["en"]),
        ("KI", ["de"]),
        ("e-mail", ["en"]),
        ('%_"', []),
        ("", []),
        ("beacon 広告", []),
    ],
)
def test_words_are_found_in_every_script(full: Store, query: str, expected: list[str]) -> None:
    """All terms have to stand in a text; letters are folded, marks passed over."""
    assert sorted(found(full, query)) == sorted(expected)


@pytest.mark.parametrize(
    "query", ["9月", "7年", "3社", "社t", "t恤", "人々", "々と", "〇社", "10月", "々"]
)
def test_two_characters_of_two_scripts_are_found(store: Store, query: str) -> None:
    """A digit or a letter beside Han, on either side, and the marks that repeat a character."""
    put(
        store,
        make_article("a1", title="2027年9月に3社T恤を", text="人々と〇社は10月に。"),
        make_article("a2", title="9 月の社 3", text="T 恤、人と社。"),
    )
    assert found(store, query) == ["a1"]


def test_an_older_index_is_made_again(full: Store) -> None:
    """What it lacks is found after the migration, and nothing twice."""
    with full.write() as db:
        migration("0012").empty(db)
        assert len(search.unindexed(db)) == 5
        assert search.find(db, "beacon") == search.find(db, "広告") == []
        search.index(db, search.unindexed(db))
    assert found(full, "beacon") == ["late", "en"]
    assert found(full, "広告") == ["ja"]


def migration(revision: str) -> Any:
    scripts = ScriptDirectory(str(files("digest.store") / "migrations"))
    return scripts.get_revision(revision).module


def test_the_latest_comes_first_and_a_span_limits(full: Store) -> None:
    """By when a text was published."""
    assert found(full, "beacon") == ["late", "en"]
    assert found(full, "beacon", end="2026-10-01T00:00:00+00:00") == ["en"]
    assert found(full, "beacon", start="2026-10-01T00:00:00+00:00") == ["late"]


def test_an_edited_text_is_found_as_it_is_now(full: Store) -> None:
    """What it said before is found no more."""
    put(full, make_article("en", title="Kestrivo renames it", text="Now called Lantern."))
    assert found(full, "beacon") == ["late"]
    assert found(full, "lantern") == ["en"]
    with full.read() as db:
        assert search.unindexed(db) == []
