"""The page of an edition: for every audience, as readers get it, against the last one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from fastapi.testclient import TestClient

from digest.config import load_settings
from digest.stages import printing
from digest.stages.fonts import FONTS, missing_font
from digest.stages.ledger import entrants
from digest.store import decisions, ledger
from digest.web import edition_pages, previews
from digest.web.app import make_app
from digest.web.looking import compare
from digest.web.room import Room

from .conftest import Browser

PERIOD = "2026-Q3"
PAGE = f"/editions/{PERIOD}"
PRESS = f"{PAGE}?audience=press"
SignIn = Callable[[str], Browser]


@pytest.fixture
def of_two(folder: Path) -> Iterator[tuple[Browser, Room]]:
    """A room whose editions are for a second audience, too, which reads German."""
    settings = folder / "digest.toml"
    more = '\n[[audiences]]\nname = "press"\nlanguage = "de"\ntitle = "Presse"\n'
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    app = make_app(load_settings(settings))
    with TestClient(app, follow_redirects=False) as client:
        app.state.room.catch_up()
        browser = Browser(client)
        browser.sign_in("bob")
        yield browser, app.state.room


def shown(room: Room, audience: str = "") -> list[str]:
    return [each.story for each in entrants(room.edition(room.issue(PERIOD, audience))[0])]


def test_each_audience_has_an_edition_of_its_own(of_two: tuple[Browser, Room]) -> None:
    """What is left out of one is in the other; each is ordered and published by itself."""
    bob, room = of_two
    assert 'href="/inbox?period=2026-Q3&amp;audience=press"' in bob.get("/inbox").text
    values = {"do": "exclude:fine", "period": PERIOD, "audience": "press"}
    bob.post("/acts/list", f"/inbox?period={PERIOD}&audience=press", **values)
    assert "fine" in shown(room)
    assert "fine" not in shown(room, "press")
    stories = " ".join(shown(room, "press"))
    last = stories.split()[-1]
    bob.post(f"{PAGE}/order?audience=press", PRESS, stories=stories, move=f"top:{last}")
    assert shown(room, "press")[0] == last
    preview = bob.get(f"{PAGE}/preview?audience=press").text
    assert '<html lang="de"' in preview
    assert "Presse" in preview
    answer = bob.post(f"{PAGE}/publish?audience=press", PRESS, sure="yes")
    assert answer.headers["location"] == f"{PRESS}&done=published"
    with room.store.read() as db:
        assert [id for id, _, _ in ledger.frozen_ids(db)] == [f"quarterly-{PERIOD}-press"]
    assert not room.edition(room.issue(PERIOD))[1]
    listed = bob.get("/editions").text
    assert f'href="{PRESS}">quarterly-2026-Q3-press' in listed


def test_a_correction_of_one_audience_can_be_taken_back(of_two: tuple[Browser, Room]) -> None:
    """The page that was written says it, and says it no more."""
    bob, room = of_two
    bob.post(f"{PAGE}/publish?audience=press", PRESS, sure="yes")
    bob.post(f"{PAGE}/correct?audience=press", PRESS, value="Es war Dienstag.")
    folder = room.settings.path(room.settings.editions.folder)
    file = folder / f"quarterly-{PERIOD}-press" / "index.html"
    assert "Es war Dienstag." in file.read_text("utf-8")
    assert not (folder / f"quarterly-{PERIOD}-cmo").exists()
    page = bob.get(PRESS).text
    form = re.search(r'action="([^"]+/unsay[^"]*)".*?name="act" value="(\w+)"', page, re.S)
    assert form is not None
    bob.post(form[1].replace("&amp;", "&"), PRESS, act=form[2])
    assert "Es war Dienstag." not in file.read_text("utf-8")


def test_no_such_audience_is_told(as_user: SignIn) -> None:
    """With those that there are."""
    answer = as_user("rea").get(f"{PAGE}?audience=nobody")
    assert answer.status_code == 422
    assert "there are: cmo" in answer.text


def test_an_edition_is_seen_as_its_readers_get_it(as_user: SignIn) -> None:
    """As page, as mail with its subject and its text, as records; the frame runs nothing."""
    bob = as_user("bob")
    for how in ("html", "mail", "text"):
        assert f"preview?format={how}" in bob.get(f"{PAGE}?preview={how}").text or how == "html"
        answer = bob.get(f"{PAGE}/preview?format={how}")
        assert "Oparelle must pay for cookies" in answer.text
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy
    mail = bob.get(f"{PAGE}/preview?format=mail").text
    assert "cid:" not in mail
    assert "Digest" in bob.get(f"{PAGE}?preview=mail").text
    assert bob.get(f"{PAGE}/preview?format=csv").headers["content-type"].startswith("text/csv")
    assert bob.get(f"{PAGE}/preview?format=exe").status_code == 404


def test_an_edition_is_seen_as_pdf(as_user: SignIn) -> None:
    """Within the page, where the library is there."""
    if missing := printing.why_not():
        pytest.skip(f"no PDF can be made here: {missing}")
    bob = as_user("bob")
    assert f"{PAGE}/preview?format=pdf" in bob.get(f"{PAGE}?preview=pdf").text
    answer = bob.get(f"{PAGE}/preview?format=pdf")
    assert answer.headers["content-type"] == "application/pdf"
    with pdfplumber.open(BytesIO(answer.content)) as pdf:
        letters = [char for page in pdf.pages for char in page.chars]
    text = "".join(char["text"] for char in letters)
    assert "Oparelle must pay for cookies" in text
    if missing_font("ja"):
        return
    assert "広告プラットフォームの新機能" in text
    fonts = {char["fontname"] for char in letters if char["text"] in "広告機能"}
    wanted = tuple(name.replace(" ", "-").split("-CJK")[0] for name in FONTS["ja"])
    assert fonts
    assert all("CJK" in font or font.split("+")[-1].startswith(wanted) for font in fonts)


def test_a_missing_library_is_named(as_user: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what cures it, instead of an empty frame."""
    for module in (edition_pages, previews):
        monkeypatch.setattr(module, "why_not", lambda: "cannot load library 'libpango'")
    bob = as_user("bob")
    page = bob.get(f"{PAGE}?preview=pdf").text
    assert "libpango" in page
    assert "apt install" in page
    assert "<iframe" not in page
    answer = bob.get(f"{PAGE}/preview?format=pdf")
    assert answer.status_code == 501
    assert "apt install" in answer.text


def test_an_edition_is_compared_with_the_last_one(as_user: SignIn, room: Room) -> None:
    """What is told first, what has gone, and how many there were."""
    now, _ = room.edition(room.issue(PERIOD))
    first, second, *rest = entrants(now)
    fresh = replace(second, status="new")
    gone = replace(first, story="gone", headline="Told last time")
    section = replace(now.sections[0], entries=(gone, *rest))
    last = replace(now, id="quarterly-2026-Q2-cmo", opening=None, sections=(section,), products=())
    then = replace(last, start="2026-04-01T00:00:00+00:00", end="2026-07-01T00:00:00+00:00")
    with room.store.write() as db:
        found = compare(db, replace(now, opening=fresh, sections=()), then)
        ledger.freeze(db, then, {"gone": ["gone"]})
    assert found.fresh == ((second.story, second.headline),)
    assert ("gone", "Told last time") in found.gone
    assert found.sections == ((section.name, section.title, 0, len(section.entries)),)
    assert found.products[1] == 0
    page = as_user("rea").get(PAGE).text
    assert "compared with quarterly-2026-Q2-cmo" in page
    assert "Told last time" in page


def test_what_nobody_has_looked_at_is_named(as_user: SignIn) -> None:
    """Each record with a link to its story."""
    page = as_user("bob").get(PAGE).text
    assert "launch records that nobody has looked at" in page
    assert "Kestrivo Beacon" in page


def test_who_undoes_a_correction_in_the_list_of_acts(as_user: SignIn, room: Room) -> None:
    """The undoing is a decision as well."""
    bob = as_user("bob")
    bob.post(f"{PAGE}/publish", PAGE, sure="yes")
    bob.post(f"{PAGE}/withdraw", PAGE, value="Wrong.")
    with room.store.read() as db:
        (withdrawn,) = decisions.standing(db, ["withdraw"])
    bob.post(f"{PAGE}/unsay", PAGE, act=withdrawn.act)
    with room.store.read() as db:
        assert decisions.standing(db, ["withdraw"]) == []
    assert "Withdrawn:" not in bob.get(PAGE).text


def test_what_readers_are_told_is_taken_back_wherever_it_is_undone(
    as_user: SignIn, room: Room, app_client: TestClient
) -> None:
    """As the last act of all, by a program, and by an undoing that is undone."""
    bob = as_user("bob")
    bob.post(f"{PAGE}/publish", PAGE, sure="yes")
    bob.post(f"{PAGE}/withdraw", PAGE, value="Wrongly counted.")
    file = room.settings.path(room.settings.editions.folder) / f"quarterly-{PERIOD}-cmo/index.html"
    with room.store.read() as db:
        (withdrawn,) = decisions.standing(db, ["withdraw"])
    assert "Wrongly counted." in file.read_text("utf-8")
    bob.post("/acts/undo", act="")
    assert "Wrongly counted." not in file.read_text("utf-8")
    with room.store.read() as db:
        revoked = decisions.of_act(db, withdrawn.act)[0].revoked_by
    bob.post("/acts/undo", act=revoked)
    assert "Wrongly counted." in file.read_text("utf-8")
    page = bob.post("/account/tokens", "/account", title="test", scope=["edit"]).text
    secret = re.search(r'class="secret">([^<]+)<', page)
    assert secret is not None
    headers = {"Authorization": f"Bearer {secret[1]}"}
    answer = app_client.post("/api/v1/undo", json={"act": withdrawn.act}, headers=headers)
    assert answer.status_code == 200
    assert "Wrongly counted." not in file.read_text("utf-8")
