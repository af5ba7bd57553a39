"""Programs can do what the pages do: comment, assign, compare, preview, send, add sources."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from digest.config import load_settings
from digest.stages.printing import why_not
from digest.store import decisions
from digest.web.app import make_app
from digest.web.room import Room
from tests.smtp_server import Unruly, serve

from .conftest import Browser
from .test_api import make_token

PERIOD = "2026-Q3"
PATH = f"/editions/{PERIOD}"
SignIn = Callable[[str], Browser]
Ask = Callable[..., httpx.Response]


def asking(client: TestClient, browser: Browser, *scopes: str) -> Ask:
    """Return what asks with a token of somebody's."""
    headers = {"Authorization": f"Bearer {make_token(browser, *scopes)}"}
    return lambda method, path, **more: client.request(
        method, f"/api/v1{path}", headers=headers, **more
    )


@pytest.fixture
def editor(app_client: TestClient, as_user: SignIn) -> Ask:
    """Asks as an editor's program."""
    return asking(app_client, as_user("bob"), "read", "comment", "edit", "publish")


@pytest.fixture
def admin(app_client: TestClient, as_user: SignIn) -> Ask:
    """Asks as an admin's program."""
    return asking(app_client, as_user("ada"), "read", "edit")


def test_readers_comment_by_program_and_no_more(
    app_client: TestClient, as_user: SignIn, editor: Ask
) -> None:
    """With a token that may; assigning is an editor's, and only to an editor."""
    reader = asking(app_client, as_user("rea"), "comment")
    path = "/stories/fine"
    assert reader("POST", f"{path}/comments", json={"value": "Is it final?"}).status_code == 201
    assert reader("POST", f"{path}/comments", json={"value": "  "}).status_code == 422
    (said,) = editor("GET", f"{path}/comments").json()
    assert (said["actor"], said["value"]) == ("rea", "Is it final?")
    assert reader("PUT", f"{path}/assignee", json={"name": "bob"}).status_code == 403
    assert editor("PUT", f"{path}/assignee", json={"name": "rea"}).status_code == 422
    made = editor("PUT", f"{path}/assignee", json={"name": "bob", "reason": "knows it", "seen": 0})
    assert (made.json()["value"], made.json()["reason"]) == ("bob", "knows it")
    assert editor("PUT", f"{path}/assignee", json={"name": "ada", "seen": 0}).status_code == 409


def test_a_record_is_added_by_program(editor: Ask) -> None:
    """With a sentence that begins where the list of sentences says."""
    path = "/stories/fine"
    (proof,) = editor("GET", f"{path}/sentences").json()
    body = {
        "values": {"vendor": "Oparelle", "event": "pricing"},
        "article": proof["article"],
        "start": proof["start"],
        "reason": "missed",
    }
    made = editor("POST", f"{path}/records", json=body)
    assert (made.status_code, made.json()["reason"]) == (201, "missed")
    (record,) = editor("GET", f"{path}/records").json()["records"]
    assert (record["review"], record["evidence"]) == ("added", proof["text"])
    assert editor("POST", f"{path}/records", json=body | {"start": 3}).status_code == 422


def test_an_edition_is_looked_at(editor: Ask) -> None:
    """What is amiss, what has changed, and how its readers get it in each format."""
    checks = {each["what"]: each["stories"] for each in editor("GET", f"{PATH}/checks").json()}
    assert {"story": "fine", "headline": "Oparelle must pay for cookies"} in checks["bare"]
    nothing = editor("GET", f"{PATH}/differences").json()
    assert (nothing["previous"], nothing["fresh"]) == ("", [])
    for format in ("html", "mail", "text", "md", "json", "csv"):
        made = editor("GET", f"{PATH}/preview", params={"format": format}).json()
        assert "Kestrivo" in made["text"], format
    if not why_not():
        made = editor("GET", f"{PATH}/preview", params={"format": "pdf"}).json()
        assert base64.b64decode(made["base64"]).startswith(b"%PDF")


def test_a_source_is_added_and_tested(editor: Ask, admin: Ask, room: Room) -> None:
    """Adding needs an admin; the reason is kept; a test says what came."""
    body = {"url": "https://new.example/feed", "why": "asked for"}
    assert editor("POST", "/sources", json=body).status_code == 403
    assert admin("POST", "/sources", json=body).json() == {"name": "new-example"}
    assert admin("POST", "/sources", json=body).status_code == 422
    paused = {"paused": True, "reason": "too loud"}
    assert admin("PUT", "/sources/new-example", json=paused).status_code == 200
    with room.store.read() as db:
        made = [(each.value, each.reason) for each in decisions.latest(db, "source")]
    assert made == [("paused", "too loud"), ("added", "asked for")]
    assert admin("POST", "/sources/nosuch/test").status_code == 422


def test_nothing_is_sent_without_a_server(editor: Ask) -> None:
    """Nor a draft; both are told."""
    assert editor("POST", f"{PATH}/send").status_code == 409
    editor("POST", f"{PATH}/publish", json={"reason": "complete"})
    assert "no mail server" in editor("POST", f"{PATH}/send").json()["error"]
    assert editor("GET", f"{PATH}/deliveries").json() == {"counts": {}, "copies": []}


def test_an_edition_is_sent_by_program(folder: Path) -> None:
    """To each address once, what was put off is told with its time, and tried again when due."""
    kept = Unruly(refused={"bea@acme.example": "451 4.7.1 greylisted"})
    with serve(kept) as port:
        (folder / "digest.toml").open("a").write(
            '[delivery]\nsender = "d@d.example"\nto = ["ada@acme.example", "bea@acme.example"]\n'
            f'[delivery.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        )
        app = make_app(load_settings(folder / "digest.toml"))
        with TestClient(app, follow_redirects=False) as client:
            app.state.room.catch_up()
            bob = Browser(client)
            bob.sign_in("bob")
            ask = asking(client, bob, "read", "publish")
            assert ask("POST", f"{PATH}/publish").json()["done"]
            assert kept.taken == []
            for _ in range(2):
                assert ask("POST", f"{PATH}/send", json={"reason": "to all"}).json()["done"]
            assert kept.taken == ["ada@acme.example"]
            told: dict[str, Any] = ask("GET", f"{PATH}/deliveries").json()
            assert told["counts"] == {"sent": 1, "deferred": 1}
            page = bob.get(PATH).text
            time = told["copies"][0]["next_attempt"][11:16]
            assert f"at {time} UTC" in page
            assert "Send what is due" in page
            assert "to all" in page
