"""Addresses of readers: checked, written one way, read from a list; links that unsubscribe."""

from __future__ import annotations

import csv
import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from io import StringIO

from digest.errors import InputError
from digest.stages.safe import clean

LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
LONGEST = 254  #: characters of an address: RFC 5321, 4.5.3.1
NAMES = ("address", "email", "e-mail", "mail", "email address", "e-mail address")


@dataclass(frozen=True, slots=True)
class Named:
    """A reader as a list names one; "" for what it does not say."""

    address: str
    name: str = ""
    audience: str = ""
    language: str = ""


def one_address(text: str) -> str:
    """Return an address as it is kept: small letters, its domain as DNS writes it.

    Letters are written small on both sides of the @, since no mail provider tells them apart and
    nobody is to get an edition twice.

    Raises:
        InputError: where it is none, or has letters before the @ that need SMTPUTF8.
    """
    given = parseaddr(text)[1].strip() if "<" in text else text.strip()
    local, _, domain = given.rpartition("@")
    try:
        ascii_domain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    labels = ascii_domain.split(".")
    good = (
        LOCAL.fullmatch(local)
        and len(local) <= 64
        and len(labels) > 1
        and all(LABEL.fullmatch(each) for each in labels)
        and len(local) + len(ascii_domain) < LONGEST
    )
    if not good:
        raise InputError(f"no address: {clean(text)[:80]!r}", cure="write name@host.example")
    return f"{local.lower()}@{ascii_domain}"


def read_list(text: str) -> Iterator[tuple[int, Named | InputError]]:
    """Yield the readers of a list by line, each checked; an error where a line is none.

    A list is CSV with a line of names (`address` or `email`, and `name`, `audience`, `language`),
    or an address a line, with or without a name: "Ada <ada@acme.example>". Empty lines and those
    that begin with # are passed over.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    between = ";" if first.count(";") > first.count(",") else ","
    heads = [each.strip().strip('"').lower() for each in first.split(between)]
    column = next((name for name in NAMES if name in heads), None)
    if column is None or "@" in first:
        yield from _plain(lines)
        return
    rows = csv.reader(StringIO("\n".join(lines)), delimiter=between)
    head: list[str] = []
    for row in rows:
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            continue
        if not head:
            head = [cell.strip().lower() for cell in row]
            continue
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        yield (
            rows.line_num,
            _checked(
                cells.get(column, ""),
                name=cells.get("name", ""),
                audience=cells.get("audience", ""),
                language=cells.get("language", ""),
            ),
        )


def _plain(lines: Iterable[str]) -> Iterator[tuple[int, Named | InputError]]:
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, _checked(line, name=parseaddr(line)[0] if "<" in line else "")


def _checked(address: str, *, name: str, **more: str) -> Named | InputError:
    try:
        return Named(one_address(address), clean(name), **more)
    except InputError as error:
        return error


def sign_token(secret: str, token: str) -> str:
    """Return a token with what proves that it is ours: the end of a link that unsubscribes."""
    return f"{token}.{_mac(secret, token)}"


def open_token(secret: str, signed: str) -> str:
    """Return the token of a link; "" where it is none of ours."""
    token, _, mac = signed.partition(".")
    good = hmac.compare_digest(_mac(secret, token).encode(), mac.encode("utf-8", "replace"))
    return token if good and token else ""


def copy_id(secret: str, edition: str, recipient: str, *, domain: str) -> str:
    """Return the Message-ID of one reader's copy: the same at each try, and no outsider's guess."""
    mark = _mac(secret, f"{edition}\n{recipient}")[:24]
    return f"<{edition}.{mark}@{domain}>"


def _mac(secret: str, text: str) -> str:
    made = hmac.new(secret.encode(), text.encode("utf-8", "replace"), hashlib.sha256).digest()
    return urlsafe_b64encode(made[:24]).decode("ascii")
