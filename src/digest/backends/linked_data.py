"""Reads the JSON-LD of a page: what its publisher says about the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from digest.text import normalise, url_key

ARTICLES = frozenset(
    {"article", "newsarticle", "blogposting", "techarticle", "report", "scholarlyarticle"}
    | {"reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "reviewnewsarticle"}
    | {"backgroundnewsarticle", "askpublicnewsarticle", "liveblogposting", "pressrelease"}
    | {"socialmediaposting"}
)
LISTS = frozenset({"collectionpage", "searchresultspage", "itemlist", "profilepage"})
DEEPEST, MOST = 40, 20_000  #: nesting and nodes that are read: foreign data has no limits
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WRAPPING = re.compile(
    r"^\s*(?:<!--|/\*.*?\*/|//<!\[CDATA\[|<!\[CDATA\[)+|(?:-->|//\]\]>|\]\]>)\s*;?\s*$", re.S
)


def nodes_of(scripts: list[str]) -> list[dict[str, Any]]:
    """Return every object of the page's JSON-LD, outer ones first, references resolved."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        for document in _load(script):
            found += _walk(document)
    by_id = {
        node["@id"]: node for node in found if isinstance(node.get("@id"), str) and len(node) > 1
    }
    return [_resolved(node, by_id) for node in found]


def article_of(
    nodes: list[dict[str, Any]],
    *,
    pages: frozenset[str] = frozenset(),
    titles: frozenset[str] = frozenset(),
) -> dict[str, Any] | None:
    """Return the object of the article itself: the first of an article's type, the fullest first.

    Lists of teasers hold articles too: one that has a date and a headline goes before one without,
    and one that names this page before those. Of several that all name other pages, only one with
    this page's title is it.

    Args:
        nodes: the page's objects.
        pages: this page's addresses, as `url_key` writes them.
        titles: what this page calls itself, normalised.
    """
    articles = [node for node in nodes if types_of(node) & ARTICLES]
    named = [(node, addresses_of(node)) for node in articles]
    here = [node for node, addresses in named if addresses & pages]
    nowhere = [node for node, addresses in named if not addresses]
    elsewhere = [node for node, addresses in named if addresses and not addresses & pages]
    if pages and len(elsewhere) > 1 and len({frozenset(addresses_of(e)) for e in elsewhere}) > 1:
        elsewhere = [node for node in elsewhere if _is_titled(node, titles)]
    for some in (here, nowhere, elsewhere):
        full = [node for node in some if node.get("datePublished") and node.get("headline")]
        if some:
            return next(iter(full or some))
    return None


def _is_titled(node: dict[str, Any], titles: frozenset[str]) -> bool:
    return any(normalise(unescape(text)) in titles for text in texts(node.get("headline")))


def addresses_of(node: dict[str, Any]) -> frozenset[str]:
    """Return the pages that an object says it is the article of, as `url_key` writes them."""
    page = node.get("mainEntityOfPage")
    told = [page.get("@id"), page.get("url")] if isinstance(page, dict) else [page]
    found: set[str] = set()
    for address in (*told, node.get("url")):
        if isinstance(address, str) and re.match(r"https?://[^/]", address):
            with suppress(ValueError):
                found.add(url_key(address.partition("#")[0]))
    return frozenset(found)


def types_of(node: dict[str, Any]) -> frozenset[str]:
    """Return the object's types in lower case, without the vocabulary's address."""
    return frozenset(text.rsplit("/", 1)[-1].lower() for text in texts(node.get("@type")))


def texts(value: Any) -> list[str]:
    """Return the strings of a value that may be one, a list, or objects with a name."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, list):
        return [text for each in value[:100] for text in texts(each)]
    if isinstance(value, dict):
        return texts(value.get("name") or value.get("@value"))
    return []


def _load(script: str) -> Iterator[Any]:
    text = WRAPPING.sub("", CONTROL.sub(" ", script)).strip().rstrip(";")
    decoder = json.JSONDecoder(strict=False)
    place = 0
    while place < len(text):  # some pages put several documents into one element
        try:
            document, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            repaired = re.sub(r",\s*([}\]])", r"\1", text[place:])
            if repaired == text[place:]:
                return
            text, place = repaired, 0
            continue
        yield document
        while place < len(text) and text[place] in " \r\n\t,;":
            place += 1


def _walk(document: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    queue: list[tuple[Any, int]] = [(document, 0)]
    for value, depth in queue:  # the list grows while it is read: breadth first, no recursion
        if depth > DEEPEST or len(queue) > MOST:
            break
        if isinstance(value, dict):
            found.append(value)
            queue += [
                (inner, depth + 1) for inner in value.values() if isinstance(inner, (dict, list))
            ]
        elif isinstance(value, list):
            queue += [(inner, depth + 1) for inner in value]
    return found


def _resolved(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {key: _reference(value, by_id) for key, value in node.items()}


def _reference(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_reference(each, by_id) for each in value[:100]]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value
