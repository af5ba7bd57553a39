from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.backends.feeds import FeedReader
from digest.backends.paging import pages_after
from digest.backends.sitemaps import SitemapReader
from digest.errors import FetchError, InputError
from digest.records import Source
from digest.stages.backfill import BARREN, backfill
from digest.testing import NOON, FakeFetcher

SITE = "https://vendor.example"
MAP = Source("vendor", "sitemap", f"{SITE}/sitemap.xml", "Vendor", "vendor")
FEED = Source("vendor", "feed", f"{SITE}/feed", "Vendor", "vendor")
READERS = {"sitemap": SitemapReader(), "feed": FeedReader()}
WORDPRESS = "<generator>https://wordpress.org/?v=6</generator>"


def feed(*days: int, onward: str = "", head: str = "") -> bytes:
    items = "".join(
        f"<item><title>Article {day}</title><link>{SITE}/a{day}</link>"
        f"<pubDate>{day:02} Sep 2026 06:00:00 GMT</pubDate></item>"
        for day in days
    )
    link = f'<atom:link rel="next" href="{onward}"/>' if onward else ""
    return (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>t</title>{head}{link}{items}</channel></rss>"
    ).encode()


def past(pages: dict[str, bytes | FetchError], since: int) -> tuple[list[str | None], str]:
    day = datetime(2026, 9, since, tzinfo=UTC)
    found = backfill(FEED, since=day, fetcher=FakeFetcher(pages), readers=READERS, now=NOON)
    return [item.url for item in found.items], found.stopped


def test_the_past_is_read_page_by_page_to_the_day_that_was_asked_for() -> None:
    """A page beyond it ends the reading; what is older is left out."""
    pages: dict[str, bytes | FetchError] = {
        FEED.url: feed(28, 27, onward="/feed?page=2"),
        f"{SITE}/feed?page=2": feed(20, 10, onward="/feed?page=3"),
        f"{SITE}/feed?page=3": feed(3, 2, onward="/feed?page=4"),
        f"{SITE}/feed?page=4": FetchError("never asked"),
    }
    assert past(pages, 15) == ([f"{SITE}/a28", f"{SITE}/a27", f"{SITE}/a20"], "")
    assert past(pages, 1)[1].startswith("never asked")
    del pages[f"{SITE}/feed?page=2"]
    assert past(pages, 15)[0] == [f"{SITE}/a28", f"{SITE}/a27"]


def test_pages_in_a_circle_end() -> None:
    """A feed that names itself, or two that name each other, are read once each."""
    pages: dict[str, bytes | FetchError] = {
        FEED.url: feed(28, onward="/feed?page=2"),
        f"{SITE}/feed?page=2": feed(27, onward="/feed"),
    }
    assert past(pages, 1) == ([f"{SITE}/a28", f"{SITE}/a27"], "the source's pages end here")


def test_the_end_of_a_blogs_pages_is_no_failure() -> None:
    """WordPress tells nothing of its pages: after the last one it answers 404."""
    pages: dict[str, bytes | FetchError] = {
        FEED.url: feed(28, head=WORDPRESS),
        f"{FEED.url}?paged=2": feed(20, head=WORDPRESS),
    }
    assert past(pages, 1) == ([f"{SITE}/a28", f"{SITE}/a20"], "the source's pages end here")
    pages[f"{FEED.url}?paged=2"] = FetchError("HTTP 503", status=503)
    assert past(pages, 1) == ([f"{SITE}/a28"], "HTTP 503")


def test_a_page_that_a_feed_names_and_has_not_is_told() -> None:
    """An archive that is gone is a gap; the other parts of a sitemap are read all the same."""
    pages: dict[str, bytes | FetchError] = {FEED.url: feed(28, onward="/archive/8")}
    assert past(pages, 1) == ([f"{SITE}/a28"], f"{SITE}/archive/8: 404")
    parts = "".join(f"<sitemap><loc>{SITE}/{part}.xml</loc></sitemap>" for part in "ab")
    maps: dict[str, bytes | FetchError] = {
        MAP.url: f"<sitemapindex>{parts}</sitemapindex>".encode(),
        f"{SITE}/b.xml": f"<urlset><url><loc>{SITE}/first</loc></url></urlset>".encode(),
    }
    since = datetime(2026, 7, 1, tzinfo=UTC)
    found = backfill(MAP, since=since, fetcher=FakeFetcher(maps), readers=READERS, now=NOON)
    assert ([item.url for item in found.items], found.stopped) == (
        [f"{SITE}/first"],
        f"{SITE}/a.xml: 404",
    )


def test_pages_that_say_the_same_without_end_end_soon() -> None:
    """Some servers answer every number with their first page."""

    class Endless(dict[str, bytes | FetchError]):
        def get(self, url: str, default: object = None) -> bytes:  # type: ignore[override]
            return feed(28, head=WORDPRESS)

    fetcher = FakeFetcher(Endless())
    since = datetime(2026, 9, 1, tzinfo=UTC)
    found = backfill(FEED, since=since, fetcher=fetcher, readers=READERS, now=NOON)
    assert (len(found.items), len(fetcher.asked)) == (1, 1 + BARREN)


def test_an_archive_that_repeats_the_newest_entries_is_read_beyond_them() -> None:
    """The month's archive holds what the feed shows, too; the month before comes after it."""
    pages: dict[str, bytes | FetchError] = {
        FEED.url: feed(28, 27, onward="/9"),
        f"{SITE}/9": feed(28, 27, onward="/8"),
        f"{SITE}/8": feed(3),
    }
    assert past(pages, 2)[0] == [f"{SITE}/a28", f"{SITE}/a27", f"{SITE}/a3"]


def test_the_past_of_a_plain_address_is_that_of_the_feed_that_it_names() -> None:
    """The site's address is enough here, too: its feed and its archives are read."""
    page = b"<html><head><link rel=alternate type='application/rss+xml' href='/f.xml'></head>"
    pages: dict[str, bytes | FetchError] = {
        FEED.url: page,
        f"{SITE}/f.xml": feed(28, onward="/f.xml?page=2"),
        f"{SITE}/f.xml?page=2": feed(20),
    }
    assert past(pages, 1)[0] == [f"{SITE}/a28", f"{SITE}/a20"]


def test_a_kind_without_a_past_says_so() -> None:
    """Mails are all read in any case."""
    mails = Source("letters", "newsletter", "mails", "Letters", "independent")
    with pytest.raises(InputError, match="no past"):
        backfill(
            mails, since=NOON, fetcher=FakeFetcher({}), readers={"newsletter": object()}, now=NOON
        )  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("body", "onward"),
    [
        (b'<feed><link rel="prev-archive" href="/2026/08"/><entry/></feed>', f"{SITE}/2026/08"),
        (b'<feed><entry><link rel="next" href="/x"/></entry></feed>', None),
        (b'{"items": [], "next_url": "https://vendor.example/2.json"}', f"{SITE}/2.json"),
        (b"<rss><generator>https://wordpress.org/?v=6</generator></rss>", f"{SITE}/feed?paged=2"),
        (b'<feed><link rel="next" href="/feed"/></feed>', None),
        (b"", None),
    ],
)
def test_where_a_feed_goes_on(body: bytes, onward: str | None) -> None:
    """RFC 5005's pages and archives, JSON Feed's `next_url`, WordPress's numbers."""
    assert list(pages_after(body, url=FEED.url)) == ([onward] if onward else [])
