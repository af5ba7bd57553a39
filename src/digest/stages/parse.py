"""Reads the entries of one file, for `digest stage parse`: `poll` without the network."""

from __future__ import annotations

from collections.abc import Mapping

from digest.errors import InputError
from digest.ports import EntryReader
from digest.records import Entry

# The words of the command's input, and the kind of source that each is.
KINDS = {
    "feed": "feed",
    "mail": "newsletter",
    "report": "report",
    "page": "page",
    "sitemap": "sitemap",
}


def parse(
    kind: str, body: bytes, *, path: str = "", readers: Mapping[str, EntryReader]
) -> list[Entry]:
    """Return the entries of a feed, mail, report, listing page or sitemap.

    Args:
        kind: `feed`, `mail`, `report`, `page` or `sitemap`.
        body: the file's bytes.
        path: the file's name: its ending tells a PDF from a page where the bytes do not.
        readers: one reader for each kind of source.

    Raises:
        InputError: where the kind is not one of these.
        ParseError: where the file holds nothing of that kind.
    """
    source_kind = KINDS.get(kind)
    if source_kind is None or source_kind not in readers:
        raise InputError(f"unknown kind {kind!r}", id=path, cure=f"one of {', '.join(KINDS)}")
    media_type = "application/pdf" if path.lower().endswith(".pdf") else ""
    return list(readers[source_kind].read(body, url="", media_type=media_type))
