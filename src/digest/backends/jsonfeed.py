"""Reads JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from digest.backends.dates import parse_date
from digest.backends.links import unwrap
from digest.backends.markup import absolute, plain, safe_html
from digest.errors import ParseError
from digest.records import Entry


def is_json(body: bytes) -> bool:
    """Return whether a body looks like a JSON object, whatever its media type says."""
    return _decode(body[:4096]).lstrip().startswith("{")


def read(body: bytes, *, url: str) -> list[Entry]:
    """Return the entries of a JSON Feed; a field of the wrong type counts as missing.

    Raises:
        ParseError: where the body is no JSON, or has no list of items.
    """
    try:
        feed = json.loads(_decode(body), strict=False)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"{url or 'feed'}: not valid JSON: {error}", id=url) from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise ParseError(f"{url or 'feed'}: JSON, but no JSON Feed: it has no items", id=url)
    base = url or _text(feed, "home_page_url") or _text(feed, "feed_url")
    return [_entry(item, feed, base=base) for item in items if isinstance(item, dict)]


def _entry(item: dict[str, Any], feed: dict[str, Any], *, base: str) -> Entry:
    guid = item.get("id")
    return Entry(
        url=_link(item, base),
        title=plain(_text(item, "title")),
        published=parse_date(item.get("date_published")) or parse_date(item.get("date_modified")),
        html=_html(item, base),
        guid=str(guid) if isinstance(guid, str | int | float) and str(guid) else None,
        authors=_authors(item) or _authors(feed),
        language=_text(item, "language") or _text(feed, "language") or None,
        updated=parse_date(item.get("date_modified")),
    )


def _link(item: dict[str, Any], base: str) -> str | None:
    for name in ("url", "external_url"):
        found = absolute(_text(item, name), base)
        if found:
            return unwrap(found)
    return absolute(_text(item, "id"), "")  # an id that is an address, as the standard suggests


def _html(item: dict[str, Any], base: str) -> str:
    text = _text(item, "content_text") or _text(item, "summary")
    paragraphs = [f"<p>{escape(part)}</p>" for part in text.split("\n") if part.strip()]
    return safe_html(_text(item, "content_html"), base) or "\n".join(paragraphs)


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    several = item.get("authors")
    people = [*(several if isinstance(several, list) else []), item.get("author")]
    names = [_text(person, "name") for person in people if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str):
        return ""
    return value.encode("utf-8", "replace").decode("utf-8").strip()  # halves of characters go


def _decode(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8-sig", "replace")
