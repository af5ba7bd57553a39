"""What editors decide on one edition changes the order of the next, and the page says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from digest.config import load_settings
from digest.config_editions import Audience
from digest.desk import Desk
from digest.periods import parse_period
from digest.publishing import make_edition
from digest.records import Edition, Item, Part
from digest.runner import Runner
from digest.stages.ledger import entrants
from digest.stages.render import render
from digest.store import ledger
from digest.testing import NOON
from digest.wiring import make_runner

W40, W41 = "weekly-2026-W40-cmo", "weekly-2026-W41-cmo"
NOW = datetime.fromisoformat("2026-10-12T06:00:00+00:00")
TEXTS = {
    "fine": (
        "Oparelle must pay a fine of nine million for its advertising cookies. "
        "The regulator found that consent was never asked for in its email marketing tools. "
    ),
    "shop": (
        "Kestrivo launched Beacon, a customer data platform, for shops of every size. "
        "The marketing software reads orders and campaigns for forty euros a month. "
    ),
    "chat": (
        "Larch, the chatbot of Brindle for live chat, answers the guests of hotels at night. "
        "The chatbot has learned from the live chats and letters of forty hotels in Leeds. "
    ),
    "maps": (
        "Compass by Kestrivo will cost museums and theatres twelve per cent more from January. "
        "The customer data platform counts visitors, and its contracts run for a year. "
        "Kestrivo raised the price of Compass because storage became dearer in autumn. "
    ),
}


def item(id: str, publisher: str, day: str) -> Item:
    return Item(
        id=id,
        source=publisher.lower(),
        url=None,
        title=TEXTS[id].split(",")[0],
        published=f"{day}T08:00:00+00:00",
        html=f"<p>{TEXTS[id]}</p>" * 2,
        first_seen=NOON.isoformat(),
        publisher=publisher,
        voice="independent",
        language_hint="en",
        follow=False,
    )


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    """A week with two stories, and the next with two more, one of the first's vendor and source."""
    settings = tmp_path / "digest.toml"
    settings.write_text(
        f'now = {NOW.isoformat()}\n[store]\nurl = "sqlite:///test.db"\n[models]\nsecond = ""\n'
    )
    made = make_runner(load_settings(settings))
    made.add_item(item("fine", "Observer", "2026-09-29"))
    made.add_item(item("shop", "Courier", "2026-09-30"))
    made.add_item(item("chat", "Herald", "2026-10-06"))
    made.add_item(item("maps", "Courier", "2026-10-07"))
    made.run_steps()
    yield made
    made.store.close()


@pytest.fixture
def desk(runner: Runner) -> Desk:
    return Desk(runner.store, runner.clock)


def edition(runner: Runner, id: str, **options: object) -> Edition:
    _, year, week, _ = id.split("-")
    period = parse_period(f"{year}-{week}")
    return make_edition(runner.store, runner.settings, period, now=NOW, **options)[0]  # type: ignore[arg-type]


def choices(edition: Edition) -> dict[str, Part]:
    return {e.story: part for e in entrants(edition) for part in e.why if part.name == "choices"}


def test_nothing_is_said_before_anybody_chose(runner: Runner) -> None:
    """Without decisions a score has no such part."""
    assert choices(edition(runner, W40)) == choices(edition(runner, W41)) == {}


def test_what_was_left_out_sinks_next_week_and_says_why(runner: Runner, desk: Desk) -> None:
    """A third of a point for one decision, named by vendor, label, event and source; frozen so."""
    plain = edition(runner, W41)
    desk.write("exclude", "shop", by="ada", edition=W40, reason="of no use to us")
    made = edition(runner, W41, freeze=True)
    assert [each.story for each in entrants(plain)] == ["maps", "chat"]
    assert [each.story for each in entrants(made)] == ["chat", "maps"]
    part = choices(made)["maps"]
    assert (part.code, part.points) == ("left-out", -0.333)
    assert {"Kestrivo", "Courier", "Customer Data Platform"} <= set(part.names)
    assert "editors have left out: " in str(render(made, format="md"))
    with runner.store.read() as db:
        kept = ledger.frozen(db, W41)
    assert kept is not None
    assert choices(kept) == choices(made)


def test_what_was_taken_in_rises(runner: Runner, desk: Desk) -> None:
    """The same, upwards."""
    desk.write("include", "shop", by="ada", edition=W40)
    part = choices(edition(runner, W41))["maps"]
    assert (part.code, part.points) == ("chosen", 0.333)


def test_what_was_moved_to_the_top_rises(runner: Runner, desk: Desk) -> None:
    """An order over a published edition counts for the stories that it puts above better ones."""
    order = [each.story for each in entrants(edition(runner, W40))]
    assert len(order) == 2
    moved = order[1]
    desk.write("order", W40, " ".join(reversed(order)), by="ada", edition=W40)
    edition(runner, W40, freeze=True)
    parts = choices(edition(runner, W41))
    assert moved == "shop"
    assert parts["maps"].code == "chosen"


def test_a_choice_that_was_undone_counts_no_more(runner: Runner, desk: Desk) -> None:
    """Undoing is a decision too."""
    made = desk.write("exclude", "shop", by="ada", edition=W40)
    desk.undo(made.act, by="ada")  # type: ignore[union-attr]
    assert choices(edition(runner, W41)) == {}


def test_a_choice_holds_for_later_editions_of_its_audience(runner: Runner, desk: Desk) -> None:
    """Not for the edition that it was made on, for earlier ones, or for other readers."""
    desk.write("exclude", "maps", by="ada", edition=W41)
    assert choices(edition(runner, W40)) == choices(edition(runner, W41)) == {}
    desk.write("exclude", "shop", by="ada", edition="weekly-2026-W40-tech")
    assert choices(edition(runner, W41)) == {}
    tech = tech_team(runner)
    assert choices(edition(runner, "weekly-2026-W41-tech", audience=tech)) != {}


def test_only_the_last_editions_are_looked_back_on(
    runner: Runner, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old choice is forgotten when editors have decided on enough others since."""
    desk.write("exclude", "shop", by="ada", edition="weekly-2026-W39-cmo")
    desk.write("exclude", "fine", by="ada", edition=W40)
    monkeypatch.setattr("digest.past_choices.MOST", 2)
    assert choices(edition(runner, W41)).keys() == {"maps"}
    monkeypatch.setattr("digest.past_choices.MOST", 1)
    assert choices(edition(runner, W41)) == {}


def tech_team(runner: Runner) -> Audience:
    return runner.settings.audience.model_copy(update={"name": "tech"})


def test_the_settings_bound_what_choices_weigh(runner: Runner, desk: Desk) -> None:
    """`rank.chosen = 0` leaves them out."""
    desk.write("exclude", "shop", by="ada", edition=W40)
    without = runner.settings.model_copy(
        update={"rank": runner.settings.rank.model_copy(update={"chosen": 0.0})}
    )
    made = make_edition(runner.store, without, parse_period("2026-W41"), now=NOW)[0]
    assert choices(made) == {}
