"""The room in a real browser: by mouse, by keyboard alone, on a telephone, for everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from digest.store import accounts, decisions, ledger
from digest.web.room import Room

from .conftest import complaints, open_page

PERIOD = "2026-Q3"
PAGES = ["/inbox", "/stories/beacon", "/stories/evil", f"/editions/{PERIOD}"]


def published(room: Room) -> list[str]:
    with room.store.read() as db:
        return [id for id, _, _ in ledger.frozen_ids(db)]


def standing(room: Room, kind: str) -> list[str]:
    with room.store.read() as db:
        return [each.value or each.subject for each in decisions.standing(db, [kind])]


def test_from_inbox_to_published_edition_by_mouse(chromium: Any, served: tuple[str, Room]) -> None:
    """Leave out with a reason, merge, edit, order by dragging, publish."""
    address, room = served
    page = open_page(chromium, address, "bob", reduced_motion="reduce")
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
    page.goto("/stories/beacon")
    record = page.locator(".record", has_text="Kestrivo Beacon")
    record.locator("summary").click()
    record.locator("[name=product]").fill("Beacon for shops")
    record.locator("[name=availability]").select_option("beta")
    record.locator("[name=announced]").fill("2026-09-28")
    record.locator("text=Confirm, as it stands here").click()
    page.wait_for_selector(".record.edited h3:has-text('Beacon for shops')")
    page.goto(f"/editions/{PERIOD}")
    names = [each.get_attribute("data-story") for each in page.locator("[data-row]").all()]
    page.drag_and_drop(
        f"#entry-{names[-1]} .points", f"#entry-{names[0]}", target_position={"x": 9, "y": 2}
    )
    page.wait_for_url("**done=saved*")
    assert page.locator("[data-row]").first.get_attribute("data-story") == names[-1]
    frame = page.frame_locator("iframe")
    assert frame.locator("text=A Japanese platform adds AI").first.is_visible()
    assert frame.locator("text=corrected by an editor").first.is_visible()
    page.click(".tabs >> text=Mail as text")
    page.wait_for_selector("[aria-current]:has-text('Mail as text')")
    page.click(".tabs >> text='Mail'")
    subject = page.locator("strong:has-text('Digest')").first
    assert "2026" in subject.inner_text()
    mail = page.frame_locator("iframe")
    assert mail.locator("text=A Japanese platform adds AI").first.is_visible()
    page.locator("#sure").scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # the preview's frame learns late that it is elsewhere now
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
    rows = page.locator("[data-row]")
    names = [rows.nth(n).inner_text() for n in range(rows.count())]
    for _ in range(1 + next(n for n, name in enumerate(names) if "Kestrivo" in name)):
        press("j")
    press("o")
    page.wait_for_url("**/stories/*")
    press("r")
    page.wait_for_selector("[name=vendor]:focus")
    press("Tab")
    page.keyboard.type("Beacon, by keys")
    press("Enter")
    page.wait_for_selector(".record.edited h3:has-text('Beacon, by keys')")
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


@pytest.mark.parametrize(
    ("language", "word", "way"),
    [("de", "Eingang", "ltr"), ("ar", "الوارد", "rtl"), ("zh-Hans", "收件箱", "ltr")],
)
def test_the_room_speaks_the_languages_of_the_editions(
    chromium: Any, served: tuple[str, Room], language: str, word: str, way: str
) -> None:
    """In its own words and direction, and no page sticks out for them on a telephone."""
    address, room = served
    with room.store.write() as db:
        user = accounts.find_user(db, "bob")
        assert user is not None
        accounts.put_user(db, replace(user, language=language))
    page = open_page(chromium, address, "bob", viewport={"width": 375, "height": 800})
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, way)
    assert page.locator(f"text={word}").first.is_visible()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    first, last = (page.locator(each).bounding_box() for each in (".brand", ".mine"))
    assert (first["x"] < last["x"]) == (way == "ltr")
