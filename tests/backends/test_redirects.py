from __future__ import annotations

import gzip
from collections.abc import Callable

import httpx
import pytest

from digest.backends.feeds import FeedReader
from digest.backends.http import HttpFetcher
from digest.config_sections import Fetch
from digest.errors import FetchError
from digest.ports import Response
from digest.records import Source
from digest.stages.poll import poll
from digest.testing import NOON, NoMail

Answers = Callable[[httpx.Request], httpx.Response]


def ask(answers: Answers, url: str = "https://old.example/feed", **known: str) -> Response:
    """Fetch from what answers instead of the network."""
    transport = httpx.MockTransport(answers)
    settings = Fetch(retries=0, pause=0)
    fetcher = HttpFetcher(settings, transport=transport, polite=False, sleep=lambda _: None)
    return fetcher.fetch(url, **known)


def chain(*statuses: int, hosts: tuple[str, ...]) -> tuple[list[httpx.Request], Answers]:
    """Servers of which each but the last leads to the next, and the requests that they got."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        place = len(asked) - 1
        if place == len(statuses):
            return httpx.Response(
                200, stream=httpx.ByteStream(b"<rss/>"), headers={"etag": '"new"'}
            )
        onward = {"location": f"https://{hosts[place]}/feed/{place}"}
        return httpx.Response(statuses[place], headers=onward)

    return asked, answer


def validators(requests: list[httpx.Request]) -> list[list[str]]:
    """Of each request the names of the headers that tell which copy we have."""
    names = ("if-none-match", "if-modified-since")
    return [[name for name in names if name in each.headers] for each in requests]


def test_validators_are_not_told_to_another_host() -> None:
    """What one host gave us is none of another's business, and fits none of its pages."""
    asked, answers = chain(302, hosts=("new.example",))
    ask(answers, etag='"a"', last_modified="Mon, 05 Oct 2026 06:00:00 GMT")
    assert validators(asked) == [["if-none-match", "if-modified-since"], []]


def test_validators_go_along_within_one_host() -> None:
    """A feed that has moved within its site is asked for as before."""
    asked, answers = chain(302, hosts=("old.example",))
    ask(answers, etag='"a"')
    assert validators(asked) == [["if-none-match"], ["if-none-match"]]


def test_a_304_of_a_host_that_was_told_nothing_is_an_error() -> None:
    """Where no validator was sent nothing can be unchanged."""
    answers = [httpx.Response(302, headers={"location": "https://new.example/"})]
    answers += [httpx.Response(304)]
    with pytest.raises(FetchError, match="HTTP 304"):
        ask(lambda _: answers.pop(0), etag='"a"')


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((301, 308), True), ((301, 302), False), ((307,), False), ((), False)],
)
def test_an_address_has_moved_where_every_redirect_is_for_good(
    statuses: tuple[int, ...], moved: bool
) -> None:
    """One redirect for now among them, and the old address is still the one to ask."""
    _, answers = chain(*statuses, hosts=("one.example", "two.example"))
    found = ask(answers)
    assert found.moved is moved
    if moved:
        place = len(statuses) - 1
        assert found.url == f"https://{('one', 'two')[place]}.example/feed/{place}"


@pytest.mark.parametrize(("path", "unpacked"), [("feed", True), ("map.xml.gz", False)])
def test_a_body_that_is_packed_and_does_not_say_so_is_unpacked(path: str, unpacked: bool) -> None:
    """Some servers store feeds packed; a file called `.gz` is left to its reader."""
    packed = gzip.compress(b"<rss/>")
    found = ask(
        lambda _: httpx.Response(200, stream=httpx.ByteStream(packed)), f"https://a.example/{path}"
    )
    assert found.body == (b"<rss/>" if unpacked else packed)


def test_a_packed_body_that_does_not_say_so_has_the_limits_of_one_that_does() -> None:
    """A bomb need not call itself one."""
    bomb = gzip.compress(b"0" * 30_000_000)
    with pytest.raises(FetchError, match=r"larger than|swells"):
        ask(lambda _: httpx.Response(200, stream=httpx.ByteStream(bomb)))


def test_a_page_that_names_a_feed_inside_is_refused() -> None:
    """Whoever names an address, it is judged before it is asked."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        link = '<link rel="alternate" type="application/rss+xml" href="http://10.0.0.1/feed">'
        body = httpx.ByteStream(f"<html>{link}<p>News</p></html>".encode())
        return httpx.Response(200, stream=body, headers={"content-type": "text/html"})

    transport = httpx.MockTransport(answer)
    fetcher = HttpFetcher(Fetch(retries=0), transport=transport, polite=False)
    source = Source("a", "feed", "https://a.example/", "A", "vendor")
    readers = {"feed": FeedReader()}
    polled = poll(source, None, fetcher=fetcher, readers=readers, mailbox=NoMail(), now=NOON)
    assert (polled.state.fault, asked) == ("private", ["a.example"])
