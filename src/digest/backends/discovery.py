"""Finds the feed that a page names: in its head, or among its links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urldefrag, urlsplit

from digest.backends.markup import absolute, parse_html, text_of
from digest.data_files import read_data

KINDS = ("rss", "atom", "feed+json")
LARGEST = 3_000_000  #: bytes of a page that are read
MANY = 3_000  #: links of a page that are looked at


def feed_of(body: bytes, *, url: str) -> str:
    """Return the address of the feed that a page names, or nothing.

    The head goes before the page's links; a feed of comments comes last.
    """
    tree = parse_html(body[:LARGEST])
    if tree is None:
        return ""
    found = [*_in_head(tree, url), *_in_links(tree, url)]
    ranked = sorted(found, key=lambda each: bool(_words("comments").search(" ".join(each))))
    return next((address for address, _ in ranked), "")


def _in_head(tree: Any, url: str) -> Iterator[tuple[str, str]]:
    for link in tree.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower()
        if "alternate" in rel and any(each in kind for each in KINDS):
            yield from _named(link, url, link.get("title"))


def _in_links(tree: Any, url: str) -> Iterator[tuple[str, str]]:
    for _, link in zip(range(MANY), tree.iter("a"), strict=False):
        path = (link.get("href") or "").partition("?")[0].partition("#")[0]
        if _words("paths").search(path):
            found = list(_named(link, url, text_of(link)[:200]))
            yield from (each for each in found if _site(each[0]) == _site(url))


def _named(link: Any, url: str, title: str | None) -> Iterator[tuple[str, str]]:
    address = urldefrag(absolute(link.get("href"), url) or "").url
    if address and address != url:
        yield address, title or ""


def _site(address: str) -> str:
    return ".".join((urlsplit(address).hostname or "").split(".")[-2:])


@cache
def _words(kind: str) -> re.Pattern[str]:
    expressions: Iterable[str] = read_data("feed_links.toml")[kind]
    return re.compile("|".join(f"(?:{each})" for each in expressions), re.I)
