"""Reads the entries of feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, broken or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from digest.backends import jsonfeed
from digest.backends.dates import parse_date
from digest.backends.discovery import feed_of
from digest.backends.feed_names import UnusualError
from digest.backends.links import unwrap
from digest.backends.markup import absolute, clean, plain, safe_html
from digest.backends.paging import pages_after
from digest.backends.salvage import count_entries, is_bottomless, mend, narrow
from digest.backends.unpacking import PackedError, TruncatedError, unpacked
from digest.backends.wellformed import read_wellformed
from digest.errors import ParseError
from digest.records import Entry

LARGEST = 50_000_000  #: bytes of a feed that was packed


class FeedReader:
    """Reads feeds of every format and encoding, broken or not."""

    def read(self, body: bytes, *, url: str, media_type: str = "") -> Iterable[Entry]:
        """Return the entries of a feed, in its order, none lost that the file still holds.

        Links are absolute, content goes before summary, dates are ISO 8601 or None.

        Raises:
            ParseError: where the body is no feed at all; the cure names a feed it points to.
        """
        body = _unpacked(body, url)
        if jsonfeed.is_json(body):
            return jsonfeed.read(body, url=url)
        try:
            return read_plain(body, url=url)
        except UnusualError:
            return read_any(body, url=url, media_type=media_type)

    def more(self, body: bytes, *, url: str) -> Sequence[str]:
        """Return the page that goes on from this one into the past, where there is one."""
        return pages_after(body, url=url)


def _unpacked(body: bytes, url: str) -> bytes:
    """Return a feed that is kept packed, as files called `.gz` are, as it was."""
    try:
        return unpacked(body, limit=LARGEST)
    except (PackedError, TruncatedError) as error:
        raise ParseError(f"{url or 'the file'}: {error}", id=url) from error


def read_plain(body: bytes, *, url: str) -> list[Entry]:
    """Return the entries of a feed that is as feeds should be.

    Raises:
        UnusualError: where `read_any` has to read it.
    """
    told = read_wellformed(body, url=url)
    if not told.version or any(_is_blank(entry) for entry in told.entries):
        raise UnusualError("no feed, or with entries that say nothing")
    return _entries(told.entries, told.feed, version=told.version, url=url)


def read_any(body: bytes, *, url: str, media_type: str = "") -> list[Entry]:
    """Return the entries of any feed in XML, with feedparser.

    Raises:
        ParseError: where there is none.
    """
    parsed = _parse(body, url=url, media_type=media_type)
    version = str(parsed.get("version") or "")
    if not parsed.entries and not version:
        raise _no_feed(body, url)
    return _entries(parsed.entries, parsed.feed, version=version, url=url)


def _entries(entries: list[Any], feed: Any, *, version: str, url: str) -> list[Entry]:
    base = url or feed.get("link") or ""
    atom = version.startswith("atom")
    language = feed.get("language") or None
    return [_entry(entry, base=base, atom=atom, language=language) for entry in entries]


def _parse(body: bytes, *, url: str, media_type: str) -> Any:
    # Where nothing is said, the rules of XML hold: UTF-8, unless the feed names another encoding.
    headers = {"content-type": media_type or "application/xml"}
    if url:
        headers["content-location"] = url
    body = narrow(body).lstrip()  # a blank line before the declaration makes tag soup of a feed
    if is_bottomless(body):
        raise ParseError(f"{url or 'feed'}: nested without end", id=url)
    best = _attempt(body, headers)
    there = count_entries(body)
    if best is not None and _is_whole(best, there):
        return best
    # A broken feed: each mended copy is tried, and the reading that tells most is kept.
    for copy in mend(body):
        other = _attempt(copy, headers)
        best = max((one for one in (best, other) if one is not None), key=_told, default=None)
        if best is not None and _is_whole(best, there):
            break
    if best is None:
        raise ParseError(f"{url or 'feed'}: could not be read as a feed", id=url)
    return best


def _is_whole(parsed: Any, there: int) -> bool:
    """Return whether as many entries were read as the feed opens, none of them blank."""
    return len(parsed.entries) >= there and not any(_is_blank(entry) for entry in parsed.entries)


def _is_blank(entry: Any) -> bool:
    return not any(entry.get(key) for key in ("title", "link", "id", "summary", "content"))


def _told(parsed: Any) -> tuple[int, int]:
    told = sum(1 for entry in parsed.entries if not _is_blank(entry))
    return len(parsed.entries), told


def _attempt(body: bytes, headers: dict[str, str]) -> Any:
    import feedparser

    try:
        # Sanitised and resolved by `safe_html` instead: feedparser's own takes most of its time.
        return feedparser.parse(
            body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return None  # feedparser's own bugs on broken input; the caller tries a mended copy


def _entry(entry: Any, *, base: str, atom: bool, language: str | None) -> Entry:
    return Entry(
        url=_link(entry, base=base, atom=atom),
        title=_title(entry),
        published=_date(entry, "published", "created") or _date(entry, "updated"),
        html=_html(entry, base),
        guid=entry.get("id") or None,
        authors=_authors(entry),
        language=_language(entry) or language,
        updated=_date(entry, "updated"),
    )


def _link(entry: Any, *, base: str, atom: bool) -> str | None:
    links = [link for link in entry.get("links", ()) if link.get("href")]
    pages = [link["href"] for link in links if _is_page(link)]
    others = [link["href"] for link in links if link.get("rel") in ("self", "via", "related")]
    # Of several links feedparser's `link` is the last; in Atom the first is the main one.
    first = pages if atom else [entry.get("link"), *pages]
    given = [entry.get("feedburner_origlink"), *first, entry.get("link")]
    guid = entry.get("id") if entry.get("guidislink", True) else None
    for link in [*given, guid, *others]:
        found = absolute(link, base) if isinstance(link, str) else None  # with attributes: a dict
        if found:
            return unwrap(found)
    return None


def _is_page(link: Any) -> bool:
    kind = link.get("type") or "text/html"
    return link.get("rel", "alternate") == "alternate" and "html" in kind


def _title(entry: Any) -> str:
    detail = entry.get("title_detail") or {}
    title = entry.get("title") or ""
    return plain(title) if "html" in detail.get("type", "text/html") else clean(title)


def _html(entry: Any, base: str) -> str:
    """Return the longest content, else the summary, made safe; plain text is escaped."""
    given = [part for part in entry.get("content", ()) if (part.get("value") or "").strip()]
    best = max(given, key=lambda part: len(part["value"]), default=entry.get("summary_detail"))
    value = (best or {}).get("value") or entry.get("summary") or ""
    if (best or {}).get("type") == "text/plain":
        return escape(value, quote=False)
    return safe_html(value, (best or {}).get("base") or base)


def _date(entry: Any, *names: str) -> str | None:
    for name in names:
        # Feedparser's `get` would give the one date for the other.
        given = entry[name] if name in entry else None  # noqa: SIM401
        found = parse_date(given)
        if given and not found:
            if type(entry) is dict:  # of the fast reader
                raise UnusualError(f"a date that feedparser may know: {given}")
            if parsed := entry.get(f"{name}_parsed"):
                found = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6])
        if found:
            return found
    return None


def _authors(entry: Any) -> tuple[str, ...]:
    named = [author.get("name") or author.get("email") for author in entry.get("authors", ())]
    names = [plain(name) for name in named if name] or [plain(entry.get("author") or "")]
    return tuple(dict.fromkeys(name for name in names if name))


def _language(entry: Any) -> str | None:
    details = [entry.get("title_detail"), *entry.get("content", ()), entry.get("summary_detail")]
    for detail in details:
        if detail and detail.get("language"):
            return str(detail["language"])
    return None


def _no_feed(body: bytes, url: str) -> ParseError:
    found = feed_of(body, url=url)
    if found:
        error = ParseError(f"{url}: a page, not a feed", id=url, cure=f"it names its feed: {found}")
        error.feed = found
        return error
    cure = "check the address, or make the source a page"
    return ParseError(f"{url or 'the file'}: no feed in it", id=url, cure=cure)
