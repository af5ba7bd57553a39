"""What a fuzzer hands to the doors of feeds, mails and addresses, and what must hold of the answer.

An error of ours is an answer; every other one, and whatever is not so, is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

import nh3

from digest.backends.addresses import why_refused
from digest.backends.dates import few_guesses
from digest.backends.feeds import FeedReader
from digest.backends.links import unwrap
from digest.backends.newsletters import MailReader
from digest.backends.paging import pages_after
from digest.backends.sitemaps import SitemapReader
from digest.errors import ParseError
from digest.records import Entry
from digest.stages.wishes import wishes_of
from digest.text import canonical_url, dump_line, parse_time

TAG = re.compile(r"<[a-zA-Z/!][^>]*>?")
HREF = re.compile(r' href="([^"]*)"')
PLACE = "https://a.example/f"
LONGEST = 20_000  #: bytes of an input: what is large has its limits tested elsewhere


@few_guesses()
def feed(body: bytes) -> None:
    """Read a body as a feed and as a sitemap, with what it wishes and where it goes on."""
    body = body[:LONGEST]
    for reader in (FeedReader(), SitemapReader()):
        with suppress(ParseError):
            check(reader.read(body, url=PLACE))  # type: ignore[attr-defined]
    wishes = wishes_of({"cache-control": body[:200].decode("latin-1")}, body)
    assert 0 <= wishes.seconds <= 86_400
    assert all(0 <= hour < 24 for hour in wishes.skip_hours)
    for page in pages_after(body, url=PLACE):
        assert urlsplit(page).scheme in ("http", "https")


def mail(raw: bytes) -> None:
    """Take a mail apart into its stories."""
    with suppress(ParseError):
        check(MailReader().read(raw[:LONGEST]))


def address(text: bytes) -> None:
    """Unwrap, judge and write canonically an address."""
    url = text[:2000].decode("utf-8", "replace")
    bare = unwrap(url)
    assert unwrap(bare) == bare or len(bare) < len(url)
    with suppress(ValueError):
        why_refused(url)
    with suppress(ValueError):
        once = canonical_url(url)
        assert canonical_url(once) == once
        assert urlsplit(once).scheme in ("http", "https")


def check(entries: Iterable[Entry]) -> None:
    """Refuse an entry that a later step or a reader's browser could be harmed by."""
    for entry in entries:
        if entry.url is not None:
            assert urlsplit(entry.url).scheme.lower() in ("http", "https")
        assert "\n" not in entry.title
        clean = nh3.clean(entry.html, link_rel=None)
        assert shape(entry.html) == shape(clean), (entry.html, clean)
        schemes = {each.partition(":")[0].lower() for each in HREF.findall(entry.html)}
        assert not schemes & {"javascript", "data", "vbscript", "file"}
        assert entry.published is None or parse_time(entry.published) is not None
        dump_line({"url": entry.url, "title": entry.title, "html": entry.html}).encode("utf-8")


def shape(html: str) -> list[str]:
    """Return the tags of some HTML, whatever they link to."""
    return [HREF.sub("", tag) for tag in TAG.findall(html)]


TARGETS: dict[str, Callable[[bytes], None]] = {"feed": feed, "mail": mail, "address": address}
SEEDS: dict[str, list[bytes]] = {
    "feed": [
        b"<?xml version='1.0'?><rss version='2.0'><channel><ttl>60</ttl><skipHours><hour>3</hour>"
        b"</skipHours><item><title>A</title><link>https://a.example/1</link><pubDate>Mon, 5 Oct "
        b"2026 06:00:00 GMT</pubDate><description>&lt;p onclick='x()'&gt;b</description></item>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='/2'/><entry><title "
        b"type='html'>A</title><id>tag:1</id><link href='/1'/><updated>2026-10-05T06:00:00Z"
        b"</updated><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>b</div>",
        b'{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","url":"/1","content_html"'
        b':"<p>b","date_published":"2026-10-05T06:00:00Z","authors":[{"name":"A"}]}],"next_url":"/2"}',
        b"<urlset><url><loc>https://a.example/1</loc><lastmod>2026-10-05</lastmod></url></urlset>",
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><item><title>A</title>",
    ],
    "mail": [
        b"From: =?utf-8?q?A=C3=B6?= <a@b.example>\nSubject: S\nMessage-ID: <1@b>\nDate: Mon, 5 Oct "
        b"2026 06:00:00 +0200\nContent-Type: multipart/alternative; boundary=b\n\n--b\n"
        b"Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable"
        b"\n\n<h2><a href=3D'https://a.example/1'>A headline of words</a></h2><p>t=E4xt\n--b--\n",
        b"From: a@b.example\nSubject: Please confirm your subscription\nContent-Type: text/plain\n"
        b"\nhttps://a.example/confirm\n",
        b"From: a@b.example\nSubject: L\nContent-Transfer-Encoding: base64\nContent-Type: text/html"
        b"\n\nPHA+dGV4dDwvcD4=\n",
    ],
    "address": [
        b"https://click.letter.example/?url=https%3A%2F%2Fnews.example%2Fa&utm_source=x#top",
        b"https://news.google.com/rss/articles/CBMiGmh0dHBzOi8vcGFwZXIuZXhhbXBsZS9i0gEA?oc=5",
        b"https://urldefense.proofpoint.com/v2/url?u=https-3A__news.example_a_b-3Fx-3D1&d=x",
        b"http://\xc3\xbc.example:8080/%7Ea/../b;c?d=e&f=&d=g",
        b"https://www.google.com/amp/s/news.example/a/b",
        b"https://[::ffff:7f00:1]/",
    ],
}
