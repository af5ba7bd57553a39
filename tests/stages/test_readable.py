"""Vendors whose own name the reader cannot read are called by another of theirs."""

from __future__ import annotations

import pytest

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
