"""Quotation marks within quotation marks do not end a name."""

from __future__ import annotations

import pytest

from digest.stages.nested import flat

from .news import read

# ruff: noqa: E501  # a table of cases reads best with one case a line


@pytest.mark.parametrize(
    ("language", "text", "product"),
    [
        ("de", "Acme hat „Nova ‚Plus‘“ vorgestellt, ein CRM.", "Nova Plus"),
        ("fr", "Acme lance « Nova “Plus” », un CRM.", "Nova Plus"),
        ("en", "Acme today launched “Nova ‘Plus’”, a CRM.", "Nova Plus"),
        ("es", "Acme lanza «Nova “Plus”», un CRM.", "Nova Plus"),
        ("it", "Acme lancia «Nova “Plus”», un CRM.", "Nova Plus"),
        ("ja", "アクメはCRM「ノヴァ『プラス』」の提供を開始した。", "ノヴァプラス"),
        ("zh-Hans", "星云科技今日正式推出CRM“新星‘加强版’”。", "新星加强版"),
        ("zh-Hant", "星雲科技今日正式推出CRM「新星『加強版』」。", "新星加強版"),
        ("fr", "Acme publie l’étude « Ce que “veulent” les clients » sur le CRM.", "Ce que veulent les clients"),
        ("ja", "アクメは調査「顧客の『本音』」を公開した。CRMの調査だ。", "顧客の本音"),
    ],
)  # fmt: skip
def test_a_name_is_all_that_stands_between_its_marks(
    language: str, text: str, product: str
) -> None:
    """Its proof is the sentence as it is written."""
    (found,) = read(text, language, title="CRM").launches
    assert (found.product, found.evidence.text in text) == (product, True)


@pytest.mark.parametrize(
    "text",
    ["“Acme’s Nova” isn’t here", "„Die ‚Nova‘ von Acme", "Nova ‘Plus’", "“Nova” and “Plus”"],
)
def test_what_is_not_nested_stays(text: str) -> None:
    """An apostrophe, a quotation that goes on, and one beside another."""
    assert flat(text) == text
