from __future__ import annotations

import pytest

from digest.records import Language
from digest.stages.embed import embedded_text
from digest.stages.sketch import make_sketch
from digest.stages.tails import without_tail

from .likeness import article

NEWS = (
    "Harrowgate has rented a floor in Madrid. Twenty people begin there in May, led by Carla Ruiz, "
    "who came from a telephone company."
)
NACHRICHT = (
    "Lindwurm hat ein Stockwerk in Graz gemietet. Zwanzig Leute fangen dort im Mai an, die meisten "
    "von ihnen kommen aus der Stadt."
)
NOUVELLE = (
    "Ardoise ouvre un bureau à Lille et y recrute trente personnes, dont dix ingénieurs. "
    "La ville lui cède une ancienne filature."
)
KIJI = "白樺システムは9月、福岡市に開発拠点を開く。30人を採用する。九州の大学との共同研究も始める。"


@pytest.mark.parametrize(
    ("news", "tail"),
    [
        (NEWS, " About Harrowgate. Harrowgate is the platform of 2,600 companies."),
        (NEWS, "\n\nAbout Harrowgate\nHarrowgate is the platform of 2,600 companies."),
        (NEWS, "\n## Media contact\npress@harrowgate.example"),
        (NEWS, "\nMEDIA CONTACT\npress@harrowgate.example"),
        (NEWS, "\nNotes to Editors\nHarrowgate was founded in 2012."),
        (NEWS, "\nMedia Enquiries: press@harrowgate.example"),
        (NOUVELLE, "\nÀ propos d’Ardoise\nFondée en 2012."),
        (NOUVELLE, "\nContacts Presse : Anne Roy"),
        (NEWS, "\nÀ propos de Harrowgate :\nFondée en 2012."),
        (NEWS, " Forward-looking statements: results may differ."),
        (NACHRICHT, "\n\nÜber die Lindwurm GmbH\nLindwurm wurde 2012 gegründet."),
        (NACHRICHT, "\nPressekontakt: Anna Berg"),
        (KIJI, "\n白樺システムについて\n2012年の設立。"),
        (KIJI, "\n■本件に関するお問い合わせ先\n広報部"),
        (KIJI, "\n【会社概要】\n2012年の設立。"),
    ],
)
def test_what_follows_the_news_is_left_out(news: str, tail: str) -> None:
    """The company's standing text, its contacts and its lawyers' words begin a tail."""
    assert without_tail(news + tail) == news


@pytest.mark.parametrize(
    ("news", "more"),
    [
        (NEWS, " About half of the customers agree. Others wait."),
        (NEWS, " Over the years it grew."),
        (NEWS, " Safe harbor rules do not apply to it."),
        (NEWS, "\nSobre el precio no dijo nada. La venta empieza hoy."),
        (NACHRICHT, "\nÜber 400 Kunden sind dabei."),
        (KIJI, "これについて社長は何も語らなかった。"),
    ],
)
def test_a_sentence_that_begins_alike_is_no_tail(news: str, more: str) -> None:
    """Before anything but a name in a line of its own, "about" belongs to the news."""
    assert without_tail(news + more) == news + more


@pytest.mark.parametrize(
    "section",
    [
        "\n料金について\n" + "料金は月額2万円で、契約の期間は1年です。" * 40,
        "\nAbout Segments\n" + "Segments keep what a rule has found until it is run again. " * 40,
        "\n关于该产品的价格尚未公布。" + "销售将于十月开始，首批面向三个城市的客户。" * 3,
    ],
)
def test_a_section_of_an_article_is_no_tail(section: str) -> None:
    """A heading that names no company, or before much more than a portrait, belongs to the news."""
    for news in (NEWS, KIJI):
        assert without_tail(f"{news} Segments, 料金{section}") == f"{news} Segments, 料金{section}"


def test_a_text_that_is_hardly_more_than_its_tail_stays_whole() -> None:
    """A page on the company is no release."""
    page = "Welcome. About Harrowgate. Harrowgate is the platform of 2,600 companies."
    assert without_tail(page) == page


def test_neither_sketch_nor_vector_knows_of_the_tail() -> None:
    """Two releases of one vendor share no names, numbers or length by their standing text."""
    bare = article("a", "An office", NEWS)
    release = article(
        "a", "An office", f"{NEWS} About Harrowgate. It has 2,600 customers in 41 towns."
    )
    english = Language("a", "en", 1.0)
    one, other = make_sketch(bare, english), make_sketch(release, english)
    assert (one.length, one.text, one.numbers.told) == (
        other.length,
        other.text,
        other.numbers.told,
    )
    assert embedded_text(release) == embedded_text(bare)
