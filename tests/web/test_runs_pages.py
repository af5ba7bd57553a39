"""Runs, drops and sources: what happened, why, and once more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

from digest.records import Drop, SourceState
from digest.report import RunReport, StepReport
from digest.stages.health import Verdict
from digest.store import history, ledger, saving
from digest.store.saving import Maker
from digest.testing import NOON
from digest.web import reading_pages
from digest.web.reading_pages import ORDER
from digest.web.room import Room

from .conftest import Browser

SignIn = Callable[[str], Browser]


def test_a_run_tells_what_each_step_did(as_user: SignIn, room: Room) -> None:
    """Its steps, its failed sources, its drops and its notes."""
    report = RunReport(sources=2, failed={"journal": "no answer"}, notes=["the disk is full"])
    report.steps["detect"] = StepReport(waited=70, made=61, dropped=9)
    report.drops["classify", "off-topic"] = 1_234
    with room.store.write() as db:
        ledger.start_run(db, "r1", "ingest", at=NOON.isoformat())
        text = json.dumps(report.as_json())
        ledger.end_run(db, "r1", status="failed", report=text, at=NOON.isoformat())
    rea = as_user("rea")
    assert 'href="/runs/r1"' in rea.get("/runs").text
    page = rea.get("/runs/r1").text
    for told in ("no answer", "the disk is full", ">61<", "1,234", "off-topic", "ingest"):
        assert told in page
    assert rea.get("/runs/nothing").status_code == 404


def test_what_was_dropped_is_listed_and_tried_again(as_user: SignIn, room: Room) -> None:
    """With title and detail; what is tried again goes through the step once more."""
    bob = as_user("bob")
    maker = Maker("classify", "1", NOON.isoformat())
    with room.store.write() as db:
        drop = Drop("fine", "classify", "off-topic", detail="not of marketing")
        saving.save_drops(db, maker, [drop])
    page = "/runs/drops?stage=classify&reason=off-topic"
    text = bob.get(page).text
    assert "Oparelle must pay for cookies" in text
    assert "not of marketing" in text
    assert 'href="/runs/drops?stage=classify&amp;reason=off-topic"' in bob.get("/runs").text
    ids = re.findall(r'name="id" value="(\w+)"', text)
    answer = bob.post("/runs/retry", page, stage="classify", reason="off-topic", id=ids)
    assert answer.headers["location"].startswith(page)
    with room.store.read() as db:
        assert history.drops_of(db, {"fine"}) == []
    assert as_user("rea").post("/runs/retry", page, stage="classify", id=ids).status_code == 403


def test_a_source_is_as_its_weeks_tell(as_user: SignIn, room: Room) -> None:
    """One that used to speak and does not is silent; one whose server fails says why."""
    weeks = tuple((f"2026-W{week}", 4) for week in range(20, 30))
    first = "2026-05-11T00:00:00+00:00"
    state = SourceState(
        "journal",
        last_success=NOON.isoformat(),
        first_success=first,
        last_new="2026-07-20T00:00:00+00:00",
        weeks=weeks,
    )
    maker = Maker("poll", "1", NOON.isoformat())
    with room.store.write() as db:
        saving.save_states(db, maker, [state])
    page = as_user("rea").get("/sources").text
    assert "silent" in page
    assert "new this week: 0, usually 4" in page
    with room.store.write() as db:
        saving.save_states(db, maker, [replace(state, error="HTTP 503", failures=4)])
    page = as_user("rea").get("/sources").text
    assert "failing" in page
    assert "HTTP 503 (4 ×)" in page


def test_a_changed_file_of_sources_is_read_again(as_user: SignIn, room: Room) -> None:
    """The page shows what is in the file now, though it is kept at hand."""
    rea = as_user("rea")
    assert "Journal" in rea.get("/sources").text
    file = room.settings.path(room.settings.sources)
    file.write_text(file.read_text("utf-8").replace("Journal", "The Gazette"), "utf-8")
    assert "The Gazette" in rea.get("/sources").text


def test_a_source_is_tried_and_nothing_kept(as_user: SignIn, room: Room) -> None:
    """What went wrong is shown; no state is written."""
    answer = as_user("bob").post("/sources/journal/test", "/sources")
    assert answer.status_code == 200
    assert 'class="warn"' in answer.text
    assert "left alone" not in answer.text
    with room.store.read() as db:
        assert history.count_records(db)["source_states"] == 0


def test_a_source_that_rests_is_tried_and_that_is_said(as_user: SignIn, room: Room) -> None:
    """Who asks by hand passes over a wish, and is told so."""
    resting = SourceState("journal", not_before="2999-01-01T00:00:00+00:00")
    with room.store.write() as db:
        saving.save_states(db, saving.Maker("poll", "1", "2026-10-01"), [resting])
    answer = as_user("bob").post("/sources/journal/test", "/sources")
    assert "It wants to be left alone now" in answer.text


def test_every_verdict_has_its_place_and_its_word() -> None:
    """A source of any health can be listed, in words."""
    assert set(ORDER) == set(get_args(Verdict))
    template = (Path(reading_pages.__file__).parent / "templates" / "sources.html.j2").read_text()
    assert all(f'"{verdict}": _(' in template for verdict in ORDER)
