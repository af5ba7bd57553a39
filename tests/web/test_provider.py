"""Signing in by OpenID Connect, against a real provider on loopback, and against false ones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from digest.config import load_settings
from digest.errors import ConfigError
from digest.store import accounts
from digest.store.accounts import User
from digest.testing import NOON
from digest.web.app import make_app
from digest.web.room import Room
from digest.web.signing_in import COOKIE

from .conftest import Browser
from .oidc_provider import CLIENT, OTHER, SECRET, Provider, serve_provider

SETTINGS = """
[web.oidc]
issuer = "{issuer}"
client_id = "{client}"
client_secret = "{secret}"
title = "Our house"
roles = {{ editor = ["desk"], admin = ["chiefs"] }}
"""


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider where Olga of the desk is signed in."""
    with serve_provider() as found:
        yield found


@pytest.fixture
def client(folder: Path, provider: Provider) -> Iterator[TestClient]:
    """The room, which trusts it."""
    file = folder / "digest.toml"
    more = SETTINGS.format(issuer=provider.issuer, client=CLIENT, secret=SECRET)
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    app = make_app(load_settings(file))
    with TestClient(app, follow_redirects=False) as made:
        yield made


def room_of(client: TestClient) -> Room:
    room: Room = client.app.state.room  # type: ignore[attr-defined]
    return room


def account(client: TestClient, name: str) -> User | None:
    with room_of(client).store.read() as db:
        return accounts.find_user(db, name)


def leave(client: TestClient, path: str = "/login/oidc") -> str:
    """Leave for the provider, and return where it leads back to."""
    answer = client.get(path)
    assert answer.status_code == 302
    back = httpx.get(answer.headers["location"]).headers["location"]
    return back.removeprefix("http://testserver")


def sign_in(client: TestClient, path: str = "/login/oidc") -> httpx.Response:
    return client.get(leave(client, path))


def test_somebody_signs_in_by_the_provider(client: TestClient, provider: Provider) -> None:
    """With state, nonce and PKCE; the account is made with the role of the claim."""
    assert "Sign in with Our house" in client.get("/login").text
    answer = sign_in(client, "/login/oidc?next=/runs")
    assert (answer.status_code, answer.headers["location"]) == (303, "/runs")
    (asked,) = provider.asked
    assert all(len(asked[name]) >= 20 for name in ("state", "nonce", "code_challenge"))
    assert provider.redeemed[0]["code_verifier"] not in str(asked)
    assert client.get("/inbox").status_code == 200
    olga = account(client, "olga")
    assert olga is not None
    assert (olga.role, olga.password) == ("editor", "")


def test_a_role_follows_the_claim(client: TestClient, provider: Provider) -> None:
    """At each signing in, up and down; without a role nobody gets in."""
    for groups, role in ((["chiefs", "desk"], "admin"), ("desk", "editor")):
        provider.claims["groups"] = groups
        assert sign_in(client).status_code == 303
        olga = account(client, "olga")
        assert olga is not None
        assert olga.role == role
    provider.claims["groups"] = ["others"]
    client.cookies.clear()
    answer = sign_in(client)
    assert answer.status_code == 403
    assert "no place in this room" in answer.text
    assert client.get("/inbox").status_code == 303


def test_a_renamed_person_stays_who_they_are(client: TestClient, provider: Provider) -> None:
    """Accounts are tied to the provider's own name for them, not to what they call themselves."""
    sign_in(client)
    provider.claims["preferred_username"] = "olga.new"
    assert sign_in(client).status_code == 303
    assert account(client, "olga.new") is None
    provider.claims |= {"sub": "u2", "preferred_username": "olga"}
    client.cookies.clear()
    assert sign_in(client).status_code == 403


def test_no_account_is_taken_by_its_name(client: TestClient, provider: Provider) -> None:
    """Neither one with a password nor a closed one; one that an admin has prepared is."""
    for name, active in (("ada", True), ("eve", False)):
        provider.claims |= {"sub": name, "preferred_username": name}
        with room_of(client).store.write() as db:
            known = accounts.find_user(db, name)
            accounts.put_user(db, known or User(name, "reader", active=active, made_at="x"))
        assert sign_in(client).status_code == 403
    with room_of(client).store.write() as db:
        accounts.put_user(db, User("pat", "reader", made_at=NOON.isoformat()))
    provider.claims |= {"sub": "p", "preferred_username": "pat"}
    assert sign_in(client).status_code == 303


def test_a_closed_account_stays_closed(client: TestClient, provider: Provider) -> None:
    """The provider opens nothing that an admin has closed."""
    sign_in(client)
    with room_of(client).store.write() as db:
        accounts.put_user(db, User("olga", "editor", active=False, made_at="x"))
        accounts.take_all_back(db, "olga")
    client.cookies.clear()
    assert sign_in(client).status_code == 403
    provider.claims["preferred_username"] = "olga.new"
    assert sign_in(client).status_code == 403
    assert account(client, "olga.new") is None


def test_no_name_differs_by_its_capitals_alone(client: TestClient, provider: Provider) -> None:
    """Nobody is taken for somebody else by colleagues, whoever makes the account."""
    provider.claims["preferred_username"] = "Ada"
    assert sign_in(client).status_code == 403
    assert account(client, "Ada") is None
    ada = Browser(client)
    ada.sign_in("ada")
    assert ada.post("/people", "/people", name="BOB", role="reader").status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-room"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600},
        {"sub": None},
        {"preferred_username": " "},
    ],
)
def test_a_wrong_token_lets_nobody_in(
    client: TestClient, provider: Provider, wrong: dict[str, Any]
) -> None:
    """Made for another sign-in, another client, by another issuer, too old, for nobody."""
    provider.wrong = wrong
    answer = sign_in(client)
    assert answer.status_code in (401, 403)
    assert COOKIE not in client.cookies
    assert account(client, "olga") is None


@pytest.mark.parametrize("how", ["other key", "no signature"])
def test_a_forged_token_lets_nobody_in(client: TestClient, provider: Provider, how: str) -> None:
    """Signed by somebody else, or by nobody."""
    if how == "other key":
        provider.key = OTHER
    else:
        provider.unsigned = True
    assert sign_in(client).status_code == 401
    assert COOKIE not in client.cookies


def test_a_way_back_serves_once_and_one_browser(client: TestClient, provider: Provider) -> None:
    """Without the cookie of leaving, with another state, or a second time it is refused."""
    back = leave(client)
    stranger = TestClient(client.app, follow_redirects=False)
    assert stranger.get(back).status_code == 401
    assert client.get(back.replace("state=", "state=x")).status_code == 401
    back = leave(client)
    assert client.get(back).status_code == 303
    client.cookies.clear()
    assert client.get(back).status_code == 401
    assert client.get("/login/oidc/back?error=access_denied").status_code == 401


def test_a_provider_that_is_down_is_told(folder: Path) -> None:
    """On the form, which still takes a password."""
    file = folder / "digest.toml"
    more = SETTINGS.format(issuer="http://127.0.0.1:9", client=CLIENT, secret=SECRET)
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    with TestClient(make_app(load_settings(file)), follow_redirects=False) as client:
        answer = client.get("/login/oidc")
        assert answer.status_code == 502
        assert "did not confirm" in answer.text
        assert Browser(client).sign_in("bob").status_code == 303


def test_without_a_provider_there_is_no_way(app_client: TestClient) -> None:
    """No link, and no page."""
    assert "/login/oidc" not in app_client.get("/login").text
    assert app_client.get("/login/oidc").status_code == 404


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('issuer = "https://id.example"', "no client_id"),
        ('issuer = "https://id.example"\nclient_id = "x"\nscope = "email"', "lacks openid"),
        ('issuer = "id.example"', "issuer"),
        ('roles = { boss = ["x"] }', "roles"),
    ],
)
def test_settings_that_cannot_work_are_refused(tmp_path: Path, table: str, told: str) -> None:
    """When they are read, with what is wrong."""
    file = tmp_path / "digest.toml"
    file.write_text(f"[web.oidc]\n{table}\n", "utf-8")
    with pytest.raises(ConfigError, match=told):
        load_settings(file)
