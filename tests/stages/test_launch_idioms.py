"""The many ways in which news of ten languages says that something was done, and what is none."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.stages.launches import find_launches
from digest.stages.taxonomy import load_knowledge

from .news import make_article

Found = list[tuple[str, str, str]]

TOLD = [
    ("en", "Acme, based in Delft, on Tuesday unveiled Nova, a planner.", ("Acme", "Nova", "launch")),
    ("en", "Kobe's Acme has released Nova, which tells a shop how long its queue will be.", ("Acme", "Nova", "launch")),
    ("en", "Betasoft now belongs to Acme.", ("Acme", "Betasoft", "acquisition")),
    ("en", "Acme has taken a majority stake in Betasoft, a studio in Ghent.", ("Acme", "Betasoft", "acquisition")),
    ("en", "Acme no longer charges for Nova, which was €30 a month.", ("Acme", "Nova", "pricing")),
    ("en", "A $31 million Series B gives Acme two more years.", ("Acme", "", "funding")),
    ("de", "Acme bringt mit „Nova“ eine App an den Start, die Belege ausliest.", ("Acme", "Nova", "launch")),
    ("de", "Ab Januar verlangt Acme für das Paket „Profi“ 129 statt 99 Euro im Monat.", ("Acme", "Profi", "pricing")),
    ("de", "Acme dreht zum Jahresende seinem Dienst Kurzum den Saft ab.", ("Acme", "Kurzum", "shutdown")),
    ("fr", "Le groupe lillois Acme vient de mettre en ligne Nova, un planificateur.", ("Acme", "Nova", "launch")),
    ("fr", "Acme et Betasoft main dans la main : les deux régies vendront ensemble.", ("Acme", "Betasoft", "partnership")),
    ("fr", "Betasoft tombe dans l'escarcelle d'Acme.", ("Acme", "Betasoft", "acquisition")),
    ("es", "Acme rebaja a la mitad la cuota de su plan Básico.", ("Acme", "Básico", "pricing")),
    ("es", "Acme ya habla con Betasoft.", ("Acme", "Betasoft", "integration")),
    ("it", "L'olandese Acme lancia Nova, il software per i negozi.", ("Acme", "Nova", "launch")),
    ("it", "Intesa tra Acme e Betasoft: le due concessionarie offriranno un unico listino.", ("Acme", "Betasoft", "partnership")),
    ("it", "Acme e Betasoft ora si parlano.", ("Acme", "Betasoft", "integration")),
    ("pt", "A rede Acme arrematou a Betasoft por 42 milhões de reais.", ("Acme", "Betasoft", "acquisition")),
    ("pt", "A partir de janeiro, o plano Time da Acme passa de 79 para 99 reais.", ("Acme", "Time", "pricing")),
    ("nl", "Na twaalf jaar trekt uitgever Acme de stekker uit Nova, het platform.", ("Acme", "Nova", "shutdown")),
    ("nl", "Acme rekent vanaf januari 49 in plaats van 39 euro voor het pakket Groei.", ("Acme", "Groei", "pricing")),
    ("ja", "アクメが29日に始めた「ノヴァ」の画面だ。", ("アクメ", "ノヴァ", "launch")),
    ("ja", "アクメまるは10日、店頭向けの「ノヴァ」を発売した。", ("アクメまる", "ノヴァ", "launch")),
    ("zh-Hans", "做会员运营的鹿鸣近日完成1.2亿元B轮融资。", ("鹿鸣", "", "funding")),
    ("zh-Hans", "知微发布的《推送疲劳报告》得出了这一结论。", ("知微", "推送疲劳报告", "study")),
    ("zh-Hant", "荷蘭業者Acme本週開賣的Nova 3，裝進客戶自己的機房。", ("Acme", "Nova 3", "launch")),
    ("zh-Hant", "日本霧笛推出Nova，不用攝影機就能預測等候時間。", ("霧笛", "Nova", "launch")),
]  # fmt: skip

NOT_TOLD = [
    ("en", "Fans can follow the launch. Person Reveal is part of the Scale plan."),
    ("es", "«No hay negociación», dijo el fundador de Cantera ante los rumores de una compra por parte de Acme."),
    ("es", "Acme ya compró Betasoft en 2021."),
    ("fr", "Acme réalise 8 millions d'euros de chiffre d'affaires."),
    ("it", "L'operazione, dal valore di 5 milioni di euro, è stata chiusa lunedì."),
    ("it", "Il dato migliora al Nord."),
    ("pt", "A Acme nega a venda da sua DSP."),
    ("zh-Hans", "老视频下架就行。"),
    ("zh-Hant", "想像一下，若綠鄰超商推出自己的廣告交易平台，會發生什麼事？"),
    ("zh-Hant", "台灣何時開放尚未公布。"),
]  # fmt: skip


def told(language: str, text: str, **more: str) -> Found:
    article = make_article(text, **more)
    found = find_launches(article, language, knowledge=load_knowledge(), labels=())
    return [(one.vendor, one.product, one.event) for one in found]


@pytest.mark.parametrize(("language", "text", "expected"), TOLD, ids=[row[1][:40] for row in TOLD])
def test_an_idiom_tells_an_event(language: str, text: str, expected: tuple[str, str, str]) -> None:
    """Vendor, product and event are read whatever words say it."""
    assert told(language, text) == [expected]


@pytest.mark.parametrize(("language", "text"), NOT_TOLD, ids=[row[1][:40] for row in NOT_TOLD])
def test_what_only_looks_like_an_event_is_none(language: str, text: str) -> None:
    """A noun, a year gone by, a turnover, a supposition, a common word."""
    assert told(language, text) == []


def test_each_paragraph_of_a_round_up_has_its_own_vendor() -> None:
    """What has no vendor is not the one's before; the next sentence may name it."""
    text = (
        "Intesa tra Gabbiano e Scoglio: le due concessionarie offriranno un unico listino.\n\n"
        "Calamaio 2 è arrivato. L'editor di testi di Inchiostro Digitale è gratuito.\n\n"
        "Piazzetta chiude il 28 febbraio."
    )
    assert told("it", text, title="In breve") == [
        ("Gabbiano", "Scoglio", "partnership"),
        ("Inchiostro Digitale", "Calamaio 2", "launch"),
        ("Piazzetta", "Piazzetta", "shutdown"),
    ]


def test_a_vendor_speaks_to_its_customers() -> None:
    """What "you can now" do is the speaker's feature."""
    (one,) = told(
        "nl",
        "Vanaf vandaag kun je in Zeepkist ook enquêtes maken. Ze zitten in elk abonnement.",
        publisher="Zeepkist",
        voice="vendor",
        title="Nieuw: enquêtes",
    )
    assert (one[0], one[2]) == ("Zeepkist", "feature")


def test_news_that_reads_like_a_manual_is_told_by_its_title() -> None:
    """A pointer to the help makes no manual of a vendor's news."""
    text = (
        "コンパスノートは、クラウド会計「そろばん道場」とのAPI連携を開始しました。"
        "設定方法はヘルプをご覧ください。"
    )
    title = "会計ソフト「そろばん道場」との連携を開始しました"
    assert told("ja", text, title=title, publisher="コンパスノート", voice="vendor") == [
        ("コンパスノート", "そろばん道場", "integration")
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Acme hat die Schnittstelle freigeschaltet, über die Agenten anderer arbeiten."),
        ("de", "Acme hat die Plattform vorgestellt."),
        ("de", "Acme hat die Oberfläche veröffentlicht."),
        ("es", "Acme ha presentado el Software."),
        ("en", "Acme today launched the Tool."),
        ("fr", "Acme lance la Plateforme."),
    ],
)
def test_a_common_noun_is_no_products_name(language: str, text: str) -> None:
    """Neither "Schnittstelle" nor "Plattform" names anything."""
    assert told(language, text) == []


def test_a_common_noun_in_quotation_marks_is_a_name() -> None:
    """Products are called "Plattform", too."""
    assert told("de", "Acme hat „Plattform“ vorgestellt, ein CRM.") == [
        ("Acme", "Plattform", "launch")
    ]


def test_a_round_that_closes_closes_nobody() -> None:
    """Where the title tells of funding, its proof tells not that who gets it shuts down."""
    text = "La firma Quorvel, que vende publicidad a clínicas, cierra una ronda de seis millones."
    title = "Inyección de seis millones para Quorvel"
    assert told("es", text, title=title) == [("Quorvel", "", "funding")]


def test_a_whole_numbered_version_is_a_launch() -> None:
    """Even where a vendor says of it only that it can be used now."""
    own = {"voice": "vendor", "publisher": "Acme"}
    text = "Ya puedes usar {}. Tus páginas cargan en la mitad de tiempo."
    assert told("es", text.format("Acme Páginas 5"), **own) == [
        ("Acme", "Acme Páginas 5", "launch")
    ]
    assert told("es", text.format("Acme Páginas"), **own) == [("Acme", "Acme Páginas", "feature")]


def test_a_version_stays_with_a_name_that_ends_with_a_kind_of_thing() -> None:
    """What follows "Suite" is a name, save a number."""
    assert told("de", "Acme bringt die Acme Suite 7 auf den Markt.") == [
        ("Acme", "Acme Suite 7", "launch")
    ]
