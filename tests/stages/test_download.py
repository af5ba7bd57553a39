from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.errors import HIDDEN, FetchError
from digest.ports import Response
from digest.records import Drop, Item, Page
from digest.stages.download import download

NOW = datetime(2026, 10, 5, 6, tzinfo=UTC)
ITEM = Item(
    id="i",
    source="vendor",
    url="https://vendor.example/a",
    title="A <title>",
    published=None,
    html="<p>teaser</p>",
    first_seen="2026-10-05T06:00:00+00:00",
    publisher="Vendor",
    voice="vendor",
    language_hint="de",
)
FULL = replace(ITEM, html="<p>" + "ein ganzer Text " * 40 + "</p>")


class Server:
    """Answers with one response or one error."""

    def __init__(self, answer: Response | FetchError) -> None:
        self.answer = answer

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Response:
        """Answer."""
        if isinstance(self.answer, FetchError):
            raise self.answer
        return self.answer


def page(
    url: str = "https://vendor.example/a", body: bytes = b"<p>page", kind: str = "text/html"
) -> Response:
    return Response(url, 200, body, kind, "utf-8")


def get(item: Item, answer: Response | FetchError) -> tuple[Page | Drop, list[bytes]]:
    kept: list[bytes] = []

    def keep(body: bytes) -> str:
        kept.append(body)
        return hashlib.sha256(body).hexdigest()

    return download(item, fetcher=Server(answer), keep=keep, now=NOW), kept


def test_a_page_is_fetched_and_kept() -> None:
    """The record names address, type, charset and hash of what answered."""
    result, kept = get(FULL, page("https://vendor.example/b"))
    assert result == Page(
        id="i",
        url="https://vendor.example/b",
        media_type="text/html",
        charset="utf-8",
        sha256=hashlib.sha256(b"<p>page").hexdigest(),
        fetched_at="2026-10-05T06:00:00+00:00",
        origin="web",
    )
    assert kept == [b"<p>page"]


def test_an_item_not_to_be_followed_is_its_own_text() -> None:
    """Nothing is fetched; the text is wrapped as a page with its title and language."""
    item = replace(ITEM, follow=False, url=None)
    result, kept = get(item, FetchError("nobody should ask"))
    assert isinstance(result, Page)
    assert (result.origin, result.url, result.note) == ("entry", "", "")
    text = kept[0].decode()
    assert '<html lang="de">' in text
    assert "<h1>A &lt;title&gt;</h1>" in text
    assert "<p>teaser</p>" in text


def test_a_full_entry_stands_for_a_page_that_cannot_be_had() -> None:
    """The note says why; the original's address stays."""
    result, kept = get(FULL, FetchError("HTTP 403", transient=False, status=403))
    assert isinstance(result, Page)
    assert (result.origin, result.url) == ("entry", "https://vendor.example/a")
    assert "HTTP 403" in result.note
    assert b'<link rel="canonical" href="https://vendor.example/a">' in kept[0]


def test_a_link_that_hides_its_article_is_kept_alone() -> None:
    """Title and teaser are all there is to be had; the note says why there is no more."""
    error = FetchError("Google News does not say where the article is", transient=False)
    error.reason = HIDDEN
    result, kept = get(ITEM, error)
    assert isinstance(result, Page)
    assert (result.origin, result.url) == ("entry", ITEM.url)
    assert result.note.startswith("the link alone: Google News does not say")
    assert b"<p>teaser</p>" in kept[0]


@pytest.mark.parametrize("transient", [True, False])
def test_a_teaser_does_not_stand_for_its_page(transient: bool) -> None:
    """The error goes up: the runner drops it, and tries again where that may help."""
    with pytest.raises(FetchError) as caught:
        get(ITEM, FetchError("HTTP 500", transient=transient))
    assert caught.value.transient is transient


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(body=b" "), "empty page"),
        (page(kind="image/png"), "not a page that can be read"),
        (page("https://vendor.example/"), "page is gone: it leads to the home page"),
    ],
)
def test_what_is_no_article_s_page_is_dropped_with_its_reason(
    answer: Response, reason: str
) -> None:
    """A teaser is lost with it; a full entry is not."""
    dropped, kept = get(ITEM, answer)
    assert isinstance(dropped, Drop)
    assert (dropped.reason, dropped.stage, kept) == (reason, "download", [])
    result, _ = get(FULL, answer)
    assert isinstance(result, Page)
    assert reason in result.note


def test_no_page_and_no_text_is_a_drop() -> None:
    """A picture without words has nothing to tell."""
    result, _ = get(replace(ITEM, follow=False, html="<img src=x>"), FetchError(""))
    assert isinstance(result, Drop)
    assert result.reason == "no page and no text"


def test_a_home_page_asked_for_is_no_lost_page() -> None:
    """An item whose address is the home page is served by it."""
    result, _ = get(replace(ITEM, url="https://vendor.example/"), page("https://vendor.example/"))
    assert isinstance(result, Page)
