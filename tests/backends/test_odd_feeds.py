"""What publishers do to feeds, one by one."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict

import pytest

from digest.backends.feeds import FeedReader
from digest.errors import ParseError
from digest.records import Entry

URL = "https://pub.example/blog/feed.xml"
LINK = "<link>https://pub.example/1</link>"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"'


def read(body: str | bytes, media_type: str = "") -> list[Entry]:
    """The entries of a feed."""
    raw = body.encode() if isinstance(body, str) else body
    return list(FeedReader().read(raw, url=URL, media_type=media_type))


def rss(items: str, head: str = "") -> str:
    """A feed of these items."""
    return f'{head}<rss version="2.0"><channel>{items}</channel></rss>'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            f'{ATOM} xml:base="https://other.example/x/"><entry xml:base="y/"><title>T</title>'
            '<link href="a.html"/><content type="html" xml:base="z/">&lt;a href="b"&gt;x&lt;/a&gt;'
            "</content></entry></feed>",
            {
                "url": "https://other.example/x/y/a.html",
                "html": '<a href="https://other.example/x/y/z/b">x</a>',
            },
        ),
        (
            rss("<item><title>T</title><link>../post/1</link></item>"),
            {"url": "https://pub.example/post/1"},
        ),
        (
            rss(f"<item><title><![CDATA[A &amp; B <b>bold</b>]]></title>{LINK}</item>"),
            {"title": "A & B bold"},
        ),
        (
            rss(
                f"<item><title>T</title>{LINK}<dc:date>2026-10-01T08:00:00Z</dc:date>"
                "<dc:creator>Ann</dc:creator><content:encoded><![CDATA[<p>Full</p>]]>"
                "</content:encoded></item>"
            ),
            {
                "published": "2026-10-01T08:00:00+00:00",
                "authors": ("Ann",),
                "html": "<p>Full</p>",
            },
        ),
        (rss(f"<item><title>A</title><guid></guid>{LINK}</item>"), {"guid": None, "title": "A"}),
        (
            f'{ATOM}><entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <em>B'
            '</em> &amp; C</div></title><link href="/1"/><content type="xhtml"><div '
            'xmlns="http://www.w3.org/1999/xhtml"><p>Hello</p><script>alert(1)</script></div>'
            "</content></entry></feed>",
            {"title": "A B & C", "html": "<p>Hello</p>"},
        ),
        (
            f'{ATOM}><entry><source><title>S</title><link href="https://s.example/"/></source>'
            '<title>T</title><link href="https://pub.example/1"/></entry></feed>',
            {"title": "T", "url": "https://pub.example/1"},
        ),
        (
            "Warning: PHP<br/>\n" + rss(f"<item><title>T</title>{LINK}", "<?xml version='1.0'?>"),
            {"title": "T", "url": "https://pub.example/1"},
        ),
        (rss(f"<item><title>T</title>{LINK}</item>") + "<script>x</script> junk", {"title": "T"}),
        (
            rss(f"<item><title>A &lt; 5%, says R&amp;D</title>{LINK}</item>"),
            {"title": "A < 5%, says R&D"},
        ),
    ],
)
def test_an_odd_feed_is_read_as_it_was_meant(body: str, told: dict[str, object]) -> None:
    """Bases within bases, markup in titles, prefixes that nobody declared, junk around it."""
    (entry,) = read(body)
    assert {name: asdict(entry)[name] for name in told} == told


@pytest.mark.parametrize(
    ("said", "encoded", "title"),
    [
        ("utf-8", "cp1252", "Café’s “Grün” € 5"),
        ("", "latin-1", "Grün für alle"),
        ("iso-8859-1", "utf-8", "Grün für alle"),
        ("us-ascii", "utf-8", "Grün 日本"),
        ("utf-16", "utf-8", "Grün 日本"),
        ("utf-16", "utf-16", "Grün 日本"),
        ("Shift_JIS", "shift_jis", "日本語"),
    ],
)
def test_an_encoding_is_read_whatever_the_feed_calls_it(
    said: str, encoded: str, title: str
) -> None:
    """Windows' letters called UTF-8 and the other way round; nothing said at all."""
    head = f'<?xml version="1.0" encoding="{said}"?>' if said else ""
    body = rss(f"<item><title>{title}</title>{LINK}</item>", head).encode(encoded)
    assert [entry.title for entry in read(body)] == [title]


def test_the_servers_word_on_the_encoding_is_believed_where_the_feed_has_none() -> None:
    """RFC 7303: the header's charset goes before a guess."""
    body = rss(f"<item><title>日本語のニュース</title>{LINK}</item>").encode("euc-jp")
    found = read(body, "application/rss+xml; charset=euc-jp")
    assert [entry.title for entry in found] == ["日本語のニュース"]


def test_a_feed_that_is_kept_packed_is_unpacked_and_one_that_is_cut_off_refused() -> None:
    """Some are called `.gz`; half a feed would look like one with half of its entries."""
    packed = gzip.compress(rss(f"<item><title>G</title>{LINK}</item>").encode())
    assert [entry.title for entry in read(packed)] == ["G"]
    with pytest.raises(ParseError, match="ends before its end"):
        read(packed[:-20])


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_json_feeds_of_both_versions_are_read(version: str) -> None:
    """`author` or `authors`, of the item or of the feed; ids that are numbers; null for nothing."""
    one = {"name": "Ann"}
    whose = {"authors": [one]} if version == "1.1" else {"author": one}
    items = [
        {"id": 1, "url": "/1", "title": None, "content_text": "a\nb"},
        {"id": "https://pub.example/2", "content_html": "<p>x<script>1</script>", "title": "T"},
        None,
    ]
    feed = {"version": f"https://jsonfeed.org/version/{version}", "items": items, **whose}
    found = read(json.dumps(feed))
    assert [(each.url, each.title, each.authors, each.html) for each in found] == [
        ("https://pub.example/1", "", ("Ann",), "<p>a</p>\n<p>b</p>"),
        ("https://pub.example/2", "T", ("Ann",), "<p>x</p>"),
    ]


@pytest.mark.parametrize(
    "body", [b"", b"Not found", b'{"error": "forbidden"}', b"[1, 2]", b"<opml/>"]
)
def test_what_is_no_feed_is_no_empty_feed(body: bytes) -> None:
    """A server that answers with something else has failed; it is not quiet."""
    with pytest.raises(ParseError):
        read(body)
