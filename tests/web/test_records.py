"""The launch records of a story: confirmed, corrected, rejected, and what becomes of them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from digest.config import load_settings
from digest.records import Edition
from digest.stages.ledger import entrants
from digest.store import decisions
from digest.web.app import make_app
from digest.web.room import Room

from .conftest import Browser

PERIOD = "2026-Q3"
PAGE = "/stories/beacon"
SignIn = Callable[[str], Browser]


def form_of(browser: Browser, page: str = PAGE) -> dict[str, str]:
    """Return the first record's form as a browser would send it."""
    found = re.search(
        r'<form method="post" action="/acts/record".*?</form>', browser.get(page).text, re.S
    )
    assert found is not None
    values = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', found[0]))
    for select, options in re.findall(r'<select[^>]*name="(\w+)">(.*?)</select>', found[0], re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[select] = chosen[1] if chosen else ""
    values.pop("do")
    values.pop("token")
    return {name: html.unescape(value) for name, value in values.items()}


def draft(room: Room) -> Edition:
    return room.edition(room.issue(PERIOD))[0]


def test_a_record_is_confirmed(as_user: SignIn, room: Room) -> None:
    """As it was found: it says so on the story, and in the edition's formats."""
    bob = as_user("bob")
    values = form_of(bob)
    assert (values["vendor"], values["product"], values["event"]) == (
        "Kestrivo",
        "Beacon",
        "launch",
    )
    assert [each.review for each in draft(room).products if each.product == "Beacon"] == [
        "unreviewed"
    ]
    answer = bob.post("/acts/record", PAGE, do="confirm", **values)
    assert answer.status_code == 303
    assert "confirmed" in bob.get(PAGE).text
    assert [each.review for each in draft(room).products if each.product == "Beacon"] == [
        "confirmed"
    ]
    for format in ("html", "md", "text"):
        page = bob.get(f"/editions/{PERIOD}/preview?format={format}").text
        assert "confirmed by an editor" in page


def test_a_record_is_corrected_and_taken_back(as_user: SignIn, room: Room) -> None:
    """In table, story and spreadsheet; the sentence that proves it stays; taken back, as found."""
    bob = as_user("bob")
    right = {
        "vendor": "Kestrivo Group",
        "product": "Beacon 2",
        "event": "pricing",
        "category": "CRM",
        "announced": "2026-09-20",
        "availability": "beta",
    }
    bob.post("/acts/record", PAGE, do="confirm", **(form_of(bob) | right))
    (product,) = [each for each in draft(room).products if "Kestrivo" in each.vendor]
    made = (product.vendor, product.product, product.event, product.category, product.announced)
    assert made == ("Kestrivo Group", "Beacon 2", "pricing", "CRM", "2026-09-20")
    assert (product.availability, product.review) == ("beta", "edited")
    assert product.announced_from == "editor"
    assert "Beacon" in product.line.original.text
    csv = bob.get(f"/editions/{PERIOD}/preview?format=csv").text
    assert "Kestrivo Group,Beacon 2,pricing,CRM,2026-09-20,editor,beta" in csv
    assert "corrected by an editor" in bob.get(f"/editions/{PERIOD}/preview").text
    assert form_of(bob)["product"] == "Beacon 2"
    bob.post("/acts/record", PAGE, do="found", **form_of(bob))
    assert form_of(bob)["product"] == "Beacon"
    assert "Beacon 2" not in {each.product for each in draft(room).products}


def test_a_rejected_record_is_in_no_edition(as_user: SignIn, room: Room) -> None:
    """Undone from the history it is there again, and the reason stays in it."""
    bob = as_user("bob")
    bob.post("/acts/record", PAGE, **(form_of(bob) | {"do": "reject", "reason": "no product"}))
    assert "Beacon" not in {each.product for each in draft(room).products}
    (beacon,) = [each for each in entrants(draft(room)) if each.story == "beacon"]
    assert beacon.launches == ()
    page = bob.get(PAGE).text
    assert "rejected" in page
    assert "no product" in page
    bob.post("/acts/undo", PAGE)
    assert "Beacon" in {each.product for each in draft(room).products}


def test_a_review_survives_a_merge(as_user: SignIn, room: Room) -> None:
    """It follows its article into another story."""
    bob = as_user("bob")
    bob.post("/acts/record", PAGE, do="reject", **form_of(bob))
    bob.post("/acts/list", do="merge", story=["beacon", "agents"], period=PERIOD)
    assert "Beacon" not in {each.product for each in draft(room).products}


def test_two_editors_of_one_record_see_both_versions(as_user: SignIn, room: Room) -> None:
    """The slower one is told what the other made of it; one press saves."""
    ada, bob = as_user("ada"), as_user("bob")
    values = form_of(bob)
    ada.post("/acts/record", PAGE, do="confirm", **(values | {"product": "Ada’s"}))
    answer = bob.post("/acts/record", PAGE, do="confirm", **(values | {"product": "Bob’s"}))
    assert answer.status_code == 409
    assert "product: Ada’s" in answer.text
    assert "product: Bob’s" in answer.text
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    again.pop("token")
    assert bob.post("/acts/record", PAGE, **again).status_code == 303
    with room.store.read() as db:
        kept = decisions.standing(db, ["record"])
    assert [each.actor for each in kept] == ["ada", "bob"]
    assert form_of(bob)["product"] == "Bob’s"


@pytest.mark.parametrize(
    "wrong",
    [
        {"vendor": ""},
        {"vendor": "x" * 201},
        {"event": "party"},
        {"category": "Nothing of ours"},
        {"announced": "yesterday"},
        {"availability": "sold out"},
        {"record": "another"},
    ],
)
def test_what_no_record_can_say_is_refused(
    as_user: SignIn, room: Room, wrong: dict[str, str]
) -> None:
    """With the field and the cure, and nothing is kept; a reader may not even try."""
    bob = as_user("bob")
    values = form_of(bob) | wrong
    answer = bob.post("/acts/record", PAGE, do="confirm", **values)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert as_user("rea").post("/acts/record", PAGE, do="reject", **values).status_code == 403
    with room.store.read() as db:
        assert decisions.standing(db, ["record"]) == []


def proof_of(browser: Browser, words: str, page: str = "/acts/record/fine") -> str:
    """Return the value of the sentence that holds some words."""
    radio = r'name="proof" value="([^"]+)"[^>]*> <span><bdi[^>]*>([^<]*)'
    found = re.findall(radio, browser.get(page).text)
    return next(value for value, sentence in found if words in sentence)


ADDED = {
    "vendor": "Oparelle",
    "product": "",
    "event": "pricing",
    "category": "",
    "announced": "2026-09-28",
    "availability": "",
}


def test_a_record_is_added_by_hand(as_user: SignIn, room: Room) -> None:
    """With the sentence that proves it; it stands in story, edition and formats as an editor's."""
    bob = as_user("bob")
    assert "added by an editor" not in bob.get("/stories/fine").text
    proof = proof_of(bob, "must pay for cookies")
    values = ADDED | {"proof": proof, "reason": "the rules missed it"}
    answer = bob.post("/acts/record/fine", "/acts/record/fine", **values)
    assert answer.headers["location"] == "/stories/fine?done=added#title-records"
    page = bob.get("/stories/fine").text
    assert "added by an editor" in page
    assert "the rules missed it" in page
    (made,) = [each for each in draft(room).products if each.vendor == "Oparelle"]
    assert (made.review, made.announced, made.announced_from) == ("added", "2026-09-28", "editor")
    assert made.line.original.text.startswith("Oparelle must pay")
    for format in ("html", "md", "text"):
        assert "added by an editor" in bob.get(f"/editions/{PERIOD}/preview?format={format}").text
    again = bob.post("/acts/record/fine", "/acts/record/fine", **values)
    assert again.status_code == 422


def test_an_added_record_is_corrected_and_taken_back(as_user: SignIn, room: Room) -> None:
    """First the correction, then the record itself."""
    bob = as_user("bob")
    values = ADDED | {"proof": proof_of(bob, "must pay")}
    bob.post("/acts/record/fine", "/acts/record/fine", **values)
    form = form_of(bob, "/stories/fine")
    bob.post("/acts/record", "/stories/fine", do="confirm", **(form | {"product": "Cookies"}))
    vendors = [(each.vendor, each.product, each.review) for each in draft(room).products]
    assert ("Oparelle", "Cookies", "edited") in vendors
    bob.post("/acts/record", "/stories/fine", do="found", **form)
    vendors = [(each.vendor, each.product, each.review) for each in draft(room).products]
    assert ("Oparelle", "", "added") in vendors
    bob.post("/acts/record", "/stories/fine", do="found", **form_of(bob, "/stories/fine"))
    assert "Oparelle" not in {each.vendor for each in draft(room).products}


@pytest.mark.parametrize(
    "wrong",
    [{"proof": ""}, {"proof": "fine:3"}, {"proof": "beacon:0"}, {"vendor": ""}, {"event": "party"}],
)
def test_no_record_is_added_without_a_proof(
    as_user: SignIn, room: Room, wrong: dict[str, str]
) -> None:
    """The sentence has to be one of the story's own articles."""
    bob = as_user("bob")
    values = ADDED | {"proof": proof_of(bob, "must pay")} | wrong
    answer = bob.post("/acts/record/fine", "/acts/record/fine", **values)
    assert answer.status_code == 422
    assert as_user("rea").get("/acts/record/fine").status_code == 403
    with room.store.read() as db:
        assert decisions.standing(db, ["record"]) == []


def test_labels_of_the_teams_own_can_be_chosen(folder: Path) -> None:
    """A story's labels and a record's category are those that the settings want."""
    settings = folder / "digest.toml"
    own = '[taxonomy.rename]\n"Customer Data Platform" = "Shop Data"\n'
    settings.write_text(settings.read_text("utf-8") + own, "utf-8")
    app = make_app(load_settings(settings))
    with TestClient(app, follow_redirects=False) as client:
        app.state.room.catch_up()
        bob = Browser(client)
        bob.sign_in("bob")
        assert "Shop Data" in bob.get(PAGE).text
        right = form_of(bob) | {"category": "Shop Data"}
        assert bob.post("/acts/record", PAGE, do="confirm", **right).status_code == 303
        assert form_of(bob)["category"] == "Shop Data"
