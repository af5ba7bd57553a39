"""What comes from outside is shown and never run: in titles, texts, addresses, mails."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import insert

from digest.records import Drop, Summary, Translated, Translation
from digest.report import RunReport
from digest.stages.render import to_message
from digest.store import ledger, reading, saving
from digest.store.codec import to_columns
from digest.store.saving import Maker
from digest.store.tables import TABLE_OF
from digest.testing import NOON
from digest.web.room import Room

from .conftest import EVIL, Browser, complaints, open_page

SignIn = Callable[[str], Browser]
PERIOD = "2026-Q3"
EDITION = f"/editions/{PERIOD}"
HEADER = "Beacon\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>"
PATHS = (
    "/inbox",
    "/stories/evil",
    "/stories/koukoku",
    "/stories/beacon",
    EDITION,
    f"{EDITION}?preview=mail#preview",
    f"{EDITION}/preview",
    f"{EDITION}/preview?format=mail",
    f"{EDITION}/preview?format=text",
    "/runs",
    "/runs/evil",
    "/runs/drops?stage=classify&reason=off-topic",
    f"/inbox?q={EVIL}&label={EVIL}&source={EVIL}",
    f"{EDITION}?audience={EVIL}",
)


def poison(room: Room) -> None:
    """Put scripts where the outside world writes: translations, reports, drops; and editors."""
    with room.store.read() as db:
        summary: Summary = reading.records(db, Summary, ["koukoku"])["koukoku"]
    said = [Translated(each.text, EVIL, True, "ja", "koukoku") for each in summary.sentences]
    title = Translated("広告プラットフォームの新機能", EVIL, True, "ja", "koukoku")
    made = Translation("koukoku", "en", "x", title, tuple(said), tuple(said))
    report = RunReport(failed={EVIL: EVIL}, notes=[EVIL])
    with room.store.write() as db:
        table = TABLE_OF[Translation]
        db.execute(table.delete().where(table.c.id == "koukoku"))
        marks = {"version": "x", "fingerprint": "x", "made_at": NOON.isoformat()}
        db.execute(insert(table), [{"id": "koukoku", **marks, **to_columns(made)}])
        drop = Drop("evil", "classify", "off-topic", detail=EVIL)
        saving.save_drops(db, Maker("classify", "1", NOON.isoformat()), [drop])
        ledger.start_run(db, "evil", EVIL, at=NOON.isoformat())
        text = json.dumps(report.as_json())
        ledger.end_run(db, "evil", status=EVIL, report=text, at=NOON.isoformat())
    for kind in ("note", "comment", "headline"):
        room.desk.write(kind, "fine", EVIL, by=EVIL, reason=EVIL)
    room.generation += 1


def test_nothing_from_outside_runs_in_a_browser(chromium: Any, served: tuple[str, Room]) -> None:
    """On no page and in no frame: no script, no handler, no picture, no address that is code."""
    address, room = served
    poison(room)
    page = open_page(chromium, address, "ada")
    bad: dict[str, Any] = {}
    for path in PATHS:
        page.goto(path)
        for frame in page.frames:
            found = frame.evaluate(
                """() => ({
                    title: document.title === "owned",
                    pictures: document.querySelectorAll("img[src='x'], [onerror]").length,
                    scripts: [...document.scripts].filter((s) => /owned|alert/.test(s.text)).length,
                    code: document.querySelectorAll("a[href^='javascript' i]").length,
                })"""
            )
            if any(found.values()):
                bad[f"{path} {frame.url}"] = found
    assert bad == {}
    meant = ("status of 422", "status of 404")
    assert [c for c in complaints(page) if not any(each in c for each in meant)] == []


def test_what_is_translated_is_shown_as_text(as_user: SignIn, room: Room) -> None:
    """A translation with a script stands in story, edition and mail, letter by letter."""
    poison(room)
    bob = as_user("bob")
    for path in ("/stories/koukoku", EDITION, f"{EDITION}/preview"):
        page = bob.get(path).text
        assert "&lt;script&gt;document.title=" in page
        assert "<script>document" not in page
        assert "<img src=x" not in page


def test_no_title_writes_a_header_of_a_mail(room: Room) -> None:
    """Line breaks in a headline end neither subject nor head; the body has it as text."""
    room.desk.write("headline", "beacon", HEADER, by="bob")
    edition, _ = room.edition(room.issue(PERIOD))
    assert edition.opening is not None
    assert edition.opening.headline == HEADER
    edition = replace(edition, title=f"Digest\r\nX-Evil: 1 {EVIL}")
    message = to_message(edition, sender="digest@example.com", to=["reader@example.com"])
    read = email.message_from_bytes(bytes(message), policy=email.policy.default)
    assert read["Bcc"] is None
    assert read["X-Evil"] is None
    assert [key.lower() for key in read].count("subject") == 1
    assert "victim@example.com" in read["Subject"]
    assert read["To"] == "reader@example.com"
    html = read.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
