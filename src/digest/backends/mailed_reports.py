"""Reads innovation reports that come by mail: the PDFs of a source that is declared a report.

The only place in which an attachment is opened; `backends.sandboxed` runs it in a child process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from digest.backends.mails import PARTS, read_mail
from digest.backends.media import sniff
from digest.backends.reports import ReportReader
from digest.errors import ParseError
from digest.records import Entry

MOST = 5  #: PDFs of a mail that are read
LARGEST = 25_000_000  #: bytes of one


class MailedReportReader:
    """Splits the PDFs that hang at a mail into their entries."""

    def read(self, body: bytes, *, url: str = "", media_type: str = "") -> Iterable[Entry]:
        """Return the entries of a mail's PDFs, each dated by its report, else by the mail.

        What an attachment is, its first bytes say: names and types from outside are not asked.

        Raises:
            ParseError: where there is no PDF, or none that can be read.
        """
        mail = read_mail(body)
        entries: list[Entry] = []
        problems: list[ParseError] = []
        for pdf in _pdfs(body):
            try:
                found = ReportReader().read(pdf, url="", media_type="application/pdf")
                entries += [replace(each, published=each.published or mail.date) for each in found]
            except ParseError as error:
                problems.append(error)
        if not entries:
            first = problems[0].message if problems else "no PDF hangs at it"
            raise ParseError(f"{mail.subject or 'a mail'}: {first}", id=mail.id)
        return entries


def _pdfs(raw: bytes) -> Iterator[bytes]:
    """Yield the PDFs of a mail, a few of them, in its order."""
    try:
        parts = list(_parts(message_from_bytes(raw)))
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise ParseError(f"a mail that cannot be taken apart: {error}") from error
    many = 0
    for part in parts:
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and len(data) <= LARGEST and sniff(data) == "application/pdf":
            yield data
            many += 1
        if many >= MOST:
            return


def _parts(message: Message) -> Iterator[Message]:
    stack: list[object] = [message]
    seen = 0
    while stack and seen < PARTS:
        part = stack.pop()
        if not isinstance(part, Message):
            continue
        seen += 1
        inner = part.get_payload()
        if isinstance(inner, list):
            stack += reversed(inner)
        else:
            yield part
