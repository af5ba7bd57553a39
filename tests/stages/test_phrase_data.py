"""The phrases of claims, plans and makers, as their data files hold them."""

from __future__ import annotations

import pytest

from digest.stages.grammar import grammar_for
from digest.stages.phrase_data import phrases_for, phrases_of_all
from digest.stages.protagonist import find_owner

from .news import make_article

EVERY = [
    ("number", "on four million mails", False),
    ("number", "auf 4 Millionen Mails", True),
    ("number", "降低三成", True),
    ("amount", "from 12 to 3", True),
    ("amount", "um 12 Prozent", True),
    ("amount", "nove su dieci", True),
    ("amount", "in 2026", False),
    ("reported", "他说，系统很好", True),
    ("reported", "と述べた", True),
    ("counted", "三家超市", True),
    ("named", "あおば薬品", True),
    ("named", "あおば", False),
]


@pytest.mark.parametrize(("key", "text", "met"), EVERY)
def test_phrases_of_claims_that_count_in_every_language(key: str, text: str, met: bool) -> None:
    """Amounts, reported speech and names by their form need no language of their own."""
    assert bool(phrases_of_all("claims")[key].search(text)) is met


@pytest.mark.parametrize(
    ("language", "key", "text"),
    [
        ("en", "own", "will"),
        ("de", "own", "wird"),
        ("ja", "topic", "が"),
        ("zh-TW", "topic", "廠商"),
    ],
)
def test_verbs_of_ones_own_and_marks_of_a_subject_are_data(
    language: str, key: str, text: str
) -> None:
    """Plans are read by them in the languages that have them."""
    phrases = phrases_for("plans", language)
    assert phrases is not None
    assert phrases[key].fullmatch(text)


@pytest.mark.parametrize(
    ("language", "text", "maker"),
    [
        ("zh-Hans", "运营商晴天科技表示，价格不变。", "晴天科技"),
        ("zh-Hant", "母公司星雲集將在明年關閉服務。", "星雲集"),
        ("ja", "運営会社のアクメは、終了を発表した。", "アクメ"),
        ("zh-Hans", "晴天科技表示，价格不变。", ""),
    ],
)
def test_who_runs_a_thing_is_its_maker(language: str, text: str, maker: str) -> None:
    """A text without spaces names the operator after a word of `names.toml`."""
    grammar = grammar_for(language)
    assert grammar is not None
    assert find_owner(make_article(text), grammar) == maker
