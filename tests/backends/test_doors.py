"""Whatever comes in by the doors of feeds, mails and addresses, ours are the only errors."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.backends.addresses import why_refused
from digest.backends.feeds import FeedReader
from digest.backends.links import unwrap
from digest.backends.newsletters import MailReader
from digest.backends.paging import pages_after
from digest.backends.sitemaps import SitemapReader
from digest.errors import ParseError
from digest.stages.wishes import wishes_of
from digest.text import canonical_url

PIECES = st.sampled_from(
    [
        *(b"<rss>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<![CDATA["),
        *(b"]]>", b"<entry>", b"<link href='", b"'/>", b"&amp;", b"&x;", b"<!DOCTYPE x ["),
        *(b"<!ENTITY a 'b'>", b"\xff\xfe", b"\0", b"<ttl>9", b"<skipHours><hour>99", b"]}"),
        *(b'{"items":[', b'{"url":1}', b"<urlset>", b"<loc>", b"\x1f\x8b", b"\x80\x81", b"<item"),
        b"<?xml version='1.0' encoding='x'?>",
    ]
)
MAIL = st.sampled_from(
    [
        *(b"From: a@b\n", b"Subject: =?utf-8?b?", b"?=\n", b"--b\n", b"--b--\n", b"\n", b"\xff"),
        *(b"Content-Type: multipart/mixed; boundary=b\n", b"<p>text", b"=3D", b"Date: x\n", b"\0"),
        *(b"Content-Type: text/html; charset=x\n", b"https://a.example/1\n"),
        b"Content-Transfer-Encoding: base64\n",
    ]
)
HOSTS = ["a.example", "[::1", "[::1]", "1.2.3.4", "ü.example", "a:99999", "@b", "%41"]
URLS = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}://{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp", "", "javascript"]),
        st.sampled_from(
            ["a.example", "[::1", "[::1]", "1.2.3.4", "ü.example", "a:99999", "@b", "%41"]
        ),
        st.text(max_size=20),
        st.sampled_from(["", "?url=https%3A%2F%2Fb.example", "#x", "?u=", "/amp/s/b.example/x"]),
    ),
)


@settings(max_examples=150, deadline=5000)
@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=25).map(b"".join)))
def test_the_feeds_door(body: bytes) -> None:
    """Feeds, sitemaps, what they wish and where they go on."""
    for reader in (FeedReader(), SitemapReader()):
        with suppress(ParseError):
            list(reader.read(body, url="https://a.example/f"))  # type: ignore[attr-defined]
    wishes_of({"cache-control": body.decode("latin-1")}, body)
    pages_after(body, url="https://a.example/f")


@settings(max_examples=150, deadline=5000)
@given(st.one_of(st.binary(max_size=400), st.lists(MAIL, max_size=25).map(b"".join)))
def test_the_mails_door(raw: bytes) -> None:
    """Headers, parts and encodings in any disorder."""
    with suppress(ParseError):
        list(MailReader().read(raw))


@settings(max_examples=400, deadline=5000)
@given(URLS)
def test_the_addresses_door(url: str) -> None:
    """An address is made canonical, unwrapped and judged, or is none; canonical is for ever."""
    unwrap(url)
    with suppress(ValueError):
        why_refused(url)
    with suppress(ValueError):
        once = canonical_url(url)
        assert canonical_url(once) == once
        assert urlsplit(once).scheme in ("http", "https")
