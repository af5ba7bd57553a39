"""The room in a real browser: by mouse, by keyboard alone, on a telephone, for everybody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.store import accounts, decisions, ledger
from digest.web.room import Room

from .conftest import PASSWORD, serve_room

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PERIOD = "2026-Q3"
PAGES = [
    "/inbox", "/stories/beacon", "/stories/evil", f"/editions/{PERIOD}", "/editions", "/sources",
    "/vendors", "/runs", "/add", "/account", "/people", "/nowhere",
]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; the system's own, since none is downloaded for tests."""
    found = next((p for p in map(shutil.which, ("chromium", "chromium-browser")) if p), None)
    if found is None:
        pytest.skip("no browser (chromium) is installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def served(folder: Path) -> Iterator[tuple[str, Room]]:
    """The room, served on a port of its own."""
    with serve_room(folder) as found:
        yield found


def open_page(chromium: Any, address: str, name: str = "ada", **options: Any) -> Any:
    """Return a page on which somebody has signed in, with what it complained of."""
    page = chromium.new_context(base_url=address, **options).new_page()
    page.set_default_timeout(90_000)  # a busy machine takes its time
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console", lambda said: page.complaints.append(said.text) if said.type == "error" else 0
    )
    page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
    page.goto("/login")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox*")
    return page


def complaints(page: Any) -> list[str]:
    """What a page complained of, save what is meant: no script in a preview, no /nowhere."""
    meant = ("frame is sandboxed", "status of 404")
    return [each for each in page.complaints if not any(words in each for words in meant)]


def published(room: Room) -> list[str]:
    with room.store.read() as db:
        return [id for id, _, _ in ledger.frozen_ids(db)]


def standing(room: Room, kind: str) -> list[str]:
    with room.store.read() as db:
        return [each.value or each.subject for each in decisions.standing(db, [kind])]


def test_from_inbox_to_published_edition_by_mouse(chromium: Any, served: tuple[str, Room]) -> None:
    """Leave out with a reason, merge, edit, order by dragging, publish."""
    address, room = served
    page = open_page(chromium, address, "bob")
    page.fill("#reason", "old news")
    page.click("#row-fine [data-do=exclude]")
    page.wait_for_selector("#row-fine.exclude")
    page.check("#row-beacon [data-mark]")
    page.check("#row-agents [data-mark]")
    page.click("[data-do=merge]")
    page.wait_for_selector("text=Merged")
    assert page.locator("[data-row]").count() == 4
    page.click("text=広告プラットフォームの新機能")
    page.fill("#headline", "A Japanese platform adds AI")
    page.click("text=Save the headline")
    page.wait_for_selector("h1:has-text('A Japanese platform adds AI')")
    page.goto(f"/editions/{PERIOD}")
    names = [each.get_attribute("data-story") for each in page.locator("[data-row]").all()]
    page.drag_and_drop(
        f"#entry-{names[-1]} .points", f"#entry-{names[0]}", target_position={"x": 9, "y": 2}
    )
    page.wait_for_url("**done=saved*")
    assert page.locator("[data-row]").first.get_attribute("data-story") == names[-1]
    frame = page.frame_locator("iframe")
    assert frame.locator("text=A Japanese platform adds AI").first.is_visible()
    page.check("#sure")
    page.click("text=Publish the edition")
    page.wait_for_selector("text=The edition is published")
    assert published(room) == [f"quarterly-{PERIOD}-cmo"]
    assert complaints(page) == []


def test_from_inbox_to_published_edition_by_keys(chromium: Any, served: tuple[str, Room]) -> None:
    """Without a mouse: move, leave out, undo, mark, merge, edit, order, publish."""
    address, room = served
    page = open_page(chromium, address, "bob")
    press = page.keyboard.press
    press("?")
    assert page.locator("#keys").is_visible()
    press("Escape")
    press("j")
    press("j")
    second = page.locator("[data-row]").nth(1).get_attribute("id").removeprefix("row-")
    press("x")
    page.wait_for_url(f"**done=saved*#row-{second}")
    assert standing(room, "exclude") == [second]
    press("u")
    page.wait_for_selector("text=Undone.")
    assert standing(room, "exclude") == []
    press("j")
    press("m")
    press("j")
    press("m")
    assert page.locator("[data-mark]:checked").count() == 2
    press("Shift+M")
    page.wait_for_selector("text=Merged")
    press("j")
    press("e")
    page.wait_for_selector("#headline:focus")
    page.keyboard.type("Typed by keys")
    press("Tab")
    press("Enter")
    page.wait_for_selector("h1:has-text('Typed by keys')")
    press("g")
    press("i")
    page.wait_for_url("**/inbox*")
    press("g")
    press("e")
    page.wait_for_url("**/editions/*")
    first = page.locator("[data-row]").first.get_attribute("data-story")
    press("j")
    press("Shift+J")
    page.wait_for_url("**done=saved*")
    assert page.locator("[data-row]").nth(1).get_attribute("data-story") == first
    press("p")
    press("Space")
    press("Tab")
    press("Enter")
    page.wait_for_selector("text=The edition is published")
    assert published(room) == [f"quarterly-{PERIOD}-cmo"]
    assert standing(room, "headline") == ["Typed by keys"]
    assert complaints(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_for_everybody(
    chromium: Any, served: tuple[str, Room], scheme: str, width: int
) -> None:
    """Axe finds no fault against WCAG 2.2 AA, nothing sticks out, and no script of a story runs."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    address, _ = served
    page = open_page(
        chromium, address, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    found: dict[str, Any] = {}
    for path in PAGES:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults = axe.run(page, options={"runOnly": RULES}).response["violations"]
        wrong = [(each["id"], each["nodes"][0]["html"]) for each in faults]
        if wide > 0 or wrong or ("owned" in page.title() and "Evil" not in page.title()):
            found[path] = (wide, wrong)
    assert found == {}
    assert complaints(page) == []


def test_the_room_speaks_the_languages_of_the_editions(
    chromium: Any, served: tuple[str, Room]
) -> None:
    """German words, and no page that sticks out for them on a telephone."""
    from dataclasses import replace

    address, room = served
    with room.store.write() as db:
        user = accounts.find_user(db, "bob")
        assert user is not None
        accounts.put_user(db, replace(user, language="de"))
    page = open_page(chromium, address, "bob", viewport={"width": 375, "height": 800})
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator("text=Eingang").first.is_visible()
    for path in PAGES[:6]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
