"""Takes a mail apart: who, when, what about, and its text; attachments stay closed."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.errors import MessageError
from email.header import Header, decode_header
from email.message import Message
from email.utils import parseaddr

from digest.backends.dates import parse_date
from digest.backends.decoding import SUPERSETS
from digest.backends.markup import clean
from digest.errors import ParseError

PARTS = 2_000  # parts of a mail that are looked at; an honest one has some ten
LARGEST = 5_000_000  # bytes of a text part that are read
MARKUP = re.compile(
    r"^\s*<(!doctype html|html|head|body|table|div|p|h[1-6]|ul|center|style)\b", re.I
)  # sent as plain text


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as far as a reader of news needs it."""

    id: str  #: Message-ID, or a hash of the mail where it has none
    subject: str
    sender: str
    date: str | None
    html: str
    text: str
    language: str | None
    archived_at: str | None  #: public address of the mail, where the list names one


def read_mail(raw: bytes) -> Mail:
    """Return a mail's headers and text, however broken its parts.

    Raises:
        ParseError: where there is nothing in it, or it is nested without end.
    """
    if not raw.strip():
        raise ParseError("an empty file, no mail")
    try:
        message = message_from_bytes(raw)
        html, text = _texts(message)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise ParseError(f"a mail that cannot be taken apart: {error}") from error
    name, address = parseaddr(_header(message, "From"))
    return Mail(
        id=_id(message, raw),
        subject=_header(message, "Subject"),
        sender=clean(name) or address,
        date=parse_date(re.sub(r"\s*\([^)]*\)\s*$", "", _header(message, "Date"))),
        html=html,
        text=text,
        language=_language(message),
        archived_at=_address(_header(message, "Archived-At")),
    )


def _id(message: Message, raw: bytes) -> str:
    given = _header(message, "Message-ID").strip("<> ")
    return given or f"sha256-{hashlib.sha256(raw).hexdigest()[:32]}"


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        # A header in bare UTF-8 comes as a `Header`, whose own text has lost its letters.
        pieces = decode_header(value if isinstance(value, Header) else str(value))
    except (MessageError, ValueError):
        return clean(str(value))
    return clean("".join(_piece(piece, charset) for piece, charset in pieces))


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    return decode(piece, None if charset in (None, "unknown-8bit") else charset)


def decode(data: bytes, charset: str | None) -> str:
    """Return bytes as text: by the charset named, else UTF-8, else the likeliest.

    What calls itself ASCII or Latin-1 is UTF-8 or, as browsers take it, Windows-1252.
    """
    wider = SUPERSETS.get((charset or "").lower(), charset)
    names = ("utf-8", wider, "latin-1") if wider == "cp1252" else (wider, charset, "utf-8")
    for name in names:
        try:
            if name:
                return data.decode(name)
        except (LookupError, ValueError):  # no such charset, not in it, a NUL in its name
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data[:20_000]).best()
    try:
        return data.decode(best.encoding if best else "cp1252", "replace")
    except (LookupError, ValueError):
        return data.decode("cp1252", "replace")


def _texts(message: Message) -> tuple[str, str]:
    html: list[str] = []
    text: list[str] = []
    for number, part in enumerate(_leaves(message)):
        if number >= PARTS:
            break
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain") and not _is_attached(part):
            content = _content(part)
            (html if kind == "text/html" or MARKUP.search(content) else text).append(content)
    return "\n".join(html), "\n\n".join(text)


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts in order; a mail forwarded inside a mail is read as part of it."""
    stack: list[object] = [message]
    while stack:
        part = stack.pop()
        if not isinstance(part, Message) or _is_attached(part):
            continue
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, str):
            inner = _with_own_boundary(inner)
        if isinstance(inner, list):
            stack += reversed(inner)
        else:
            yield part


def _with_own_boundary(text: str) -> list[object]:
    """Return the parts of a mail whose header names a boundary that its body does not use."""
    found = re.search(r"^--([^\r\n]{1,200})\r?\n(?=content-)", text, re.M | re.I)
    if not found:
        return []
    whole = f'Content-Type: multipart/mixed; boundary="{found[1].strip()}"\n\n{text}'
    parts = message_from_string(whole).get_payload()
    return list(parts) if isinstance(parts, list) else []


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _content(part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except (ValueError, LookupError, AttributeError):
        data, charset = None, None
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        data = _from_base64(part, data)
    if not isinstance(data, bytes):
        return str(part.get_payload() or "")[:LARGEST]
    return decode(data[:LARGEST], charset)


def _from_base64(part: Message, data: object) -> object:
    """Return a part that calls itself base64, also where its end is missing, or it is none."""
    raw = part.get_payload()
    if not isinstance(raw, str):
        return data
    strange = len(re.sub(r"[A-Za-z0-9+/=\s]", "", raw)) + raw.count(" ")
    if MARKUP.search(raw) or strange > len(raw) / 20:
        return raw.encode("utf-8", "surrogateescape")
    letters = re.sub(r"[^A-Za-z0-9+/]", "", raw)
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    return b64decode(whole + "=" * (-len(whole) % 4))


def _language(message: Message) -> str | None:
    match = re.match(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", _header(message, "Content-Language"))
    return match[0] if match else None


def _address(value: str) -> str | None:
    value = value.strip("<> ")
    return value if re.match(r"https?://[^\s/]+", value) else None
