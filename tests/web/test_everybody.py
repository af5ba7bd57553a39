"""Every page of the room is for everybody: WCAG 2.2 AA, light and dark, on every screen."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from digest.polling import Polling
from digest.records import Delivery, Source, SourceState
from digest.stages.poll import Polled
from digest.store import delivery_tables, ledger, subscribers
from digest.subscribing import link_of, list_secret
from digest.testing import NOON
from digest.web.room import Room

from .conftest import complaints, open_page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PERIOD = "2026-Q3"
EDITION = f"quarterly-{PERIOD}-cmo"
AT = NOON.isoformat()
SHOTS = os.environ.get("ROOM_SCREENSHOTS", "")  #: a folder; empty: no pictures are kept
PAGES = {
    "inbox": "/inbox", "found": "/inbox?q=beacon", "story": "/stories/beacon",
    "evil": "/stories/evil", "record": "/acts/record/beacon", "edition": f"/editions/{PERIOD}",
    "mail": f"/editions/{PERIOD}?preview=mail", "text": f"/editions/{PERIOD}?preview=text",
    "pdf": f"/editions/{PERIOD}?preview=pdf", "editions": "/editions", "sources": "/sources",
    "vendors": "/vendors", "runs": "/runs", "run": "/runs/r1", "add": "/add",
    "account": "/account", "people": "/people", "nowhere": "/nowhere",
    "drops": "/runs/drops?stage=classify&reason=off-topic",
}  # fmt: skip


@pytest.fixture
def busy(served: tuple[str, Room], monkeypatch: pytest.MonkeyPatch) -> tuple[str, Room]:
    """The room with a run, decisions, and a source that answers."""
    address, room = served
    report = {
        "steps": {"classify": {"waited": 6, "made": 5, "same": 0, "dropped": 1, "seconds": 1.2}},
        "failed": {"journal": "503 Service Unavailable"},
        "dropped": [{"stage": "classify", "reason": "off-topic", "count": 1}],
        "by_source": {"journal": {"found": 6, "new": 6}},
        "notes": ["one article could not be read"],
    }
    with room.store.write() as db:
        ledger.start_run(db, "r1", "weekly", at=AT)
        ledger.end_run(db, "r1", status="done", report=json.dumps(report), at=AT)
        subscribers.add(db, "ada@acme.example", "cmo", origin="t", at=AT)
    room.desk.write("note", "beacon", "Worth a look.", by="bob", reason="asked for")
    room.desk.write("comment", "beacon", "Is it final?", by="rea")
    room.desk.write("source", "source:journal", "paused", by="ada", reason="too loud")
    monkeypatch.setattr(Polling, "try_out", _answer)
    return address, room


def _answer(_polling: object, source: Source) -> Polled:
    state = SourceState(source.name, error="503 Service Unavailable")
    return Polled((), state, unchanged=False, found=0)


#: By how much a page, or a table in it, is too wide to be read without scrolling sideways.
WIDE = """Math.max(document.documentElement.scrollWidth - innerWidth,
  ...[...document.querySelectorAll(".scroll")].map(each => each.scrollWidth - each.clientWidth))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_for_everybody(
    chromium: Any, busy: tuple[str, Room], scheme: str, width: int
) -> None:
    """Axe finds no fault, nothing sticks out, and no script of a story runs."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    address, room = busy
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    found: dict[str, Any] = {}

    def look(page: Any, name: str) -> None:
        wide = page.evaluate(WIDE)
        faults = axe.run(page, options={"runOnly": RULES}).response["violations"]
        wrong = [(each["id"], each["nodes"][0]["html"]) for each in faults]
        if wide > 0 or wrong or ("owned" in page.title() and "Evil" not in page.title()):
            found[name] = (wide, wrong)
        if SHOTS:
            file = Path(SHOTS) / f"{name}-{scheme}-{width}.png"
            page.screenshot(path=str(file), full_page=True)

    stranger = chromium.new_context(base_url=address, **options).new_page()
    stranger.goto("/login")
    look(stranger, "login")
    stranger.goto(_unsubscribing(room))
    look(stranger, "unsubscribe")
    page = open_page(chromium, address, **options)
    for name, path in PAGES.items():
        page.goto(path)
        look(page, name)
    page.goto("/sources")
    page.click("text=Test")
    page.wait_for_selector("text=503 Service Unavailable")
    look(page, "tested")
    page.goto("/stories/beacon")
    room.desk.write("headline", "beacon", "Bob was faster", by="bob", reason="clearer")
    page.fill("#headline", "Ada was slower")
    page.click("text=Save the headline")
    page.wait_for_selector("text=Somebody was faster")
    look(page, "clash")
    page.goto(f"/editions/{PERIOD}")
    room.desk.write("order", EDITION, "fine\nbeacon\nagents", by="bob", edition=EDITION)
    page.locator("[data-do=down]").first.click()
    page.wait_for_selector("text=Somebody was faster")
    assert page.locator(".version li").first.inner_text() == "Oparelle must pay for cookies"
    assert "beacon" not in page.locator(".versions").inner_text()
    look(page, "clash of orders")
    _publish(room)
    page.goto(f"/editions/{PERIOD}")
    page.wait_for_selector("text=The next try is due")
    look(page, "published")
    assert found == {}
    page.complaints = [each for each in page.complaints if "status of 409" not in each]
    assert complaints(page) == []


@pytest.mark.parametrize("format", ["html", "mail", "text"])
def test_every_preview_is_for_everybody(
    chromium: Any, served: tuple[str, Room], format: str
) -> None:
    """The edition itself, as it stands in the frame."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    address, _ = served
    page = open_page(chromium, address)
    answer = page.request.get(f"/editions/{PERIOD}/preview?format={format}")
    shown = page.context.new_page()
    if format == "text":
        assert answer.headers["content-type"].startswith("text/plain")
        return
    shown.set_content(answer.text())
    faults = axe.run(shown, options={"runOnly": RULES}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in faults] == []


def _unsubscribing(room: Room) -> str:
    """Return the path of a reader's link."""
    delivery = room.settings.delivery.model_copy(update={"unsubscribe_url": "https://r.example/"})
    with room.store.read() as db:
        ada = subscribers.find(db, "ada@acme.example", "cmo")
    assert ada is not None
    settings = room.settings.model_copy(update={"delivery": delivery})
    return link_of(settings, list_secret(room.store), ada).removeprefix("https://r.example")


def _publish(room: Room) -> None:
    """Publish, with one copy that a server has put off."""
    from digest.jobs import Job

    Job("edition", room.runner()).publish("quarterly", PERIOD, freeze=True)
    row = Delivery(
        EDITION, "mail", "ada@acme.example", "deferred", 1, "2026-10-05T12:05:00.000000Z",
        "451 4.7.1 greylisted", "<m@x.example>", "", AT, AT,
    )  # fmt: skip
    with room.store.write() as db:
        values = {name: getattr(row, name) for name in Delivery.__slots__}
        db.execute(delivery_tables.outbox.insert(), [values])
