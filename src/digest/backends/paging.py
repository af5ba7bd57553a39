"""Finds where a feed goes on: its next page, or the archive before it (RFC 5005, JSON Feed)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from digest.backends.markup import absolute

HEAD = 50_000  # bytes before the first entry, at most; in Atom and RSS the links may stand after
LINK = re.compile(rb"<(?:[\w-]+:)?link\b[^<>]*>", re.I)
ATTRIBUTE = re.compile(r"""\b(rel|href)\s*=\s*("[^"]*"|'[^']*')""", re.I)
ONWARD = ("prev-archive", "next")
WORDPRESS = re.compile(rb"<generator[^<>]*>\s*https?://wordpress\.(?:org|com)/", re.I)
ENTRIES = re.compile(rb"<(item|entry)\b.*?</\1\s*>", re.S | re.I)


def pages_after(body: bytes, *, url: str) -> Sequence[str]:
    """Return the address of the page that goes on from this one into the past, or nothing.

    WordPress says nothing of its pages, and has them all the same at `?paged=2`.
    """
    if body.lstrip()[:1] == b"{":
        return _json_next(body, url)
    feed = ENTRIES.sub(b"", body)
    found: dict[str, str] = {}
    for tag in LINK.findall(feed):
        pairs = ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
        given = {name.lower(): unescape(value[1:-1]).strip() for name, value in pairs}
        if given.get("rel", "").lower() in ONWARD and given.get("href"):
            found.setdefault(given["rel"].lower(), given["href"])
    onward = next((found[name] for name in ONWARD if name in found), None)
    address = absolute(onward, url) or (_paged(url) if WORDPRESS.search(feed[:HEAD]) else None)
    return [address] if address and address != url else []


def _json_next(body: bytes, url: str) -> list[str]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return []
    onward = given.get("next_url") if isinstance(given, dict) else None
    address = absolute(onward, url) if isinstance(onward, str) else None
    return [address] if address and address != url else []


def _paged(url: str) -> str | None:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    number = query.get("paged", "1")
    if not number.isdigit() or len(number) > 4:
        return None
    query["paged"] = str(int(number) + 1)
    return urlunsplit(parts._replace(query=urlencode(query)))
