"""Articles as nobody writes them: the classifier answers all the same."""

from __future__ import annotations

from datetime import date

import pytest

from digest.stages.announced import dated

from .news import answer, make_article

BLANKS = ["", " ", "\n", " \t\r\n", "\u3000", "\u2028", "\x1c"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-Hans", "xx"])
def test_a_text_without_a_sentence_is_classified(blank: str, language: str) -> None:
    """Where a text is blank, no sentence of it opens the news."""
    for title in (blank, "Acme launches Nova, a CRM"):
        assert answer(blank, language, title=title).id == "a"


PLANS = [
    ("en", "Acme plans to launch Nova in September, next year and within 6 weeks."),
    ("zh-Hans", "远山科技计划于9月推出“新星”，6周后上线。远山科技周一收购了贝塔公司。"),
    ("zh-Hant", "遠山科技計劃於9月推出「新星」，明年上線。遠山科技週一收購了貝塔公司。"),
]


@pytest.mark.parametrize("published", ["9999-12-31", "9999-10-31", "9996-06-01", "0001-01-01"])
@pytest.mark.parametrize(("language", "text"), PLANS)
def test_a_date_of_no_article_tells_no_day(published: str, language: str, text: str) -> None:
    """A day after the last one of the calendar cannot be told: the article's other date counts."""
    article = make_article(text, published=published)
    assert dated(article) == (date(2026, 11, 11), "first seen")
    assert answer(text, language, published=published).id == "a"
