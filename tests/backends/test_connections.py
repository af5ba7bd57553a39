"""Connections by host: kept for a moment, given up where they are not clean, telling little."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

import httpx
import pytest

from digest.backends.http import HttpFetcher
from digest.backends.transports import MOST_KEPT
from digest.config_sections import Fetch
from digest.errors import FetchError

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Wire:
    """A server that answers each request with the next of its bytes, and notes who asks what."""

    def __init__(self, *answers: bytes) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int, bytes]] = []  # number of the connection, head of the request
        self.ended = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.base = f"127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        number = 0
        while True:
            try:
                talking, _ = self._listening.accept()
            except OSError:
                return
            number += 1
            threading.Thread(target=self._talk, args=(talking, number), daemon=True).start()

    def _talk(self, talking: socket.socket, number: int) -> None:
        with talking, talking.makefile("rb") as stream:
            while self.answers:
                head = _head(stream)
                if not head:
                    break
                self.asked.append((number, head))
                answer = self.answers.pop(0)
                talking.sendall(answer.replace(b"CLOSE", b""))
                if b"CLOSE" in answer:
                    break
        self.ended.set()

    def close(self) -> None:
        """End it."""
        self._listening.close()


def _head(stream: BinaryIO) -> bytes:
    """Return the head of a request, nothing where the other side has ended."""
    lines = []
    with suppress(ConnectionError):
        while (line := stream.readline()).strip():
            lines.append(line)
    return b"".join(lines)


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.close()


def make() -> HttpFetcher:
    return HttpFetcher(Fetch(allow_private=True, retries=0, timeout=5), polite=False)


def connections(wire: Wire) -> list[int]:
    return [number for number, _ in wire.asked]


def test_a_page_comes_over_the_connection_of_the_one_before(wire: Wire) -> None:
    """A host's robots.txt and its page need one connection."""
    wire.answers = [OK, OK]
    with make() as fetcher:
        bodies = [fetcher.fetch(f"http://{wire.base}/{n}").body for n in range(2)]
    assert (bodies, connections(wire)) == ([b"ok", b"ok"], [1, 1])


@pytest.mark.parametrize(
    "first",
    [
        OK.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"),
        OK + b"CLOSE",
        b"HTTP/1.1 404 No\r\nContent-Length: 500000\r\n\r\n" + b"x" * 500_000,
    ],
    ids=["asked to close", "closed unsaid", "a body not read"],
)
def test_a_connection_that_is_not_clean_is_given_up(wire: Wire, first: bytes) -> None:
    """What one answer left behind never becomes the answer of the next request."""
    wire.answers = [first, OK]
    with make() as fetcher:
        with suppress(FetchError):  # of the 404
            fetcher.fetch(f"http://{wire.base}/1")
        if b"CLOSE" in first:
            assert wire.ended.wait(5)
        second = fetcher.fetch(f"http://{wire.base}/2")
    assert (second.body, connections(wire)) == (b"ok", [1, 2])


def test_hints_before_the_answer_are_passed_over(wire: Wire) -> None:
    """Some servers of news send "103 Early Hints" first."""
    wire.answers = [b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK]
    assert make().fetch(f"http://{wire.base}/").body == b"ok"


@pytest.mark.parametrize(
    "answer",
    [
        b"CLOSE",
        b"220 mail.example ESMTP\r\n\r\nCLOSE",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nCLOSE",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nokCLOSE",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nCLOSE",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"CLOSE",
    ],
    ids=["nothing", "no HTTP", "another protocol", "cut off", "no chunk", "an endless header"],
)
def test_what_is_no_answer_is_a_failure_that_may_pass(wire: Wire, answer: bytes) -> None:
    """It costs its source a try, and nobody else anything."""
    wire.answers = [answer]
    with pytest.raises(FetchError) as caught:
        make().fetch(f"http://{wire.base}/")
    assert (caught.value.transient, caught.value.status) == (True, None)


def test_a_body_without_an_end_of_its_own_ends_with_the_connection(wire: Wire) -> None:
    """As HTTP/1.0 has it."""
    wire.answers = [b"HTTP/1.0 200 OK\r\n\r\n<rss/>CLOSE"]
    assert make().fetch(f"http://{wire.base}/").body == b"<rss/>"


def test_few_connections_wait_and_the_longest_waiting_is_closed_first() -> None:
    """However many hosts are asked, ten connections wait for a second request."""
    wires = [Wire(OK, OK) for _ in range(MOST_KEPT + 3)]
    with make() as fetcher:
        for each in wires:
            fetcher.fetch(f"http://{each.base}/")
        assert [each.ended.wait(5) for each in wires[:3]] == [True] * 3
        assert [each.ended.is_set() for each in wires[3:]] == [False] * MOST_KEPT
    for each in wires:
        each.close()


def test_a_password_in_an_address_is_sent_and_told_to_no_other_host() -> None:
    """A feed of one's own that is kept from others; what it redirects to learns nothing."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        onward = {1: "/b", 2: "https://a.example/c", 3: "https://b.example/d"}.get(len(asked))
        if onward is None:
            return httpx.Response(200, stream=httpx.ByteStream(b"<rss/>"))
        return httpx.Response(302, headers={"location": onward})

    fetcher = HttpFetcher(Fetch(retries=0), transport=httpx.MockTransport(answer), polite=False)
    fetcher.fetch("https://me:pass%20word@a.example/feed")
    secret = "Basic " + base64.b64encode(b"me:pass word").decode("ascii")
    told = [each.headers.get("authorization") for each in asked]
    assert told == [secret, secret, secret, None]


def test_a_validator_that_is_not_ascii_is_sent_back() -> None:
    """A server's own mark is its own business; such a feed could not be asked for again."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(304)

    fetcher = HttpFetcher(Fetch(retries=0), transport=httpx.MockTransport(answer), polite=False)
    assert fetcher.fetch("https://a.example/feed", etag='"größe"').status == 304
    assert asked[0].headers.raw[-1] == (b"If-None-Match", '"größe"'.encode())
