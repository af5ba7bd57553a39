"""Tells what kind of document a body is: from its header, its first bytes, its address."""

from __future__ import annotations

import re
from email.message import Message
from urllib.parse import urlsplit

ENDINGS = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "xml": "application/xml",
    "json": "application/json",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "eml": "message/rfc822",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "zip": "application/zip",
}
SAYS_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream", "unknown/unknown"})


def media_type_of(said: str, body: bytes, address: str = "") -> str:
    """Return the media type, lower case, without parameters.

    The header's word wins, unless it says nothing; then the first bytes, then the address's ending.
    """
    named = said.split(";")[0].strip().lower()
    if named not in SAYS_NOTHING:
        return named
    return sniff(body) or by_ending(address) or "application/octet-stream"


def charset_of(said: str) -> str | None:
    """Return the charset that a Content-Type header names, or None."""
    if "charset" not in said.lower():
        return None
    header = Message()
    header["Content-Type"] = said
    return header.get_content_charset()


def by_ending(address: str) -> str:
    """Return the media type that an address's or file's ending promises, or nothing."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return ENDINGS.get(path.rpartition(".")[2].lower(), "")


def sniff(body: bytes) -> str:
    """Return the media type that the first bytes show, or nothing."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"").lower()
    if start.startswith(b"%pdf-"):
        return "application/pdf"
    if re.match(
        rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf:rdf|[a-z]+:feed)\b", start, re.S
    ):
        return "application/xml"
    if re.match(rb"(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", start, re.S):
        return "text/html"
    if start.startswith(b"{"):
        return "application/json"
    return "application/xml" if start.startswith(b"<?xml") else ""
