"""Unsubscribing by the link of a mail: one click, no account, and nothing by merely looking."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from digest.store import subscribers
from digest.subscribing import link_of, list_secret
from digest.testing import NOON
from digest.web.room import Room

AT = NOON.isoformat()
CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(app_client: TestClient, room: Room) -> str:
    """The path of Ada's link."""
    with room.store.write() as db:
        subscribers.add(db, "ada@acme.example", "cmo", origin="t", at=AT, name="Ada", language="")
        subscribers.add(db, "bob@acme.example", "cmo", origin="t", at=AT)
        ada = subscribers.find(db, "ada@acme.example", "cmo")
    assert ada is not None
    settings = room.settings.model_copy(
        update={
            "delivery": room.settings.delivery.model_copy(
                update={"unsubscribe_url": "https://room.acme.example/"}
            )
        }
    )
    address = link_of(settings, list_secret(room.store), ada)
    assert address.startswith("https://room.acme.example/unsubscribe/")
    return address.removeprefix("https://room.acme.example")


def states(room: Room) -> dict[str, str]:
    with room.store.read() as db:
        return {each.address: each.state for each in subscribers.all_of(db)}


def test_one_click_unsubscribes(app_client: TestClient, room: Room, link: str) -> None:
    """A mail program posts without cookies and follows nothing: RFC 8058, 3.2."""
    for _ in range(2):
        answer = app_client.post(link, data=CLICK)
        assert (answer.status_code, answer.text) == (200, "unsubscribed")
    assert states(room) == {"ada@acme.example": "unsubscribed", "bob@acme.example": "active"}


def test_one_click_as_multipart(app_client: TestClient, room: Room, link: str) -> None:
    """RFC 8058 allows both forms."""
    answer = app_client.post(link, files={"List-Unsubscribe": (None, "One-Click")})
    assert answer.text == "unsubscribed"
    assert states(room)["ada@acme.example"] == "unsubscribed"


def test_looking_at_a_link_changes_nothing(app_client: TestClient, room: Room, link: str) -> None:
    """A link scanner's GET and HEAD: a page with a button, which is a form that posts."""
    page = app_client.get(link)
    assert page.status_code == 200
    assert "ada@acme.example" in page.text
    assert re.search(r'<form method="post" action="/unsubscribe/[^"]+"', page.text)
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert "<script" not in page.text
    app_client.head(link)
    assert states(room)["ada@acme.example"] == "active"


def test_the_button_and_its_way_back(app_client: TestClient, room: Room, link: str) -> None:
    """The page says what was done, and one who did not mean it can subscribe again."""
    page = app_client.post(link, data={"unsubscribe": "yes"})
    assert "Nothing more is sent" in page.text
    assert states(room)["ada@acme.example"] == "unsubscribed"
    app_client.post(link, data={"again": "yes"})
    assert states(room)["ada@acme.example"] == "active"


def test_nobody_who_bounced_comes_back_by_a_link(
    app_client: TestClient, room: Room, link: str
) -> None:
    """Only what the reader did by the link is undone by it."""
    from dataclasses import replace

    with room.store.write() as db:
        ada = subscribers.find(db, "ada@acme.example", "cmo")
        assert ada is not None
        subscribers.put(db, replace(ada, state="complained"), at=AT)
    app_client.post(link, data={"again": "yes"})
    assert states(room)["ada@acme.example"] == "complained"


@pytest.mark.parametrize("change", ["x", "../unsubscribe/", "%00", "'--"])
def test_another_link_leads_nowhere(
    app_client: TestClient, room: Room, link: str, change: str
) -> None:
    """A changed or guessed link, or one of another store, is told apart from none of ours."""
    for path in (link + change, link[:-1], "/unsubscribe/a.b", "/unsubscribe/é.ü"):
        assert app_client.get(path).status_code in (404, 400)
        assert app_client.post(path, data=CLICK).status_code in (404, 400)
    assert set(states(room).values()) == {"active"}


def test_a_page_in_the_readers_language(app_client: TestClient, room: Room, link: str) -> None:
    """The reader's own, where the list knows it."""
    from dataclasses import replace

    with room.store.write() as db:
        ada = subscribers.find(db, "ada@acme.example", "cmo")
        assert ada is not None
        subscribers.put(db, replace(ada, language="de"), at=AT)
    page = app_client.get(link).text
    assert '<html lang="de"' in page
    assert "Abbestellen" in page


def test_a_name_cannot_write_into_the_page(app_client: TestClient, room: Room) -> None:
    """An address is refused that could; what is shown is escaped in any case."""
    with room.store.write() as db:
        reader, _ = subscribers.add(db, "<script>x@y", "cmo", origin="t", at=AT)
    from digest.stages.readers import sign_token

    page = app_client.get(f"/unsubscribe/{sign_token(list_secret(room.store), reader.token)}")
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text
