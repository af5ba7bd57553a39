"""What sounds like an event of a vendor and tells none: talks about a deal, and what is owed."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.records import Quote
from digest.stages.owed import is_owed
from digest.stages.phrase_data import phrases_for
from digest.stages.told import Told

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


#: Language, text, its word for what is owed, a word with which it tells an event, and that event.
OWED = [
    ("en", "The CRM vendor Betasoft has received a fine of $2 million for its spam.", "fine", "round", "funding"),
    ("en", "Acme pays the taxes for Betasoft, its CRM unit.", "taxes", "millions", "acquisition"),
    ("de", "Acme bekommt 8 Millionen Euro Schadenersatz für sein CRM.", "Schadenersatz", "Kapital", "funding"),
    ("de", "Acme übernimmt Gerichtskosten, heißt es beim CRM.", "Gerichtskosten", "Betasoft", "acquisition"),
    ("fr", "Acme reçoit une amende de 3 millions d'euros pour son CRM.", "amende", "somme", "funding"),
    ("fr", "Acme reprend les loyers de Betasoft, un CRM.", "loyers", "parts", "acquisition"),
    ("es", "Acme pagará a Betasoft una multa de 600.000 euros por Orion, su CRM.", "multa", "suma", "acquisition"),
    ("es", "Betasoft recibe una sanción de 2 millones de euros por su CRM.", "sanción", "inversión", "funding"),
    ("it", "Acme ottiene 4 milioni di euro di danni per il suo CRM.", "danni", "capitale", "funding"),
    ("it", "Acme rileva le multe di Betasoft, un CRM.", "multe", "quote", "acquisition"),
    ("pt", "A Acme recebeu uma multa de 3 milhões de reais por causa do CRM.", "multa", "soma", "funding"),
    ("nl", "Acme kreeg een boete van 2 miljoen euro voor zijn CRM.", "boete", "bedrag", "funding"),
    ("nl", "Acme neemt de boetes van Betasoft over, een CRM.", "boetes", "aandelen", "acquisition"),
    ("ja", "アクメは和解金4億円を調達した。CRMの訴訟が終わった。", "和解金", "資金", "funding"),
    ("zh-Hans", "星云科技获得Betasoft 2000万元赔偿投资款，用于CRM。", "赔偿", "战略", "funding"),
    ("zh-Hans", "星云科技拿下Betasoft的赔偿金，后者销售CRM。", "赔偿金", "股份", "acquisition"),
    ("zh-Hant", "星雲科技拿下Betasoft的賠償金，後者銷售CRM。", "賠償金", "股份", "acquisition"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "owed", "other", "event"), OWED)
def test_what_is_owed_buys_and_finances_nothing(
    language: str, text: str, owed: str, other: str, event: str
) -> None:
    """A fine, damages, taxes or rent are no price, round or purchase; another word makes it one."""
    assert owed in text
    assert [one.event for one in read(text.replace(owed, other), language).launches] == [event]
    assert read(text, language).launches == ()


KEPT = [
    ("en", "Acme, which paid a $2 million fine in May, has raised $12 million in funding for its CRM.", "funding"),
    ("en", "Acme has raised $12 million for its tax software and CRM.", "funding"),
    ("en", "Acme acquires the tax software maker Betasoft for its CRM.", "acquisition"),
    ("en", "Acme raises the monthly fee of its CRM Nova to $20.", "pricing"),
    ("de", "Acme übernimmt nach dem Bußgeld den CRM-Anbieter Betasoft.", "acquisition"),
    ("es", "Acme compra la plataforma de alquiler Betasoft, un CRM.", "acquisition"),
    ("it", "Acme aumenta le tariffe di Nova, il suo CRM, dopo la multa.", "pricing"),
    ("zh-Hans", "星云科技收购佣金管理平台“信鸽通”，后者有CRM。", "acquisition"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "event"), KEPT)
def test_what_only_stands_beside_a_fine_or_a_tax_is_kept(
    language: str, text: str, event: str
) -> None:
    """A deal after a fine is one, and so is that for a maker of tax software."""
    assert [one.event for one in read(text, language).launches] == [event]


def test_a_sum_is_paid_for_a_firm_where_a_name_follows() -> None:
    """Spanish "paga … por" buys what has a capital: "por su CRM" says why it pays."""
    bought = read("Acme paga 12 millones de euros por Betasoft, un CRM.", "es").launches
    assert [(one.product, one.event) for one in bought] == [("Betasoft", "acquisition")]
    assert read("Acme paga 12 millones de euros por su CRM.", "es").launches == ()


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


STOPPED = [
    ("en", "Acme suffers outage as its email platform goes dark for six hours."),
    ("ja", "メール配信ツール「シオリ」で火曜日に障害が発生し、4時間配信が停止した。"),
    ("ja", "アクメのCRM「シオリ」は障害で提供を停止した。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), STOPPED)
def test_an_outage_shuts_nothing_down(language: str, text: str) -> None:
    """What stops for some hours goes on; what is closed after an outage is shut down."""
    assert read(text, language).launches == ()


def test_a_sum_beside_a_purchase_is_its_price() -> None:
    """One event is told by "s'offre … pour 8 millions"."""
    text = "Acme, un CRM, s'offre Betasoft, spécialiste de la mesure, pour 8 millions d'euros."
    found = read(text, "fr", title="Acme s'offre Betasoft").launches
    assert [(one.product, one.event) for one in found] == [("Betasoft", "acquisition")]


def test_what_is_closed_after_an_outage_is_shut_down() -> None:
    """The outage is only told beside."""
    found = read("After an outage in May, Acme is shutting down its CRM product Orion.").launches
    assert [(one.product, one.event) for one in found] == [("Orion", "shutdown")]


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


@pytest.mark.parametrize(("product", "owed"), [("贝塔公司", True), ("甲乙", False)])
def test_what_follows_a_name_is_looked_for_where_the_name_stands(product: str, owed: bool) -> None:
    """Of a name that the sentence writes otherwise nothing is known."""
    text = "其罚款后远山科技收购了贝塔公司的罚款"
    phrases = phrases_for("hearsay", "zh-Hans")
    assert phrases is not None
    told = Told("远山科技", product, "acquisition", Quote(text, "a", 0, len(text)), False, False)
    assert is_owed(told, phrases, "zh-Hans") is owed


HELPED = [
    ("zh-Hans", "云雀科技今日推出会员平台“好客”，帮助零售商打通门店与线上会员数据。", ("云雀科技", "好客")),
    ("zh-Hans", "云雀科技今日推出会员平台“好客”，助力品牌接入微信生态。", ("云雀科技", "好客")),
    ("zh-Hant", "晴空互動今日推出會員平台「好客」，協助零售商整合門市與網路會員資料。", ("晴空互動", "好客")),
    ("zh-Hant", "晴空互動今日推出會員平台「好客」，幫助品牌串接LINE會員資料。", ("晴空互動", "好客")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "launched"), HELPED)
def test_whom_a_product_helps_does_nothing_itself(
    language: str, text: str, launched: tuple[str, str]
) -> None:
    """What a launched product helps shops to do is no news of "helps shops"."""
    found = read(text, language).launches
    assert [(one.vendor, one.product, one.event) for one in found] == [(*launched, "launch")]


CITED = [
    ("en", "Pennant Software has acquired Askly, a CRM start-up, for $48 million. According to a survey by Nielsen, a third of firms buy such tools.", "Nielsen asks firms for their tools"),
    ("de", "Die Marken verlassen Twitter. Laut einer Umfrage von Nielsen hat ein Drittel der Werbekunden dort keine Anzeigen mehr gebucht.", "Umfrage: Marken verlassen X"),
    ("fr", "Commencez par vos besoins, pas par le CRM. Selon une étude de Nielsen, un projet sur trois échoue.", "Étude : un projet de CRM sur trois échoue"),
    ("es", "Las marcas dejan Twitter. Según una encuesta de Nielsen, un tercio de los anunciantes ya no compra allí.", "Encuesta: las marcas dejan X"),
    ("it", "I marchi lasciano Twitter. Secondo un sondaggio di Nielsen, un terzo degli inserzionisti non compra più.", "Sondaggio: i marchi lasciano X"),
    ("ja", "ブランドのX離れが進む。ニールセンの調査によると、広告主の3割が出稿をやめた。", "調査：ブランドのX離れが進む"),
    ("zh-Hans", "品牌正在离开X。尼尔森的一项调查显示，三成广告主已停止投放。", "调查：品牌离开X"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "title"), CITED)
def test_a_study_without_a_title_that_is_cited_further_down_is_no_news(
    language: str, text: str, title: str
) -> None:
    """It backs what somebody says of something else: neither title nor first sentence tells it."""
    found = read(text, language, title="")
    assert not [one for one in found.launches if one.event == "study"]
    named = read(text, language, title=title)
    assert "study" in [one.event for one in named.launches]


def test_who_made_a_study_does_not_do_what_it_says_of_others() -> None:
    """Where "according to a study by Gartner" retailers acquired a CDP, Gartner did not."""
    text = (
        "Acme launched Nova, a customer data platform. According to a study by Gartner, four in "
        "ten retailers acquired a CDP."
    )
    found = read(text, "en", title="Acme launches Nova").launches
    assert [(one.vendor, one.product) for one in found] == [("Acme", "Nova")]
    cited = "According to a study, Acme acquired Betasoft, a CRM vendor."
    assert [one.vendor for one in read(cited, "en").launches] == ["Acme"]


PEOPLE = [
    ("ja", "広告配信のミナトワークスは、新しいCMOに山田花子氏が就任したと発表した。山田氏は前職で会員アプリを立ち上げた。"),
    ("de", "Ulmenhof stellt neue Marketingchefin ein. Sie kümmert sich um das CRM."),
    ("de", "Der CRM-Anbieter Ulmenhof stellt 50 Entwickler ein."),
    ("de", "Der CRM-Anbieter Ulmenhof stellt Sabine Wrede als Marketingchefin ein."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), PEOPLE)
def test_who_is_hired_is_no_event(language: str, text: str) -> None:
    """In "stellt … ein" people begin to work; what 山田氏 did before is none of a vendor's news."""
    assert read(text, language, title=text.split("。")[0].split(".")[0]).launches == ()


def test_a_tool_that_german_ends_is_ended() -> None:
    """In "stellt … ein" a thing is shut down."""
    found = read("Ulmenhof stellt sein Newsletter-Tool Kleeblatt ein.", "de").launches
    assert [(one.product, one.event) for one in found] == [("Kleeblatt", "shutdown")]
