from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from digest.backends.newsletters import MailReader
from digest.errors import CONFIRMATION, ParseError

PLAIN = "https://letter.example/s/8fk2"  #: an address that says nothing


def mail(subject: str, html: str) -> bytes:
    """A mail in HTML."""
    head = f"From: list@letter.example\nSubject: {subject}\nContent-Type: text/html; charset=utf-8"
    return f"{head}\n\n<html><body>{html}</body></html>".encode()


def asked(raw: bytes) -> str:
    """What a mail asks to confirm, "" where it is news."""
    try:
        list(MailReader().read(raw))
    except ParseError as error:
        return str(error) if error.reason == CONFIRMATION else ""
    return ""


@pytest.mark.parametrize(
    "text",
    [
        *("Confirm my subscription", "Yes, subscribe me to this list", "Verify your email address"),
        *("Ja, meine E-Mail-Adresse bestätigen", "Jetzt bestätigen →", "Anmeldung bestätigen"),
        *("Je confirme mon inscription", "Confirmar suscripción", "Conferma la tua iscrizione"),
        *("Confirmar minha inscrição", "Bevestig mijn inschrijving", "Potwierdź zapis"),
        *(
            "Подтвердить подписку",
            "登録を完了する",
            "确认订阅",
            "確認訂閱",
            "구독 확인",
            "تأكيد الاشتراك",
        ),
    ],
)
def test_a_mail_is_told_by_what_its_link_says(text: str) -> None:
    """Its subject may say no more than "Welcome", its address nothing at all."""
    said = asked(
        mail("Welcome!", f'<p>One thing is left to do.</p><p><a href="{PLAIN}">{text}</a>')
    )
    assert PLAIN in said


@pytest.mark.parametrize(
    "link",
    [
        *("https://letter.example/confirm/abc", "https://letter.example/newsletter-confirm?id=7"),
        *("https://letter.example/de/newsletter/bestaetigung/x1", "https://l.example/optin/x"),
        *("https://letter.example/index.php?action=confirm&hash=1", "https://a.example/conferma/1"),
        *("https://letter.example/lists/?confirmation_token=1", "https://a.example/bevestig/1"),
    ],
)
def test_a_mail_is_told_by_where_its_link_leads(link: str) -> None:
    """Neither subject nor link says it: the address does."""
    said = asked(mail("Almost there", f'<p>Thank you! <a href="{link}">Go on</a></p>'))
    assert link in said


def test_a_long_mail_needs_two_signs() -> None:
    """Terms and privacy fill pages; a mere word in a subject is no reason to hold back an issue."""
    terms = "<p>" + "We keep your address for as long as you wish to read us. " * 20 + "</p>"
    link = '<a href="https://letter.example/confirm/1">Confirm subscription</a>'
    assert asked(mail("Please confirm your subscription", f"{terms}<p>{link}</p>"))
    assert not asked(mail("Please confirm your subscription", terms))
    assert asked(mail("Welcome", f"{terms}<p>{link}</p>"))


def test_the_link_that_confirms_is_shown_first() -> None:
    """A mail has a home page and an imprint, too."""
    links = [f'<p><a href="https://letter.example/{each}">{each}</a></p>' for each in "abc"]
    sure = '<p><a href="https://letter.example/confirm/1">Go</a></p>'
    said = asked(mail("Hello", "".join(links) + sure))
    assert said.partition("open ")[2].startswith("https://letter.example/confirm/1")


@pytest.mark.parametrize(
    ("subject", "html"),
    [
        ("Regulator confirms new rules", f'<p><a href="{PLAIN}">Regulator confirms new rules</a>'),
        ("Weekly", f'<p>News of today. <a href="{PLAIN}">Ad verification: what it costs</a></p>'),
        ("Weekly", '<p>News. <a href="https://a.example/verification/">Read more</a></p>'),
        (
            "Weekly",
            '<p>News of the day. <a href="https://a.example/unsubscribe/confirm">Out</a></p>',
        ),
        ("Weekly", '<p>News of the day. <a href="https://a.example/?a=optout&b=confirm">Out</a>'),
    ],
)
def test_news_is_no_confirmation(subject: str, html: str) -> None:
    """Somebody confirms something, something is verified, a reader leaves."""
    assert asked(mail(subject, html)) == ""


def test_an_issue_with_many_links_is_news_whatever_one_of_them_says() -> None:
    """Services put a link to confirm the address into every issue of an unconfirmed reader."""
    stories = "".join(
        f'<h2><a href="https://a.example/{number}">A story about tool number {number}</a></h2>'
        f"<p>What it does and what it costs, in a few words.</p>"
        for number in range(10)
    )
    last = '<p><a href="https://letter.example/confirm/1">Confirm your email</a></p>'
    assert asked(mail("The week", stories + last)) == ""


def test_every_expression_of_the_data_can_be_read() -> None:
    """A word list with a typing error would let every mail through."""
    text = (resources.files("digest") / "data" / "confirmations.toml").read_text("utf-8")
    told = tomllib.loads(text)
    lists = [
        told["subjects"],
        told["links"],
        *told["addresses"].values(),
        *told["leaving"].values(),
    ]
    for expression in (each for found in lists for each in found):
        assert re.compile(expression).groups >= 0
        assert not re.fullmatch(expression, "")
