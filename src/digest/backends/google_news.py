"""Reads the address out of a Google News link, where the link holds it; nobody is called.

Such a link ends in base64 of a protobuf message. Until 2024 its fourth field was the article's
address (`CBMi…`); since then it is a token that only Google can resolve (`…AU_yqL…`).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

HOST = "news.google.com"
PATH = re.compile(r"^/(?:rss/)?(?:articles|read|__i/rss/rd/articles)/([\w-]+={0,2})$")
LONGEST = 4000  #: characters of a link that are read


def is_article_link(url: str) -> bool:
    """Return whether an address is Google News's own for somebody else's article."""
    return _token(url) is not None


def target_of(url: str) -> str | None:
    """Return the article's address that a Google News link holds, None where it holds none."""
    token = _token(url)
    if token is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(token.rstrip("=") + "=" * (-len(token.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        return None
    for field in _texts(raw):
        try:
            text = field.decode("ascii")
        except UnicodeDecodeError:
            continue
        if re.fullmatch(r"https?://[^\s<>\"/]+\.[^\s<>\"]+", text):
            return text
    return None


def _token(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        found = PATH.match(parts.path) if parts.hostname == HOST else None
    except ValueError:
        return None
    return found[1] if found and len(found[1]) <= LONGEST else None


def _texts(message: bytes) -> Iterator[bytes]:
    """Yield the fields of a protobuf message that have a length, as far as it can be read."""
    place = 0
    while place < len(message):
        key, place = _number(message, place)
        if key & 7 == 0:
            _, place = _number(message, place)
        elif key & 7 == 2:
            size, place = _number(message, place)
            yield message[place : place + size]
            place += size
        else:
            return


def _number(message: bytes, place: int) -> tuple[int, int]:
    """Return the number that begins at a place, seven bits a byte, and the place after it."""
    value = 0
    for shift in range(0, 63, 7):
        if place >= len(message):
            break
        byte = message[place]
        place += 1
        value |= (byte & 127) << shift
        if byte < 128:
            break
    return value, place
