from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from digest.backends.feeds import FeedReader
from digest.errors import FetchError
from digest.ports import Response
from digest.records import Source, SourceState
from digest.stages.leading import where_it_leads
from digest.stages.poll import Polled, poll
from digest.testing import NOON, NoMail

SITE = "https://vendor.example"
PAGE = Source("vendor", "feed", f"{SITE}/blog", "Vendor", "vendor")
FEED = f"{SITE}/feed.xml"
HTML = f'<html><link rel="alternate" type="application/rss+xml" href="{FEED}"><p>News</p></html>'
ONE = b"<rss><channel><item><title>One</title><link>https://vendor.example/1</link></item>"
TWO = ONE + b"<item><title>Two</title><link>https://vendor.example/2</link></item>"


@dataclass(slots=True)
class Site:
    """Answers with bodies and their validators; what has moved leads on for good."""

    pages: Mapping[str, bytes | FetchError]
    moved: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Response:
        """Note what was asked, and answer."""
        self.asked.append((url.removeprefix(SITE), etag))
        place = self.moved.get(url, url)
        body = self.pages.get(place) or FetchError("gone", transient=False, status=410)
        if isinstance(body, FetchError):
            raise body
        tag = f"{len(body)}"
        same = etag == tag
        headers = {"etag": tag}
        status = 304 if same else 200
        return Response(place, status, b"" if same else body, "", None, headers, place != url)


class Counting(FeedReader):
    """A reader that counts what it reads."""

    def __init__(self) -> None:
        """Count from nought."""
        self.read_so_far = 0

    def read(self, body: bytes, *, url: str, media_type: str = ""):  # type: ignore[no-untyped-def]
        """Count, and read."""
        self.read_so_far += 1
        return super().read(body, url=url, media_type=media_type)


def ask(site: Site, state: SourceState | None = None, *, days: float = 0, **more: object) -> Polled:
    """Poll the page, so many days after noon."""
    readers = {"feed": more.get("reader") or FeedReader()}
    now = NOON + timedelta(days=days)
    return poll(PAGE, state, fetcher=site, readers=readers, mailbox=NoMail(), now=now)  # type: ignore[arg-type]


def test_a_feed_that_was_found_is_asked_with_its_validators_and_never_parsed_again() -> None:
    """The second poll is one request for the feed itself, answered with a 304."""
    site, reader = Site({PAGE.url: HTML.encode(), FEED: ONE}), Counting()
    first = ask(site, reader=reader)
    assert (first.state.leads_to, [item.title for item in first.items]) == (FEED, ["One"])
    read = reader.read_so_far
    again = ask(site, first.state, days=1, reader=reader)
    assert (again.unchanged, reader.read_so_far) == (True, read)
    assert site.asked == [("/blog", None), ("/feed.xml", None), ("/feed.xml", f"{len(ONE)}")]
    third = ask(replace(site, pages={FEED: TWO}), again.state, days=2)
    assert [item.title for item in third.items] == ["One", "Two"]


def test_a_found_feed_without_validators_is_told_by_its_body() -> None:
    """Its hash is remembered: the same bytes again never reach the parser."""
    site, reader = Site({PAGE.url: HTML.encode(), FEED: ONE}), Counting()
    first = ask(site, reader=reader)
    blank = replace(first.state, etag=None, last_modified=None)
    assert ask(site, blank, days=1, reader=reader).unchanged
    assert reader.read_so_far == 2  # the page, which is no feed, and the feed


def test_a_page_is_asked_again_which_feed_it_names_after_a_week() -> None:
    """Sites change their feeds: the old one may stay for years and say nothing."""
    first = ask(Site({PAGE.url: HTML.encode(), FEED: ONE}))
    new = f"{SITE}/new.xml"
    site = Site({PAGE.url: HTML.replace(FEED, new).encode(), FEED: ONE, new: TWO})
    assert ask(site, first.state, days=6).unchanged
    later = ask(site, first.state, days=8)
    assert (later.state.leads_to, len(later.items)) == (new, 2)
    assert site.asked[1:] == [("/blog", None), ("/new.xml", None)]
    kept = ask(Site({PAGE.url: HTML.encode(), FEED: ONE}), first.state, days=8)
    assert kept.unchanged
    assert kept.state.led_at == (NOON + timedelta(days=8)).isoformat()


def test_a_found_feed_that_is_gone_is_looked_for_anew_at_once() -> None:
    """The page knows better; a server that is down today changes nothing."""
    first = ask(Site({PAGE.url: HTML.encode(), FEED: ONE}))
    new = f"{SITE}/new.xml"
    site = Site({PAGE.url: HTML.replace(FEED, new).encode(), new: TWO})
    found = ask(site, first.state, days=1)
    assert (found.state.error, found.state.leads_to, len(found.items)) == (None, new, 2)
    down = Site({PAGE.url: HTML.encode(), FEED: FetchError("503", status=503)})
    failed = ask(down, first.state, days=1)
    assert (failed.state.failures, failed.state.leads_to) == (1, FEED)
    assert [place for place, _ in down.asked] == ["/feed.xml"]


def test_an_address_that_has_moved_for_good_is_asked_where_it_is() -> None:
    """The publisher has said so (301, 308); the user is told which address to write down."""
    new = "https://new.example/feed"
    site = Site({new: ONE}, moved={PAGE.url: new})
    first = ask(site)
    assert first.state.leads_to == new
    assert where_it_leads(PAGE, first.state) == (
        f"read at {new}, to which {PAGE.url} leads: put that into `url`"
    )
    assert ask(site, first.state, days=1).unchanged
    assert site.asked == [("/blog", None), (new, f"{len(ONE)}")]
    elsewhere = replace(PAGE, url=new)
    assert where_it_leads(elsewhere, first.state) == ""


def test_what_comes_back_to_its_own_address_is_asked_there_again() -> None:
    """A redirect that was called for good and was not: after a week it is forgotten."""
    new = "https://new.example/feed"
    first = ask(Site({new: ONE}, moved={PAGE.url: new}))
    back = ask(Site({PAGE.url: TWO, new: ONE}), first.state, days=8)
    assert (back.state.leads_to, back.state.led_at, len(back.items)) == ("", None, 2)
