"""Makes the newsletters: mails with link lists, one file each or in one mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import Any
from urllib.parse import quote

from corpus.texts import Text

LEAVE = {"de": "Abmelden", "en": "Unsubscribe", "fr": "Se désinscrire"}


@dataclass(frozen=True)
class Letter:
    """A newsletter: who sends it, how it hides its links, and its mails."""

    key: str
    name: str
    host: str
    language: str
    links: str  #: "target": a redirect with the target in it; "opaque": a bare code; "plain"
    footer: str
    mails: tuple[dict[str, Any], ...]
    as_mbox: bool = False


def make_mails(letter: Letter, texts: dict[str, Text]) -> dict[str, bytes]:
    """Return path and bytes of the letter's files below `mail/`."""
    mails = [_mail(letter, mail, texts) for mail in letter.mails]
    if not letter.as_mbox:
        names = [f"{letter.key}/{mail['date'][:10]}.eml" for mail in letter.mails]
        return dict(zip(names, mails, strict=True))
    whole = b"".join(
        _from_line(letter, mail) + raw.replace(b"\r\n", b"\n") + b"\n"
        for mail, raw in zip(letter.mails, mails, strict=True)
    )
    return {f"{letter.key}.mbox": whole}


def make_redirects(letter: Letter, texts: dict[str, Text]) -> dict[str, str]:
    """Return path below `web/` and target of each tracking link."""
    if letter.links == "plain":
        return {}
    return {
        f"click.{letter.host}/c/{_code(letter, mail, place)}.redirect": _target(entry, texts)
        for mail in letter.mails
        for place, entry in enumerate(mail["entries"])
    }


def _mail(letter: Letter, mail: dict[str, Any], texts: dict[str, Text]) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{letter.name} <letter@{letter.host}>"
    message["To"] = f"Reader <reader@{letter.host}>"
    message["Subject"] = mail["subject"]
    message["Date"] = format_datetime(datetime.fromisoformat(mail["date"]))
    message["Message-ID"] = f"<{mail['date'][:10]}@{letter.host}>"
    message["List-Id"] = f"{letter.name} <{letter.key}.{letter.host}>"
    message["List-Unsubscribe"] = f"<https://{letter.host}/leave>"
    message["Content-Language"] = letter.language
    message.set_content(_plain(letter, mail, texts), cte="quoted-printable")
    if letter.links != "plain":
        message.add_alternative(_html(letter, mail, texts), "html", cte="quoted-printable")
        message.set_boundary(f"=_{letter.key}_{mail['date'][:10]}")
    return message.as_bytes()


def _plain(letter: Letter, mail: dict[str, Any], texts: dict[str, Text]) -> str:
    blocks = [mail["intro"].strip()]
    for place, entry in enumerate(mail["entries"]):
        url = _link(letter, mail, place, texts)
        blocks.append(f"{entry['title']}\n{entry['blurb'].strip()}\n{url}")
    blocks.append(f"-- \n{letter.footer}\nhttps://{letter.host}/leave")
    return "\n\n".join(blocks) + "\n"


def _html(letter: Letter, mail: dict[str, Any], texts: dict[str, Text]) -> str:
    rows = []
    for place, entry in enumerate(mail["entries"]):
        url = escape(_link(letter, mail, place, texts))
        rows.append(
            f'<tr><td><h3><a href="{url}">{escape(entry["title"], quote=False)}</a></h3>\n'
            f"<p>{escape(entry['blurb'].strip(), quote=False)}</p></td></tr>"
        )
    return (
        f'<!DOCTYPE html>\n<html lang="{letter.language}"><body>\n'
        f'<table role="presentation" width="600">\n<tr><td><h1>{escape(letter.name)}</h1>\n'
        f"<p>{escape(mail['intro'].strip(), quote=False)}</p></td></tr>\n"
        + "\n".join(rows)
        + f"\n<tr><td><p><small>{escape(letter.footer, quote=False)} "
        f'<a href="https://{letter.host}/leave">{LEAVE[letter.language]}</a></small></p>\n'
        f'<img src="https://{letter.host}/o.gif" width="1" height="1" alt=""></td></tr>\n'
        "</table></body></html>\n"
    )


def _link(letter: Letter, mail: dict[str, Any], place: int, texts: dict[str, Text]) -> str:
    target = _target(mail["entries"][place], texts)
    if letter.links == "plain":
        return target
    link = f"https://click.{letter.host}/c/{_code(letter, mail, place)}"
    return f"{link}?url={quote(target, safe='')}" if letter.links == "target" else link


def _target(entry: dict[str, Any], texts: dict[str, Text]) -> str:
    return entry["url"] if "url" in entry else texts[entry["article"]].url


def _code(letter: Letter, mail: dict[str, Any], place: int) -> str:
    return f"{mail['date'][:10].replace('-', '')}{place + 1:02d}"


def _from_line(letter: Letter, mail: dict[str, Any]) -> bytes:
    moment = datetime.fromisoformat(mail["date"])
    return f"From letter@{letter.host} {moment.strftime('%a %b %d %H:%M:%S %Y')}\n".encode()
