from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.backends.newsletters import MailReader
from digest.errors import FetchError, ParseError
from digest.ports import Mailed, Response
from digest.records import Entry, Item, Source, SourceState, Via
from digest.stages.poll import Polled, poll
from digest.testing import FakeFetcher

NOW = datetime(2026, 10, 5, 6, tzinfo=UTC)
FEED = Source("vendor", "feed", "https://vendor.example/feed", "Vendor", "vendor", language="de")


class Server:
    """Answers every request with one body, or with an error."""

    def __init__(self, body: bytes = b"body", error: Exception | None = None) -> None:
        self.body = body
        self.error = error
        self.asked: list[tuple[str, str | None, str | None]] = []

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Response:
        """Note what was asked, and answer."""
        self.asked.append((url, etag, last_modified))
        if self.error:
            raise self.error
        same = etag == '"1"'
        return Response(url, 304 if same else 200, b"" if same else self.body, "text/xml",
                        headers={"etag": '"1"', "last-modified": "Mon"})  # fmt: skip


class Reader:
    """Gives the same entries for whatever it reads."""

    def __init__(self, *entries: Entry, error: Exception | None = None) -> None:
        self.entries = entries
        self.error = error
        self.reads = 0

    def read(self, body: bytes, *, url: str, media_type: str = "") -> Iterable[Entry]:
        """Return the entries."""
        self.reads += 1
        if self.error or body == b"bad":
            raise self.error or ParseError("a bad mail")
        return self.entries


class Mails:
    """A mailbox of given mails."""

    def __init__(self, *raws: bytes) -> None:
        self.raws = raws

    def settle(self, source: Source, cursor: str) -> None:
        """Do nothing."""

    def mails(self, source: Source, *, cursor: str | None = None) -> Mailed:
        """Return the mails."""
        return Mailed(self.raws)


def entry(
    url: str | None = None, title: str = "A title", html: str = "<p>x</p>", **more: object
) -> Entry:
    return Entry(url, title, None, html, **more)  # type: ignore[arg-type]


def ask(
    *entries: Entry,
    source: Source = FEED,
    state: SourceState | None = None,
    server: Server | None = None,
    reader: Reader | None = None,
    mails: Mails | None = None,
) -> Polled:
    return poll(
        source,
        state,
        fetcher=server or Server(),
        readers={source.kind: reader or Reader(*entries)},
        mailbox=mails or Mails(b"one"),
        now=NOW,
    )


def ids(*entries: Entry, source: Source = FEED) -> list[str]:
    return [item.id for item in ask(*entries, source=source).items]


def test_an_entry_becomes_an_item_of_its_source() -> None:
    """Publisher, voice and language are the source's; the address is canonical."""
    url = "http://WWW.vendor.example/a?utm_source=x&p=1#comments"
    found = entry(url, "Neu", language="en")
    item = ask(found).items[0]
    assert item == Item(
        id=item.id,
        source="vendor",
        url="http://www.vendor.example/a?p=1",
        title="Neu",
        published=None,
        html="<p>x</p>",
        first_seen="2026-10-05T06:00:00+00:00",
        publisher="Vendor",
        voice="vendor",
        language_hint="de",
    )


def test_one_page_has_one_id_wherever_it_is_linked() -> None:
    """Tracking, scheme, `www.` and guid make no other article; nor does another source."""
    other = replace(FEED, name="other")
    same = {
        *ids(entry("https://vendor.example/a?utm_medium=rss", guid="1")),
        *ids(entry("http://www.vendor.example/a/", "Other title", guid="2"), source=other),
    }
    assert len(same) == 1


def test_an_entry_without_a_link_lives_by_its_guid() -> None:
    """Its title may be edited; another source's same guid is another entry."""
    first = ids(entry(None, "Old", guid="7"))
    assert first == ids(entry(None, "New", guid="7"))
    assert first != ids(entry(None, "Old", guid="7"), source=replace(FEED, name="other"))
    assert ask(entry(None, guid="7")).items[0].follow is False


def test_a_link_that_entries_share_identifies_none_of_them() -> None:
    """A feed that links every entry to the home page still has as many entries."""
    items = ask(
        entry("https://vendor.example/", "One", guid="1"),
        entry("https://vendor.example/", "Two", guid="2"),
    ).items
    assert [(item.title, item.url, item.follow) for item in items] == [
        ("One", None, False),
        ("Two", None, False),
    ]


def test_an_entry_listed_twice_is_one() -> None:
    """The same link with the same title is the same entry, whatever its guids."""
    items = ask(
        entry("https://vendor.example/a", "One", guid="1"),
        entry("https://vendor.example/a", "One", guid="2"),
    ).items
    assert [item.title for item in items] == ["One"]


def test_release_notes_on_one_page_stay_apart() -> None:
    """A fragment names one entry of the page; its own text is what is read."""
    items = ask(
        entry("https://vendor.example/notes#v2", "2", guid="2"),
        entry("https://vendor.example/notes#v1", "1", guid="1"),
    ).items
    assert [(item.title, item.follow) for item in items] == [("2", False), ("1", False)]
    assert len({item.id for item in items}) == 2


def test_entries_with_nothing_at_all_are_told_apart_by_title() -> None:
    """Neither link nor guid: the title and its turn make the id, the same on the next day."""
    entries = (entry(None, "A"), entry(None, "B"), entry(None, "A"))
    assert len(set(ids(*entries))) == 3
    assert ids(*entries) == ids(*entries)


def test_an_entry_that_says_nothing_is_dropped_with_its_reason() -> None:
    """Nothing disappears: it is counted and can be looked at."""
    polled = ask(entry(None, "Only a title", html=" "), entry("javascript:void(0)", html=""))
    assert (polled.items, polled.found) == ((), 2)
    assert {drop.reason for drop in polled.drops} == {"entry without link or text"}


def test_validators_spare_the_second_body() -> None:
    """A 304 is unchanged: nothing is read, and the poll counts as a success."""
    first = ask(entry("https://vendor.example/a"))
    server, reader = Server(), Reader()
    second = ask(state=first.state, server=server, reader=reader)
    assert server.asked == [("https://vendor.example/feed", '"1"', "Mon")]
    assert (second.unchanged, second.items, reader.reads) == (True, (), 0)
    assert second.state.last_success == NOW.isoformat()


def test_the_same_body_is_unchanged_though_the_server_says_200() -> None:
    """Validators lie; the body's hash does not."""
    first = ask(entry("https://vendor.example/a"))
    reader = Reader()
    second = ask(state=replace(first.state, etag=None), reader=reader)
    assert (second.unchanged, reader.reads) == (True, 0)


@pytest.mark.parametrize(
    "error", [FetchError("HTTP 500"), OSError("disk"), ValueError("odd"), RecursionError("deep")]
)
def test_a_failing_source_is_reported_not_raised(error: Exception) -> None:
    """Its state says what happened and how often; what was known before stays."""
    before = SourceState("vendor", etag='"1"', body_hash="h", last_success="2026", failures=1)
    polled = ask(state=before, server=Server(error=error))
    assert (polled.items, polled.unchanged, polled.state.failures) == ((), False, 2)
    assert str(error) in (polled.state.error or "")
    assert (polled.state.etag, polled.state.last_success) == ('"1"', "2026")


def test_a_body_that_cannot_be_read_is_asked_for_again() -> None:
    """After a failure no validators are sent: a 304 would hide that nothing was ever read."""
    polled = ask(reader=Reader(error=ParseError("no feed in it")))
    assert (polled.state.failures, polled.state.error, polled.state.etag) == (
        1,
        "no feed in it",
        None,
    )
    server = Server()
    again = ask(
        entry("https://vendor.example/a"), state=replace(polled.state, etag='"1"'), server=server
    )
    assert server.asked[0][1:] == (None, None)
    assert (len(again.items), again.state.failures, again.state.error) == (1, 0, None)


def test_a_mail_s_stories_have_ids_that_last() -> None:
    """A story with a link is its page; one without is its mail and place in it."""
    source = replace(FEED, kind="newsletter")
    via = Via("m@x", "Letter")
    entries = (
        entry("https://vendor.example/a", via=via, guid="m@x#1"),
        entry(None, "Editorial", via=via, guid="m@x#2"),
    )
    items = ask(*entries, source=source).items
    assert [item.follow for item in items] == [True, False]
    assert items[0].id == ids(entry("https://vendor.example/a"))[0]
    assert all(item.via == via for item in items)


def test_a_bad_mail_does_not_stop_the_others() -> None:
    """It is dropped with its reason; unchanged mails are not read again."""
    source = replace(FEED, kind="newsletter")
    polled = ask(entry(None, guid="1"), source=source, mails=Mails(b"bad", b"good"))
    assert (len(polled.items), [drop.reason for drop in polled.drops]) == (
        1,
        ["mail could not be read"],
    )
    again = ask(source=source, mails=Mails(b"bad", b"good"), state=polled.state)
    assert again.unchanged


def test_a_mail_that_comes_twice_is_read_as_one() -> None:
    """Delivered twice, or read again from a folder made anew: its stories keep their ids."""
    source = Source("letters", "newsletter", "mails", "Letters", "independent")
    raw = (
        b"From: l@letter.example\nSubject: s\nMessage-ID: <m1>\nContent-Type: text/html\n\n"
        b"<h2><a href='https://a.example/1'>A first story about a tool</a></h2><p>What it does.</p>"
        b"<h2><a href='https://b.example/2'>A second story about data</a></h2><p>What it says.</p>"
        b"<h2>A note of our own</h2><p>" + b"We have moved into a larger office this week. " * 9
    )
    readers = {"newsletter": MailReader()}
    words = {"fetcher": FakeFetcher({}), "readers": readers, "now": NOW}
    once = poll(source, None, mailbox=Mails(raw), **words)
    twice = poll(source, None, mailbox=Mails(raw, raw), **words)
    assert len(once.items) == 3
    assert {item.id for item in twice.items} == {item.id for item in once.items}


def test_a_report_s_entry_is_the_report_s_word() -> None:
    """Its link is a reference: it is not followed, and the page it leads to keeps its own id."""
    source = replace(FEED, kind="report")
    via = Via("https://vendor.example/q3.pdf", "Q3", "https://vendor.example/q3.pdf", page=4)
    linked = entry("https://product.example/", "Product", via=via)
    item = ask(linked, source=source).items[0]
    assert (item.url, item.follow, item.via) == (None, False, via)
    assert item.id != ids(entry("https://product.example/"))[0]


def test_a_kind_that_nobody_reads_is_an_error_in_words() -> None:
    """The state says it; nothing is raised."""
    polled = poll(FEED, None, fetcher=Server(), readers={}, mailbox=Mails(), now=NOW)
    assert "nothing here reads" in (polled.state.error or "")
