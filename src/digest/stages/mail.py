"""An edition as an e-mail: a complete text part, and an HTML part that no mail program cuts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from digest.records import Edition
from digest.stages.charts import Chart
from digest.stages.safe import clean
from digest.stages.words import Words

#: Gmail cuts a message's HTML after 102 kB: https://developers.google.com/workspace/gmail
LONGEST_HTML = 95_000
NOBODY = "digest@localhost.invalid"  #: RFC 2606: a name that can belong to nobody

Fill = Callable[..., str]


def make_mail(
    edition: Edition,
    *,
    fill: Fill,
    sender: str = "",
    to: Iterable[str] = (),
    pictures: Sequence[tuple[Chart, bytes]] = (),
) -> EmailMessage:
    """Return the message; the same edition, sender and readers give the same bytes.

    Args:
        edition: what to send.
        fill: fills a template: `fill(name, edition, **values) -> str`.
        sender: address for the From line; a placeholder that nobody owns where empty.
        to: the readers' addresses; none leaves the To line out.
        pictures: charts with their PNGs, which the HTML part shows.
    """
    message = EmailMessage(policy=SMTP)
    readers = ", ".join(to)
    address = parseaddr(sender)[1] or NOBODY
    message["From"] = (
        sender if parseaddr(sender)[0] else formataddr((clean(edition.title), address))
    )
    if readers:
        message["To"] = readers
    message["Subject"] = subject_of(edition)
    message["Date"] = format_datetime(datetime.fromisoformat(edition.compiled_at))
    message["Message-ID"] = message_id(edition, address)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies
    add_parts(message, edition, write_parts(edition, fill=fill, pictures=pictures))
    return message


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in a mail, whoever gets it.

    Args:
        text: the plain part.
        html: the HTML part.
        pictures: name, content id and bytes of each PNG that the HTML part shows.
    """

    text: str
    html: str
    pictures: tuple[tuple[str, str, bytes], ...] = ()


def write_parts(
    edition: Edition,
    *,
    fill: Fill,
    pictures: Sequence[tuple[Chart, bytes]] = (),
    unsubscribe: str = "",
    online: str = "",
) -> Parts:
    """Return the parts of a mail.

    Args:
        edition: what to tell.
        fill: fills a template.
        pictures: charts with their PNGs.
        unsubscribe: address of the link that unsubscribes; none where empty.
        online: public address of the edition; no link where empty.
    """
    links = {"unsubscribe": unsubscribe, "online": online}
    cids = [(chart, f"{chart.name}.{edition.id}@{NOBODY.split('@')[1]}") for chart, _ in pictures]
    return Parts(
        fill("mail.txt", edition, **links),
        short_html(edition, fill=fill, pictures=cids, links=links),
        tuple((c.name, cid, png) for (c, cid), (_, png) in zip(cids, pictures, strict=True)),
    )


def add_parts(message: EmailMessage, edition: Edition, parts: Parts) -> None:
    """Put text, HTML and pictures into a message; the same parts are always the same bytes."""
    message.set_content(parts.text, cte="quoted-printable")
    message.add_alternative(parts.html, subtype="html", cte="quoted-printable")
    boundary = _hash(edition.id, edition.compiled_at)
    if parts.pictures:
        related: Any = message.get_payload(1)  # the alternative just added
        for name, cid, png in parts.pictures:
            file = f"{name}.png"
            related.add_related(
                png, "image", "png", cid=f"<{cid}>", filename=file, disposition="inline"
            )
        related.set_boundary(f"=_r{boundary}")
    message.set_boundary(f"=_{boundary}")
    message["Content-Language"] = edition.language  # last: setting content takes such headers out


def subject_of(edition: Edition) -> str:
    """Return the subject: the edition's name, its days, and the headline of its opening."""
    words = Words(edition.language)
    said = words.labels.gettext("%(title)s, %(days)s")
    days = words.days(edition.start, edition.end)
    subject = said % {"title": clean(edition.title), "days": days}
    headline = clean(edition.opening.headline) if edition.opening else ""
    return f"{subject}{words.colon}{headline}" if headline else subject


def message_id(edition: Edition, address: str) -> str:
    """Return the Message-ID, the same each time, so that a mail sent twice is known as one."""
    return f"<{edition.id}.{_hash(edition.id, edition.compiled_at)}@{address.rsplit('@', 1)[1]}>"


def short_html(
    edition: Edition,
    *,
    fill: Fill,
    pictures: Sequence[tuple[Chart, str]] = (),
    links: Mapping[str, str],
) -> str:
    """Return the HTML part, telling as many stories in full as mail programs show."""
    html = ""
    for told in (1000, 40, 30, 20, 12, 8, 6, 4, 3, 2, 1, 0):
        html = fill("mail.html", edition, told=told, listed=1000, pictures=pictures, **links)
        if len(html.encode()) < LONGEST_HTML:
            return html
    return fill("mail.html", edition, told=0, listed=60, pictures=(), **links)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
