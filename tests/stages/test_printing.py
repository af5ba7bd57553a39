"""What printing a long quarter costs, counted in lines laid out: no clock decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from digest.records import Edition
from digest.stages.render import render

from .test_findings import compiled

#: Lines of text that are laid out or measured for one product more: its row has some eight lines,
#: each of which is broken a few times. Before tables had fixed columns there were 180.
MOST_LINES = 60


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
