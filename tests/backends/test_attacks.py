"""What an attacker may send or point to, one test a line of the promise, on real sockets."""

from __future__ import annotations

import gzip
import io
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
import httpcore
import pytest

from digest.backends.addresses import is_public, why_refused
from digest.backends.extractors import ArticleExtractor
from digest.backends.feeds import FeedReader
from digest.backends.guard import GuardedBackend
from digest.backends.http import HttpFetcher
from digest.backends.newsletters import MailReader
from digest.backends.pages import PageReader
from digest.backends.sandbox import Sandbox, SandboxedExtractor, SandboxedFeeds, SandboxedReader
from digest.backends.sitemaps import SitemapReader
from digest.backends.transports import GuardedTransport
from digest.config_sections import Fetch
from digest.errors import DigestError, FetchError, ParseError
from digest.opml import read_opml
from digest.ports import PagedReader
from digest.store.pages import PageFolder
from digest.wiring import make_readers

PUBLIC = "93.184.216.34"
INSIDE = [
    *("127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::"),
    *("fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1", "no address"),
    *("192.0.0.192", "168.63.129.16", "::ffff:168.63.129.16", "fec0::1"),
]


class Lair(BaseHTTPRequestHandler):
    """A server on this machine that must never be asked, and one that lies."""

    def do_GET(self) -> None:
        """Note the request, and answer by its path."""
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        where = self.server.answers.get(self.path)  # type: ignore[attr-defined]
        headers, body = where if where else ({}, b"secret")
        self.send_response(302 if "Location" in headers else 200)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def lair() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Lair)
    server.asked, server.answers, server.daemon_threads = [], {}, True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class Wire(httpcore.NetworkBackend):
    """Connects to a server of the test whatever public address is asked for, and notes which."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []

    def connect_tcp(self, host: str, port: int, *more: Any, **named: Any) -> Any:
        """Connect."""
        self.asked.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, *more, **named)


def fetcher(port: int, **settings: Any) -> tuple[HttpFetcher, Wire]:
    wire = Wire(port)
    transport = GuardedTransport(GuardedBackend(inner=wire))
    limits = Fetch(**{"timeout": 5.0, "retries": 0, **settings})
    return HttpFetcher(limits, transport=transport, polite=False), wire


def stand_for(monkeypatch: pytest.MonkeyPatch, **names: list[str]) -> list[str]:
    """Let names of hosts stand for one address after the other; returns what was looked up."""
    looked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        key = str(host).replace(".example", "")
        if key not in names:
            return real(host, port, *more, **named)
        looked.append(key)
        found = names[key].pop(0) if len(names[key]) > 1 else names[key][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return looked


@pytest.mark.parametrize("address", INSIDE)
def test_no_inner_address_is_public(address: str) -> None:
    """Loopback, private, link-local, shared, multicast, and each of them inside an IPv6 one."""
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111"])
def test_the_internet_is_public(address: str) -> None:
    """The guard lets through what it is not there for."""
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_is_not_asked_whatever_it_is_called(lair: Any, host: str) -> None:
    """Every way to write the loopback address is refused before a byte is sent."""
    with pytest.raises(FetchError, match=r"no public address|address of this machine") as caught:
        HttpFetcher(Fetch(retries=0), polite=False).fetch(f"http://{host}:{lair.server_port}/")
    assert (caught.value.transient, lair.asked) == (False, [])
    assert caught.value.reason == "address not allowed"


def test_the_settings_may_allow_private_addresses(lair: Any) -> None:
    """A publisher inside the company's own network is read where the settings say so."""
    fetched = HttpFetcher(Fetch(allow_private=True), polite=False).fetch(
        f"http://127.0.0.1:{lair.server_port}/"
    )
    assert fetched.body == b"secret"


@pytest.mark.parametrize(
    "target", ["http://inside.example:{port}/", "http://127.0.0.1:{port}/", "http://[::1]:{port}/"]
)
def test_a_redirect_to_the_inside_is_refused(
    lair: Any, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """The check is made anew after every redirect."""
    stand_for(monkeypatch, public=[PUBLIC], inside=["10.1.2.3"])
    lair.answers["/"] = ({"Location": target.format(port=lair.server_port)}, b"")
    asking, wire = fetcher(lair.server_port)
    with pytest.raises(FetchError, match="no public address"):
        asking.fetch("http://public.example/")
    assert (lair.asked, wire.asked) == (["/"], [PUBLIC])


def test_a_name_that_changes_its_mind_is_connected_to_as_it_was_judged(
    lair: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public when judged, loopback when asked again. It is looked up once."""
    looked = stand_for(monkeypatch, rebinding=[PUBLIC, "127.0.0.1"])
    asking, wire = fetcher(lair.server_port)
    asking.fetch("http://rebinding.example/")
    assert (wire.asked, looked) == ([PUBLIC], ["rebinding"])
    fresh, wire = fetcher(lair.server_port)
    with pytest.raises(FetchError, match="no public address"):
        fresh.fetch("http://rebinding.example/")
    assert wire.asked == []


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://a.example/x", "gopher://a.example/", "http://a.example:22/"),
        *("http://a.example:25/", "data:text/html,x", "javascript:alert(1)", "unix:///run/x.sock"),
    ],
)
def test_only_the_webs_schemes_and_ports_are_asked(url: str) -> None:
    """No file, no mail server and no shell is spoken to in HTTP."""
    assert why_refused(url)
    with pytest.raises(FetchError) as caught:
        HttpFetcher(Fetch(retries=0), polite=False).fetch(url)
    assert not caught.value.transient


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "tight"])
def test_a_packed_bomb_is_refused_in_little_memory(lair: Any, name: str) -> None:
    """Twenty megabytes in a few kilobytes; `tight` stays under the limit and swells too much."""
    zeros = b"\0" * 20_000_000
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}
    body = packed.get(name, gzip.compress)(zeros)
    encoding = name if name in packed else "gzip"
    lair.answers["/"] = ({"Content-Encoding": encoding}, body)
    limits = Fetch(
        allow_private=True, retries=0, max_bytes=50_000_000 if name == "tight" else 2_000_000
    )
    with pytest.raises(FetchError, match=r"larger than|times its size"):
        HttpFetcher(limits, polite=False).fetch(f"http://127.0.0.1:{lair.server_port}/")


@pytest.mark.parametrize("encoding", ["gzip, br", "gzip,gzip", "zstd", "x-bzip2"])
def test_an_encoding_that_was_not_asked_for_is_refused(lair: Any, encoding: str) -> None:
    """Layers multiply, and what cannot be told to stop is not unpacked."""
    lair.answers["/"] = ({"Content-Encoding": encoding}, b"x")
    with pytest.raises(FetchError, match=r"more than once|not asked for"):
        HttpFetcher(Fetch(allow_private=True), polite=False).fetch(
            f"http://127.0.0.1:{lair.server_port}/"
        )


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "raw"])
def test_an_honest_packed_body_is_read_whole(lair: Any, encoding: str) -> None:
    """Gzip of two members, zlib, bare deflate and brotli give back what went in."""
    text = b"".join(b"%d words that do not repeat\n" % number for number in range(50_000))
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(text[:1000]) + gzip.compress(text[1000:]),
        "deflate": zlib.compress(text),
        "br": brotli.compress(text, quality=3),
        "raw": bare.compress(text) + bare.flush(),
    }[encoding]
    named = {"raw": "deflate"}.get(encoding, encoding)
    lair.answers["/"] = ({"Content-Encoding": named}, packed)
    asking = HttpFetcher(Fetch(allow_private=True), polite=False)
    assert asking.fetch(f"http://127.0.0.1:{lair.server_port}/").body == text


def test_headers_that_trickle_end_at_the_time_limit() -> None:
    """A byte now and then keeps a connection alive for ever; the whole answer has one limit."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def trickle() -> None:
            connection, _ = listening.accept()
            try:
                connection.recv(10_000)
                connection.send(b"HTTP/1.1 200 OK\r\nX: ")
                while True:
                    connection.send(b"a")
                    time.sleep(0.05)
            except OSError:
                connection.close()

        threading.Thread(target=trickle, daemon=True).start()
        start = time.monotonic()
        asking = HttpFetcher(Fetch(allow_private=True, timeout=0.5, retries=0), polite=False)
        with pytest.raises(FetchError):
            asking.fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        assert time.monotonic() - start < 3


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE rss [<!ENTITY l9 "{"a" * 100_000}">]>',
    "file": '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
}


@pytest.mark.parametrize("name", ENTITIES)
def test_entities_of_xml_do_not_grow_and_reach_nothing(name: str, tmp_path: Path) -> None:
    """Billion laughs, quadratic blow-up and external entities, in a feed and in an OPML file."""
    start = time.monotonic()
    said = "&l9;" * (200 if name == "quadratic" else 1)
    feed = (
        f"<?xml version='1.0'?>{ENTITIES[name]}<rss version='2.0'><channel><item>"
        f"<title>A {said}</title><link>https://a.example/1</link></item></channel></rss>"
    )
    entries = list(FeedReader().read(feed.encode(), url="https://a.example/"))
    assert all(len(entry.title) < 10_000 and "root:" not in entry.title for entry in entries)
    file = tmp_path / "a.opml"
    file.write_text(
        f"<?xml version='1.0'?>{ENTITIES[name]}<opml><body>"
        f"<outline text='A {said}' xmlUrl='https://a.example/f'/></body></opml>"
    )
    try:
        sources = read_opml(file)
    except DigestError:
        sources = []
    assert all("root:" not in source.publisher for source in sources)
    assert time.monotonic() - start < 5


WRONG_DAYS = [f"{n} Foober 2026 at {n % 9}:00 in the morning" for n in range(400)]


@pytest.mark.parametrize("kind", ["feed", "json", "sitemap", "page"])
def test_a_thousand_dates_that_are_none_are_not_all_puzzled_over(kind: str) -> None:
    """Each would take a tenth of a second, with the libraries of dates; what follows is read."""
    item = (
        "<item><title>A {0}</title><link>https://a.example/{0}</link><pubDate>{1}</pubDate></item>"
    )
    entry = '{{"id":"{0}","url":"https://a.example/{0}","date_published":"{1}"}}'
    place = "<url><loc>https://a.example/{0}</loc><lastmod>{1}</lastmod></url>"
    news = (
        "<article><time datetime='{1}'>x</time><a href='/{0}'>A headline of {0} words</a></article>"
    )
    whole, piece, joint = {
        "feed": ("<rss version='2.0'><channel>{}</channel></rss>", item, ""),
        "json": ('{{"version":"https://jsonfeed.org/version/1","items":[{}]}}', entry, ","),
        "sitemap": ("<urlset>{}</urlset>", place, ""),
        "page": ("<html><body><main>{}</main></body></html>", news, ""),
    }[kind]
    body = whole.format(joint.join(piece.format(n, day) for n, day in enumerate(WRONG_DAYS)))
    sandbox = Sandbox(seconds=300)
    reader = {"sitemap": SitemapReader(), "page": PageReader()}.get(kind, SandboxedFeeds(sandbox))
    start = time.process_time()
    entries = list(reader.read(body.encode(), url="https://a.example/x"))  # type: ignore[attr-defined]
    sandbox.close()
    assert len(entries) == 400
    assert {entry.published for entry in entries} == {None}
    assert time.process_time() - start < 30


def test_a_page_of_ten_thousand_links_is_read_in_seconds() -> None:
    """Beside each other in one element: none is compared with all the others."""
    links = "".join(f"<a href='/{n}'>A headline of number {n}</a>" for n in range(10_000))
    page = f"<html><body><main><div>{links}</div></main></body></html>".encode()
    start = time.process_time()
    assert len(list(PageReader().read(page, url="https://a.example/x"))) == 10_000
    assert time.process_time() - start < 30  # with all against all it would be half an hour


DEEP = 1_000_000


@pytest.mark.parametrize("tag", ["div", "b", "a", "table", "p"])
def test_markup_a_million_deep_is_read_in_seconds(tag: str) -> None:
    """As a page, as a list, in a feed's entry and in a mail."""
    html = f"<html><body><h1>Title</h1>{f'<{tag}>' * DEEP}text{f'</{tag}>' * DEEP}".encode()
    mail = b"From: a@b.example\nSubject: s\nContent-Type: text/html\n\n" + html
    start = time.monotonic()
    for read in (
        lambda: ArticleExtractor().extract(html, url="https://a.example/x"),
        lambda: list(PageReader().read(html, url="https://a.example/x")),
        lambda: list(SandboxedReader("newsletter", Sandbox(seconds=20)).read(mail, url="")),
    ):
        with suppress(ParseError):
            read()
    assert time.monotonic() - start < 60  # it takes seconds; the machine may be busy


@pytest.mark.parametrize("wrapped", ["<{0}>", "<description>{1}</description>", "{{"])
def test_feeds_a_million_deep_are_read_in_seconds(wrapped: str) -> None:
    """XML, HTML within an entry, and JSON."""
    many = 200_000
    deep = "<b>" * many if "0" in wrapped else "&lt;div&gt;" * many
    inner = deep if "0" in wrapped else f"<description>{deep}</description>"
    feed = (
        f"<rss version='2.0'><channel><item><title>t</title><link>https://a.example/1</link>{inner}"
        "</item></channel></rss>"
    )
    body = b'{"items":' + b"[" * many if wrapped == "{{" else feed.encode()
    start = time.monotonic()
    with suppress(ParseError):
        list(FeedReader().read(body, url="https://a.example/"))
    assert time.monotonic() - start < 10


def flat_mail(parts: int) -> bytes:
    piece = "--b\nContent-Type: text/html\n\n<p>word</p>\n"
    return (
        "From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
        + piece * parts
    ).encode()


def nested_mail(depth: int) -> bytes:
    lines = ["From: a@b.example\nSubject: s"]
    lines += [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}" for n in range(depth)]
    return "\n".join([*lines, "Content-Type: text/plain\n\nword"]).encode()


@pytest.mark.parametrize("raw", [flat_mail(10_000), nested_mail(10_000)], ids=["flat", "nested"])
def test_a_mail_of_ten_thousand_parts_is_read_or_refused(raw: bytes) -> None:
    """Beside each other and inside each other, in the child process; the next mail is read."""
    sandbox = Sandbox(seconds=20)
    reader = SandboxedReader("newsletter", sandbox)
    start = time.monotonic()
    with suppress(ParseError):
        list(reader.read(raw, url=""))
    assert time.monotonic() - start < 20
    assert len(list(reader.read(flat_mail(1), url=""))) == 1
    sandbox.close()


def pdf(objects: list[bytes]) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    for number, content in enumerate(objects, start=1):
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    out.write(b"trailer\n<</Root 1 0 R>>\n%%EOF")
    return out.getvalue()


def endless_pages() -> bytes:
    """A tree of pages of which each node has ten times the same: 10^9 pages."""
    tree = [
        b"<</Type/Pages/Count 1000000000/Kids[%s]>>" % (b"%d 0 R " % (number + 3) * 10)
        for number in range(9)
    ]
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", *tree, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def circular_pages() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]>>"])


def swelling_stream() -> bytes:
    data = zlib.compress(b"(word) Tj " * 30_000_000, 1)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>"
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(data), data)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream])


@pytest.mark.parametrize("make", [endless_pages, circular_pages, swelling_stream])
@pytest.mark.parametrize("task", ["report", "pdf"])
def test_a_hostile_pdf_costs_its_child_and_nobody_else(make: Any, task: str) -> None:
    """Pages without end, in a circle, and 300 MB in one stream: refused, in time and memory."""
    sandbox, body = Sandbox(seconds=4, memory=300_000_000), make()
    start = time.monotonic()
    with suppress(ParseError):  # a circle of pages is a report with nothing in it
        assert not sandbox.call(task, body, url="", media_type="")["text"]
    assert time.monotonic() - start < 20
    assert list(SandboxedReader("newsletter", Sandbox()).read(flat_mail(1), url=""))
    sandbox.close()


REPORT = b"<html><body><h1>Report</h1><h2>Tool A</h2><p>It does this and that for teams.</p>"
FEED = b"<rss><channel><item><title>News</title><link>https://a.example/1</link></item>"


@pytest.mark.parametrize(
    ("kind", "body"), [("feed", FEED), ("newsletter", flat_mail(1)), ("report", REPORT)]
)
def test_what_takes_too_long_costs_its_child_and_nobody_else(kind: str, body: bytes) -> None:
    """Feeds, mails and reports are read where a parser can be ended; the next one is read."""
    sandbox = Sandbox(seconds=0.01)
    with pytest.raises(ParseError, match="not read within"):
        list(SandboxedReader(kind, sandbox).read(body, url="https://a.example/"))
    sandbox.close()
    patient = Sandbox()
    assert list(SandboxedReader(kind, patient).read(body, url="https://a.example/"))
    patient.close()


def test_a_page_that_takes_too_long_is_given_up() -> None:
    """Pages are extracted where a parser can be ended; the next page is read by another child."""
    sandbox = Sandbox(seconds=0.01)
    page = b"<html><body><article><h1>News</h1><p>Something is new.</p></article></body></html>"
    with pytest.raises(ParseError, match="not read within"):
        SandboxedExtractor("page", sandbox).extract(page, url="https://a.example/1")
    sandbox.close()
    patient = Sandbox()
    found = SandboxedExtractor("page", patient).extract(page, url="https://a.example/1")
    assert found.title == "News"
    patient.close()


def test_whatever_is_read_is_read_in_a_child() -> None:
    """What the pipeline is given to read with has no parser in this process."""
    sandbox = Sandbox()
    readers = make_readers(sandbox)
    assert all(isinstance(reader, SandboxedReader) for reader in readers.values())
    maps = readers["sitemap"]
    assert isinstance(maps, PagedReader)
    index = b"<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>"
    assert list(maps.more(index, url="https://a.example/")) == ["https://a.example/1.xml"]
    page = b"<html><main><a href='/1'>A headline of five words</a></main></html>"
    entries = list(readers["page"].read(page, url="https://a.example/"))
    assert [entry.url for entry in entries] == ["https://a.example/1"]
    sandbox.close()


def test_the_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords stand in our environment, never in that of a parser."""
    monkeypatch.setenv("DIGEST_DELIVERY__SMTP__PASSWORD", "hunter2")
    sandbox = Sandbox()
    list(SandboxedReader("newsletter", sandbox).read(flat_mail(1), url=""))
    (child,) = sandbox._idle
    environment = Path(f"/proc/{child.process.pid}/environ")
    if not environment.exists():
        pytest.skip("no /proc here")
    assert b"hunter2" not in environment.read_bytes()
    sandbox.close()
    assert child.process.poll() is not None


EVIL = '<p onclick="x()">text<script>alert(1)</script><a href="javascript:x()">a</a>\
<img src=x onerror=y()><iframe src="//z.example"></iframe><svg onload=z()></p>'


@pytest.mark.parametrize("kind", ["rss", "json", "mail"])
def test_nothing_that_runs_is_kept_of_an_entry(kind: str) -> None:
    """Feeds, JSON feeds and mails give HTML without scripts, handlers and frames."""
    import json
    from html import escape

    words = "A text of its own with a good many words that go on and on. " * 8
    bodies = {
        "rss": f"<rss version='2.0'><channel><item><title>t</title><link>https://a.example/1</link>"
        f"<description>{escape(EVIL)}</description></item></channel></rss>".encode(),
        "json": json.dumps({"items": [{"id": "1", "content_html": EVIL}]}).encode(),
        "mail": f"From: a@b.example\nSubject: s\nContent-Type: text/html\n\n{EVIL}{words}".encode(),
    }
    reader = MailReader() if kind == "mail" else FeedReader()
    (entry,) = reader.read(bodies[kind], url="https://a.example/")  # type: ignore[attr-defined]
    html = entry.html.lower()
    assert "text" in html
    for word in ("<script", "onclick", "onerror", "onload", "javascript:", "<iframe", "<svg"):
        assert word not in html


@pytest.mark.parametrize("tag", ["<img src=x onerror=y() ", "<p onclick='x()'", "</p onclick=x()"])
def test_a_tag_that_never_closes_is_none_of_an_entrys(tag: str) -> None:
    """What follows on the page would close it, with its handlers; fuzzing has found it."""
    from html import escape

    feed = f"<rss><channel><item><title>t</title><description>text {escape(tag)}</description>"
    (entry,) = FeedReader().read(feed.encode(), url="https://a.example/")
    assert entry.html in ("text", '<div>text <img src="https://a.example/x"></div>')


@pytest.mark.parametrize("name", ["../../../tmp/evil", "/tmp/evil", "..\\..\\evil", "a\0b"])
def test_no_name_from_outside_becomes_a_path(name: str, tmp_path: Path) -> None:
    """Pages are kept by the hash of their bytes; Message-IDs, guids and file names are words."""
    before = sorted(tmp_path.rglob("*"))
    raw = (
        f"From: a@b.example\nSubject: {name}\nMessage-ID: <{name}>\n"
        f"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain;"
        f' name="{name}"'
        f'\nContent-Disposition: attachment; filename="{name}"\n\ndata\n--b'
        "\nContent-Type: text/plain"
        "\n\nA text of some words.\n--b--\n"
    ).encode()
    entries = list(MailReader().read(raw))
    assert all("data" not in entry.html for entry in entries)
    assert sorted(tmp_path.rglob("*")) == before
    kept = PageFolder(tmp_path / "pages").keep(name.encode("utf-8", "replace"))
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [kept[:8] in str(file) for file in files] == [True]


def test_a_pdf_is_opened_where_the_source_is_declared_a_report() -> None:
    """Told by its bytes, read by the child, and never as part of a newsletter."""
    from base64 import encodebytes

    from tests.backends.test_reports import make_pdf

    def hung(data: bytes, kind: str) -> bytes:
        head = f"--b\nContent-Type: {kind}; name=../evil.exe\nContent-Disposition: attachment\n"
        return head.encode() + b"Content-Transfer-Encoding: base64\n\n" + encodebytes(data)

    raw = (
        b"From: a@b.example\nSubject: The review\nDate: Mon, 5 Oct 2026 06:00:00 +0000\n"
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHere.\n"
        + hung(b"MZ evil", "application/pdf")
        + hung(make_pdf(1, 2), "application/octet-stream")
        + b"--b--\n"
    )
    sandbox = Sandbox(seconds=60)
    entries = list(SandboxedReader("mailed report", sandbox).read(raw, url=""))
    (letter,) = SandboxedReader("newsletter", sandbox).read(raw, url="")
    assert [entry.title for entry in entries] == [
        *("Email Product 0", "Email Product 1", "Customer Product 0", "Customer Product 1")
    ]
    assert "Product" not in letter.html
    with pytest.raises(ParseError, match="no PDF hangs at it"):
        SandboxedReader("mailed report", sandbox).read(flat_mail(2), url="")
    sandbox.close()


def test_attachments_are_never_opened() -> None:
    """A page and a PDF that hang at a mail are none of its text, whatever they call themselves."""
    raw = (
        b"From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/html\n\n<p>A letter of some words that is short.</p>\n"
        b"--b\nContent-Type: text/html\nContent-Disposition: ATTACHMENT; filename=x.html\n\n"
        b"<h2><a href='https://evil.example/1'>An attached headline of words</a></h2>\n"
        b"--b\nContent-Type: application/pdf; name=x.pdf\n\n%PDF-1.4 evil\n--b--\n"
    )
    (entry,) = MailReader().read(raw)
    assert "evil" not in f"{entry.url} {entry.html}"
