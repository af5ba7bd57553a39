"""Mends feeds that are broken, so that a parser finds the entries that are still in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

ENTRY = re.compile(rb"<(?:[a-zA-Z][\w.-]*:)?(?:item|entry)(?=[\s>/])", re.I)
HIDDEN = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.S)
PROLOG = re.compile(rb"\A.*?(?=<(?:\?xml|rss\b|feed\b|rdf:RDF\b|[a-z]+:feed\b))", re.S | re.I)
DECLARATION = re.compile(rb"<\?xml[^>]*\?>")
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONE_AMPERSAND = re.compile(rb"&(?!(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
DEEPEST = 5_000  # a broken feed may leave one open in each of its entries
OPENING = re.compile(rb"<(/)?[a-zA-Z][^<>]*?(/)?>")
HEAD = 4096  # bytes in which a document type begins
ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF|opml|[a-zA-Z]+:feed)\b", re.I)
DANGEROUS = re.compile(
    rb"<!ENTITY\s+(?:%|[^\s>]+\s+(?:SYSTEM|PUBLIC|\"[^\"]*&(?!#)|'[^']*&(?!#)|\"[^\"]{200}|'[^']{200}))"
)
URI = re.compile(rb"(<link\b[^>]*?)\suri\s*=\s*(\"[^\"]*\"|'[^']*')", re.I)
# Byte order marks, and how "<" looks in the wide encodings where there is no mark; longest first.
WIDE = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def count_entries(body: bytes) -> int:
    """Return how many entries a feed opens, comments and quoted text left out."""
    return len(ENTRY.findall(HIDDEN.sub(b"", narrow(body))))


def is_bottomless(body: bytes) -> bool:
    """Return whether a feed opens thousands of elements inside each other, as none does."""
    if body.count(b"<") < DEEPEST:
        return False
    depth = 0
    for match in OPENING.finditer(HIDDEN.sub(b"", body)):
        depth += -1 if match[1] else 0 if match[2] else 1
        if depth > DEEPEST:
            return True
        depth = max(depth, 0)
    return False


def mend(body: bytes) -> Iterator[bytes]:
    """Yield repaired copies of a feed, the most careful first.

    Junk before the prolog, control characters and lone ampersands go; then lxml's recovering parser
    closes what was left open; then the entries alone are put into a fresh feed.
    """
    text = CONTROL.sub(b" ", narrow(body))
    text = LONE_AMPERSAND.sub(b"&amp;", PROLOG.sub(b"", text, count=1))
    yield text
    recovered = _recover(text)
    if recovered:
        yield recovered
    yield _entries_alone(text)


def narrow(body: bytes) -> bytes:
    """Return a UTF-16 or UTF-32 feed as UTF-8, any other as it is.

    `<link uri="at://…">` loses that attribute: feedparser would take it for the link.
    """
    for mark, encoding in WIDE:
        if body.startswith(mark):
            text = body.decode(encoding, "replace").lstrip("\ufeff").encode("utf-8", "replace")
            declared = b'<?xml version="1.0" encoding="utf-8"?>'
            body = DECLARATION.sub(declared, text, count=1)
            break
    return URI.sub(rb"\1", _without_entities(body))


def _without_entities(body: bytes) -> bytes:
    """Return a feed without a document type that declares entities made of others, or files.

    Such entities grow tenfold a line; honest ones stand for a character or two.
    """
    start = body[:HEAD].find(b"<!DOCTYPE")
    if start < 0:
        return body
    root = ROOT.search(body, start)
    end = root.start() if root else len(body)
    if not DANGEROUS.search(body, start, end):
        return body
    return body[:start] + body[end:]


def _recover(body: bytes) -> bytes | None:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None
    return None if root is None else bytes(etree.tostring(root, encoding="utf-8"))


def _entries_alone(body: bytes) -> bytes:
    starts = [match.start() for match in ENTRY.finditer(body)]
    pieces = [body[a:b] for a, b in zip(starts, [*starts[1:], len(body)], strict=True)]
    declared = DECLARATION.match(body)
    prolog = declared[0] if declared else b'<?xml version="1.0" encoding="utf-8"?>'
    atom = bool(starts) and b"entry" in ENTRY.match(body, starts[0])[0].lower()  # type: ignore[index]
    name = b"entry" if atom else b"item"
    closed = [_close(piece, name) for piece in pieces]
    if atom:
        return (
            prolog + b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"".join(closed) + b"</feed>"
        )
    return prolog + b'<rss version="2.0"><channel>' + b"".join(closed) + b"</channel></rss>"


def _close(piece: bytes, name: bytes) -> bytes:
    end = re.search(rb"</(?:[a-zA-Z][\w.-]*:)?" + name + rb"\s*>", piece, re.I)
    return piece[: end.end()] if end else piece + b"</" + name + b">"
