"""Dates and bylines as pages show them, in many languages, where they say nothing in their head."""

from __future__ import annotations

import pytest

from digest.backends.extractors import TrafilaturaExtractor
from digest.backends.shown_dates import date_in
from digest.ports import Extraction

TEXT = "Nimbus has added a planner to its campaign editor, and explains what it does and costs. "


def read(shown: str, *, head: str = "", language: str = "en") -> Extraction:
    """Read an article with this below its headline and that in its head."""
    body = "".join(f"<p>{TEXT * 4}</p>" for _ in range(5))
    page = (
        f'<html lang="{language}"><head><title>Planner</title>{head}</head><body><main><article>'
        f"<h1>Nimbus plans</h1>{shown}{body}</article></main></body></html>"
    )
    return TrafilaturaExtractor().extract(page.encode(), url="https://a.example/news/nimbus")


@pytest.mark.parametrize(
    "shown",
    [
        *(
            "14. März 2025",
            "Publié le 14 mars 2025 à 10h30",
            "14 de marzo de 2025",
            "14 marzo 2025",
        ),
        *("14 de março de 2025", "14 maart 2025", "14 marca 2025", "14 марта 2025, 10:30"),
        *("14 березня 2025", "14 Mart 2025 Cuma 10:30", "Publicerad 14 mars 2025"),
        *("14. března 2025", "14. maaliskuuta 2025", "2025. március 14.", "14 Μαρτίου 2025"),
        *("2025年3月14日", "2025年03月14日 10時30分 公開", "令和7年3月14日", "2025/3/14 10:30"),
        *("승인 2025년 3월 14일", "입력 2025.03.14 10:30", "Jumat, 14 Maret 2025 10:30 WIB"),
        *("14 مارس 2025", "١٤ مارس ٢٠٢٥", "14 במרץ 2025", "14 มีนาคม 2568", "14 मार्च 2025"),
        *("Thứ sáu, 14/3/2025, 10:30 (GMT+7)", "14.03.2025", "Mar. 14th, 2025", "03/14/2025"),
    ],
)
def test_a_date_is_read_as_its_readers_write_it(shown: str) -> None:
    """Figures of any script, months of any language, eras and the years of Thailand."""
    assert date_in(shown) == "2025-03-14"
    found = read(f'<p class="meta">{shown}</p>')
    assert (found.published, found.shown_date) == (None, "2025-03-14")


@pytest.mark.parametrize(
    ("language", "day"),
    [("en-US", "2025-03-04"), ("en-GB", "2025-04-03"), ("pt", "2025-04-03"), ("en", None)],
)
def test_what_may_be_day_or_month_first_is_read_by_the_language(
    language: str, day: str | None
) -> None:
    """Where the page doesn't say whose English it is, nothing is guessed."""
    assert date_in("03/04/2025", language=language) == day


@pytest.mark.parametrize(
    "shown",
    ["version 3.14.2025.7", "31/02/2025", "call 0800 14 2025", "room 12 until 2030", "14:30", ""],
)
def test_other_figures_are_no_dates(shown: str) -> None:
    """A number of a version or a telephone is no day."""
    assert date_in(shown) is None


def test_a_date_in_the_text_or_beside_it_is_not_the_articles() -> None:
    """What was, or what will be, stands further down, or in boxes."""
    later = f"<p>{TEXT * 4}</p><p>It began on 14 marca 2021.</p>"
    boxes = '<div class="related-events"><span class="date">14 marca 2021</span></div>'
    assert read(later + boxes, language="pl").shown_date is None


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            '<meta name="dcterms.issued" content="2025-03-14T09:30:00Z">',
            "2025-03-14T09:30:00+00:00",
        ),
        ('<meta name="article.published" content="2025-03-14">', "2025-03-14"),
        ('<meta property="og:release_date" content="2025-03-14">', "2025-03-14"),
        ('<meta name="publish_date" content="2025-03-14">', "2025-03-14"),
        (
            '<meta name="weibo:article:create_at" content="2025-03-14 09:30:00">',
            "2025-03-14T09:30:00+00:00",
        ),
    ],
)
def test_a_date_in_a_rare_meta_element_is_the_articles(head: str, published: str) -> None:
    """With its time, which a date that is shown hardly has."""
    assert read("", head=head).published == published


def test_rdfa_says_date_and_author() -> None:
    """As Drupal writes them."""
    found = read(
        '<span property="schema:datePublished" content="2025-03-14T09:30:00+01:00"></span>'
        '<span property="schema:author"><a href="/u/7">Anna Schäfer</a></span>'
    )
    assert (found.published, found.authors) == ("2025-03-14T09:30:00+01:00", ("Anna Schäfer",))


@pytest.mark.parametrize(
    "shown",
    [
        '<p class="info">14.03.2025 | Autor: Anna Schäfer</p>',
        '<p class="info">Freitag, 14. März 2025, von Anna Schäfer</p>',
        "<div>By Anna Schäfer, March 14, 2025</div>",
        '<div class="firma">Por Anna Schäfer</div>',
        '<div class="autor">Autor: Anna Schäfer</div>',
        '<div class="author">Автор: Anna Schäfer</div>',
    ],
)
def test_a_byline_is_read_where_nothing_marks_it(shown: str) -> None:
    """By its word and its name, at the headline."""
    assert read(shown).authors == ("Anna Schäfer",)


@pytest.mark.parametrize(
    "shown",
    ["<p>By 2030 all will plan</p>", "<p>Von Montag an gilt</p>", "<p>Por fin llega</p>", ""],
)
def test_a_line_that_begins_like_a_byline_is_none(shown: str) -> None:
    """What follows is no name."""
    assert read(shown).authors == ()


def test_a_card_that_says_who_has_written_is_believed() -> None:
    """Where nothing else names an author."""
    head = (
        '<meta name="twitter:label1" content="Verfasst von">'
        '<meta name="twitter:data1" content="Anna Schäfer">'
    )
    assert read("", head=head).authors == ("Anna Schäfer",)
    assert read("", head=head.replace("Verfasst von", "Lesezeit")).authors == ()
