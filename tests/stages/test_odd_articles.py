"""Articles as nobody writes them: the classifier answers all the same."""

from __future__ import annotations

import pytest

from .news import answer

BLANKS = ["", " ", "\n", " \t\r\n", "\u3000", "\u2028", "\x1c"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-Hans", "xx"])
def test_a_text_without_a_sentence_is_classified(blank: str, language: str) -> None:
    """Where a text is blank, no sentence of it opens the news."""
    for title in (blank, "Acme launches Nova, a CRM"):
        assert answer(blank, language, title=title).id == "a"
