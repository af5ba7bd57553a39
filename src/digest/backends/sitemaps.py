"""Reads sitemaps (sitemaps.org 0.9, Google's news extension): for publishers without a feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from digest.backends.dates import few_guesses, parse_date
from digest.backends.markup import absolute, clean
from digest.backends.unpacking import PackedError, TruncatedError, unpacked
from digest.errors import ParseError
from digest.records import Entry

LARGEST = 50_000_000  #: bytes that a sitemap may have (the protocol's own limit is 50 MB)


class SitemapReader:
    """Reads a sitemap, plain or gzipped; of an index it names the parts that have to be read."""

    @few_guesses()
    def read(self, body: bytes, *, url: str, media_type: str = "") -> Iterable[Entry]:
        """Return the pages of a sitemap, the latest first: address, date, title of a news one.

        `lastmod` is the day of the last change, so that it is `updated`, and not `published`.

        Raises:
            ParseError: where the body is no sitemap.
        """
        root = _parse(body, url)
        if root is None or _name(root) not in ("urlset", "sitemapindex"):
            raise ParseError(f"{url or 'the file'}: no sitemap", id=url, cure="check the address")
        found = [entry for node in root if _name(node) == "url" for entry in _entry(node, url)]
        found.sort(key=lambda entry: entry.published or entry.updated or "", reverse=True)
        return found

    @few_guesses()
    def more(self, body: bytes, *, url: str) -> Sequence[str]:
        """Return the addresses of an index's parts, the latest first; nothing of a sitemap."""
        root = _parse(body, url)
        if root is None or _name(root) != "sitemapindex":
            return ()
        parts = [_fields(node) for node in root if _name(node) == "sitemap"]
        parts.sort(key=lambda part: parse_date(part.get("lastmod")) or "", reverse=True)
        found = [absolute(part.get("loc"), url) for part in parts]
        return [address for address in found if address]


def _parse(body: bytes, url: str) -> Any:
    from lxml import etree

    try:
        body = unpacked(body, limit=LARGEST)
    except (PackedError, TruncatedError) as error:
        raise ParseError(f"{url or 'the file'}: {error}", id=url) from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"{url or 'the file'}: no sitemap: {error}", id=url) from error


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _fields(node: Any) -> dict[str, str]:
    """Return the texts below a node by their names without namespaces, the first of each."""
    found: dict[str, str] = {}
    for child in node.iter():
        if isinstance(child.tag, str) and child.text and child.text.strip():
            found.setdefault(_name(child), clean(child.text))
    return found


def _entry(node: Any, base: str) -> Iterator[Entry]:
    given = _fields(node)
    address = absolute(given.get("loc"), base)
    if address:
        yield Entry(
            url=address,
            title=given.get("title", "") if "publication_date" in given else "",
            published=parse_date(given.get("publication_date")),
            html="",
            language=given.get("language") if "publication_date" in given else None,
            updated=parse_date(given.get("lastmod")),
        )
