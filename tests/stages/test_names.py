"""How vendors and products are called: what stands beside a name, for it, or instead of it."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.stages.clean import maker_of, readied, without_country
from digest.stages.grammar import grammar_for
from digest.stages.launches import find_launches
from digest.stages.names import find_names, find_product
from digest.stages.naming import with_subject
from digest.stages.studies import study_in
from digest.stages.taxonomy import load_knowledge
from digest.stages.timeless import without_times
from digest.stages.wide import wide_events_of

from .news import make_article


def told(language: str, text: str, title: str = "", **more: str) -> list[tuple[str, str, str]]:
    """Return vendor, product and event of each launch of a text."""
    article = make_article(text, title=title, **more)
    found = find_launches(article, language, knowledge=load_knowledge(), labels=())
    return [(one.vendor, one.product, one.event) for one in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Acme, Inc. today launched Nova.", "Acme today launched Nova."),
        ("Die Acme AG hat Nova.", "Die Acme hat Nova."),
        ("Acme S.p.A., gruppo attivo", "Acme, gruppo attivo"),
        ("the study 'Adrift' says", 'the study "Adrift" says'),
        ("We don't say it's 'nice'.", "We don't say it's 'nice'."),
    ],
)
def test_a_sentence_is_readied(sentence: str, expected: str) -> None:
    """Legal forms go, single marks around a name are doubled, apostrophes stay."""
    assert readied(sentence) == expected


@pytest.mark.parametrize(
    ("publisher", "maker"),
    [
        ("Acme Blog", "Acme"),
        ("Acme Docs", "Acme"),
        ("News", "News"),
        ("アクメ公式ブログ", "アクメ"),
    ],
)
def test_a_site_of_its_own_is_named_after_its_maker(publisher: str, maker: str) -> None:
    """A name that is nothing else stays."""
    assert maker_of(publisher) == maker


def test_a_country_owns_no_vendor() -> None:
    """Of "China's Acme" only Acme acts; another's product stays whole."""
    assert without_country("China’s Acme", "en") == "Acme"
    assert without_country("Betasoft's Nova", "en") == "Betasoft's Nova"


@pytest.mark.parametrize(
    ("language", "phrase", "expected"),
    [
        ("en", "Nova on 31 March", "Nova"),
        ("de", "am 4. Mai Nova", "Nova"),
        ("fr", "son service le 31 janvier", "son service"),
        ("es", "el 15 de diciembre", ""),
        ("en", "its March Madness tool", "its March Madness tool"),
        ("en", "“Report 2026”", "“Report 2026”"),
    ],
)
def test_times_are_no_part_of_a_thing(language: str, phrase: str, expected: str) -> None:
    """Days go with the small words before them; a month or year of a name stays."""
    grammar = grammar_for(language)
    assert grammar
    assert without_times(phrase, grammar) == expected


@pytest.mark.parametrize(
    ("language", "phrase", "product"),
    [
        ("es", "en doce tiendas su espejo virtual, Nova.", "Nova"),
        ("de", "in 240 Läden eine Kasse", "Kasse"),
        ("en", "its code under the Orion licence", "code"),
        ("en", "an AI-driven Nova", "Nova"),
        ("pt", "a Betasoft, dona de um programa de pontos", "Betasoft"),
    ],
)
def test_a_verbs_object_is_the_thing(language: str, phrase: str, product: str) -> None:
    """Neither a place before it nor a licence after it; what a comma sets beside it names it."""
    grammar = grammar_for(language)
    assert grammar
    assert find_product(phrase, grammar) == product


def test_a_german_noun_after_its_article_is_no_name() -> None:
    """The company's name stays."""
    grammar = grammar_for("de")
    assert grammar
    assert find_names("jede Abteilung von Acme", grammar, opens=False) == ["Acme"]


OTHERS = [
    ("en", "Acme will raise its prices. Its Basic plan goes to $39.", ("Acme", "Basic plan", "pricing")),
    ("it", "Acme, la piattaforma, aumenta i prezzi del listino dal primo gennaio. Rincaro per tutti: il piano base sale a 29 euro.", ("Acme", "piano base", "pricing")),
    ("en", "The link shortener Nova goes dark on 30 November, says its owner Acme.", ("Acme", "Nova", "shutdown")),
    ("fr", "Veletta, une régie, cesse son activité le 31 janvier. Son propriétaire, le groupe Acme, se tait.", ("Acme", "Veletta", "shutdown")),
    ("es", "El buscador Nova echa el cierre el 15 de diciembre.", ("Nova", "Nova", "shutdown")),
    ("ja", "配信アプリの「ノヴァ」が2027年1月31日でサービスを終える。", ("ノヴァ", "ノヴァ", "shutdown")),
    ("zh-Hans", "短链服务“新星”将于12月31日停止服务。", ("新星", "新星", "shutdown")),
    ("es", "Solo el 3 % compra, según «Visitas 2026», el informe que la consultora Acme difundió el lunes.", ("Acme", "Visitas 2026", "study")),
    ("de", "Das geht aus der Erhebung „Messung 2026“ hervor, für die das Institut Acme 512 Betriebe befragt hat.", ("Acme", "Messung 2026", "study")),
    ("es", "Nos complace presentarles Nova, un CRM.", ("Acme", "Nova", "launch")),
    ("en", "We are proud to introduce Nova, a CRM.", ("Acme", "Nova", "launch")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), OTHERS)
def test_names_stand_where_a_reader_finds_them(
    language: str, text: str, expected: tuple[str, str, str]
) -> None:
    """Plans of a price, owners of what closes, makers of a study, the speaker of a release."""
    voice = "vendor" if text.startswith(("Nos ", "We ")) else "independent"
    publisher = "Acme Blog" if voice == "vendor" else "Paper"
    assert expected in told(language, text, publisher=publisher, voice=voice)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Boost for retailers: 200 teams sign a partnership with the industry."),
        ("en", "China launches a new AI customer data platform."),
        ("en", "According to Acme, launched a CRM is not a sentence."),
        ("zh-Hant", "公司表示尊重處分，已停用該名單。"),
        ("ja", "アクメは「ノヴァ」の発売を来年2月に延期する。"),
        ("de", "Eine Tabelle steht im Mitgliederbereich der Werkbank bereit."),
    ],
)
def test_what_is_no_name_acts_not(language: str, text: str) -> None:
    """A word that opens a title, a country, who only says it, a verb, a delay, the paper itself."""
    assert told(language, text, publisher="Marketing-Werkbank") == []


def test_it_stands_for_the_name_before() -> None:
    """A pronoun is no product."""
    text = "Acme's answer is Nova: it listens to calls. The company presented it on Thursday."
    assert ("Acme", "Nova", "launch") in told("en", text, "Acme turns calls into CRM notes")


def test_a_study_without_a_title_is_told_by_its_subject() -> None:
    """Some words of it, up to the next mark."""
    grammar = grammar_for("en")
    assert grammar
    text = "Acme has published a survey on consent banners, the first."
    assert with_subject("survey", text, grammar) == "survey on consent banners"
    assert with_subject("survey", "Acme has published a survey.", grammar) == "survey"


def test_a_study_of_another_year_is_background() -> None:
    """As any event is."""
    grammar = grammar_for("en")
    assert grammar
    text = "The report “Adrift” by the institute Acme, published in 2019, says so."
    assert study_in(text, grammar, "2026") == []
    assert study_in(text.replace("2019", "May"), grammar, "2026") == [("Acme", "Adrift", "study")]


def test_the_last_particle_parts_a_japanese_object() -> None:
    """Of "口コミ分析のコダマを買収" the thing bought is コダマ."""
    grammar = grammar_for("ja")
    assert grammar
    found = wide_events_of("アクメ、口コミ分析のコダマを買収", grammar, "2026")
    assert found == [("アクメ", "コダマ", "acquisition")]


#: Language, text, and who acts: a firm and its town, one name with "of" in it, a product's owner.
JOINED = [
    ("es", "Acme de Lyon lanza Nova, un CRM.", "Acme"),
    ("es", "La firma Acme de Sevilla lanza Nova, un CRM.", "Acme"),
    ("fr", "L'éditeur Betasoft d'Angers lance Nova, un CRM.", "Betasoft"),
    ("fr", "Acme de Lyon lance Nova, un CRM. L'entreprise a un bureau à Lyon.", "Acme"),
    ("it", "L'azienda Betasoft di Trieste presenta Nova, un CRM.", "Betasoft"),
    ("pt", "A Acme de Curitiba lançou Nova, um CRM.", "Acme"),
    ("es", "Banco de Datos lanza Nova, un CRM.", "Banco de Datos"),
    ("es", "La empresa Viento del Norte lanza Nova, un CRM.", "Viento del Norte"),
    ("fr", "Fabrique de Liens lance Nova, un CRM.", "Fabrique de Liens"),
    ("it", "Casa del Dato lancia Nova, un CRM.", "Casa del Dato"),
    ("pt", "A empresa Casa das Marcas lançou Nova, um CRM.", "Casa das Marcas"),
    ("es", "El CRM Orion de Acme lanza Nova, un asistente.", "Acme"),
    ("it", "La piattaforma Orion di Acme lancia Nova, un CRM.", "Acme"),
    ("es", "Orion de Acme lanza Nova, un asistente. Acme vende su CRM desde Madrid.", "Acme"),
    ("fr", "L'Oréal lance Nova, un CRM.", "L'Oréal"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "vendor"), JOINED)
def test_who_acts_of_two_names_that_of_joins(language: str, text: str, vendor: str) -> None:
    """A town is left out, a name with "de" or "di" in it stays whole, an owner acts by its product."""
    assert [one[0] for one in told(language, text)] == [vendor]


@pytest.mark.parametrize(
    "text",
    [
        "营销软件厂商青禾科技宣布收购广告监测公司蓝鹿。",
        "营销软件厂商青禾科技与广告监测公司蓝鹿达成战略合作。",
    ],
)
def test_the_other_party_of_a_chinese_deal_has_no_kind_before_it(text: str) -> None:
    """What a firm does stands before its name, and is no part of it."""
    assert [one[:2] for one in told("zh-Hans", text)] == [("青禾科技", "蓝鹿")]


def test_an_institutes_article_and_its_study_are_no_part_of_its_name() -> None:
    """The article of "L'Observatoire Phare" goes, and "Faro Estudio 2026" is a study of Faro's."""
    text = "L'Observatoire Phare publie son étude « CRM 2026 » auprès de 300 marques."
    assert told("fr", text) == [("Observatoire Phare", "CRM 2026", "study")]
    title = "Observatorio Faro Estudio 2026"
    text = f"{title}: el 40 % de las empresas usa un CRM."
    assert told("es", text, title) == [("Observatorio Faro", "Estudio 2026", "study")]
