"""An edition's mail for a list of readers: written once, addressed to each alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any
from urllib.parse import quote

from digest.records import Edition
from digest.stages.charts import Chart
from digest.stages.mail import Fill, Parts, add_parts, subject_of, write_parts
from digest.stages.safe import clean

PLACE = "https://unsubscribe.invalid/"  #: in the parts, where each reader's own link comes
#: Headers that programs read as they stand: folded at commas alone, and never encoded.
PLAIN = ("list-unsubscribe", "list-unsubscribe-post", "list-id", "list-archive", "message-id")


class ListPolicy(EmailPolicy):
    """SMTP's policy, with addresses in `List-*` left whole.

    The library encodes a word of more than a line ("=?utf-8?q?…"), and no mail program finds the
    address in it then: RFC 8058, 3.2 asks for it as it is.
    """

    def fold(self, name: str, value: Any) -> str:
        """Return a header as text."""
        return _plain(name, value) if name.lower() in PLAIN else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as bytes."""
        if name.lower() in PLAIN:
            return _plain(name, value).encode("ascii")
        return super().fold_binary(name, value)


POLICY = ListPolicy(linesep="\r\n", max_line_length=SMTP.max_line_length)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail without its reader."""

    edition: Edition
    parts: Parts
    subject: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a copy says of its list and its reader.

    Args:
        sender: address, with or without a name.
        to: the reader's address, checked.
        name: what the reader is called, "" where nobody said.
        message_id: of this copy.
        list_id: of the list, like a domain.
        link: https address that unsubscribes with one click, "" where there is none.
        mailto: address that takes mails that unsubscribe, "" where there is none.
        token: signed, of this subscription.
        archive: public address of the editions, "" where there is none.
    """

    sender: str
    to: str
    name: str
    message_id: str
    list_id: str
    link: str = ""
    mailto: str = ""
    token: str = ""
    archive: str = ""


def write_letter(
    edition: Edition,
    *,
    fill: Fill,
    pictures: Sequence[tuple[Chart, bytes]] = (),
    online: str = "",
    has_link: bool = True,
) -> Letter:
    """Return a letter: text, HTML and charts, the same for every reader."""
    place = PLACE if has_link else ""
    parts = write_parts(edition, fill=fill, pictures=pictures, unsubscribe=place, online=online)
    return Letter(edition, parts, subject_of(edition))


def address_letter(letter: Letter, envelope: Envelope) -> bytes:
    """Return the bytes of one reader's copy, its lines ended with CRLF.

    Nothing that a title, a name or an address holds can begin another header: control characters
    are taken out, and the library refuses what is left of them.
    """
    edition = letter.edition
    message = EmailMessage(policy=POLICY)
    name, address = parseaddr(envelope.sender)
    message["From"] = Address(clean(name or edition.title), addr_spec=address)
    message["To"] = Address(clean(envelope.name), addr_spec=envelope.to)
    message["Subject"] = clean(letter.subject)
    message["Date"] = format_datetime(datetime.fromisoformat(edition.compiled_at))
    message["Message-ID"] = envelope.message_id
    message["List-Id"] = f"<{envelope.list_id}>"
    where = list(_ways_out(envelope))
    if where:
        message["List-Unsubscribe"] = ", ".join(f"<{each}>" for each in where)
    if envelope.link:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058, 3.1
    if envelope.archive:
        message["List-Archive"] = f"<{envelope.archive}>"
    message["Precedence"] = "bulk"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies
    message["X-Auto-Response-Suppress"] = "All"  # the same, as Exchange reads it
    link = next(iter(where), "")
    parts = letter.parts
    html = parts.html.replace(PLACE, escape(link))
    own = Parts(parts.text.replace(PLACE, link), html, parts.pictures)
    add_parts(message, edition, own)
    return message.as_bytes()


def _ways_out(envelope: Envelope) -> Iterable[str]:
    if envelope.link:
        yield envelope.link
    if envelope.mailto:
        yield f"mailto:{envelope.mailto}?subject={quote(f'unsubscribe {envelope.token}')}"


def _plain(name: str, value: Any) -> str:
    text = clean(str(value))
    return f"{name}: {text.replace('>, <', f'>,{chr(13)}{chr(10)} <')}\r\n"
