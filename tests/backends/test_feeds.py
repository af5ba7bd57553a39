from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.backends.feeds import FeedReader
from digest.errors import ParseError
from digest.records import Entry

DATA = Path(__file__).parents[1] / "data" / "feeds"


def read(body: bytes, url: str = "https://site.example/feed.xml") -> list[Entry]:
    return list(FeedReader().read(body, url=url))


def rss(*items: str, head: str = "") -> bytes:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel>{head}{inner}</channel></rss>'.encode()


def test_a_broken_feed_loses_no_entry() -> None:
    """Lone ampersands, an unclosed item and a cut end leave every entry that was begun."""
    entries = read((DATA / "broken.xml").read_bytes())
    assert [entry.title for entry in entries[:2]] == ["Erster & bester Beitrag", "Zweiter Beitrag"]
    assert entries[2].title.startswith("Dritter, mitten im Wort")
    first = entries[0]
    assert first.url == "https://site.example/blog/eins?utm_source=rss"
    assert (first.guid, first.published, first.language) == (
        "eins",
        "2026-10-05T09:30:00+02:00",
        "de",
    )
    assert entries[1].published is None
    assert 'href="https://site.example/mehr"' in entries[1].html


def test_atom_gives_content_alternate_dates_and_authors() -> None:
    """Content goes before summary, the first alternate before `self`, a bare date stays bare."""
    entry = read((DATA / "atom.xml").read_bytes())[0]
    assert entry.url == "https://notes.example/versions/2"
    assert entry.title == "Une nouvelle version"
    assert "https://notes.example/a" in entry.html
    assert "Court." not in entry.html
    assert (entry.published, entry.updated) == ("2026-10-05", "2026-10-06T08:00:00+02:00")
    assert (entry.authors, entry.language) == (("Claire Aubry", "Jean Roux"), "fr")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_any_encoding_reads_the_same(encoding: str) -> None:
    """The declared encoding counts, and the wide ones are known without a mark."""
    declared = "utf-16" if encoding.startswith("utf-16") else encoding
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>' + rss("<title>Über Käufer</title>").decode()
    )
    assert [entry.title for entry in read(text.encode(encoding))] == ["Über Käufer"]


@pytest.mark.parametrize(
    ("encoding", "title"),
    [("windows-1251", "Новости рынка"), ("gb18030", "营销技术新闻"), ("shift_jis", "広告の新製品")],
)
def test_encodings_of_other_scripts_read(encoding: str, title: str) -> None:
    """Russian, Chinese and Japanese feeds come in the encodings of their countries."""
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + rss(f"<title>{title}</title>").decode()
    assert [entry.title for entry in read(text.encode(encoding))] == [title]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 05 Oct 2026 09:30:00 GMT", "2026-10-05T09:30:00+00:00"),
        ("Mon, 05 Oct 2026 09:30:00 -0500", "2026-10-05T09:30:00-05:00"),
        ("05 Oct 2026 09:30 CEST", "2026-10-05T09:30:00+02:00"),
        ("2026-10-05T09:30:00Z", "2026-10-05T09:30:00+00:00"),
        ("2026-10-05", "2026-10-05"),
        ("5 de octubre de 2026", "2026-10-05"),
        ("2026年10月5日", "2026-10-05"),
        ("soon", None),
        ("", None),
        ("99 Foo 2026 99:99:99 +0000", None),
    ],
)
def test_dates_keep_their_offset_or_are_none(date: str, expected: str | None) -> None:
    """A day stays a day, a time keeps its zone, and nothing is invented."""
    entry = read(rss(f"<title>a</title><pubDate>{date}</pubDate>"))[0]
    assert entry.published == expected


def test_a_guid_that_is_a_permalink_is_the_link() -> None:
    """Where there is no link, the guid is one, unless it says that it is not."""
    entries = read(
        rss(
            "<guid>https://site.example/1</guid>",
            '<guid isPermaLink="false">https://site.example/2</guid>',
            "<title>neither</title>",
        )
    )
    assert [entry.url for entry in entries] == ["https://site.example/1", None, None]


def test_tracking_links_are_unwrapped_without_being_called() -> None:
    """Google's alert feeds wrap every link."""
    link = "https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://news.example/a&amp;ct=ga"
    assert read(rss(f"<link>{link}</link>"))[0].url == "https://news.example/a"


def test_rss_1_and_0_9_are_read() -> None:
    """RDF feeds have their items beside the channel."""
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="x"/><item rdf:about="https://site.example/1"><title>Eins</title>'
        "<link>https://site.example/1</link><dc:date>2026-10-05T08:00:00+09:00</dc:date></item>"
        "</rdf:RDF>"
    )
    entry = read(body.encode())[0]
    assert (entry.title, entry.published) == ("Eins", "2026-10-05T08:00:00+09:00")


def test_a_json_feed_is_read_by_its_body() -> None:
    """The media type may lie; a field of the wrong type counts as missing."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "it",
        "authors": [{"name": "Ada"}],
        "items": [
            {"id": 7, "url": "/a", "title": "Uno", "content_text": "a < b\nfine"},
            {"id": "https://site.example/b", "title": ["no"], "date_published": "2026-10-05"},
            "no item",
        ],
    }
    first, second = read(json.dumps(feed).encode())
    assert (first.url, first.guid, first.title) == ("https://site.example/a", "7", "Uno")
    assert first.html == "<p>a &lt; b</p>\n<p>fine</p>"
    assert (first.authors, first.language) == (("Ada",), "it")
    assert (second.url, second.title, second.published) == (
        "https://site.example/b",
        "",
        "2026-10-05",
    )


def test_scripts_do_not_come_through() -> None:
    """What a feed says is shown later: its scripts are taken out here already."""
    html = "<![CDATA[<p onclick='x()'>fine</p><script>alert(1)</script>]]>"
    found = read(rss(f"<description>{html}</description>"))[0].html
    assert "script" not in found
    assert "onclick" not in found


@pytest.mark.parametrize("body", [b"", b"   ", b"hello", b"{", b"[]", b'{"a": 1}', b"\x00\xff"])
def test_what_is_no_feed_says_so(body: bytes) -> None:
    """An error names the address."""
    with pytest.raises(ParseError, match=r"site\.example"):
        read(body)


def test_a_page_instead_of_a_feed_names_its_feed() -> None:
    """The cure is in the page."""
    page = b'<html><link rel=alternate type="application/rss+xml" href="/f.xml"><p>hello'
    with pytest.raises(ParseError, match=r"https://site\.example/f\.xml"):
        read(page)


def test_an_empty_feed_is_a_feed() -> None:
    """Nothing new is no error."""
    assert read(rss(head="<title>Quiet</title>")) == []


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(body: bytes) -> None:
    """Whatever a server sends is entries or a ParseError."""
    for start in (b"", b"<rss version='2.0'><channel><item>", b'{"items": [', b"<feed><entry>"):
        try:
            entries = read(start + body)
        except ParseError:
            continue
        assert all(isinstance(entry, Entry) for entry in entries)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=6), st.data())
def test_a_cut_feed_keeps_what_was_whole(titles: list[str], data: st.DataObject) -> None:
    """Wherever the connection broke, each item that was complete is still there."""
    from html import escape

    items = [f"<title>{escape(title)}</title><guid>g{n}</guid>" for n, title in enumerate(titles)]
    body = rss(*items)
    cut = body[: data.draw(st.integers(0, len(body)))]
    whole = cut.count(b"</item>")
    try:
        found = read(cut)
    except ParseError:
        found = []
    assert len(found) >= whole


def test_halves_of_characters_in_a_json_feed_are_no_text() -> None:
    """A lone surrogate in any field would end the work on every other feed of the batch."""
    half = "\\ud800"
    body = (
        '{"version": "https://jsonfeed.org/version/1.1", "language": "%s", "items": [{"id": "1",'
        ' "url": "https://a.example/1", "title": "A%s", "content_text": "b%s",'
        ' "authors": [{"name": "C%s"}], "language": "e%s"}]}' % ((half,) * 5)
    )
    (entry,) = FeedReader().read(body.encode(), url="https://a.example/feed.json")
    json.dumps(asdict(entry), ensure_ascii=False).encode("utf-8")
    assert entry.title == "A?"
