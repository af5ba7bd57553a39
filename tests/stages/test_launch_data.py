"""The phrases that launches are read by are data: each language has those that rules ask for."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.records import Via
from digest.stages.grammar import NOTHING, ORDER, grammar_for
from digest.stages.names import find_names, find_product, is_kind, name_given
from digest.stages.naming import is_thing
from digest.stages.ordinary import is_country
from digest.stages.report_entries import read_report_entry
from digest.stages.report_labels import label_given
from digest.stages.sounds import consonants_of
from digest.stages.taxonomy import load_knowledge
from digest.testing import make_article
from digest.text import weekdays

SPACED = ("en", "de", "fr", "es", "it", "pt", "nl")
WIDE = ("ja", "zh-Hans", "zh-Hant")
ASKED = (
    *("named", "behind", "using", "fresh", "explains", "says", "of", "articles", "revenue"),
    *("plan", "owner", "study", "institute", "company", "we", "paper", "closes", "new"),
)


@pytest.mark.parametrize("language", SPACED)
def test_a_language_with_spaces_has_all_that_is_asked(language: str) -> None:
    """A row that is missing would be a rule that never fires."""
    grammar = grammar_for(language)
    assert grammar is not None
    assert [key for key in ASKED if getattr(grammar, key) is NOTHING] == []
    assert grammar.strip
    assert grammar.generic


@pytest.mark.parametrize("language", [*SPACED, *WIDE])
def test_each_language_tells_every_kind_of_event(language: str) -> None:
    """Nine kinds, by at least two phrases each."""
    grammar = grammar_for(language)
    assert grammar is not None
    kinds = [event for event, _ in (*grammar.events, *grammar.passive)]
    assert {event for event in ORDER if kinds.count(event) < 2} == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It is called Nova."),
        ("de", "Das Werkzeug heißt Nova."),
        ("fr", "Un outil baptisé Nova."),
        ("es", "Se llama Nova."),
        ("it", "Si chiama Nova."),
        ("pt", "Chama-se Nova."),
        ("nl", "De dienst heet Nova."),
    ],
)
def test_a_name_is_given_in_each_language(language: str, sentence: str) -> None:
    """What says so is a row of the data."""
    grammar = grammar_for(language)
    assert grammar is not None
    assert name_given(sentence, grammar) == "Nova"


@pytest.mark.parametrize("day", ["Monday", "Samstag", "jeudi", "domingo", "lunedì", "zondag"])
def test_a_weekday_is_no_name(day: str) -> None:
    """In seven languages."""
    assert day.casefold() in weekdays()
    assert not is_thing(day, "en")


def test_kinds_of_thing_are_no_names() -> None:
    """Neither in capitals nor as a German compound."""
    german, english = grammar_for("de"), grammar_for("en")
    assert german is not None
    assert english is not None
    assert is_kind("Kundendatenplattform", german)
    assert not is_kind("Kundendatenplattform", english)
    assert is_kind("CRM", english)
    assert find_names("Softwareanbieter Acme", german) == ["Acme"]


def test_whose_a_thing_is_follows_its_description() -> None:
    """Of "the editor of Acme" Acme, with or without an apostrophe before it."""
    for language, phrase in (("en", "editor of Acme"), ("fr", "éditeur d'Acme")):
        grammar = grammar_for(language)
        assert grammar is not None
        assert find_product(phrase, grammar) == "Acme"


def test_an_article_before_a_vowel_is_no_part_of_a_name() -> None:
    """But of L'Oréal it is."""
    grammar = grammar_for("it")
    assert grammar is not None
    assert find_names("L'olandese Sorvane", grammar) == ["Sorvane"]
    assert find_names("e L'Oréal", grammar) == ["L'Oréal"]


@pytest.mark.parametrize(
    "key", ["topic", "own_kana", "dated", "offered", "and", "does", "places", "joins", "forms_ja"]
)
def test_rules_of_japanese_and_chinese_are_data(key: str) -> None:
    """Particles, prefixes and what stands between two parties."""
    assert load_knowledge().names["wide"][key]


def test_letters_that_sound_alike_are_data() -> None:
    """The letters l and r are one in katakana."""
    assert consonants_of("Lumora") == consonants_of("Rumora")


@pytest.mark.parametrize(
    ("text", "vendor"),
    [
        ("Vendor: Acme\nNova is a planner. It costs nothing.", "Acme"),
        ("Éditeur : Acme\nNova est un outil. Il est gratuit.", "Acme"),
        ("会社：Acme\nNovaを発表した。", "Acme"),
        ("供應商：Acme\nNova是一套工具。", "Acme"),
        ("Reader: Acme\nNova is a planner.", None),
    ],
)
def test_a_line_of_a_report_names_the_company(text: str, vendor: str | None) -> None:
    """Its openings are a row of the data, for every language of the taxonomy."""
    entry = make_article(title="Nova", text=text, published_from="report")
    found = read_report_entry(entry, "en", None)
    assert [launch.vendor for launch in found] == ([vendor] if vendor else [])


@pytest.mark.parametrize(
    ("title", "text", "language", "named"),
    [
        ("Nova", "Company: Acme, Graz\nNova plans.", "en", ("Acme", "Nova")),
        ("Nova", "Company: Acme, Inc.\nNova plans.", "en", ("Acme", "Nova")),
        ("Nova", "Company: Acme. Nova plans a week at a time.", "en", ("Acme", "Nova")),
        ("Nova", "Nova plans a week. Company: Acme, Graz. In beta.", "en", ("Acme", "Nova")),
        ("Acme – Nova", "Nova plans. Company: Acme.", "en", ("Acme", "Nova")),
        ("Nova 2 (Acme)", "Plans a week.", "en", ("Acme", "Nova 2")),
        ("Nova (Firma Acme)", "Plant eine Woche.", "de", ("Acme", "Nova")),
        ("Nova by Acme", "Plans a week.", "en", ("Acme", "Nova")),
        ("Nova von Acme", "Plant eine Woche.", "de", ("Acme", "Nova")),
        ("Acme – Nova", "Nova plans a week.", "en", ("Acme", "Nova")),
        ("Nova（Acme）", "予定を立てる。", "ja", ("Acme", "Nova")),
        ("Nova (beta)", "Plans a week.", "en", None),
        ("Nova (CRM)", "Plans a week.", "en", None),
        ("Year – Review", "We read a hundred notes.", "en", None),
        ("Nova by design", "Plans a week.", "en", None),
        ("Review – 🚀", "We read a hundred notes.", "en", None),
    ],
)
def test_a_report_names_vendor_and_product_in_many_ways(
    title: str, text: str, language: str, named: tuple[str, str] | None
) -> None:
    """In a line, within a sentence, in the title; a town is no part of the name, a stage none."""
    entry = make_article(title=title, text=text, via=Via("r", "Report", is_report=True))
    found = read_report_entry(entry, language, None)
    assert [(each.vendor, each.product) for each in found] == ([named] if named else [])


def test_what_proves_an_entry_is_its_sentence_not_a_label() -> None:
    """Rows of a table come as labels with values."""
    text = "Company: Acme\nCategory: CRM\nWhat it does: plans a week at a time"
    found = read_report_entry(make_article(title="Nova", text=text), "en", None)
    assert [each.evidence.text for each in found] == ["What it does: plans a week at a time"]


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Announced on 29 September. It plans.", "en", ("2026-09-29", "sentence")),
        ("Angekündigt am 3. Juli. Es plant.", "de", ("2026-07-03", "sentence")),
        ("It plans weeks that begin on 29 September.", "en", ("2026-10-04", "published")),
    ],
)
def test_an_entry_is_dated_by_what_it_says(text: str, language: str, day: tuple[str, str]) -> None:
    """A report looks back: the day of the announcement goes before its own."""
    entry = make_article(title="Nova (Acme)", text=text, published="2026-10-04")
    (found,) = read_report_entry(entry, language, None)
    assert (found.announced, found.announced_from) == day


def test_short_forms_of_countries_are_countries() -> None:
    """Babel doesn't list them; a row of the data does."""
    assert [is_country(name, "en") for name in ("UK", "U.S", "EU", "Acme")] == [True] * 3 + [False]


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Company: Acme\nWhat it does: plans weeks\nAnnounced: 2026-09-05", "en", "2026-09-05"),
        ("Company: Acme\nWhat it does: plans weeks\nDate: 5 September 2026", "en", "2026-09-05"),
        ("Anbieter: Acme\nBeschreibung: Plant Wochen\nDatum: 05.09.2026", "de", "2026-09-05"),
        (
            "Éditeur : Acme\nDescription : planifie\nLancement : 5 septembre 2026",
            "fr",
            "2026-09-05",
        ),
        (
            "Proveedor: Acme\nQué hace: planifica\nFecha: 5 de septiembre de 2026",
            "es",
            "2026-09-05",
        ),
        ("Azienda: Acme\nDescrizione: pianifica\nData: 5 settembre 2026", "it", "2026-09-05"),
        ("Fornecedor: Acme\nDescrição: planeja\nData: 5 de setembro de 2026", "pt", "2026-09-05"),
        ("Leverancier: Acme\nBeschrijving: plant\nDatum: 5 september 2026", "nl", "2026-09-05"),
        ("会社：Acme\n説明：予定を立てる\n発表日：2026年9月5日", "ja", "2026-09-05"),
        ("公司：Acme\n说明：安排日程\n日期：2026年9月5日", "zh-Hans", "2026-09-05"),
        ("供應商：Acme\n說明：安排日程\n日期：2026年9月5日", "zh-Hant", "2026-09-05"),
        ("Company: Acme\nNova plans weeks. On sale since 5 September 2026.", "en", "2026-09-05"),
        ("Anbieter: Acme\nNova plant. Erhältlich seit 5. September 2026.", "de", "2026-09-05"),
        (
            "Éditeur : Acme\nNova planifie. Disponible depuis le 5 septembre 2026.",
            "fr",
            "2026-09-05",
        ),
        ("Company: Acme\nNova plans from 2026-09-05 to 2026-09-06.", "en", None),
    ],
)
def test_a_reports_row_and_sentence_date_its_entry(
    text: str, language: str, day: str | None
) -> None:
    """A column of days by its name, and "available since", in ten languages."""
    entry = make_article(title="Nova", text=text, published="2026-10-04", published_from="report")
    (found,) = read_report_entry(entry, language, None)
    told = (day, "sentence") if day else ("2026-10-04", "published")
    assert (found.announced, found.announced_from) == told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nova plans. Available since 5 September 2026.", "en"),
        ("Nova plant. Verfügbar seit 5. September 2026.", "de"),
        ("Nova planifie. Disponible depuis le 5 septembre 2026.", "fr"),
        ("Nova planifica. Disponible desde el 5 de septiembre de 2026.", "es"),
        ("Nova pianifica. Disponibile dal 5 settembre 2026.", "it"),
        ("Nova planeja. Disponível desde 5 de setembro de 2026.", "pt"),
        ("Nova plant. Beschikbaar sinds 5 september 2026.", "nl"),
        ("Novaは予定を立てる。2026年9月5日から提供中。", "ja"),
        ("Nova安排日程。2026年9月5日起开放。", "zh-Hans"),
        ("Nova安排日程。2026年9月5日起開放。", "zh-Hant"),
    ],
)
def test_what_an_entry_says_is_to_be_had_since_a_day_is_general(text: str, language: str) -> None:
    """And that is the entry's day."""
    entry = make_article(
        title="Nova (Acme)", text=text, published="2026-10-04", published_from="report"
    )
    (found,) = read_report_entry(entry, language, None)
    assert (found.availability, found.announced) == ("general", "2026-09-05")


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("Company: Acme\nCategory: E-Mail-Marketing\nDescription: tests subjects\nAnnounced: 2026-09-05", "Description: tests subjects"),
        ("Anbieter: Acme\nKategorie: E-Mail-Marketing\nWas es kann: Testet Betreffe", "Was es kann: Testet Betreffe"),
        ("Company: Acme\nAnnounced: 5 September 2026\nNova tests subjects of mails.", "Nova tests subjects of mails."),
    ],
)  # fmt: skip
def test_a_row_is_proved_by_the_cell_that_describes_it(text: str, proof: str) -> None:
    """Neither by its category nor by its day."""
    entry = make_article(title="Nova", text=text, published="2026-10-04", published_from="report")
    (found,) = read_report_entry(entry, "en", None)
    assert found.evidence.text == proof


@pytest.mark.parametrize(
    ("text", "section", "language", "label"),
    [
        ("Company: Acme\nNova joins records of tills and of CRM users.", "Customer Data Platform", "en", "Customer Data Platform"),
        ("Company: Acme\nCategory: SEO\nWhat it does: writes e-mails", "More products", "en", "SEO"),
        ("Anbieter: Acme\nKategorie: E-Mail-Marketing\nBeschreibung: prüft Links", "", "de", "Email Marketing"),
        ("Éditeur : Acme\nCatégorie : Emailing\nDescription : audite des liens", "", "fr", "Email Marketing"),
        ("Company: Acme\nNova writes things.", "More products", "en", None),
    ],
)  # fmt: skip
def test_a_reports_own_category_goes_before_ours(
    text: str, section: str, language: str, label: str | None
) -> None:
    """A column's value, else the heading above, where it means one of the labels."""
    via = Via("r", "Report", is_report=True, section=section)
    entry = make_article(title="Nova", text=text, via=via)
    assert label_given(entry, language, load_knowledge()) == label
