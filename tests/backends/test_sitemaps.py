from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from digest.backends.feeds import FeedReader
from digest.backends.sitemaps import SitemapReader
from digest.errors import ParseError
from digest.records import Source
from digest.stages.backfill import backfill
from digest.stages.poll import poll
from digest.testing import NOON, FakeFetcher, NoMail

SITE = "https://vendor.example"
MAP = Source("vendor", "sitemap", f"{SITE}/sitemap.xml", "Vendor", "vendor")
FEED = Source("vendor", "feed", f"{SITE}/feed", "Vendor", "vendor")
URLS = f"""<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{SITE}/old</loc><lastmod>2026-01-02</lastmod></url>
<url><loc> /news?a=1&amp;b=2 </loc><news:news><news:publication><news:name>V</news:name>
<news:language>de</news:language></news:publication>
<news:publication_date>2026-10-01T08:00:00+02:00</news:publication_date>
<news:title>Beacon startet</news:title></news:news></url>
<url><loc>{SITE}/new</loc><lastmod>2026-09-30</lastmod></url>
<url><loc>javascript:alert(1)</loc></url>
</urlset>""".encode()
INDEX = f"""<sitemapindex><sitemap><loc>{SITE}/a.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
<sitemap><loc>{SITE}/b.xml.gz</loc><lastmod>2026-10-01</lastmod></sitemap></sitemapindex>""".encode()
READERS = {"sitemap": SitemapReader(), "feed": FeedReader()}


@pytest.mark.parametrize("body", [URLS, gzip.compress(URLS)])
def test_a_sitemaps_pages_are_entries_the_latest_first(body: bytes) -> None:
    """A news page has title, language and date; of another one only the last change is known."""
    found = list(SitemapReader().read(body, url=f"{SITE}/sitemap.xml"))
    assert [(entry.url, entry.title) for entry in found] == [
        (f"{SITE}/news?a=1&b=2", "Beacon startet"),
        (f"{SITE}/new", ""),
        (f"{SITE}/old", ""),
    ]
    assert (found[0].published, found[0].language) == ("2026-10-01T08:00:00+02:00", "de")
    assert (found[1].published, found[1].updated) == (None, "2026-09-30")


@pytest.mark.parametrize("body", [b"", b"<html><p>x", b"no xml", gzip.compress(b"\0" * 60_000_000)])
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    """An error page, nothing, and a bomb."""
    with pytest.raises(ParseError):
        list(SitemapReader().read(body, url=f"{SITE}/sitemap.xml"))


def test_a_packed_sitemap_that_is_cut_off_is_refused() -> None:
    """Half of a map would look like a site with half of its pages."""
    packed = gzip.compress(URLS)
    with pytest.raises(ParseError, match="ends before its end"):
        list(SitemapReader().read(packed[: len(packed) // 2], url=f"{SITE}/sitemap.xml.gz"))


def test_an_index_is_read_through_its_parts() -> None:
    """The latest part first; the parts are asked for although the index has not changed."""
    pages = {f"{SITE}/sitemap.xml": INDEX, f"{SITE}/b.xml.gz": gzip.compress(URLS)}
    pages[f"{SITE}/a.xml"] = f"<urlset><url><loc>{SITE}/first</loc></url></urlset>".encode()
    fetcher = FakeFetcher(pages)
    first = poll(MAP, None, fetcher=fetcher, readers=READERS, mailbox=NoMail(), now=NOON)
    again = poll(MAP, first.state, fetcher=fetcher, readers=READERS, mailbox=NoMail(), now=NOON)
    assert fetcher.asked[:3] == [MAP.url, f"{SITE}/b.xml.gz", f"{SITE}/a.xml"]
    assert [len(each.items) for each in (first, again)] == [4, 4]
    assert (first.state.error, first.state.thin) == (None, 0.0)


def map_of(first: int, many: int) -> bytes:
    rows = (
        f"<url><loc>{SITE}/{number}</loc><lastmod>2026-09-0{1 + number % 9}</lastmod></url>"
        for number in range(first, first + many)
    )
    return f"<urlset>{''.join(rows)}</urlset>".encode()


def test_what_a_poll_does_not_take_of_a_whole_site_is_counted() -> None:
    """The latest thousand of each map, the latest five maps; the rest is in the state."""
    parts = [f"{SITE}/{number}.xml" for number in range(7)]
    index = "".join(f"<sitemap><loc>{part}</loc></sitemap>" for part in parts)
    pages = {MAP.url: f"<sitemapindex>{index}</sitemapindex>".encode()}
    pages |= {part: map_of(10_000 * number, 1002) for number, part in enumerate(parts)}
    fetcher = FakeFetcher(pages)
    found = poll(MAP, None, fetcher=fetcher, readers=READERS, mailbox=NoMail(), now=NOON)
    assert (len(found.items), found.found, len(fetcher.asked)) == (5000, 5010, 6)
    assert dict(found.state.left_out) == {
        "beyond the latest 1,000 of a sitemap": 10,
        "sitemaps of an index, beyond the latest 5": 2,
    }


def test_the_past_of_a_whole_site_is_read_through_all_its_maps() -> None:
    """A quarter that is filled in has no limit of a thousand pages or five maps."""
    parts = [f"{SITE}/{number}.xml" for number in range(7)]
    index = "".join(f"<sitemap><loc>{part}</loc></sitemap>" for part in parts)
    pages = {MAP.url: f"<sitemapindex>{index}</sitemapindex>".encode()}
    pages |= {part: map_of(10_000 * number, 1002) for number, part in enumerate(parts)}
    since = datetime(2026, 7, 1, tzinfo=UTC)
    found = backfill(MAP, since=since, fetcher=FakeFetcher(pages), readers=READERS, now=NOON)
    assert (len(found.items), found.pages) == (7 * 1002, 8)
