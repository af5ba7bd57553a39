from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import httpx
import pytest

from digest.backends.http import HttpFetcher
from digest.backends.unpacking import Unpacking
from digest.config_sections import Fetch
from digest.errors import FetchError

TEXT = b"".join(b"<p>Line %d of a page." % number for number in range(300))


class _Handler(BaseHTTPRequestHandler):
    """A publisher's server with every habit that we have to live with."""

    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        """Answer by the first part of the path."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.path, headers))  # type: ignore[attr-defined]
        getattr(self, "_at_" + self.path.strip("/").split("/")[0].replace("-", "_"))()

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _at_page(self) -> None:
        self._answer(200, b"<p>hello", Content_Type="Text/HTML; charset=ISO-8859-1")

    def _at_tagged(self) -> None:
        same = self.headers.get("If-None-Match") == '"v1"'
        self._answer(304 if same else 200, b"" if same else b"body", ETag='"v1"')

    def _at_unasked(self) -> None:
        self._answer(304)

    def _at_packed(self) -> None:
        self._answer(200, gzip.compress(b"<p>packed"), Content_Encoding="gzip")

    def _at_pressed(self) -> None:
        _, encoding, cut = self.path.strip("/").split("/")
        bare = zlib.compressobj(wbits=-15)
        packed = {
            "gzip": gzip.compress(TEXT),
            "deflate": zlib.compress(TEXT),
            "bare": bare.compress(TEXT) + bare.flush(),
            "br": brotli.compress(TEXT),
        }[encoding]
        said = encoding.replace("bare", "deflate")
        self._answer(200, packed[: len(packed) - int(cut)], Content_Encoding=said)

    def _at_bomb(self) -> None:
        self._answer(200, gzip.compress(b"0" * 5_000_000), Content_Encoding="gzip")

    def _at_twice(self) -> None:
        body = gzip.compress(gzip.compress(b"0" * 5_000_000))
        self._answer(200, body, Content_Encoding="gzip, gzip")

    def _at_garbled(self) -> None:
        self._answer(200, b"no gzip at all", Content_Encoding="gzip")

    def _at_long(self) -> None:
        self._answer(200, b"0" * 200_000)

    def _at_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"0" * 10_000)
        except OSError:
            return

    def _at_dribble(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"0")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def _at_slow(self) -> None:
        time.sleep(2)

    def _at_hop(self) -> None:
        left = int(self.path.rpartition("/")[2])
        target = f"/hop/{left - 1}" if left else "/page"
        self._answer(302, Location=target, Set_Cookie="seen=1; Path=/")

    def _at_file(self) -> None:
        self._answer(302, Location="file:///etc/passwd")

    def _at_nowhere(self) -> None:
        self._answer(302)

    def _at_wobbly(self) -> None:
        first = len(self.server.asked) == 1  # type: ignore[attr-defined]
        self._answer(500 if first else 200, b"better")

    def _at_status(self) -> None:
        self._answer(int(self.path.rpartition("/")[2]))

    def _at_busy(self) -> None:
        first = len(self.server.asked) == 1  # type: ignore[attr-defined]
        self._answer(429 if first else 200, b"now", Retry_After="7")

    def _at_shut(self) -> None:
        self._answer(503, Retry_After="3600")

    def _at_hangup(self) -> None:
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


class _Site:
    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.asked = []  # type: ignore[attr-defined]
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def asked(self) -> list[tuple[str, dict[str, str]]]:
        return self.server.asked  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def site() -> Iterator[_Site]:
    site = _Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def make(waits: list[float] | None = None, **settings: object) -> HttpFetcher:
    values = {"timeout": 1.0, "max_bytes": 100_000, "retries": 1, "allow_private": True}
    values |= settings
    return HttpFetcher(
        Fetch(**values), sleep=(waits if waits is not None else []).append, polite=False
    )  # type: ignore[arg-type]


def test_a_page_comes_with_its_type_charset_and_headers(site: _Site) -> None:
    """What the server says about a page is kept, in lower case."""
    answer = make().fetch(f"{site.base}/page")
    assert (
        answer.status,
        answer.body,
        answer.media_type,
        answer.charset,
    ) == (200, b"<p>hello", "text/html", "iso-8859-1")
    assert answer.headers["content-length"] == "8"


def test_we_say_who_we_are(site: _Site) -> None:
    """The user agent is the settings' own, with a contact address."""
    make(user_agent="Ours/1 (+mailto:a@b.example)").fetch(f"{site.base}/page")
    assert site.asked[0][1]["user-agent"] == "Ours/1 (+mailto:a@b.example)"


def test_an_unchanged_page_is_a_304_without_body(site: _Site) -> None:
    """The ETag of the first answer, sent back, spares the second body."""
    fetcher = make()
    first = fetcher.fetch(f"{site.base}/tagged")
    second = fetcher.fetch(f"{site.base}/tagged", etag=first.headers["etag"], last_modified="Mon")
    assert (first.status, second.status, second.body) == (200, 304, b"")
    assert site.asked[1][1]["if-modified-since"] == "Mon"


def test_a_304_that_nobody_asked_for_is_an_error(site: _Site) -> None:
    """Without a validator in the request there is nothing that could be unchanged."""
    with pytest.raises(FetchError) as caught:
        make().fetch(f"{site.base}/unasked")
    assert caught.value.status == 304


def test_a_packed_body_is_unpacked(site: _Site) -> None:
    """Gzip is asked for and read."""
    assert make().fetch(f"{site.base}/packed").body == b"<p>packed"


@pytest.mark.parametrize("path", ["long", "endless", "bomb"])
def test_a_body_over_the_limit_is_refused_while_it_streams(site: _Site, path: str) -> None:
    """Neither a large, an endless nor a small body that unpacks large fills the memory."""
    with pytest.raises(FetchError, match="larger than 100,000 bytes") as caught:
        make(timeout=5.0).fetch(f"{site.base}/{path}")
    assert not caught.value.transient


def test_a_body_packed_twice_is_refused(site: _Site) -> None:
    """Each layer multiplies: two are already a bomb."""
    with pytest.raises(FetchError, match="compressed more than once"):
        make().fetch(f"{site.base}/twice")


def test_a_body_that_is_not_what_it_says_is_final(site: _Site) -> None:
    """A broken encoding will be broken tomorrow."""
    with pytest.raises(FetchError, match="Content-Encoding") as caught:
        make().fetch(f"{site.base}/garbled")
    assert (caught.value.transient, len(site.asked)) == (False, 1)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "bare", "br"])
def test_a_packed_body_that_is_cut_off_is_asked_for_again(site: _Site, encoding: str) -> None:
    """Half a page is no page, and its ETag would keep the other half away for ever."""
    assert make(retries=0).fetch(f"{site.base}/pressed/{encoding}/0").body == TEXT
    with pytest.raises(FetchError, match="ends before its end") as caught:
        make(retries=2).fetch(f"{site.base}/pressed/{encoding}/9")
    assert (caught.value.transient, len(site.asked)) == (True, 4)


def test_members_and_padding_are_read_wherever_the_pieces_part() -> None:
    """Gzip in two members with zeros behind, in pieces of one byte."""
    unpacking = Unpacking("gzip", 10_000)
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + bytes(5)
    assert b"".join(unpacking.take(packed[at : at + 1]) for at in range(len(packed))) == b"one two"
    unpacking.finish()


@pytest.mark.parametrize("path", ["slow", "dribble"])
def test_a_slow_answer_ends_at_the_time_limit(site: _Site, path: str) -> None:
    """The limit holds for the whole answer, not only between two bytes."""
    start = time.monotonic()
    with pytest.raises(FetchError) as caught:
        make(timeout=0.5, retries=0).fetch(f"{site.base}/{path}")
    assert caught.value.transient
    assert time.monotonic() - start < 1.8


def test_redirects_are_followed_without_cookies(site: _Site) -> None:
    """The address is the one that answered; nothing is remembered of us."""
    answer = make(max_redirects=3).fetch(f"{site.base}/hop/2")
    assert f"{site.base}/page" == answer.url
    assert all("cookie" not in headers for _, headers in site.asked)


def test_too_many_redirects_are_final(site: _Site) -> None:
    """A loop ends at the limit."""
    with pytest.raises(FetchError, match="more than 2 redirects") as caught:
        make(max_redirects=2).fetch(f"{site.base}/hop/9")
    assert (caught.value.transient, len(site.asked)) == (False, 3)


@pytest.mark.parametrize("path", ["file", "nowhere"])
def test_a_redirect_to_no_web_address_is_refused(site: _Site, path: str) -> None:
    """A server cannot send us to a file of ours, nor to nothing."""
    with pytest.raises(FetchError) as caught:
        make().fetch(f"{site.base}/{path}")
    assert not caught.value.transient


def test_a_failure_that_passes_is_tried_again(site: _Site) -> None:
    """A 500 followed by a 200 is a 200."""
    waits: list[float] = []
    assert make(waits).fetch(f"{site.base}/wobbly").body == b"better"
    assert waits == [0.5]


def test_the_pause_is_the_one_the_server_asks_for(site: _Site) -> None:
    """Retry-After is honoured where it is short."""
    waits: list[float] = []
    assert make(waits).fetch(f"{site.base}/busy").body == b"now"
    assert waits == [7.0]


def test_a_long_pause_is_left_to_the_next_run(site: _Site) -> None:
    """Nobody waits an hour for one page."""
    waits: list[float] = []
    with pytest.raises(FetchError) as caught:
        make(waits, retries=3).fetch(f"{site.base}/shut")
    assert (waits, len(site.asked), caught.value.transient) == ([], 1, True)


@pytest.mark.parametrize("said", ["²", "٣", "soon", "", "9" * 400])
def test_a_pause_that_is_no_number_harms_nothing(said: str) -> None:
    """A header may hold any bytes: superscripts are digits to Python, and no number."""
    headers = [(b"Retry-After", said.encode("utf-8"))]
    transport = httpx.MockTransport(lambda _: httpx.Response(503, headers=headers))
    fetcher = HttpFetcher(Fetch(retries=0), transport=transport, polite=False)
    with pytest.raises(FetchError) as caught:
        fetcher.fetch("https://site.example/a")
    assert (caught.value.status, caught.value.transient) == (503, True)
    assert caught.value.wait is None or caught.value.wait <= 31 * 86_400


def test_pauses_double_until_tries_run_out(site: _Site) -> None:
    """Three further tries wait half a second, one, two."""
    waits: list[float] = []
    with pytest.raises(FetchError):
        make(waits, retries=3).fetch(f"{site.base}/status/502")
    assert (waits, len(site.asked)) == ([0.5, 1.0, 2.0], 4)


@pytest.mark.parametrize(
    ("status", "transient"),
    [(404, False), (410, False), (403, False), (500, True), (429, True), (408, True), (204, False)],
)
def test_a_status_says_whether_to_come_back(site: _Site, status: int, transient: bool) -> None:
    """Gone is gone; busy and broken may pass."""
    with pytest.raises(FetchError) as caught:
        make(retries=0).fetch(f"{site.base}/status/{status}")
    assert (status, transient) == (caught.value.status, caught.value.transient)


def test_a_connection_that_breaks_is_transient(site: _Site) -> None:
    """No answer at all has no status."""
    with pytest.raises(FetchError) as caught:
        make(retries=0).fetch(f"{site.base}/hangup")
    assert (caught.value.status, caught.value.transient) == (None, True)


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "http://", "https://[", "mailto:a@b", "x"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """No request is made for it, and it is not tried again."""
    waits: list[float] = []
    with pytest.raises(FetchError) as caught:
        make(waits).fetch(url)
    assert (caught.value.transient, waits) == (False, [])
