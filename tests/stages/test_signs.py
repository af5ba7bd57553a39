"""A picture in a title is no part of a name."""

from __future__ import annotations

import pytest

from digest.records import Via
from digest.stages.report_entries import read_report_entry
from digest.stages.signs import plain_title

from .news import make_article, read

TOLD = [
    ("en", "Acme launches Nova", "Nova, a CRM, sorts mails by itself."),
    ("de", "Acme stellt Nova vor", "Nova, ein CRM, sortiert Mails."),
    ("ja", "晴海ソフト、「ノヴァ」を発表", "ノヴァはメールを整理するCRM。"),
    ("zh-Hans", "星云科技推出“新星”", "新星是一款CRM，可以整理邮件。"),
    ("zh-Hant", "星雲科技推出「新星」", "新星是一款CRM，可以整理郵件。"),
]


SIGNED = ["🚀 {}", "🚀{}", "⚡️ {}", "👩\u200d💻 {}", "{} 🎉🎉", "✨ {} ✨"]
ENTRIES = ["🚀 Nova (Acme)", "🚀 Acme – Nova", "Acme: 🚀 Nova", "⚡️ Nova by Acme"]


@pytest.mark.parametrize("signs", SIGNED)
@pytest.mark.parametrize(("language", "title", "text"), TOLD)
def test_a_title_tells_the_same_with_pictures(
    signs: str, language: str, title: str, text: str
) -> None:
    """Vendor, product, event and labels."""
    plain = read(text, language, title=title)
    assert plain.launches
    assert read(text, language, title=signs.format(title)) == plain


def test_a_sentence_that_opens_with_a_picture_names_who_acts() -> None:
    """Its proof keeps the picture: it is the article's own sentence."""
    (found,) = read("🚀 星云科技今日正式推出CRM“新星”。", "zh-Hans", title="一款新CRM").launches
    assert (found.vendor, found.product) == ("星云科技", "新星")
    assert found.evidence.text.startswith("🚀")


@pytest.mark.parametrize("title", ENTRIES)
def test_an_entry_of_a_report_is_named_without_its_picture(title: str) -> None:
    """Neither vendor nor product."""
    via = Via("r", "R", None, published="2026-09-30", page=1, is_report=True)
    entry = make_article("Nova sorts the mails of shops.", title=title, via=via)
    assert [(one.vendor, one.product) for one in read_report_entry(entry, "en", None)] == [
        ("Acme", "Nova")
    ]


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Acme 🤝 Betasoft", "Acme 🤝 Betasoft"),
        ("Acme™ ⚡️", "Acme™"),
        ("【🎉新機能】ノヴァ", "【新機能】ノヴァ"),
        ("🚀", ""),
        ("Nova 2 → Nova 3", "Nova 2 → Nova 3"),
    ],
)
def test_what_stands_between_words_stays(title: str, plain: str) -> None:
    """Two names would be one."""
    assert plain_title(title) == plain
