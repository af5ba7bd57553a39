"""Vendors whose own name the reader cannot read are called by another of theirs."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from digest.stages.readable import readable_names
from digest.stages.words import Words

VENDORS = {
    "ホシグモ": ("ホシグモ", "Hoshigumo", "ツムギ"),
    "晴舟科技": ("晴舟科技", "晴舟", "Qingzhou"),
    "Яндекс": ("Яндекс", "Yandex"),
    "Sablière": ("Sablière", "Sabliere"),
    "نون": ("نون",),
}


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", {"ホシグモ": "Hoshigumo", "晴舟科技": "Qingzhou", "Яндекс": "Yandex"}),
        ("ja", {"Яндекс": "Yandex"}),
        ("zh-Hant", {"ホシグモ": "Hoshigumo", "Яндекс": "Yandex"}),
        ("ru", {"ホシグモ": "Hoshigumo", "晴舟科技": "Qingzhou"}),
    ],
)
def test_names_are_the_readers(language: str, named: dict[str, str]) -> None:
    """Letters decide, not the language; where the team knows no other name, its own stands."""
    assert dict(readable_names(VENDORS, language)) == named


def test_both_names_stand_where_the_vendor_is_introduced() -> None:
    words = Words("en", readable=readable_names(VENDORS, "en"))
    assert words.name("ホシグモ") == "Hoshigumo"
    assert words.both_names("ホシグモ") == "Hoshigumo (ホシグモ)"
    assert words.both_names("Sablière") == words.name("Sablière") == "Sablière"


def test_two_companies_stand_apart() -> None:
    """A company that is bought is no product of its buyer."""
    words = Words("en")
    assert words.thing("Gantrel", "Mothwick", "acquisition") == "Gantrel – Mothwick"
    assert words.thing("Brindlemail", "Sendwell", "launch") == "Brindlemail Sendwell"
    assert words.thing("Pegel", "Pegel", "launch") == "Pegel"


@pytest.mark.parametrize(
    ("reader", "name", "said"),
    [
        ("en", "行銷週報", '<bdi lang="zh" class="name">行銷週報</bdi>'),
        ("en", "月刊マーケ", '<bdi lang="ja" class="name">月刊マーケ</bdi>'),
        ("zh-Hans", "月刊マーケ", '<bdi lang="ja" class="name">月刊マーケ</bdi>'),
        ("zh-Hans", "行銷週報", "<bdi>行銷週報</bdi>"),
        ("ja", "行銷週報", "<bdi>行銷週報</bdi>"),  # may be Japanese
        ("en", "Sablière", "<bdi>Sablière</bdi>"),
    ],
)
def test_a_name_in_other_letters_carries_its_language(reader: str, name: str, said: str) -> None:
    """Else a screen reader spells it, and a browser takes any font for it."""
    assert Words(reader, kind=Markup).name(name) == said


def test_of_two_names_each_carries_its_own_language() -> None:
    words = Words("en", kind=Markup, readable=[("ホシグモ", "Hoshigumo")])
    both = '<bdi>Hoshigumo</bdi> (<bdi lang="ja" class="name">ホシグモ</bdi>)'
    assert words.both_names("ホシグモ") == both
