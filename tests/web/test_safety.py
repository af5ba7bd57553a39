"""Who gets in, and what a foreign page or a guesser can do: nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from digest.config import load_settings
from digest.store import accounts
from digest.web import signing_in
from digest.web.app import make_app
from digest.web.pages import back_to
from digest.web.room import Room
from digest.web.security import TRIES, is_password, page_policy, sign, unsign
from digest.web.signing_in import COOKIE

from .conftest import PASSWORD, Browser, token_of

SignIn = Callable[[str], Browser]


@pytest.mark.parametrize("path", ["/", "/inbox", "/stories/beacon", "/editions/2026-Q3/preview"])
def test_nobody_sees_anything_unsigned(app_client: TestClient, path: str) -> None:
    """Every page leads to the form, which leads back."""
    answer = app_client.get(path, follow_redirects=True)
    assert "Kestrivo" not in answer.text
    assert answer.url.path == "/login"


def test_a_session_begins_and_ends(app_client: TestClient) -> None:
    """The cookie is hidden from scripts; after signing out it is worth nothing."""
    browser = Browser(app_client)
    answer = browser.sign_in("bob")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if COOKIE in c)
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    kept = app_client.cookies[COOKIE]
    assert browser.get("/inbox").url.path == "/inbox"
    browser.post("/logout")
    app_client.cookies.set(COOKIE, kept)
    assert browser.get("/inbox").url.path == "/login"


def test_a_wrong_password_is_refused_and_guessing_has_to_wait(app_client: TestClient) -> None:
    """An unknown name is told nothing else; after some tries the right one waits too."""
    browser = Browser(app_client)
    assert browser.sign_in("nobody").status_code == 401
    for _ in range(TRIES):
        assert browser.sign_in("bob", "wrong").status_code == 401
    assert browser.sign_in("bob").status_code == 429


def test_guessing_all_at_once_has_to_wait_too(app_client: TestClient) -> None:
    """Tries count before they are judged: many at the same moment are no way around the limit."""
    token = token_of(app_client.get("/login").text)
    values = {"token": token, "name": "nobody", "password": "wrong"}

    async def guess() -> list[int]:
        transport = httpx.ASGITransport(app_client.app)
        cookies = dict(app_client.cookies)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://testserver", cookies=cookies
        ) as client:
            tries = [client.post("/login", data=values) for _ in range(2 * TRIES)]
            return [each.status_code for each in await asyncio.gather(*tries)]

    assert sorted(asyncio.run(guess())) == [401] * TRIES + [429] * TRIES


def test_right_passwords_are_no_failures(app_client: TestClient) -> None:
    """However often somebody signs in."""
    browser = Browser(app_client)
    for _ in range(TRIES + 1):
        assert browser.sign_in("bob").status_code == 303


def test_a_forged_cookie_is_nobody(app_client: TestClient) -> None:
    """Neither unsigned nor signed for something else."""
    for value in ("x", "a.b.c", sign("another secret", "x", purpose="session")):
        app_client.cookies.set(COOKIE, value)
        assert app_client.get("/inbox").status_code == 303


def test_a_form_of_another_site_does_nothing(as_user: SignIn, room: Room) -> None:
    """Without the session's token, with another's, or from another origin."""
    bob, ada = as_user("bob"), as_user("ada")
    values = {"kind": "note", "story": "beacon", "value": "x"}
    theirs = token_of(ada.get("/inbox").text)
    mine = token_of(bob.get("/inbox").text)
    post = bob.client.post
    assert post("/acts/write", data=values).status_code == 403
    assert post("/acts/write", data=values | {"token": theirs}).status_code == 403
    headers = {"Origin": "https://evil.example"}
    forged = post("/acts/write", data=values | {"token": mine}, headers=headers)
    assert forged.status_code == 403
    headers = {"Sec-Fetch-Site": "cross-site"}
    forged = post("/acts/write", data=values | {"token": mine}, headers=headers)
    assert forged.status_code == 403


def test_headers_allow_no_foreign_and_no_inline_script(as_user: SignIn) -> None:
    """On pages, errors and static files alike; an edition's own style is named by its hash."""
    bob = as_user("bob")
    for path in ("/inbox", "/nowhere", "/static/room.js"):
        answer = bob.get(path)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
    page = bob.get("/inbox").text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick" not in page
    preview = bob.get("/editions/2026-Q3/preview").headers["content-security-policy"]
    assert "default-src 'none'" in preview
    assert "'sha256-" in preview
    assert "script-src" not in preview


def test_a_page_without_style_allows_none() -> None:
    """The policy is made of what is there."""
    assert "style-src 'none'" in page_policy("<p>")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("/inbox?q=a&done=saved", "/inbox?q=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/x", "/x"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_a_form_leads_back_to_no_other_site(place: str, expected: str) -> None:
    """Whatever the field says."""
    assert back_to(place).headers["location"] == expected


def test_only_the_proxy_names_people(folder: Path) -> None:
    """Its header counts from its own address; others' is passed over."""
    settings = load_settings(folder / "digest.toml")
    for trusted, status in (("testclient", 200), ("10.0.0.1", 303)):
        web = settings.web.model_copy(
            update={"proxy_header": "Remote-User", "proxy_from": (trusted,)}
        )
        app = make_app(settings.model_copy(update={"web": web}))
        with TestClient(app, follow_redirects=False) as client:
            answer = client.get("/inbox", headers={"Remote-User": "bob"})
            assert answer.status_code == status
            unknown = client.get("/inbox", headers={"Remote-User": "stranger"})
            assert unknown.status_code == 303


def test_a_proxy_may_write_a_name_in_capitals(folder: Path) -> None:
    """It is the same account, not a second one, though strangers get one here."""
    settings = load_settings(folder / "digest.toml")
    named = {"proxy_header": "Remote-User", "proxy_from": ("testclient",), "proxy_role": "reader"}
    app = make_app(settings.model_copy(update={"web": settings.web.model_copy(update=named)}))
    with TestClient(app, follow_redirects=False) as client:
        answer = client.get("/account", headers={"Remote-User": "BOB"})
        assert "<h1><bdi>bob</bdi></h1>" in answer.text
        with app.state.room.store.read() as db:
            assert [each.name for each in accounts.all_users(db)] == ["ada", "bob", "rea"]


def test_roles_hold(as_user: SignIn) -> None:
    """Readers decide nothing, editors manage nobody, and no admin shuts themselves out."""
    rea, bob, ada = as_user("rea"), as_user("bob"), as_user("ada")
    assert rea.post("/acts/list", do="exclude:fine", period="2026-Q3").status_code == 403
    assert rea.post("/editions/2026-Q3/publish", sure="yes").status_code == 403
    assert bob.get("/people").status_code == 403
    values = {"name": "eve", "role": "editor", "password": PASSWORD}
    assert ada.post("/people", "/people", **values).status_code == 303
    eve = as_user("eve")
    assert eve.get("/inbox").url.path == "/inbox"
    ada.post("/people", "/people", name="eve", role="editor", active="no")
    assert eve.get("/inbox").url.path == "/login"
    assert ada.post("/people", "/people", name="ada", role="reader").status_code == 422


def test_a_changed_password_ends_other_sessions(as_user: SignIn) -> None:
    """The one that changed it goes on."""
    here, there = as_user("bob"), as_user("bob")
    values = {"password": PASSWORD, "fresh": "a new long password"}
    assert here.post("/account/password", "/account", **values).status_code == 303
    assert here.get("/inbox").url.path == "/inbox"
    assert there.get("/inbox").url.path == "/login"


def test_an_old_session_is_over(
    as_user: SignIn, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the real clock, though the settings fix another present."""
    bob = as_user("bob")
    later = room.now() + timedelta(hours=13)
    monkeypatch.setattr(room, "now", lambda: later)
    assert bob.get("/inbox").url.path == "/login"


def test_what_was_signed_for_one_purpose_serves_no_other() -> None:
    """A form's nonce is no session."""
    signed = sign("secret", "value", purpose="before")
    assert unsign("secret", signed, purpose="before") == "value"
    assert unsign("secret", signed, purpose="session") == ""
    assert not is_password("", "")


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("/acts/write", {"kind": "summary", "story": "beacon", "lines": "abc"}),
        ("/acts/write", {"kind": "summary", "story": "beacon", "lines": "1", "keep": "0",
                         "start0": "abc"}),
        ("/acts/write", {"kind": "note", "story": "beacon", "seen": "9" * 5000}),
        ("/editions/2026-Q3/order", {"stories": "beacon", "seen": "9" * 5000}),
    ],
)  # fmt: skip
def test_what_is_no_number_is_told(as_user: SignIn, path: str, values: dict[str, str]) -> None:
    """A bad form is a 400."""
    assert as_user("bob").post(path, **values).status_code == 400


def test_a_fault_of_ours_is_told_with_the_headers(
    app_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plainly, on pages and in the API, without what it says of our insides."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("an inside")

    monkeypatch.setattr(signing_in.accounts, "holder", fail)
    client = TestClient(app_client.app, raise_server_exceptions=False)
    headers = {"Authorization": "Bearer x"}
    signed = sign(app_client.app.state.room.secret, "x", purpose="session")  # type: ignore[attr-defined]
    client.cookies.set(COOKIE, signed)
    for path in ("/inbox", "/api/v1/stories"):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 500
        assert "inside" not in answer.text
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/api/v1/stories", headers=headers).json()["error"]


def test_the_way_out_of_a_clash_leads_to_no_other_site(as_user: SignIn) -> None:
    """Nor to a script: the address comes from the form."""
    bob = as_user("bob")
    values = {"kind": "note", "story": "beacon", "value": "x"}
    assert bob.post("/acts/write", **values, seen="0").status_code == 303
    values |= {"seen": "0", "next": "javascript:alert(1)"}
    clash = bob.post("/acts/write", **values)
    assert clash.status_code == 409
    assert 'href="javascript' not in clash.text


def test_a_password_keeps_its_spaces(as_user: SignIn, app_client: TestClient) -> None:
    """As the form for signing in does."""
    values = {"name": "eve", "role": "reader", "password": f" {PASSWORD} "}
    assert as_user("ada").post("/people", "/people", **values).status_code == 303
    assert Browser(app_client).sign_in("eve", PASSWORD).status_code == 401
    assert Browser(app_client).sign_in("eve", f" {PASSWORD} ").status_code == 303
