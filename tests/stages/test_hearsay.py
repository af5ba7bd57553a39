"""What sounds like an event of a vendor and tells none: talks about a deal, and fines."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.stages.phrase_data import phrases_for

from .news import read

TALKS = [
    ("en", "The CRM vendor Acme is in advanced talks to acquire Betasoft, people close to the deal said."),
    ("de", "Der CRM-Anbieter Acme verhandelt über die Übernahme des Newsletter-Dienstes Betasoft."),
    ("fr", "L'éditeur de CRM Acme serait en discussions avancées pour racheter Betasoft."),
    ("es", "La plataforma de correo Acme negocia la compra de su rival Betasoft, según varias fuentes."),
    ("it", "La piattaforma di marketing Acme è in trattative per acquisire Betasoft, un CRM."),
    ("pt", "A plataforma de marketing Acme negocia a compra da Betasoft, um CRM."),
    ("nl", "Het marketingplatform Acme onderhandelt over de overname van Betasoft, een CRM."),
    ("ja", "マーケティング支援のアクメが、メール配信のハコブネを買収する方向で交渉していることが分かった。"),
    ("zh-Hans", "据知情人士透露，营销自动化厂商云筏科技正在洽谈收购短信营销平台信鸽通。"),
    ("zh-Hant", "知情人士透露，行銷自動化業者雲筏科技正洽談收購簡訊平台信鴿通。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), TALKS)
def test_a_deal_that_is_only_negotiated_is_none(language: str, text: str) -> None:
    """Talks are no takeover, in whatever words a language has for them."""
    assert read(text, language).launches == ()
    phrases = phrases_for("hearsay", language)
    assert phrases is not None
    assert phrases["talks"].search(text)


DEALS = [
    ("en", "After months of talks, Acme acquired CRM vendor Betasoft for $20 million.", ("Acme", "Betasoft")),
    ("de", "Nach langen Verhandlungen übernimmt Acme den CRM-Anbieter Betasoft.", ("Acme", "Betasoft")),
    ("es", "Tras las negociaciones, Acme adquiere Betasoft, un CRM.", ("Acme", "Betasoft")),
    ("zh-Hans", "经过数月谈判，晴天科技宣布收购短信营销平台“信鸽通”。", ("晴天科技", "信鸽通")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "parties"), DEALS)
def test_a_deal_after_talks_is_one(language: str, text: str, parties: tuple[str, str]) -> None:
    """Talks that are behind take nothing back."""
    found = read(text, language).launches
    assert [(one.vendor, one.product, one.event) for one in found] == [(*parties, "acquisition")]


FINES = [
    ("en", "The ICO has fined the retail media platform Acme £2 million; the fine of £3 million was cut."),
    ("de", "Die Hamburger Datenschutzbehörde hat gegen den CRM-Anbieter Acme ein Bußgeld von 900.000 Euro verhängt."),
    ("fr", "La CNIL a prononcé une amende de 8 millions d'euros à l'encontre d'Acme, spécialiste du reciblage publicitaire."),
    ("es", "La AEPD ha impuesto al CRM Acme una multa de 600.000 euros por enviar correos publicitarios."),
    ("it", "Il Garante ha inflitto ad Acme, un CRM, una sanzione di 400 mila euro."),
    ("pt", "A ANPD aplicou uma multa de 2 milhões de reais à plataforma de e-mail Correia por envios sem consentimento."),
    ("nl", "De AP legt CRM-leverancier Acme een boete op van 600.000 euro wegens e-mails zonder toestemming."),
    ("ja", "公正取引委員会は、広告配信のAcmeに課徴金1億円の納付を命じた。"),
    ("zh-Hans", "市场监管总局对营销平台Acme罚款200万元。"),
    ("zh-Hant", "公平會對行銷平台Acme開罰，罰款200萬元。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), FINES)
def test_a_fine_is_no_price(language: str, text: str) -> None:
    """What somebody has to pay as a penalty is no price of a product, in whatever words."""
    assert read(text, language).launches == ()
    phrases = phrases_for("hearsay", language)
    assert phrases is not None
    assert phrases["fine"].search(text)


def test_a_fine_is_known_by_its_words() -> None:
    """A sum at an authority's order was read as a price for want of a product."""
    text = (
        "La Commission nationale de l'informatique et des libertés a prononcé, le 5 novembre 2026, "
        "une amende de 8 millions d'euros à l'encontre de Pixelance, spécialiste du reciblage "
        "publicitaire. Pixelance déposait des traceurs avant tout consentement."
    )
    title = "La CNIL inflige 8 millions d'euros à Pixelance"
    found = read(text, "fr", title=title)
    assert (found.launches, found.policy) == ((), True)
    other = read(text.replace("une amende", "une remise"), "fr", title=title)
    assert [one.event for one in other.launches] == ["pricing"]


NEWS = "The platform Acme has launched Nova, a CRM. Nova sorts leads. It costs 20 euros. "
OLD = [
    ("Rival Betasoft announced Orbit, a comparable CRM, in June but has not shipped it.", ["Nova"]),
    ("Rival Betasoft announced Orbit, a comparable CRM, in October.", ["Nova", "Orbit"]),
    ("Rival Betasoft today launched Orbit, a CRM that it showed in June.", ["Nova", "Orbit"]),
]


@pytest.mark.parametrize(("text", "products"), OLD)
def test_what_a_later_sentence_dates_long_ago_is_background(text: str, products: list[str]) -> None:
    """In November, what was announced in June is no news, save that something of today is told."""
    assert [one.product for one in read(NEWS + text).launches] == products


def test_a_plan_that_ends_is_told_once() -> None:
    """The end of a free plan is one thing, and no shutdown beside it."""
    text = (
        "Der Newsletter-Dienst Briefkasten stellt zum 1. März 2027 seinen Gratistarif ein. Wer mehr "
        "als 500 Adressen hat, zahlt künftig mindestens 19 statt 12 Euro im Monat."
    )
    found = read(text, "de", title="Briefkasten erhöht die Preise und streicht den Gratistarif")
    assert [(one.product, one.event) for one in found.launches] == [("Gratistarif", "pricing")]


def test_a_title_that_tells_of_talks_tells_no_deal() -> None:
    """Its proof is a sentence of the text that need not say so again."""
    text = "市场传闻称，长滩集团正与一家同行接触，可能出手收购。广告公司没有回应。"
    assert read(text, "zh-Hans", title="传长滩集团有意收购同行").launches == ()
