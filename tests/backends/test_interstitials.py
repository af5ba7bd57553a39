"""Links that lead on by something other than a redirect: Google News, HTML and script redirects."""

from __future__ import annotations

import base64

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.backends.google_news import is_article_link, target_of
from digest.backends.http import HttpFetcher
from digest.backends.links import unwrap
from digest.config_sections import Fetch
from digest.errors import HIDDEN, FetchError

PAGE = "https://paper.example/2026/beacon"
LONG = f"https://paper.example/{'long-' * 30}title"  # longer than 127 bytes: two bytes of length
TOKEN = b"AU_yqLMs0meThingThatOnlyGoogleReads"


def link(target: bytes, amp: bytes = b"", *, path: str = "rss/articles") -> str:
    """Return a Google News link as they are made: field 1, the address, perhaps an AMP address."""
    message = b"\x08\x13\x22" + size(target) + target + b"\xd2\x01" + size(amp) + amp
    token = base64.urlsafe_b64encode(message).decode().rstrip("=")
    return f"https://news.google.com/{path}/{token}?oc=5"


def size(text: bytes) -> bytes:
    """Return a length as protobuf writes it."""
    number = len(text)
    return bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])


OPAQUE = link(TOKEN)


@pytest.mark.parametrize("path", ["rss/articles", "articles", "read", "__i/rss/rd/articles"])
@pytest.mark.parametrize("target", [PAGE, LONG])
def test_an_address_in_a_google_news_link_is_read_from_it(path: str, target: str) -> None:
    """Google is not told that anybody reads."""
    found = link(target.encode(), b"https://paper.example/amp", path=path)
    assert found.startswith(f"https://news.google.com/{path}/CBMi")
    assert unwrap(found) == target


@pytest.mark.parametrize(
    "url",
    [
        OPAQUE,
        "https://news.google.com/rss/articles/CBMi",
        "https://news.google.com/rss/articles/%00",
        "https://news.google.com/rss/search?q=martech",
        "https://news.google.com/rss/articles/" + "A" * 5000,
        link(b"javascript:alert(1)"),
        link("https://ü.example/x".encode()),
    ],
)
def test_what_holds_no_address_stays_as_it_is(url: str) -> None:
    """The new kind has a token; and whatever else is no web address."""
    assert unwrap(url) == url


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80))
def test_no_token_crashes(raw: bytes) -> None:
    """What stands in a link is foreign."""
    url = "https://news.google.com/articles/" + base64.urlsafe_b64encode(raw).decode()
    found = target_of(url)
    assert found is None or found.startswith("http")
    assert isinstance(is_article_link(url), bool)


@pytest.mark.parametrize(
    "url",
    [
        "https://consent.google.example/ml?continue=https%3A%2F%2Fpaper.example%2F2026%2Fbeacon",
        "https://www.daily.example/zustimmung?url=https%3A%2F%2Fpaper.example%2F2026%2Fbeacon",
        "https://daily.example/consent/?return_to=https%3A%2F%2Fpaper.example%2F2026%2Fbeacon",
    ],
)
def test_the_page_behind_a_consent_address_is_read_from_it(url: str) -> None:
    """Nobody has agreed to anything: the article's own address is asked."""
    assert unwrap(url) == PAGE


WORDS = "Beacon reads consent before each message leaves. " * 10
REFRESH = "<meta http-equiv='Refresh' content=\"{}\"><p>You are being redirected."
ARTICLE = f"<title>Beacon</title><article><h1>Beacon</h1><p>{WORDS}</p></article>"


def fetcher(pages: dict[str, str], asked: list[str]) -> HttpFetcher:
    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        body = pages.get(str(request.url).split("?")[0])
        kind = {"content-type": "text/html; charset=utf-8"}
        stream = httpx.ByteStream((body or "").encode())
        return httpx.Response(200 if body else 404, headers=kind, stream=stream)

    return HttpFetcher(Fetch(retries=0), transport=httpx.MockTransport(answer), polite=False)


@pytest.mark.parametrize(
    "page",
    [
        REFRESH.format(f"0; url={PAGE}"),
        REFRESH.format("3;URL='/2026/beacon'"),
        REFRESH.format(f"0, {PAGE}"),
        f"<script>window.location.href = '{PAGE}';</script>",
        f'<script>f = () => document.location.replace("{PAGE}")</script>',
    ],
)
def test_a_page_that_only_leads_on_is_followed(page: str) -> None:
    """Trackers redirect by markup and script; nothing is run."""
    asked: list[str] = []
    pages = {"https://paper.example/t/1": page, PAGE: ARTICLE}
    found = fetcher(pages, asked).fetch("https://paper.example/t/1")
    assert (found.url, found.body.decode()) == (PAGE, ARTICLE)
    assert asked == ["https://paper.example/t/1", PAGE]


@pytest.mark.parametrize(
    "page",
    [
        REFRESH.format(f"300; url={PAGE}"),
        REFRESH.format("0; url=https://paper.example/t/1"),
        REFRESH.format(f"0; url={PAGE}") + WORDS,
        REFRESH.format("0; url=javascript:alert(1)"),
        f"<p>{WORDS}<script>if (old) window.location = '{PAGE}'</script>",
        f"<p>Hello<script>/* {'x' * 70_000} */ window.location='{PAGE}'</script>",
    ],
)
def test_a_page_that_says_something_is_a_page(page: str) -> None:
    """One that reloads itself, or has a way out for old browsers, is what was asked for."""
    asked: list[str] = []
    found = fetcher({"https://paper.example/t/1": page}, asked).fetch("https://paper.example/t/1")
    assert (found.body.decode(), asked) == (page, ["https://paper.example/t/1"])


def test_pages_that_lead_in_a_circle_end() -> None:
    """Each counts as a redirect."""
    pages = {f"https://a.example/{n}": REFRESH.format(f"0; url=/{1 - n}") for n in (0, 1)}
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetcher(pages, []).fetch("https://a.example/0")


def test_a_page_that_leads_inside_is_refused() -> None:
    """What a page names is checked as a redirect is."""
    page = REFRESH.format("0; url=http://169.254.169.254/latest/meta-data")
    asked: list[str] = []
    with pytest.raises(FetchError, match="no public address"):
        fetcher({"https://a.example/": page}, asked).fetch("https://a.example/")
    assert asked == ["https://a.example/"]


def test_googles_page_is_followed_where_it_names_the_article() -> None:
    """`data-n-au` is the article's address."""
    asked: list[str] = []
    google = f"<p>{WORDS}</p><c-wiz><a data-n-au='{PAGE}'>x</a></c-wiz>"
    found = fetcher({OPAQUE.split("?")[0]: google, PAGE: ARTICLE}, asked).fetch(OPAQUE)
    assert found.url == PAGE


@pytest.mark.parametrize("page", [f"<p>{WORDS}</p>", ""])
def test_where_google_does_not_tell_the_reason_says_so(page: str) -> None:
    """Its own page is no article, and a refusal is no end of the link."""
    with pytest.raises(FetchError) as caught:
        fetcher({OPAQUE.split("?")[0]: page}, []).fetch(OPAQUE)
    assert (caught.value.reason, caught.value.transient) == (HIDDEN, False)
