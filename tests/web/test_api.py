"""The same acts as JSON: by tokens with scopes, and with no answer that OpenAPI does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from digest.store import decisions, ledger
from digest.web.api import ROUTES
from digest.web.room import Room

from .conftest import Browser

SignIn = Callable[[str], Browser]
Api = Callable[..., httpx.Response]
PERIOD = "2026-Q3"


def make_token(browser: Browser, *scopes: str) -> str:
    page = browser.post("/account/tokens", "/account", title="test", scope=list(scopes)).text
    found = re.search(r'class="secret">([^<]+)<', page)
    assert found is not None
    return found[1]


@pytest.fixture
def api(app_client: TestClient, as_user: SignIn) -> Api:
    """Asks as a program whose token may do all."""
    secret = make_token(as_user("bob"), "read", "edit", "publish")
    headers = {"Authorization": f"Bearer {secret}"}

    def ask(method: str, path: str, **more: Any) -> httpx.Response:
        return app_client.request(method, f"/api/v1{path}", headers=headers, **more)

    return ask


def test_stories_are_listed_and_decided_on(api: Api) -> None:
    """A decision names the revision it has seen; the slower one gets both versions."""
    listed = api("GET", "/stories", params={"period": PERIOD, "q": "beacon"}).json()
    assert [each["id"] for each in listed["stories"]] == ["beacon"]
    body = {"kind": "headline", "story": "beacon2", "value": "By a program", "seen": 0}
    made = api("POST", "/decisions", json=body)
    assert (made.status_code, made.json()["revision"]) == (201, 1)
    clash = api("POST", "/decisions", json=body | {"value": "Another"})
    assert clash.status_code == 409
    assert clash.json()["theirs"]["value"] == "By a program"
    assert clash.json()["mine"]["value"] == "Another"
    story = api("GET", "/stories/beacon").json()
    assert [each["value"] for each in story["decisions"]] == ["By a program"]
    assert api("POST", "/undo", json={}).status_code == 200
    assert api("POST", "/undo", json={}).status_code == 409


def test_stories_are_joined_and_parted(api: Api) -> None:
    """By the same desk as the pages."""
    assert api("POST", "/merge", json={"stories": ["fine", "agents"]}).json()["done"]
    assert api("GET", "/stories", params={"period": PERIOD}).json()["total"] == 4
    parted = api("POST", "/stories/agents/part", json={"articles": ["agents"]})
    assert parted.status_code == 201
    assert api("GET", "/stories", params={"period": PERIOD}).json()["total"] == 5


def test_an_edition_is_ordered_and_published(api: Api, room: Room) -> None:
    """Afterwards its order is refused."""
    before = api("GET", f"/editions/{PERIOD}").json()
    assert not before["published"]
    order = {"stories": ["fine", "beacon"], "seen": before["order"]}
    assert api("PUT", f"/editions/{PERIOD}/order", json=order).status_code == 200
    assert api("PUT", f"/editions/{PERIOD}/order", json=order).status_code == 409
    assert api("GET", f"/editions/{PERIOD}").json()["edition"]["opening"]["story"] == "fine"
    assert api("POST", f"/editions/{PERIOD}/publish").json()["done"]
    assert api("PUT", f"/editions/{PERIOD}/order", json={"stories": []}).status_code == 409
    with room.store.read() as db:
        kept = [id for id, _, _ in ledger.frozen_ids(db)]
    assert [each["id"] for each in api("GET", "/editions").json()] == kept


def test_a_token_may_what_it_says(app_client: TestClient, as_user: SignIn) -> None:
    """Without one nothing, with one to read nothing else; a reader's never more; ended, nothing."""
    bob = as_user("bob")
    secret = make_token(bob, "read")
    headers = {"Authorization": f"Bearer {secret}"}
    get, post = app_client.get, app_client.post
    assert get("/api/v1/stories").status_code == 401
    assert get("/api/v1/stories", headers={"Authorization": "Bearer x"}).status_code == 401
    assert get("/api/v1/stories", headers=headers).status_code == 200
    body = {"kind": "note", "story": "fine", "value": "x"}
    assert post("/api/v1/decisions", headers=headers, json=body).status_code == 403
    theirs = {"Authorization": f"Bearer {make_token(as_user('rea'), 'edit')}"}
    assert post("/api/v1/decisions", headers=theirs, json=body).status_code == 403
    found = re.search(r'name="id" value="(\w+)"', bob.get("/account").text)
    assert found is not None
    bob.post("/account/tokens/revoke", "/account", id=found[1])
    assert get("/api/v1/stories", headers=headers).status_code == 401


def test_a_launch_record_is_reviewed(api: Api) -> None:
    """As its form does: what is equal is confirmed, what differs corrected, null rejects."""
    (record,) = api("GET", "/stories/beacon/records").json()["records"]
    assert (record["product"], record["review"]) == ("Beacon", "unreviewed")
    names = ("vendor", "product", "event", "category", "announced", "availability")
    values = {name: record[name] for name in names}
    path = f"/stories/beacon/records/{record['id']}"
    for body, review in (
        ({"values": values, "seen": 0}, "confirmed"),
        ({"values": values | {"product": "Beacon 2"}}, "edited"),
        ({"values": None}, "rejected"),
    ):
        assert api("PUT", path, json=body).status_code == 200
        (record,) = api("GET", "/stories/beacon/records").json()["records"]
        assert record["review"] == review
    late = api("PUT", path, json={"values": values, "seen": 0})
    assert (late.status_code, late.json()["revision"]) == (409, 3)
    wrong = api("PUT", path, json={"values": values | {"event": "party"}})
    assert wrong.status_code == 422


def test_a_summary_is_written(api: Api) -> None:
    """Each sentence with the verbatim one that it stands for, of the story's own articles."""
    text = "Kestrivo has opened Beacon, a customer data platform, to shops of every size."
    line = {"article": "beacon", "original": text, "start": 0, "text": "Beacon is open to all."}
    body = {"kind": "summary", "story": "beacon", "sentences": [line]}
    assert api("POST", "/decisions", json=body).status_code == 201
    edition = api("GET", f"/editions/{PERIOD}").json()["edition"]
    assert [each["text"] for each in edition["opening"]["lines"]] == ["Beacon is open to all."]
    foreign = body | {"sentences": [line | {"article": "fine"}]}
    assert api("POST", "/decisions", json=foreign).status_code == 422
    assert api("POST", "/decisions", json=body | {"kind": "note"}).status_code == 422


def test_a_published_edition_is_corrected_and_withdrawn(api: Api) -> None:
    """Never before it is published."""
    path = f"/editions/{PERIOD}"
    assert api("POST", f"{path}/correct", json={"value": "x"}).status_code == 409
    api("POST", f"{path}/publish")
    for act, value in (("correct", "It was Tuesday."), ("withdraw", "All wrong.")):
        assert api("POST", f"{path}/{act}", json={"value": value}).status_code == 201
    edition = api("GET", path).json()["edition"]
    assert [each["text"] for each in edition["corrections"]] == ["It was Tuesday."]
    assert edition["withdrawn"] == "All wrong."
    assert api("GET", f"{path}?audience=nobody").status_code == 422


def test_what_is_published_stays_so(api: Api, as_user: SignIn, room: Room) -> None:
    """No second time, no undoing, and no story is put into it or left out any more."""
    bob, path = as_user("bob"), f"/editions/{PERIOD}"
    assert api("POST", f"{path}/publish").status_code == 200
    assert api("POST", f"{path}/publish").status_code == 409
    assert bob.post(f"{path}/publish", sure="yes").status_code == 409
    with room.store.read() as db:
        (entry,) = decisions.about(db, [f"quarterly-{PERIOD}-cmo"])
    assert bob.post("/acts/undo", act=entry.decision.act).status_code == 422
    assert api("POST", "/undo", json={"act": entry.decision.act}).status_code == 422
    placed = {"kind": "exclude", "story": "fine", "period": PERIOD}
    assert api("POST", "/decisions", json=placed).status_code == 409
    assert bob.post("/acts/write", **placed).status_code == 409
    assert bob.post("/acts/list", do="exclude:fine", period=PERIOD).status_code == 409
    with room.store.read() as db:
        assert decisions.about(db, [f"quarterly-{PERIOD}-cmo", "fine"]) == [entry]


@pytest.mark.parametrize("path", ["/acts/write", "/acts/comment"])
def test_nothing_is_saved_on_a_story_that_is_not_there(as_user: SignIn, path: str) -> None:
    """It is told instead."""
    values = {"kind": "note", "story": "nosuch", "value": "x"}
    assert as_user("bob").post(path, **values).status_code == 404


def test_sources_are_paused_by_admins_alone(
    app_client: TestClient, as_user: SignIn, api: Api
) -> None:
    """An editor's token may not, whatever its scopes; everybody sees how sources are."""
    assert api("PUT", "/sources/journal", json={"paused": True}).status_code == 403
    headers = {"Authorization": f"Bearer {make_token(as_user('ada'), 'edit')}"}
    path = "/api/v1/sources/journal"
    assert app_client.put(path, headers=headers, json={"paused": True}).status_code == 200
    (source,) = api("GET", "/sources").json()
    assert (source["name"], source["verdict"]) == ("journal", "paused")
    assert api("GET", "/runs").json() == []
    assert api("POST", "/runs/retry").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/stories", {"params": {"period": "2026-Q9"}}, 422),
        ("GET", "/stories", {"params": {"q": '"\x00* OR ('}}, 200),
        ("GET", "/stories/nothing", {}, 404),
        ("GET", "/nothing", {}, 404),
        ("POST", "/decisions", {"json": {"kind": "must-link", "story": "fine"}}, 422),
        ("POST", "/decisions", {"json": {"kind": "lead", "story": "fine", "object": "x"}}, 422),
        ("POST", "/decisions", {"content": b"\xff\xfe"}, 422),
        ("POST", "/merge", {"json": {"stories": ["fine", "fine"]}}, 422),
        ("POST", "/addresses", {"json": {"url": "file:///etc/passwd"}}, 422),
        ("POST", "/addresses", {"json": {"url": "https://["}}, 422),
        ("DELETE", "/stories", {}, 405),
    ],
)
def test_what_is_wrong_is_told(api: Api, method: str, path: str, more: Any, status: int) -> None:
    """As JSON with a reason, never as a 500."""
    answer = api(method, path, **more)
    assert answer.status_code == status
    assert status == 200 or answer.json()["error"]


@pytest.mark.parametrize("known", [False, True])
def test_no_body_is_read_without_a_token_or_without_an_end(
    app_client: TestClient, known: bool
) -> None:
    """What is sent by nobody is not looked at; what is too large is refused, in one or in parts."""

    def parts() -> Iterator[bytes]:
        yield from [b" " * 100_000] * 21

    headers = {"Content-Type": "application/json"}
    headers |= {"Authorization": "Bearer x"} if known else {}
    path = "/api/v1/decisions"
    broken = app_client.post(path, headers=headers, content=b"{bad")
    assert known or broken.status_code == 401
    told = app_client.post(path, headers=headers, content=b" " * 2_000_001)
    assert told.status_code == (413 if known else 401)
    answer = app_client.post(path, headers=headers, content=parts())
    assert answer.status_code == (413 if known else 401)
    assert answer.json()["error"]
    assert ("www-authenticate" in answer.headers) != known


def test_openapi_names_every_answer(app_client: TestClient) -> None:
    """Each act with its body, its answer and its errors; the schema is there for all."""
    schema = app_client.get("/api/openapi.json").json()
    told = {(path, method) for path, acts in schema["paths"].items() for method in acts}
    assert told == {(f"/v1{path}", method.lower()) for path, method, *_ in ROUTES}
    for path in schema["paths"].values():
        for act in path.values():
            assert {"401", "403", "404", "409", "422"} <= set(act["responses"])
            assert act["description"]
