"""Reads and writes OPML 2.0, the list of feeds that readers exchange (opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import urlsplit

from digest.errors import InputError
from digest.records import Source, Voice
from digest.source_checks import slug, wrong_language

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_opml(file: Path) -> list[Source]:
    """Return the feeds of an OPML file as sources, in its order.

    `category` gives the voice where it is one of ours, else "independent"; names may repeat.

    Raises:
        InputError: where the file is missing, is no XML, or lists no feed.
    """
    from lxml import etree

    # Neither entities nor the network: the file comes from outside.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}", id=str(file)) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{file}: not OPML: {error}", id=str(file)) from error
    outlines = [] if root is None else list(root.iter("outline"))
    found = [_source(outline, file.name) for outline in outlines if _attribute(outline, "xmlurl")]
    if not found:
        raise InputError(f"{file}: no feed in it", cure="an OPML file has outlines with xmlUrl")
    return found


def _attribute(outline: _Element, name: str) -> str:
    """Return an attribute whatever its case: programs write xmlUrl, xmlurl and xmlURL."""
    for key, value in outline.attrib.items():
        if str(key).lower() == name:
            return str(value).strip()
    return ""


def _source(outline: _Element, file: str) -> Source:
    url = _attribute(outline, "xmlurl")
    title = _attribute(outline, "title") or _attribute(outline, "text") or _host(url)
    voice = _attribute(outline, "category").strip("/")
    language = _attribute(outline, "language").replace("_", "-")
    return Source(
        name=slug(_attribute(outline, "text") or title),
        kind="feed",
        url=url,
        publisher=title,
        voice=voice if voice in get_args(Voice) else "independent",  # type: ignore[arg-type]
        language=language if language and not wrong_language(language) else None,
        why=_attribute(outline, "description"),
        seen_in=file,
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


def write_opml(sources: Iterable[Source]) -> str:
    """Return an OPML 2.0 document: feeds as `rss` outlines, pages and reports as links.

    Newsletters are left out: a path on this machine is of no use on another.
    """
    from lxml import etree
    from lxml.builder import E

    outlines = [_outline(source) for source in sources if not source.is_mailed]
    body = E.body(*[E.outline(**attributes) for attributes in outlines])
    document = E.opml(E.head(E.title("Digest: sources")), body, version="2.0")
    return bytes(
        etree.tostring(document, encoding="utf-8", xml_declaration=True, pretty_print=True)
    ).decode()


def _outline(source: Source) -> dict[str, str]:
    attributes = {
        "type": "rss" if source.kind == "feed" else "link",
        "text": source.name,
        "title": source.publisher,
        "xmlUrl" if source.kind == "feed" else "url": source.url,
        "category": f"/{source.voice}",
        "language": source.language or "",
        "description": source.why,
    }
    return {key: value for key, value in attributes.items() if value}
