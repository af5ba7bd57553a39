"""Says by which names feedparser knows the elements and attributes of feeds, in whatever prefix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

# What feedparser makes something of that we don't read, and that changes nothing else.
IDLE = re.compile(
    r"(?:media|georss|gml|psc|admin|cc|creativecommons)_\w*|webmaster|dc_(?:publisher|subject)"
    r"|itunes_(?:category|keywords|block|explicit)|category|keywords|width|height|where|cloud"
    r"|generator|enclosure|expirationdate|dcterms_valid|contributor|dc_contributor"
)
# Names under which feedparser keeps what we read: an unknown element of such a name would be it.
TAKEN = frozenset(
    {"title", "title_detail", "links", "link", "id", "guid", "guidislink", "summary", "content"}
    | {"summary_detail", "description_detail", "date", "date_parsed", "author", "authors", "image"}
    | {"published_parsed", "updated_parsed", "created_parsed", "modified_parsed", "issued_parsed"}
    | {"item", "entry", "source", "textinput", "author_detail", "language"}
)
KEPT = 4096  #: names that are remembered
USERLAND = "backend.userland.com/rss"  # all of Userland's namespaces are RSS's own


class UnusualError(Exception):
    """A feed that is better read by feedparser itself."""


@cache
def reading() -> Any:
    """Return feedparser's own reader of XML: what it knows is asked of it, not said again."""
    from feedparser.api import StrictFeedParser

    return StrictFeedParser


@cache
def _prefixes() -> Mapping[str, str]:
    return {address.lower(): prefix for address, prefix in reading().namespaces.items() if address}


@cache
def _reserved() -> frozenset[str]:
    return frozenset(prefix.lower() for prefix in _prefixes().values() if prefix)


@cache
def handled() -> frozenset[str]:
    """Return the elements of which feedparser makes anything in particular."""
    ways = [name.split("_", 2) for name in dir(reading())]
    return frozenset(
        way[2].lower()
        for way in ways
        if len(way) == 3 and way[1] in ("start", "end") and not way[0]
    )


def prefix_of(address: str) -> str | None:
    """Return the prefix that feedparser gives a namespace: "" for a feed's own, None if unknown."""
    lower = address.lower()
    return "" if USERLAND in lower else _prefixes().get(lower)


def check_prefix(prefix: str | None, address: str) -> None:
    """Raise `UnusualError` where a prefix that feedparser knows stands for another of those."""
    found = prefix_of(address)
    if found is not None and prefix in _reserved() and found.lower() != prefix:
        raise UnusualError(f"{prefix} stands for {address}")


@lru_cache(KEPT)
def element_name(raw: str) -> str:
    """Return the name of an element: `title`, `dc_creator`, `georss_point`.

    Args:
        raw: as expat says it: name, or namespace and name, or those and the prefix.
    """
    parts = raw.split(" ")
    if len(parts) == 1:
        return raw.lower()
    prefix = prefix_of(parts[0])
    if prefix is None:
        prefix = parts[2] if len(parts) == 3 else ""  # unknown, by whatever prefix it has
    return f"{prefix}_{parts[1]}".lower().removeprefix("_")


def attributes_of(given: Mapping[str, str]) -> dict[str, str]:
    """Return an element's attributes by their names: `href`, `xml:lang`, `rdf:about`.

    One of a namespace that nobody knows counts under its bare name, too, where no other has it.
    """
    found = {_known(raw): value for raw, value in given.items()}
    if any(" " in raw for raw in given):
        found |= {_written(raw): value for raw, value in given.items()}
    return found


@lru_cache(KEPT)
def _known(raw: str) -> str:
    parts = raw.split(" ")
    prefix = prefix_of(parts[0]) if len(parts) > 1 else ""
    return f"{prefix}:{parts[1]}".lower() if prefix else parts[len(parts) > 1].lower()


@lru_cache(KEPT)
def _written(raw: str) -> str:
    parts = raw.split(" ")
    return (f"{parts[2]}:{parts[1]}" if len(parts) == 3 else parts[-1]).lower()


@lru_cache(KEPT)
def check_idle(name: str) -> None:
    """Raise `UnusualError` where an element that we don't read might change what we do."""
    known = name in handled() and not IDLE.fullmatch(name)
    if known or name in TAKEN or name.endswith(("_item", "_entry")):
        raise UnusualError(f"{name}, of which feedparser knows more")
