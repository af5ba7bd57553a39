"""What the fast reader of feeds takes, it reads as feedparser does."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.backends.feed_names import UnusualError
from digest.backends.feeds import FeedReader, read_any, read_plain
from digest.errors import ParseError
from digest.records import Entry

DATA = Path(__file__).parents[2] / "../shared/data"
URL = "https://site.example/blog/feed.xml"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:odd="urn:odd" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)


def both(body: bytes, url: str = URL) -> tuple[list[Entry] | None, list[Entry]]:
    """Return what the fast reader reads, None where it leaves it, and what feedparser reads."""
    try:
        fast = read_plain(body, url=url)
    except UnusualError:
        fast = None
    try:
        return fast, read_any(body, url=url)
    except ParseError:
        return fast, []


def files() -> Iterator[tuple[str, bytes]]:
    archive = DATA / "feeds.tar.xz"
    if not archive.exists():
        pytest.skip("the collection of feeds is not on this machine")
    with tarfile.open(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream and not member.name.endswith((".json", ".md")):
                yield member.name, stream.read()


def test_every_feed_of_the_collection_reads_the_same() -> None:
    """All that it takes is the same in every field, and it takes most feeds of some size."""
    differing: list[str] = []
    large = taken = 0
    for name, body in files():
        fast, slow = both(body)
        differing += [name] if fast is not None and fast != slow else []
        if len(body) > 5000 and slow:
            large += 1
            taken += fast is not None
    assert differing == []
    assert taken / large > 0.8


WORDS = st.sampled_from(
    [
        "Neu", "a &amp; b", "&lt;b&gt;fett&lt;/b&gt;", "&amp;#8217;s", "  ", "Ünï",
        "<![CDATA[<p>x</p>]]>", "<![CDATA[a & b &amp; c]]>", "https://x.example/a?b=1&amp;c=2",
        "/relativ", "é", "Ã©", "日本", "ann@x.example (Ann)", "Ann &lt;ann@x.example&gt;",
        "&#133;", "", "g1", "&lt;a href=&quot;/r&quot;&gt;r&lt;/a&gt;",
    ]
)  # fmt: skip
MOMENTS = st.sampled_from(
    [
        "Mon, 05 Oct 2026 09:30:00 GMT", "2026-10-05T09:30:00Z", "2026-10-06", "",
        "5 Oct 2026 9:30 CEST",
    ]
)  # fmt: skip
DATED = frozenset(
    {"pubDate", "updated", "dc:date", "dcterms:modified", "published", "atom:updated", "issued"}
)
NAMES = st.sampled_from(
    [
        "title", "link", "guid", "description", "pubDate", "author", "category", "comments",
        "updated", "dc:creator", "dc:date", "dc:title", "dc:description", "content:encoded",
        "media:title", "media:description", "media:thumbnail", "media:credit", "itunes:summary",
        "itunes:author", "itunes:subtitle", "itunes:duration", "atom:link", "atom:updated",
        "atom:summary", "odd:thing", "feedburner:origLink", "slash:comments", "source",
        "enclosure", "dcterms:modified", "id", "published", "summary", "content", "rights",
        "contributor", "language", "image", "issued", "url",
    ]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    [
        "", "", "", "", "", "", ' href="https://x.example/h"', ' href="/h"',
        ' rel="self" href="/s"', ' type="html"', ' type="text"', ' type="xhtml"',
        ' isPermaLink="false"', ' xml:lang="de_AT"', ' url="/u"', ' xml:base="/dir/"',
        ' rel="alternate" type="text/html" href="/p"', ' odd:rel="via"', ' term="x"',
        ' mode="escaped"',
    ]
)  # fmt: skip
MARKUP = st.sampled_from(
    [
        "<div>a <b>fett</b></div>",
        '<h:div xmlns:h="http://www.w3.org/1999/xhtml">x<h:br/></h:div>',
        '<div xmlns="http://www.w3.org/1999/xhtml" class="k">ä &lt; b <a href="/r">r</a></div>',
        "x", "<div>a</div><div>b</div>", " <div><p title='&quot;'>q</p></div> ",
    ]
)  # fmt: skip


@st.composite
def elements(draw: st.DrawFn) -> str:
    """An element of an entry, mostly with text, sometimes with markup or others in it."""
    name, given = draw(NAMES), draw(ATTRIBUTES)
    if name in ("author", "contributor", "source", "media:group", "image") and draw(st.booleans()):
        parts = st.sampled_from(["name", "email", "uri", "title", "odd:image", "id", "updated"])
        pairs = draw(st.lists(st.tuples(parts, WORDS), max_size=3))
        inner = "".join(f"<{part}>{word}</{part}>" for part, word in pairs)
    elif name in DATED:
        inner = draw(MOMENTS)
    elif given == ' type="xhtml"':
        inner, name = draw(MARKUP), draw(st.sampled_from(["title", "summary", "content", "rights"]))
    else:
        inner = draw(WORDS)
    return f"<{name}{given}>{inner}</{name}>"


@st.composite
def entries(draw: st.DrawFn) -> str:
    """What is in an entry that says something."""
    said = draw(st.sampled_from(["<title>Eins</title>", "<guid>g1</guid>", "<link>/eins</link>"]))
    return "".join(draw(st.permutations([said, *draw(st.lists(elements(), max_size=6))])))


@st.composite
def feeds(draw: st.DrawFn) -> bytes:
    """A well-formed feed of any kind."""
    head = "".join(draw(st.lists(elements(), max_size=3)))
    inner = draw(st.lists(entries(), min_size=1, max_size=3))
    kind = draw(st.sampled_from(["rss", "atom", "rdf"]))
    lang = draw(st.sampled_from(["", ' xml:lang="fr"']))
    if kind == "atom":
        items = "".join(f"<entry>{each}</entry>" for each in inner)
        text = f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES}{lang}>{head}{items}</feed>'
    elif kind == "rss":
        items = "".join(f"<item>{each}</item>" for each in inner)
        text = f'<rss version="2.0" {SPACES}{lang}><channel>{head}{items}</channel></rss>'
    else:
        items = "".join(f'<item rdf:about="/{n}">{each}</item>' for n, each in enumerate(inner))
        text = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            f'xmlns="http://purl.org/rss/1.0/" {SPACES}><channel>{head}</channel>{items}</rdf:RDF>'
        )
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "windows-1252", "iso-8859-1"]))
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    return (declared + text).encode(encoding, "xmlcharrefreplace")


@settings(deadline=None, max_examples=200)
@given(feeds(), st.sampled_from([URL, ""]))
def test_generated_feeds_read_the_same(body: bytes, url: str) -> None:
    """Elements of every kind in any order, some where they don't belong."""
    fast, slow = both(body, url)
    assert fast is None or fast == slow


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]))))
def test_any_text_reads_the_same(texts: list[str]) -> None:
    """Letters of every script, where titles, texts and names stand."""
    items = "".join(
        f"<item><title>{escape(text)}</title><description>{escape(escape(text))}</description>"
        f"<dc:creator>{escape(text)}</dc:creator><guid>{escape(text)}</guid></item>"
        for text in texts
        if text
    )
    fast, slow = both(f'<rss version="2.0" {SPACES}><channel>{items}</channel></rss>'.encode())
    assert fast is None or fast == slow


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item><title>cut",
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item><title>&a;</title></item></channel>"
        b"</rss>",
        b"<rss><channel><item><title>a &nbsp; b</title></item></channel></rss>",
        b"<rss><channel><item>" + b"<a>" * 200 + b"</a>" * 200 + b"</item></channel></rss>",
        b"<html><body>no feed</body></html>",
        b"<rss><channel><item><description>a <p>tag</p></description></item></channel></rss>",
        b'<rss xmlns:dc="http://search.yahoo.com/mrss/"><channel/></rss>',
        "<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"),
    ],
)
def test_what_is_not_plain_is_left(body: bytes) -> None:
    """Feedparser reads what is broken, has entities or is nested, and what has tags in a text."""
    with pytest.raises(UnusualError):
        read_plain(body, url=URL)


def test_a_plain_feed_is_taken() -> None:
    """Even with a blank line before it, a document type without entities, and unknown elements."""
    body = (
        '\n<?xml version="1.0"?><!DOCTYPE rss><rss version="2.0" xmlns:odd="urn:odd"><channel>'
        '<item><title>Über</title><odd:x y="z">no</odd:x><link>/a</link></item></channel></rss>'
    ).encode()
    (entry,) = read_plain(body, url=URL)
    assert (entry.title, entry.url) == ("Über", "https://site.example/a")
    assert list(FeedReader().read(body, url=URL)) == [entry]
