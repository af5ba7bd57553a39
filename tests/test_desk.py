"""What editors do on a store that was really read: it holds, and a re-run never undoes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.config import load_settings
from digest.desk import Clash, Desk, regroup
from digest.errors import InputError
from digest.periods import parse_period
from digest.publishing import make_edition
from digest.records import Article, Item, Story
from digest.runner import Runner
from digest.stages.ledger import entrants
from digest.store import decisions, inbox, reading
from digest.testing import NOON
from digest.wiring import make_runner

BODY = (
    "Kestrivo has opened Beacon, a customer data platform, to shops of every size. "
    "The marketing software reads orders and campaigns. Prices begin at forty euros a month. "
)
OTHER = (
    "Oparelle must pay a fine of nine million for its advertising cookies. "
    "The regulator found that consent was never asked for in its email marketing tools. "
)


def item(id: str, title: str, text: str, day: int) -> Item:
    return Item(
        id=id,
        source="journal",
        url=None,
        title=title,
        published=f"2026-09-{day:02}T08:00:00+00:00",
        html=f"<p>{text}</p>" * 2,
        first_seen=NOON.isoformat(),
        publisher=f"News {id}",
        voice="independent",
        language_hint="en",
        follow=False,
    )


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """Five articles on two events, read by the real steps."""
    settings = tmp_path / "digest.toml"
    settings.write_text(
        f'now = {NOON.isoformat()}\n[store]\nurl = "sqlite:///test.db"\n[models]\nsecond = ""\n'
    )
    made = make_runner(load_settings(settings))
    for place in range(3):
        made.add_item(item(f"b{place}", "Kestrivo launches Beacon", BODY, 29))
    for place in range(2):
        made.add_item(item(f"o{place}", "Oparelle fined", OTHER, 29))
    made.run_steps()
    yield made
    made.store.close()


@pytest.fixture
def desk(runner: Runner) -> Desk:
    return Desk(runner.store, runner.clock)


def stories(runner: Runner) -> list[tuple[str, ...]]:
    with runner.store.read() as db:
        return sorted(tuple(sorted(s.members)) for s in reading.every(db, Story))


def again(runner: Runner) -> Runner:
    """Return another run, as the nightly one is."""
    return Runner(runner.store, runner.settings, runner.tools, runner.clock)


def test_a_split_and_a_move_hold_through_a_run(runner: Runner, desk: Desk) -> None:
    """The group stays parted when everything is judged again; undone, it is as it was."""
    assert stories(runner) == [("b0", "b1", "b2"), ("o0", "o1")]
    act = desk.split("b0", ["b2"], by="ada")
    regroup(runner, ["b0", "b2"])
    assert stories(runner) == [("b0", "b1"), ("b2",), ("o0", "o1")]
    again(runner).run_steps()
    assert ("b2",) in stories(runner)
    desk.undo(act, by="ada")
    regroup(again(runner), ["b0", "b2"])
    assert stories(runner) == [("b0", "b1", "b2"), ("o0", "o1")]
    desk.move("b0", ["b2"], "o0", by="ada")
    regroup(again(runner), ["b0", "b2", "o0"])
    assert stories(runner) == [("b0", "b1"), ("b2", "o0", "o1")]


def test_a_merge_after_a_split_joins_all_again(runner: Runner, desk: Desk) -> None:
    """The later decision on a pair holds."""
    desk.split("b0", ["b2"], by="ada")
    regroup(runner, ["b0", "b2"])
    desk.merge("b0", ["b2", "o0"], by="bob")
    regroup(again(runner), ["b0", "b2", "o0"])
    assert stories(runner) == [("b0", "b1", "b2", "o0", "o1")]


def test_two_editors_on_one_headline_lose_nothing(runner: Runner, desk: Desk) -> None:
    """The second save is refused with both versions, and can be made with them in view."""
    first = desk.write("headline", "b0", "Ada's words", by="ada", seen=0)
    assert not isinstance(first, Clash)
    second = desk.write("headline", "b0", "Bob's words", by="bob", seen=0)
    assert isinstance(second, Clash)
    assert second.theirs == first
    assert second.mine.value == "Bob's words"
    third = desk.write("headline", "b0", "Both", by="bob", seen=second.revision)
    assert not isinstance(third, Clash)
    with runner.store.read() as db:
        said = [each.decision.value for each in decisions.about(db, ["b0"])]
    assert said == ["Ada's words", "Both"]


def test_an_undone_headline_is_another_state(desk: Desk) -> None:
    """Who has seen the headline before the undoing is told so."""
    first = desk.write("headline", "b0", "Words", by="ada", seen=0)
    assert not isinstance(first, Clash)
    desk.undo(first.act, by="ada")
    assert isinstance(desk.write("headline", "b0", "More", by="bob", seen=1), Clash)
    assert not isinstance(desk.write("headline", "b0", "More", by="bob", seen=2), Clash)
    assert desk.undo(first.act, by="ada") == []


def test_a_clash_is_about_the_story_not_its_article(runner: Runner, desk: Desk) -> None:
    """After a merge both editors write about one story, though they named different articles."""
    desk.merge("b0", ["o0"], by="ada")
    regroup(runner, ["b0", "o0"])
    desk.write("note", "b0", "Of one", by="ada", seen=0)
    assert isinstance(desk.write("note", "o0", "Of the other", by="bob", seen=0), Clash)


def test_decisions_reach_the_edition_and_outlast_a_run(runner: Runner, desk: Desk) -> None:
    """The nightly run changes nothing of what editors wrote; the list knows it at once."""
    desk.write("headline", "b1", "Our headline", by="ada")
    desk.write("exclude", "o0", by="ada", edition="weekly-2026-W40-cmo", reason="told before")
    again(runner).run_steps()
    period = parse_period("2026-W40")
    edition, _ = make_edition(runner.store, runner.settings, period, now=NOON)
    assert [each.headline for each in entrants(edition)] == ["Our headline"]
    with runner.store.write() as db:
        inbox.refresh(db)
        facets = inbox.facets_of(db, ["b0", "o0"])
    assert facets["b0"]["edited"] == ["headline"]
    assert facets["o0"]["exclude"] == ["weekly-2026-W40-cmo"]


def test_the_list_follows_the_records(runner: Runner) -> None:
    """Every story is in it once, with what it is filtered by; nothing is rewritten for nothing."""
    with runner.store.write() as db:
        assert inbox.refresh(db) == 2
        assert inbox.refresh(db) == 0
        wanted = inbox.Filter("2026-09-28", "2026-10-05", {"source": "journal", "language": "en"})
        found, many = inbox.listed(db, wanted, limit=1)
        assert many == 2
        before, after = inbox.neighbours(db, wanted, found[0].story)
        assert (before, after == "") == ("", False)


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.merge("b0", ["nobody"], by="ada"),
        lambda desk: desk.merge("b0", ["b0"], by="ada"),
        lambda desk: desk.split("b0", ["b0", "b1", "b2"], by="ada"),
        lambda desk: desk.split("b0", ["o0"], by="ada"),
        lambda desk: desk.move("b0", ["b1"], "b0", by="ada"),
        lambda desk: desk.undo("nothing", by="ada"),
        lambda desk: desk.write("note", "b0", "x" * 30_000, by="ada"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, act: object) -> None:
    """With the reason and a cure, and nothing kept."""
    with pytest.raises(InputError):
        act(desk)  # type: ignore[operator]
    with desk.store.read() as db:
        assert decisions.count(db) == 0


def test_articles_stay_as_they_were(runner: Runner, desk: Desk) -> None:
    """A decision is a record of its own: nothing that was read is changed by it."""
    with runner.store.read() as db:
        before = json.dumps([each.text for each in reading.every(db, Article)])
    desk.write("summary", "b0", "[]", by="ada")
    again(runner).run_steps()
    with runner.store.read() as db:
        assert json.dumps([each.text for each in reading.every(db, Article)]) == before
