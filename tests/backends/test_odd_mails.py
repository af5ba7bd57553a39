"""What newsletters do to mails, one by one."""

from __future__ import annotations

import base64

import pytest

from digest.backends.newsletters import MailReader
from digest.records import Entry

HEAD = "From: l@letter.example\nSubject: Nr. 12\nMessage-ID: <m1>\n"
TITLES = ["Neues Werkzeug für Kampagnen", "Zweite Meldung über den Markt"]
HTML = "".join(
    f'<h2><a href="https://{site}.example/1">{title}</a></h2><p>Näheres steht dort.</p>'
    for site, title in zip("ab", TITLES, strict=True)
)
CODED = base64.b64encode(HTML.encode()).decode()


def read(raw: bytes | str) -> list[Entry]:
    """The entries of a mail."""
    return list(MailReader().read(raw.encode() if isinstance(raw, str) else raw))


def part(body: str, *, charset: str = "utf-8", coded: str = "base64", kind: str = "html") -> str:
    """A mail of one part."""
    head = f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {coded}"
    return f"{HEAD}{head}\n\n{body}"


def multipart(kind: str, mark: str, *parts: str) -> str:
    """Parts in one."""
    inner = "".join(f"--{mark}\n{each}\n" for each in parts)
    return f"Content-Type: multipart/{kind}; boundary={mark}\n\n{inner}--{mark}--"


@pytest.mark.parametrize(
    "raw",
    [
        part(CODED.rstrip("=")),
        part(CODED + "A"),
        part(CODED[:160] + "\n!!$$\n" + CODED[160:]),
        part("\n".join(f"{CODED[at : at + 60]} " for at in range(0, len(CODED), 60))),
        part(HTML),
        part(HTML, coded="x-weird"),
        part(HTML, charset="x-unknown-7", coded="8bit"),
        part(HTML, charset="us-ascii", coded="8bit"),
        part(HTML, charset="us-ascii", coded="8bit").encode("cp1252"),
        part(HTML, charset="iso-8859-1", coded="8bit"),
        f"{HEAD}\n{HTML}",
        f"From x@y Mon Oct  5 06:00:00 2026\n{part(HTML, coded='8bit')}",
    ],
)
def test_a_part_is_read_whatever_it_calls_its_coding(raw: bytes | str) -> None:
    """Base64 without its end or that is none, charsets that are others, no header at all."""
    assert [entry.title for entry in read(raw)] == TITLES


def test_the_text_of_parts_within_parts_is_read_once() -> None:
    """Mixed around related around alternative: the HTML, and not the plain text as well."""
    plain = "Content-Type: text/plain\n\nplain"
    html = f"Content-Type: text/html; charset=utf-8\n\n{HTML}"
    either = multipart("alternative", "a", plain, html)
    related = multipart("related", "r", either, "Content-Type: image/png\n\nx")
    raw = HEAD + multipart("mixed", "o", related)
    assert [entry.title for entry in read(raw)] == TITLES


GERMAN = """Guten Morgen!

+++ Anbieter startet Werkzeug für Kampagnen +++

Der Anbieter hat am Montag ein Werkzeug gestartet.
Mehr: https://a.example/1

+++ Markt wächst um zehn Prozent +++

Der Markt ist gewachsen. Zum Artikel: https://b.example/2

Abmelden: https://letter.example/u
"""
JAPANESE = """週報

■新しい広告配信ツールが登場
ベンダーは新製品を発表しました。
https://a.example/1

■生成AIの活用事例を公開
企業の担当者が語ります。
続きを読む https://b.example/2

配信停止はこちら
https://letter.example/u
"""


@pytest.mark.parametrize(
    ("text", "charset", "told"),
    [
        (
            GERMAN,
            "utf-8",
            [
                ("Anbieter startet Werkzeug für Kampagnen", "https://a.example/1"),
                ("Markt wächst um zehn Prozent", "https://b.example/2"),
            ],
        ),
        (
            JAPANESE,
            "iso-2022-jp",
            [
                ("新しい広告配信ツールが登場", "https://a.example/1"),
                ("生成AIの活用事例を公開", "https://b.example/2"),
            ],
        ),
    ],
)
def test_a_list_in_plain_text_is_split_at_its_marks(
    text: str, charset: str, told: list[tuple[str, str]]
) -> None:
    """The title stands between or behind marks; "read more" and its address belong to it."""
    raw = part("", charset=charset, coded="7bit", kind="plain").encode() + text.encode(charset)
    assert [(entry.title, entry.url) for entry in read(raw)] == told


def test_a_list_of_links_in_german_loses_its_links_about_the_mail() -> None:
    """Who leaves, changes a profile or reads the imprint reads no story."""
    items = "".join(
        f'<li><a href="https://{site}.example/x">Meldung {site} über neue Werkzeuge</a></li>'
        for site in "abc"
    )
    foot = '<p><a href="https://l.example/u">Newsletter abbestellen</a> | '
    foot += '<a href="https://l.example/i">Impressum</a></p>'
    found = read(part(f"<ul>{items}</ul>{foot}", coded="8bit"))
    assert [entry.url for entry in found] == [f"https://{site}.example/x" for site in "abc"]
