"""Fetches an item's page and keeps its bytes, or takes the entry's own text where that must do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import escape, unescape
from urllib.parse import urlsplit

from digest.errors import HIDDEN, FetchError
from digest.ports import Fetcher, Response
from digest.records import Drop, Item, Page
from digest.text import count_words

VERSION = "1"  #: raised whenever the same input would give another result
NAME = "download"
READABLE = frozenset(
    {"text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain"}
    | {"application/pdf"}
)
# A teaser is one to three sentences, some 60 words; what is longer can stand for its page.
WHOLE = 80  # words


def download(
    item: Item, *, fetcher: Fetcher, keep: Callable[[bytes], str], now: datetime
) -> Page | Drop:
    """Return the item's page, its bytes kept by `keep`, which gives their SHA-256.

    A full-content entry still has its page fetched, for canonical and `hreflang` links; where that
    fails the entry's own text does, and `note` says why. An item not to be followed is its text;
    so is one behind a link that does not tell where it leads.

    Raises:
        FetchError: where the page cannot be had and the entry has no text to stand for it.
    """
    if not item.follow or item.url is None:
        if not _words(item.html):
            return Drop(item.id, NAME, "no page and no text", item.title)
        return _own(item, keep=keep, now=now, note="")
    try:
        answer = fetcher.fetch(item.url)
    except FetchError as error:
        if error.reason == HIDDEN and (item.title or _words(item.html)):
            return _own(item, keep=keep, now=now, note=f"the link alone: {error}")
        if not is_whole(item):
            raise
        return _own(item, keep=keep, now=now, note=f"the entry's own text: {error}")
    refused = _refusal(item.url, answer)
    if not refused:
        return _page(item, answer, keep=keep, now=now)
    if not is_whole(item):
        return Drop(item.id, NAME, refused, f"{answer.url}: {answer.media_type}")
    return _own(item, keep=keep, now=now, note=f"the entry's own text: {refused}")


def _page(item: Item, answer: Response, *, keep: Callable[[bytes], str], now: datetime) -> Page:
    return Page(
        id=item.id,
        url=answer.url,
        media_type=answer.media_type,
        charset=answer.charset,
        sha256=keep(answer.body),
        fetched_at=now.isoformat(),
        origin="web",
    )


def _own(item: Item, *, keep: Callable[[bytes], str], now: datetime, note: str) -> Page:
    return Page(
        id=item.id,
        url=item.url or "",
        media_type="text/html",
        charset="utf-8",
        sha256=keep(wrap(item).encode("utf-8", "replace")),
        fetched_at=now.isoformat(),
        origin="entry",
        note=note,
    )


def queue(item: Item) -> str:
    """Return the host that is asked for an item, "" where nobody is: hosts are asked in turn."""
    return (urlsplit(item.url).hostname or "") if item.follow and item.url else ""


def is_whole(item: Item) -> bool:
    """Return whether an entry's own text is long enough to stand for its page."""
    return _words(item.html) >= WHOLE


def wrap(item: Item) -> str:
    """Return an entry's own HTML as a page: what the extractor reads where nothing was fetched."""
    language = f' lang="{escape(item.language_hint)}"' if item.language_hint else ""
    canonical = f'<link rel="canonical" href="{escape(item.url)}">' if item.url else ""
    return (
        f'<!DOCTYPE html>\n<html{language}><head><meta charset="utf-8">'
        f"<title>{escape(item.title)}</title>{canonical}</head>\n"
        f"<body><article><h1>{escape(item.title)}</h1>\n{item.html}\n</article></body></html>\n"
    )


def _refusal(asked: str, answer: Response) -> str:
    """Return why an answer is no article's page, or nothing."""
    if not answer.body.strip():
        return "empty page"
    if answer.media_type not in READABLE:
        return "not a page that can be read"
    if urlsplit(answer.url).path in ("", "/") and urlsplit(asked).path not in ("", "/"):
        return "page is gone: it leads to the home page"
    return ""


def _words(html: str) -> int:
    return count_words(unescape(re.sub(r"<[^>]*>", " ", html)))
