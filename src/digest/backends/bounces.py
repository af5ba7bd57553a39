"""Reads what came back: bounces (RFC 3464), complaints (ARF, RFC 5965), mails that unsubscribe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from digest.errors import ParseError
from digest.records import Returned
from digest.records.delivery import ReportKind

PARTS = 200  #: parts of a mail that are looked at
RECIPIENTS = 1_000  #: of one bounce
WORDS = 300  #: characters of a server's words that are kept
COMPLAINTS = ("abuse", "fraud", "virus", "other")  #: not "not-spam", "auth-failure": RFC 5965, 7.3
TOKEN = re.compile(r"/unsubscribe/([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)")
ASKED = re.compile(r"\bunsubscribe[ :+]+([A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64})", re.I)
ADDRESS = re.compile(r"[^\s<>;,]+@[^\s<>;,]+")


def read_returned(raw: bytes) -> list[Returned]:
    """Return what a mail says of our readers; an empty list where it is none of these three.

    Args:
        raw: the mail as it was received.

    Raises:
        ParseError: where it cannot be taken apart.
    """
    try:
        message = message_from_bytes(raw)
        parts = list(_parts(message))
        for kind, read in (
            ("message/delivery-status", _bounce),
            ("message/global-delivery-status", _bounce),
            ("message/feedback-report", _complaint),
        ):
            found = next((part for part in parts if part.get_content_type() == kind), None)
            if found is not None:
                return read(found, *_ours(parts))
        return _asked(message, parts)
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError) as error:
        raise ParseError(f"a mail that cannot be taken apart: {error}") from error


def _parts(message: Message) -> Iterator[Message]:
    """Yield a mail's parts, those of a returned mail inside it too, never without end."""
    stack: list[Message] = [message]
    for _ in range(PARTS):
        if not stack:
            return
        part = stack.pop()
        yield part
        inside = part.get_payload()
        if isinstance(inside, list):
            stack += [each for each in reversed(inside) if isinstance(each, Message)]


def _ours(parts: list[Message]) -> tuple[str, str]:
    """Return Message-ID and token of our mail, as far as the report gives it back."""
    for part in parts[1:]:
        if part.get_content_type() == "text/rfc822-headers":
            text = part.get_payload(decode=True)
            part = message_from_bytes(text if isinstance(text, bytes) else b"")
        if part.get("Message-ID") and (part.get("List-Unsubscribe") or part.get("List-Id")):
            token = TOKEN.search(_text(part, "List-Unsubscribe"))
            return _text(part, "Message-ID").strip(), token[1] if token else ""
    return "", ""


def _bounce(status: Message, message_id: str, token: str) -> list[Returned]:
    blocks = status.get_payload()
    if not isinstance(blocks, list):
        return []
    found = []
    for block in blocks[:RECIPIENTS]:
        if not isinstance(block, Message):
            continue
        action = _text(block, "Action").lower()
        code = _text(block, "Status").split(" ")[0]
        kind = _kind(action, code)
        address = _address(_text(block, "Original-Recipient") or _text(block, "Final-Recipient"))
        if kind:
            said = re.sub(r"^\s*smtp\s*;\s*", "", _text(block, "Diagnostic-Code"), flags=re.I)
            said = (said or f"{action} {code}")[:WORDS]
            found.append(Returned(kind, address, message_id, token, code, said))
    return found


def _kind(action: str, code: str) -> ReportKind | None:
    """Return what a bounce is; None for one that says that the mail is on its way or was taken."""
    if action != "failed":
        return None  # "delayed": the other server goes on trying, and says so when it gives up
    # 5.2.2 is a full mailbox; of 5.7.x (policy) and 5.3 to 5.6 the address is not to blame.
    return "hard" if re.match(r"5\.(1\.(1|2|3|6|10)|2\.1)$", code) else "soft"


def _complaint(report: Message, message_id: str, token: str) -> list[Returned]:
    inside = report.get_payload()
    fields = inside[0] if isinstance(inside, list) and inside else report
    if not isinstance(fields, Message):
        return []
    kind = _text(fields, "Feedback-Type").lower()
    if kind not in COMPLAINTS:
        return []
    address = _address(_text(fields, "Original-Rcpt-To") or _text(fields, "Removal-Recipient"))
    return [Returned("complaint", address, message_id, token, "", f"marked as {kind}")]


def _asked(message: Message, parts: list[Message]) -> list[Returned]:
    """Return the wish of a mail to the address that `List-Unsubscribe` names."""
    subject = _text(message, "Subject")
    texts = (part for part in parts if part.get_content_type() == "text/plain")
    body = next(iter(texts), None)
    content = body.get_payload(decode=True) if body is not None else b""
    said = content[:2_000].decode("utf-8", "replace") if isinstance(content, bytes) else ""
    found = ASKED.search(subject) or ASKED.search(said)
    if not found or _text(message, "Auto-Submitted").lower() not in ("", "no", "auto-generated"):
        return []  # an out-of-office reply quotes our subject, never this one
    return [Returned("unsubscribe", "", "", found[1], "", "asked by mail")]


def _text(message: Message, name: str) -> str:
    """Return a header on one line, its encoded words read."""
    value = message.get(name)
    if value is None:
        return ""
    pieces = []
    for piece, charset in decode_header(str(value)):
        if isinstance(piece, str):
            pieces.append(piece)
        else:
            pieces.append(piece.decode(charset or "ascii", "replace"))
    return " ".join("".join(pieces).split())


def _address(value: str) -> str:
    """Return the address of "rfc822; Reader@Example.org" or "<reader@example.org>"."""
    found = ADDRESS.search(value.rpartition(";")[2])
    return found[0].lower() if found else ""
