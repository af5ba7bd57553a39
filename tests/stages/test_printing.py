"""What printing a long quarter costs, counted in lines laid out; how full its pages are."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest

from digest.config_editions import Rank
from digest.errors import ModelError
from digest.records import Edition, Trend, TrendKind
from digest.stages.render import render

from . import edition_sample as sample
from .test_findings import compiled

#: Lines of text that are laid out or measured for one product more: its row has some eight lines,
#: each of which is broken a few times. Before tables had fixed columns there were 180.
MOST_LINES = 60
TITLES = ("Vendors", "Topics")  #: of the charts of SHOWN
SHOWN: tuple[TrendKind, ...] = ("vendor", "topic")


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which each line of text that the printing library sets is added."""
    try:
        from weasyprint.text import line_break
    except (ImportError, OSError) as error:
        pytest.skip(f"no PDF here: {error}")
    found: list[int] = []
    make = line_break.create_layout

    def counted(*args: Any, **more: Any) -> Any:
        found.append(1)
        return make(*args, **more)

    monkeypatch.setattr(line_break, "create_layout", counted)
    return found


def of_size(number: int) -> Edition:
    """Return a quarter with so many products, each of a vendor and a source of its own."""
    edition = compiled(layout=("products", "sources"))[0]
    one, source = edition.products[0], edition.citations[0]
    first = len(edition.citations) + 1
    places = range(first, first + number)
    said = (
        "Vendor {0} has taken Product {0} out of beta after a trial with {0} retailers in Europe."
    )
    return replace(
        edition,
        products=tuple(
            replace(
                one,
                record=f"record-{n}",
                vendor=f"Vendor {n}",
                product=f"Product {n}",
                line=replace(one.line, text=said.format(n), citation=n),
                citations=(n,),
            )
            for n in places
        ),
        citations=(
            *edition.citations,
            *(replace(source, number=n, article=f"a{n}", title=said.format(n)) for n in places),
        ),
    )


def test_a_long_table_of_products_is_printed_in_proportion(lines: list[int]) -> None:
    """Each product costs so many lines and no more, however many stand in the table."""
    counts = []
    for number in (10, 30, 50):
        lines.clear()
        render(of_size(number), format="pdf")
        counts.append(len(lines))
    few, more, many = counts
    assert (many - more) / 20 <= MOST_LINES
    assert many - more <= 1.25 * (more - few)


def printed(edition: Edition) -> list[Any]:
    """Return the pages of an edition as a PDF, each with its words."""
    import pdfplumber

    try:
        body = render(edition, format="pdf")
    except ModelError as error:
        pytest.skip(f"no PDF here: {error}")
    assert isinstance(body, bytes)
    with pdfplumber.open(io.BytesIO(body)) as pdf:
        return [(page.height, page.extract_words()) for page in pdf.pages]


def of_stories(number: int) -> Edition:
    """Return a week of so many stories, whose summaries are of four or five lines."""
    corpus = sample.Corpus()
    for n in range(number):
        text = "".join(f"Sentence {k} of it tells how a team used what it had. " for k in range(12))
        article = sample.article(f"s{n:02}", text=text.strip())
        told = [(article.id, f"{each}.") for each in text.strip(" .").split(". ")[: 7 + n % 3]]
        sample.add(corpus, article, quoted=told, score=9.0 - n / 10)
    return corpus.compile("2026-W47", caps=Rank(top=99, per_section=99, per_source=99))


def test_pages_of_stories_are_full() -> None:
    """A summary of few lines goes over a page's end: its headline takes none to the next page."""
    pages = printed(of_stories(30))
    ends = [
        max(word["bottom"] for word in words if word["bottom"] < 0.93 * height) / height
        for height, words in pages[:-1]
    ]
    assert len(ends) > 4
    assert min(ends) > 0.8


def test_charts_stand_side_by_side() -> None:
    """One below the other, they take two pages and leave half of the page before empty."""
    edition = compiled(layout=("trends",))[0]
    assert edition.trends is not None
    rows = [
        Trend(kind, f"{kind} {n}", (3, 5 + n), 5 + n, 3, 0.1, 0.1, -0.1, 0.1, "steady")
        for kind in SHOWN
        for n in range(4)
    ]
    trends = replace(edition.trends, quarters=("2026-Q3", "2026-Q4"), rows=tuple(rows))
    words = [word for _, each in printed(replace(edition, trends=trends)) for word in each]
    first = {name: next(each["top"] for each in words if each["text"] == name) for name in TITLES}
    assert first["Vendors"] == first["Topics"]
