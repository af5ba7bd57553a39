"""The marks of each language: quotations, brackets, separators, the first of a month."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from digest.records import Edition, Product
from digest.stages.render import render
from digest.stages.sayings import Sayings
from digest.stages.view import products_by_category
from digest.stages.words import Words

from .test_findings import compiled

MARKS = {
    "de": ("„", "“"),
    "fr": ("«", "»"),
    "es": ("«", "»"),
    "it": ("«", "»"),
    "nl": ("‘", "’"),
    "ja": ("「", "」"),
    "zh-Hant": ("「", "」"),
}


def quarter(language: str = "en") -> Edition:
    """A quarter with products, claims and plans, its texts in no language but their own."""
    return replace(compiled()[0], language=language)


def markdown(language: str) -> str:
    """The quarter in a language."""
    return str(render(quarter(language), format="md"))


@pytest.mark.parametrize("language", list(MARKS))
def test_quotations_stand_in_the_readers_marks(language: str) -> None:
    """In Markdown, in the mail and on the page; English marks belong to English readers."""
    opened, closed = MARKS[language]
    edition = quarter(language)
    claim = edition.claims[0]
    space = "\u00a0" if language == "fr" else ""
    said = f"{opened}{space}{claim.line.text}{space}{closed}"
    assert said in markdown(language)
    assert said.split(claim.line.text)[0] + "<bdi" in _mail(language)
    page = str(render(edition, format="html"))
    assert f'q {{ quotes: "{opened}{space}" "{space}{closed}"; }}' in page


def _mail(language: str) -> str:
    import email
    import email.policy

    made = render(quarter(language), format="mail")
    assert isinstance(made, bytes)
    html = email.message_from_bytes(made, policy=email.policy.default).get_body(("html",))
    assert html is not None
    return str(html.get_content())


@pytest.mark.parametrize(
    ("language", "day", "days"),
    [
        ("fr", "1er juillet 2026", "1er juillet – 31 août 2026"),
        ("it", "1º luglio 2026", "1º luglio – 31 agosto 2026"),
        ("pt", "1º de julho de 2026", "1º de julho – 31 de agosto de 2026"),
        ("de", "1. Juli 2026", "1. Juli – 31. August 2026"),
        ("en", "1 July 2026", "1 July – 31 August 2026"),
        ("ja", "2026年7月1日", "2026年7月1日～8月31日"),
    ],
)
def test_the_first_of_a_month_is_written_as_the_reader_writes_it(
    language: str, day: str, days: str
) -> None:
    """CLDR knows figures only; the eleventh and the twenty-first keep theirs."""
    words = Words(language)
    assert words.day("2026-07-01") == day
    assert re.sub(r"\s", " ", words.days("2026-07-01", "2026-09-01")) == days
    assert words.day("2026-07-11") == day.replace("1er", "11").replace("1º", "11").replace(
        "1. J", "11. J"
    ).replace("1 J", "11 J").replace("月1日", "月11日")


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "zh-Hant"])
def test_marks_are_full_width_where_letters_are(language: str) -> None:
    """Brackets, colons and semicolons of the edition's own stand in no Latin width."""
    own = [line for line in markdown(language).splitlines() if "http" not in line]
    letter = r"[\u3040-\u30ff\u3400-\u9fff]"
    narrow = re.compile(rf"{letter} \(|\) ?{letter}|{letter}[:;]")
    assert [line for line in own if narrow.search(line)] == []


def test_a_label_in_french_keeps_the_space_before_its_colon() -> None:
    """A label in bold ends with it: "**Pour qui :**"."""
    assert "**Pour qui\u00a0:**" in markdown("fr")
    assert Words("fr").colon_end == "\u00a0:"
    assert Words("ja").colon_end == "："


def test_languages_have_the_names_that_cldr_gives_them() -> None:
    """Where it has one: "Traditional Chinese", not "Chinese (Traditional)"."""
    said = {each: Words(each).language_name("zh-Hant") for each in ("en", "ja", "zh-Hans", "fr")}
    assert said == {
        "en": "Traditional Chinese",
        "ja": "繁体中国語",
        "zh-Hans": "繁体中文",
        "fr": "chinois traditionnel",
    }
    assert Words("de").language_name("pt-BR") == "Portugiesisch (Brasilien)"


def test_categories_stand_in_the_readers_order() -> None:
    """By what they are called, capitals and accents aside; those of no category come last."""
    first, *_ = quarter().products
    rows = [replace(first, category=each) for each in ("", "CMS & Web Experience Management",
            "Call Analytics & Management", "Email Marketing", "")]  # fmt: skip

    def order(language: str, products: list[Product] = rows) -> list[str]:
        label = Sayings(language).label
        return [label(name) if name else "" for name, _ in products_by_category(products, label)]

    assert order("en") == [
        "Call Analytics & Management", "CMS & Web Experience Management", "Email Marketing", "",
    ]  # fmt: skip
    assert order("es") == ["Análisis y gestión de llamadas", "CMS y experiencia web",
                           "Email marketing", ""]  # fmt: skip
    assert len(dict(products_by_category(rows))[""]) == 2


def test_plans_of_a_vendor_stand_below_one_heading() -> None:
    """Markdown says "plans it has stated" once for each vendor, and each plan on its line."""
    lines = markdown("en").splitlines()
    heads = [n for n, line in enumerate(lines) if line == "  - Plans it has stated:"]
    assert heads
    assert all(lines[n + 1].startswith("    - ") for n in heads)
    assert not any("Plans it has stated," in line for line in lines)


def test_no_space_stands_between_chinese_or_japanese_sentences() -> None:
    """What trends compare is three sentences in a row; a full-width stop has its own space."""
    from digest.records import Trends

    trends = Trends(
        ("2026-Q3", "2026-Q4"), (9, 9), sources=3, before=9, now=9, gained=(), lost=(), rows=()
    )
    for language in ("ja", "zh-Hans", "zh-Hant"):
        page = str(render(replace(quarter(language), trends=trends), format="md"))
        assert not re.search(r"[。）] [\u3040-\u30ff\u3400-\u9fff]", page)


@pytest.mark.parametrize(("language", "between"), [("en", ". "), ("de", ". "), ("ja", "。")])
@pytest.mark.parametrize("form", ["html", "md"])
def test_sentences_of_our_own_stand_apart(language: str, between: str, form: str) -> None:
    """A space follows a full stop, and none a full-width one: told of what trends are counted."""
    page = " ".join(str(render(quarter(language), format=form)).split())  # type: ignore[arg-type]
    words = Sayings(language).labels.gettext
    rise = words("A rise or fall is named only where chance is an unlikely cause (95 %%).") % ()
    growth = words(
        "Growth is that of the share of stories; it is given from five stories in the two quarters"
        " together."
    )
    told = page.replace("\\", "").replace("\xa0", " ").replace("\u202f", " ")
    joined = (rise.rstrip(".。") + between + growth).replace("\xa0", " ").replace("\u202f", " ")
    assert joined in told
