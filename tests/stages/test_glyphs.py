"""Letters of every script in charts and on printed pages: none is missing where a font has them."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from digest.records import Edition, Trend, Trends
from digest.stages.charts import ACCENT, SOFT, charts_of, to_png, to_svg
from digest.stages.fonts import lacking, missing_font
from digest.stages.printing import why_not
from digest.stages.render import render
from digest.stages.sayings import Sayings

from . import edition_sample as sample

LANGUAGES = ("ja", "zh-Hans", "zh-Hant", "ar")
FOREIGN = {"ja": "[\u3040-\u30ff\u4e00-\u9fff]", "ar": "[\u0620-\u064a]"}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """A language whose letters an installed font has; without one the tests skip and say so."""
    missing = missing_font(request.param)
    if missing:
        pytest.skip(f"no font for {request.param} is installed, such as {missing}")
    return str(request.param)


def trends_in(language: str) -> Edition:
    """An empty week with trends whose vendors have names in several scripts."""
    names = ("藍鵲數位", "晴舟科技", "ホシグモ", "Sablière")
    vendors = [
        Trend("vendor", name, (3, n), n, 3, 0.1, 0.1, -0.1, 0.1, "steady")
        for n, name in enumerate(names, start=1)
    ]
    labels = [
        Trend("label", name, (3, 4), 4, 3, 0.1, 0.1, -0.1, 0.1, "steady")
        for name in ("Customer Data Platform", "Email Marketing")
    ]
    trends = Trends(("2026-Q2", "2026-Q3"), (40, 40), 40, 40, 3, (), (), (*labels, *vendors))
    return replace(sample.empty(), language=language, trends=trends, layout=("trends", "method"))


def test_charts_lack_no_letter(language: str) -> None:
    """The library warns of each letter that no font has: here a warning is an error."""
    edition, words = trends_in(language), Sayings(language)
    assert edition.trends is not None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for chart in charts_of(edition, words):
            assert to_png(chart, edition.trends, words)[:4] == b"\x89PNG"
            assert to_svg(chart, edition.trends, words).startswith("<svg")


def test_a_letter_that_no_font_has_is_told() -> None:
    """What the test above trusts: a letter of no script is warned of."""
    edition, words = trends_in("en"), Sayings("en")
    assert edition.trends is not None
    rows = tuple(replace(row, name="\U000f0000 odd") for row in edition.trends.rows)
    odd = replace(edition, trends=replace(edition.trends, rows=rows))
    with pytest.warns(UserWarning, match="missing from font"):
        to_png(charts_of(odd, words)[0], edition.trends, words)


def test_a_printed_page_lacks_no_letter(language: str) -> None:
    """Every letter of the page can be read out of the PDF: one that no font has is not drawn."""
    if problem := why_not():
        pytest.skip(f"no PDF can be made: {problem}")
    import pdfplumber

    edition = trends_in(language)
    pdf = render(edition, format="pdf")
    assert isinstance(pdf, bytes)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        read = "".join(page.extract_text() or "" for page in document.pages)
    page = str(render(edition, format="html")).split("<main")[1]
    shown = re.sub(r"<[^>]+>", "", page.split("<footer")[0])
    wanted = set(re.findall(FOREIGN.get(language, FOREIGN["ja"]), shown))
    assert len(wanted) > 20
    assert wanted - set(unicodedata.normalize("NFKC", read)) - set(read) == set()


def test_a_printed_chart_tells_two_quarters_apart() -> None:
    """What prints knows no colours of the page: both are in the chart itself, and none of those."""
    edition, words = trends_in("en"), Sayings("en")
    assert edition.trends is not None
    chart = charts_of(edition, words)[0]
    printed = to_svg(chart, edition.trends, words, is_printed=True)
    assert ACCENT in printed
    assert SOFT in printed
    assert "var(" not in printed
    assert "var(--accent)" in to_svg(chart, edition.trends, words)


def odd_trends() -> tuple[Edition, Sayings]:
    """Trends with a name that no font can write, beside names that each can."""
    edition = trends_in("en")
    assert edition.trends is not None
    rows = tuple(
        replace(row, name="\U000f0000 odd") if row.name == "Sablière" else row
        for row in edition.trends.rows
        if row.name.isascii() or row.name == "Sablière"
    )
    more = replace(rows[0], kind="vendor", name="Acme")
    return replace(edition, trends=replace(edition.trends, rows=(*rows, more))), Sayings("en")


def test_a_letter_that_no_font_has_is_left_to_the_readers_machine() -> None:
    """On the page such a chart's names are text; the others are shapes, and no warning is given."""
    edition, words = odd_trends()
    assert edition.trends is not None
    charts = {each.kind: each for each in charts_of(edition, words)}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        odd = to_svg(charts["vendor"], edition.trends, words)
        plain = to_svg(charts["label"], edition.trends, words)
    assert "\U000f0000 odd</text>" in odd
    assert "</text>" not in plain
    assert lacking("a \U000f0000b\U000f0000", "en") == "\U000f0000"


def test_no_mail_shows_boxes_for_letters() -> None:
    """A mail leaves out the picture and tells its numbers in words."""
    edition, _ = odd_trends()
    made = render(edition, format="mail")
    assert isinstance(made, bytes)
    mail = message_from_bytes(made, policy=policy.default)
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == 1
    body = mail.get_body(("html",))
    assert body is not None
    assert "\U000f0000 odd" in body.get_content()
