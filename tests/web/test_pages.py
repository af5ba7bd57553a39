"""The pages, as a person without JavaScript uses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.stages.ledger import entrants
from digest.store import decisions
from digest.web.room import Room

from .conftest import STORIES, Browser

PERIOD = "2026-Q3"
EDITION = f"quarterly-{PERIOD}-cmo"
SignIn = Callable[[str], Browser]


def headlines(page: str) -> list[str]:
    return re.findall(r"<h[23]><a [^>]*data-open[^>]*><bdi[^>]*>(.*?)</bdi>", page)


def order_in(room: Room) -> list[str]:
    return [each.story for each in entrants(room.edition(room.issue(PERIOD))[0])]


def test_the_inbox_ranks_the_stories_of_the_period(as_user: SignIn) -> None:
    """Each with why it is here, in words; a story of two articles is one row."""
    page = as_user("bob").get("/inbox").text
    assert len(headlines(page)) == 5
    assert "Kestrivo launches Beacon" in headlines(page)
    assert "Why it is here" in page
    assert "told by" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=beacon", ["Kestrivo launches Beacon"]),
        ("q=広告", ["広告プラットフォームの新機能"]),
        ("language=ja", ["広告プラットフォームの新機能"]),
        ("q=nothing+of+this", []),
        ("vendor=Nobody", []),
        ("q=customer+data+platform&by=meaning", ["Kestrivo launches Beacon"]),
        ("status=include", []),
        ("page=99", []),
        ("page=-1&status=%00&q=%22", None),
    ],
)
def test_the_inbox_is_filtered_and_searched(
    as_user: SignIn, query: str, expected: list[str] | None
) -> None:
    """By words in every script, and by meaning; nonsense is no error."""
    answer = as_user("rea").get(f"/inbox?{query}")
    assert answer.status_code == 200
    found = headlines(answer.text)
    if "meaning" in query:
        found = found[:1]
    assert expected is None or found == expected


def test_an_act_of_the_list_comes_back_to_its_row(as_user: SignIn, room: Room) -> None:
    """Leaving out takes effect on the draft at once, and can be undone."""
    bob = as_user("bob")
    assert "fine" in order_in(room)
    answer = bob.post("/acts/list", do="exclude:fine", period=PERIOD, reason="old news")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/inbox?done=saved#row-fine"
    assert "fine" not in order_in(room)
    assert headlines(bob.get("/inbox?status=exclude").text) == ["Oparelle must pay for cookies"]
    assert "old news" in bob.get(f"/editions/{PERIOD}").text
    bob.post("/acts/undo")
    assert "fine" in order_in(room)
    assert "nothing to undo" in bob.get(bob.post("/acts/undo").headers["location"]).text


def test_a_headline_is_saved_marked_and_taken_back(as_user: SignIn, room: Room) -> None:
    """It stands in list, story and edition; empty, it is the found one again."""
    bob = as_user("bob")
    page = "/stories/beacon"
    bob.post("/acts/write", page, kind="headline", story="beacon", value="Ours\n now", seen="0")
    for place in ("/inbox", page, f"/editions/{PERIOD}", f"/editions/{PERIOD}/preview"):
        assert "Ours now" in bob.get(place).text
    assert "In the editor’s words: headline" in bob.get(f"/editions/{PERIOD}/preview").text
    bob.post("/acts/write", page, kind="headline", story="beacon", value="", seen="1")
    assert "Ours now" not in headlines(bob.get("/inbox").text)


def test_a_summary_is_written_sentence_by_sentence(as_user: SignIn) -> None:
    """The form's own values, one sentence in other words, the others taken out."""
    bob = as_user("bob")
    page = bob.get("/stories/beacon").text
    fields = dict(re.findall(r'name="((?:article|start|original)\d+|lines)" value="([^"]*)"', page))
    values = fields | {"keep": ["0"], "text0": "Beacon is open to every shop."}
    answer = bob.post(
        "/acts/write", "/stories/beacon", kind="summary", story="beacon", seen="0", **values
    )
    assert answer.status_code == 303
    preview = bob.get(f"/editions/{PERIOD}/preview").text
    assert "Beacon is open to every shop." in preview
    assert "Original wording" in preview


def test_two_editors_see_both_versions(as_user: SignIn, room: Room) -> None:
    """The slower one loses nothing: both texts stand on the page, and one press saves."""
    ada, bob = as_user("ada"), as_user("bob")
    values = {"kind": "note", "story": "beacon", "seen": "0"}
    ada.post("/acts/write", "/stories/beacon", value="Ada says.", **values)
    answer = bob.post("/acts/write", "/stories/beacon", value="Bob says.", **values)
    assert answer.status_code == 409
    assert "Ada says." in answer.text
    assert "Bob says." in answer.text
    with room.store.read() as db:
        assert [each.value for each in decisions.standing(db, ["note"])] == ["Ada says."]
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    again.pop("token")
    saved = bob.post("/acts/write", "/stories/beacon", value="Both say.", **again)
    assert saved.status_code == 303
    with room.store.read() as db:
        assert decisions.standing(db, ["note"])[-1].value == "Both say."


def test_stories_are_merged_and_parted(as_user: SignIn) -> None:
    """At once, by the steps themselves, with the history that tells who did it."""
    bob = as_user("bob")
    bob.post("/acts/list", do="merge", story=["beacon", "agents"], period=PERIOD)
    assert len(headlines(bob.get("/inbox").text)) == 4
    page = bob.get("/stories/agents").text
    assert "Norvane opens its agents" in page
    assert "an editor" in page or "joined" in page
    merged = re.search(r'name="story" value="(\w+)"', page)
    assert merged is not None
    bob.post("/acts/part", "/stories/agents", story=merged[1], article=["agents"], do="split")
    assert len(headlines(bob.get("/inbox").text)) == 5


def test_an_edition_is_ordered_published_and_corrected(as_user: SignIn, room: Room) -> None:
    """Frozen, it changes no more; a correction stands on the page that was written."""
    bob = as_user("bob")
    last = order_in(room)[-1]
    page = f"/editions/{PERIOD}"
    stories = " ".join(order_in(room))
    bob.post(f"{page}/order", page, stories=stories, move=f"top:{last}", seen="0")
    assert order_in(room)[0] == last
    clash = bob.post(f"{page}/order", page, stories=stories, move=f"down:{last}", seen="0")
    assert clash.status_code == 409
    assert bob.post(f"{page}/publish", page).status_code == 400
    answer = bob.post(f"{page}/publish", page, sure="yes")
    assert answer.headers["location"] == f"{page}?done=published"
    assert bob.post(f"{page}/order", page, stories=stories).status_code == 409
    bob.post(f"{page}/correct", page, value="It was <b>Tuesday</b>.")
    file = room.settings.path(room.settings.editions.folder) / EDITION / "index.html"
    written = file.read_text("utf-8")
    assert "It was &lt;b&gt;Tuesday&lt;/b&gt;." in written
    assert "Correction" in written
    bob.post(f"{page}/withdraw", page, value="Wrong throughout.")
    assert "This edition has been withdrawn" in file.read_text("utf-8")
    assert "Wrong throughout." in bob.get(page).text


@pytest.mark.parametrize(
    "path",
    [
        "/inbox",
        "/stories/evil",
        f"/editions/{PERIOD}",
        f"/editions/{PERIOD}/preview",
        "/inbox?q=evil",
    ],
)
def test_what_publishers_write_is_shown_and_never_run(as_user: SignIn, path: str) -> None:
    """Scripts, handlers and addresses that are none stand as text."""
    page = as_user("bob").get(path).text
    assert "<script>document" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "path",
    [
        "/editions",
        "/sources",
        "/vendors",
        "/runs",
        "/add",
        "/account",
        "/editions/go?period=2026-w40",
    ],
)
def test_every_page_is_there_for_a_reader(as_user: SignIn, path: str) -> None:
    """A reader sees it all, and no button that would be refused."""
    answer = as_user("rea").get(path)
    assert answer.status_code == 200
    assert "/acts/write" not in answer.text


@pytest.mark.parametrize("path", ["/stories/nothing", "/editions/2026-W99", "/nowhere"])
def test_what_is_not_there_is_told(as_user: SignIn, path: str) -> None:
    """With a page that leads on, and no trace of the code."""
    answer = as_user("rea").get(path)
    assert answer.status_code in (404, 422)
    assert "This did not work" in answer.text
    assert "Traceback" not in answer.text


def test_a_source_is_added_and_paused(as_user: SignIn, room: Room) -> None:
    """In the file itself, where comments and order stay; by admins alone."""
    ada = as_user("ada")
    values = {"url": "https://new.example/feed", "kind": "feed", "voice": "vendor"}
    assert ada.post("/sources/add", "/sources", **values).status_code == 303
    ada.post("/sources/journal/pause", "/sources", paused="yes")
    text = room.settings.path(room.settings.sources).read_text("utf-8")
    assert "new.example" in text
    assert "paused: true" in text
    refused = ada.post("/sources/add", "/sources", **(values | {"url": "file:///etc/passwd"}))
    assert refused.status_code == 422
    assert as_user("bob").post("/sources/add", "/sources", **values).status_code == 403


def test_an_address_that_is_none_is_refused(as_user: SignIn) -> None:
    """With its reason beside the form; a file of the machine is no address."""
    for url in ("/etc/passwd", "file:///etc/passwd", "ftp://x.example/a", "http://"):
        answer = as_user("bob").post("/add", "/add", url=url)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text


def test_comments_are_for_all_and_labels_for_editors(as_user: SignIn, room: Room) -> None:
    """A reader may say something, and decide nothing."""
    rea, bob = as_user("rea"), as_user("bob")
    page = "/stories/fine"
    assert rea.post("/acts/comment", page, story="fine", value="Is it final?").status_code == 303
    assert "Is it final?" in bob.get(page).text
    refused = rea.post("/acts/write", page, kind="label", story="fine", label=["CRM"])
    assert refused.status_code == 403
    four = ["CRM", "SEO", "Email Marketing", "Print"]
    many = bob.post("/acts/write", page, kind="label", story="fine", label=four, seen="0")
    assert many.status_code == 422
    assert "3 labels at most; these would be 4: CRM, SEO, Email Marketing, Print" in many.text
    bob.post("/acts/write", page, kind="label", story="fine", label=["CRM"], seen="0")
    assert "CRM" in bob.get(f"/editions/{PERIOD}/preview").text


def test_every_act_keeps_its_reason(as_user: SignIn, room: Room) -> None:
    """With who and when, whatever was decided; the history of the story and of sources tells it."""
    ada, page, edition = as_user("ada"), "/stories/beacon", f"/editions/{PERIOD}"
    write = {"story": "beacon", "period": PERIOD}
    acts: list[tuple[str, dict[str, object]]] = [
        ("/acts/write", {"kind": "headline", "value": "x", **write}),
        ("/acts/write", {"kind": "note", "value": "x", **write}),
        ("/acts/write", {"kind": "label", "label": ["CRM"], **write}),
        ("/acts/write", {"kind": "lead", "lead": "beacon2", **write}),
        ("/acts/write", {"kind": "section", "value": "other", **write}),
        ("/acts/write", {"kind": "assigned", "value": "bob", **write}),
        ("/acts/write", {"kind": "summary", "do": "found", **write}),
        ("/acts/list", {"do": "include:beacon", "period": PERIOD}),
        ("/acts/list", {"do": "clear:beacon", "period": PERIOD}),
        ("/acts/undo", {}),
        ("/acts/merge", {"story": ["beacon", "agents"]}),
        ("/acts/part", {"story": "agents", "article": ["agents"], "do": "split"}),
        ("/sources/journal/pause", {"paused": "yes"}),
        (f"{edition}/order", {"stories": "fine beacon"}),
        (f"{edition}/publish", {"sure": "yes"}),
        (f"{edition}/correct", {"value": "It was Tuesday."}),
    ]
    for place, (path, values) in enumerate(acts):
        answer = ada.post(path, page, reason=f"because {place}", **values)
        assert answer.status_code == 303, (path, values)
    with room.store.read() as db:
        subjects = [*STORIES, "beacon2", EDITION, "source:journal"]
        made = [each.decision for each in decisions.about(db, subjects)]
    assert {each.reason for each in made} == {f"because {place}" for place in range(len(acts))}
    assert {each.actor for each in made} == {"ada"}
    assert all(each.at for each in made)
    assert "because 0" in ada.get(page).text
    assert "because 12" in ada.get("/sources").text
    assert "because 14" in ada.get(edition).text


def test_what_has_been_done_is_not_undone(as_user: SignIn, room: Room) -> None:
    """A source stays paused: it is read again by its own button."""
    ada = as_user("ada")
    ada.post("/sources/journal/pause", "/sources", paused="yes")
    with room.store.read() as db:
        (made,) = decisions.latest(db, "source")
    answer = ada.post("/acts/undo", act=made.act)
    assert answer.status_code == 422
    assert "read it again" in answer.text


def with_stack(folder: Path) -> Path:
    """Return a folder's room settings with a vendor that the team watches."""
    settings = folder / "digest.toml"
    settings.write_text('stack = "stack.yaml"\n' + settings.read_text("utf-8"), "utf-8")
    (folder / "stack.yaml").write_text("watched:\n- {vendor: Kestrivo, category: CRM}\n", "utf-8")
    return folder


@pytest.fixture
def watching(folder: Path) -> Path:
    """The folder of a team that watches a vendor."""
    return with_stack(folder)


def test_a_watched_vendor_is_named_where_its_row_begins(watching: Path, as_user: SignIn) -> None:
    """On a telephone the row's end is out of sight."""
    page = as_user("rea").get("/vendors").text
    row = next(each for each in re.findall(r"<tr>(.*?)</tr>", page) if "CRM" in each)
    head = re.sub(r"<[^>]+>", " ", row.split("</th>")[0])
    assert head.split() == ["Kestrivo", "We", "watch", "·", "CRM"]
