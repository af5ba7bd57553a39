"""What is kept, what waits, and that nothing is lost: the same on SQLite and PostgreSQL."""

from dataclasses import replace

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from digest.errors import StoreError
from digest.records import (
    Article,
    Decision,
    Drop,
    Duplicate,
    Embedding,
    Item,
    Language,
    Quote,
    Score,
    Story,
    Summary,
)
from digest.stage import Stage
from digest.store import Store, decisions, history, memory, reading, saving
from digest.store.saving import Maker, Result
from digest.store.tables import metadata, superseded
from digest.store.waiting import ATTEMPTS, waiting
from digest.store.window import window
from digest.testing import NOON, make_article

AT = NOON.isoformat()
EXTRACT = Maker("extract", "1", AT)


def no_run(batch: object) -> list[object]:
    raise AssertionError("these tests ask what waits; they run nothing")


DETECT = Stage("detect", "1", reads=(Article,), makes=Language, run=no_run)
DEDUPE = Stage("dedupe", "1", (Article, Language), Duplicate, no_run, "together", window_days=7)
CLUSTER = Stage("cluster", "1", (Article, Language), Story, no_run, "together", window_days=7)
SUMMARISE = Stage("summarise", "1", (Story,), Summary, no_run, members=(Article,))


def item(id: str = "a1", **changes: object) -> Item:
    made = Item(
        id, "journal", f"https://news.example/{id}", "A title", None, "", AT, "News", "vendor"
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def put(store: Store, maker: Maker, kind: type, *records: object, mark: str = "f") -> int:
    results = [Result(record.id, mark, record) for record in records]  # type: ignore[attr-defined]
    with store.write() as db:
        return saving.save(db, maker, kind, results)


def finish(store: Store, stage: Stage, record: object) -> None:
    """Save a record as the stage's answer to what it would read now."""
    with store.read() as db:
        marks = {entry.id: entry.fingerprint for entry in waiting(db, stage)}
    maker = Maker(stage.name, stage.version, AT)
    put(store, maker, stage.makes, record, mark=marks[record.id])  # type: ignore[attr-defined]


def ids_waiting(store: Store, stage: Stage) -> list[str]:
    with store.read() as db:
        return [entry.id for entry in waiting(db, stage)]


def put_story(store: Store, story: Story) -> None:
    with store.read() as db:
        marks = {entry.id: entry.fingerprint for entry in waiting(db, CLUSTER)}
    with store.write() as db:
        marks |= {member: marks.get(member, "f") for member in story.members}
        saving.save_stories(db, Maker("cluster", "1", AT), [story], marks)


def story(*members: str) -> Story:
    return Story(members[0], members, members[0], ("News",), None, None)


def test_the_migrations_make_the_tables_of_the_code(store: Store) -> None:
    """Alembic's schema and the tables in the code never drift apart."""
    with store.engine.connect() as db:
        told = MigrationContext.configure(db, opts={"include_object": _is_ours})
        assert compare_metadata(told, metadata) == []


def _is_ours(_object: object, name: str | None, kind: str, found: bool, _other: object) -> bool:
    """Full-text indexes are each database's own: no table in the code describes them.

    Nor can alembic compare an index over an expression (`score DESC`).
    """
    own = ("search_trigrams", "search_pairs", "search_texts", "ix_inbox_score")
    named = any(each in (name or "") for each in own)
    return not (named and kind in ("table", "index") and (found or name == "ix_inbox_score"))


def test_a_record_comes_back_as_it_went(store: Store) -> None:
    """Nested tuples, None and letters of every script survive the store."""
    article = make_article(title="日本語 — “Ünïcödé”", authors=("A", "B"), published=None)
    put(store, EXTRACT, Article, article)
    with store.read() as db:
        assert reading.records(db, Article, ["a1"]) == {"a1": article}


def test_a_vector_comes_back_as_it_went(store: Store) -> None:
    """Vectors are kept as 32-bit floats, bit for bit."""
    vector = np.linspace(-1, 1, 8, dtype=np.float32)
    put(store, EXTRACT, Embedding, Embedding("a1", "model@1", vector))
    with store.read() as db:
        found = reading.records(db, Embedding, ["a1"])["a1"]
    assert (found.model, found.vector.tolist()) == ("model@1", vector.tolist())


def test_what_is_done_waits_no_more(store: Store) -> None:
    """An article waits for its language until the step has answered."""
    put(store, EXTRACT, Article, make_article("a1"), make_article("a2"))
    assert ids_waiting(store, DETECT) == ["a1", "a2"]
    finish(store, DETECT, Language("a1", "en", 0.9))
    assert ids_waiting(store, DETECT) == ["a2"]


def test_an_edited_title_makes_just_that_article_wait(store: Store) -> None:
    """Only the record that reads the edited one has another fingerprint."""
    put(store, EXTRACT, Article, make_article("a1"), make_article("a2"))
    finish(store, DETECT, Language("a1", "en", 0.9))
    finish(store, DETECT, Language("a2", "en", 0.9))
    put(store, EXTRACT, Article, make_article("a2", title="Another title"))
    assert ids_waiting(store, DETECT) == ["a2"]


def test_a_raised_version_makes_the_step_wait_and_no_later_one(store: Store) -> None:
    """Where the new version gives the same record, nothing after it is done again."""
    put(store, EXTRACT, Article, make_article("a1"))
    finish(store, DETECT, Language("a1", "en", 0.9))
    put_story(store, story("a1"))
    raised = replace(DETECT, version="2")
    assert ids_waiting(store, raised) == ["a1"]
    finish(store, raised, Language("a1", "en", 0.9))
    assert ids_waiting(store, raised) == []
    assert ids_waiting(store, CLUSTER) == []


def test_a_story_that_gains_a_member_waits_for_its_summary(store: Store) -> None:
    """The fingerprint of a story's step holds the story and every member."""
    put(store, EXTRACT, Article, make_article("a1"), make_article("a2"), make_article("b1"))
    for id in ("a1", "a2", "b1"):
        finish(store, DETECT, Language(id, "en", 0.9))
    put_story(store, story("a1"))
    put_story(store, story("b1"))
    finish(store, SUMMARISE, Summary("a1", (Quote("K", "a1", 0, 1),)))
    finish(store, SUMMARISE, Summary("b1", ()))
    assert ids_waiting(store, SUMMARISE) == []
    put_story(store, story("a1", "a2"))
    assert ids_waiting(store, SUMMARISE) == ["a1"]


def test_a_member_whose_text_is_edited_makes_its_story_wait(store: Store) -> None:
    """A summary quotes its members: when one changes, it is chosen again."""
    put(store, EXTRACT, Article, make_article("a1"), make_article("a2"))
    put_story(store, story("a1", "a2"))
    finish(store, SUMMARISE, Summary("a1", ()))
    put(store, EXTRACT, Article, make_article("a2", text="Another text."))
    assert ids_waiting(store, SUMMARISE) == ["a1"]


def test_a_drop_is_an_answer(store: Store) -> None:
    """What was dropped for good does not wait, is counted, and can be looked at."""
    put(store, EXTRACT, Article, make_article("a1"))
    finish(store, DETECT, Drop("a1", "detect", "no letters", "only digits"))
    assert ids_waiting(store, DETECT) == []
    with store.read() as db:
        assert history.count_drops(db) == {("detect", "no letters"): 1}
        assert history.way_of(db, "a1")[1].record.detail == "only digits"


def test_a_passing_failure_waits_again_but_not_for_ever(store: Store) -> None:
    """A server that is down is asked by the next runs, up to a limit."""
    put(store, EXTRACT, Article, make_article("a1"))
    for _ in range(ATTEMPTS):
        assert ids_waiting(store, DETECT) == ["a1"]
        finish(store, DETECT, Drop("a1", "detect", "HTTP 503", transient=True))
    assert ids_waiting(store, DETECT) == []


def test_a_success_after_a_failure_forgets_the_drop(store: Store) -> None:
    """An article that got through in the end is not counted as dropped."""
    put(store, EXTRACT, Article, make_article("a1"))
    finish(store, DETECT, Drop("a1", "detect", "HTTP 503", transient=True))
    finish(store, DETECT, Language("a1", "en", 0.9))
    with store.read() as db:
        assert history.count_drops(db) == {}


def test_a_dropped_article_leaves_its_story(store: Store) -> None:
    """What was made of an article dropped later is taken back, and the rest judged again."""
    put(store, EXTRACT, Article, make_article("a1"), make_article("a2"))
    for id in ("a1", "a2"):
        finish(store, DETECT, Language(id, "en", 0.9))
    put_story(store, story("a1", "a2"))
    put(store, EXTRACT, Article, Drop("a2", "extract", "not an article"))
    with store.read() as db:
        assert reading.story_of(db, ["a1", "a2"]) == {"a1": "a1"}
    assert ids_waiting(store, CLUSTER) == ["a1"]


def test_what_is_replaced_is_kept_as_history(store: Store) -> None:
    """An edited title replaces the record; the old one can still be read."""
    put(store, EXTRACT, Article, make_article("a1", title="Before"))
    put(store, EXTRACT, Article, make_article("a1", title="After"))
    with store.read() as db:
        rows = db.execute(select(superseded.c["of", "id", "record"])).all()
    assert [(row[0], row[1], "Before" in row[2]) for row in rows] == [("articles", "a1", True)]


def test_the_first_sight_of_an_item_stays(store: Store) -> None:
    """Polling again changes neither when nor through whom an item was first seen."""
    later = Maker("poll", "1", "2026-10-06T12:00:00+00:00")
    with store.write() as db:
        assert saving.save_items(db, EXTRACT, [item(first_seen=AT)]) == 1
        again = item(first_seen="2026-10-06T12:00:00+00:00")
        assert saving.save_items(db, later, [again]) == 0
        assert saving.save_items(db, later, [replace(again, source="other", title="Theirs")]) == 0
        assert saving.save_items(db, later, [replace(again, title="Edited")]) == 1
        found = reading.records(db, Item, ["a1"])["a1"]
    assert (found.first_seen, found.source, found.title) == (AT, "journal", "Edited")


def test_the_window_holds_whole_stories(store: Store) -> None:
    """A story that reaches into the window is seen whole, other old articles are not."""
    put(
        store,
        EXTRACT,
        Article,
        make_article("new", published="2026-09-30T00:00:00+00:00"),
        make_article("near", published="2026-09-25T00:00:00+00:00"),
        make_article("its", published="2026-09-20T00:00:00+00:00"),
        make_article("far", published="2026-09-01T00:00:00+00:00"),
    )
    for id in ("new", "near", "its", "far"):
        finish(store, DETECT, Language(id, "en", 0.9))
    put_story(store, story("its", "near"))
    put_story(store, story("far"))
    with store.read() as db:
        pending = waiting(db, CLUSTER)
        assert [entry.id for entry in pending] == ["new"]
        seen = [entry.id for entry in window(db, CLUSTER, pending, days=7)]
    assert seen == ["its", "near", "new"]


def test_a_story_that_is_merged_away_takes_its_results_along(store: Store) -> None:
    """No summary stays behind for a story that no longer exists."""
    put(store, EXTRACT, Article, make_article("a1"), make_article("b1"))
    put_story(store, story("a1"))
    put_story(store, story("b1"))
    put(store, Maker("rank", "1", AT), Score, Score("b1", 1.0, ()))
    with store.write() as db:
        both = story("a1", "b1")
        saving.save_stories(db, Maker("cluster", "1", AT), [both], {"a1": "f", "b1": "f"})
    with store.read() as db:
        assert [each.id for each in reading.every(db, Story)] == ["a1"]
        assert reading.every(db, Score) == []


def test_an_editors_decision_makes_copies_and_stories_wait(store: Store) -> None:
    """A merge or split is done by the next run, for the articles it names."""
    put(store, EXTRACT, Article, make_article("a1"), make_article("b1"), make_article("c1"))
    for id in ("a1", "b1", "c1"):
        finish(store, DETECT, Language(id, "en", 0.9))
        put_story(store, story(id))
        finish(store, DEDUPE, Duplicate(id, None, True, None, ""))
    decision = Decision("d1", "must-link", "a1", "b1", "editor", AT)
    with store.write() as db:
        decisions.decide(db, decision)
        decisions.decide(db, decision)
    assert ids_waiting(store, DEDUPE) == ids_waiting(store, CLUSTER) == ["a1", "b1"]
    with store.read() as db:
        assert decisions.decided(db, ["must-link"]) == [decision]


def test_a_sentence_is_remembered_for_its_package_version(store: Store) -> None:
    """The memory answers for the package that translated, and for no other version."""
    with store.write() as db:
        memory.remember(db, "de-en 1.0", {"Hallo": "Hello"})
        memory.remember(db, "de-en 1.0", {"Hallo": "Hi", "Welt": "World"})
        known = memory.remembered(db, "de-en 1.0", ["Hallo", "Welt", "neu"])
        assert known == {"Hallo": "Hello", "Welt": "World"}
        assert memory.remembered(db, "de-en 1.1", ["Hallo"]) == {}


def test_who_reads_sees_one_state(store: Store) -> None:
    """What others write or drop meanwhile is seen by the next who reads."""
    put(store, EXTRACT, Article, make_article("a1"))
    with store.read() as db:
        before = sorted(one.id for one in reading.every(db, Article))
        put(store, EXTRACT, Article, make_article("a2"))
        assert sorted(one.id for one in reading.every(db, Article)) == before
    with store.read() as db:
        assert sorted(one.id for one in reading.every(db, Article)) == ["a1", "a2"]


def test_half_a_batch_is_never_written(store: Store) -> None:
    """What fails inside a transaction leaves the store as it was."""

    def half() -> None:
        with store.write() as db:
            saving.save(db, EXTRACT, Article, [Result("a1", "f", make_article("a1"))])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    with store.read() as db:
        assert reading.every(db, Article) == []


def test_pages_are_kept_once_and_whole(store: Store) -> None:
    """The page folder gives back the bytes, and says so where they are gone or torn."""
    sha = store.pages.keep(b"<html>page</html>")
    assert store.pages.keep(b"<html>page</html>") == sha
    assert store.pages.read(sha) == b"<html>page</html>"
    file = store.pages.folder / sha[:2] / f"{sha}.gz"
    file.write_bytes(file.read_bytes()[:10])
    with pytest.raises(StoreError, match=f"page {sha[:12]} cannot be read"):
        store.pages.read(sha)


def test_a_store_that_cannot_be_opened_says_which_and_how_to_cure_it(store: Store) -> None:
    """The message names the address and the setting."""
    with pytest.raises(StoreError, match=r"cannot open the store 'nonsense://x'.*digest\.toml"):
        Store("nonsense://x", pages=store.pages.folder, folder=store.pages.folder)


def test_an_old_article_brings_in_its_own_time_only(store: Store) -> None:
    """What waits from two years ago does not load all that lies between then and now."""
    dates = {"old": "2024-09-30", "between": "2025-09-30", "new": "2026-09-30"}
    for id, day in dates.items():
        put(store, EXTRACT, Article, make_article(id, published=f"{day}T00:00:00+00:00"))
        finish(store, DETECT, Language(id, "en", 0.9))
    put_story(store, story("between"))
    with store.read() as db:
        pending = waiting(db, CLUSTER)
        assert [entry.id for entry in window(db, CLUSTER, pending, days=7)] == ["new", "old"]
