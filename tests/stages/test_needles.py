"""Which strings stand in a text is told alike by looking each up and by their first signs."""

from __future__ import annotations

import re

import pytest

from digest.stages.needles import Needles, is_within, places_of

TEXTS = (
    "",
    "a",
    "ad",
    "the ad server of acme",
    "広告配信サーバー",
    "an ai-first dmp; l'ia",
    "\ud800ad",
)


@pytest.mark.parametrize("text", TEXTS)
def test_found_are_those_that_a_text_has(text: str) -> None:
    """Short ones, empty ones and those of Han characters too, in their order."""
    several = (
        "server",
        "ad",
        "a",
        "",
        "広告",
        "配",
        "dmp",
        "l'ia",
        "acme",
        "serverless",
        "ai",
        "ad",
    )
    expected = [place for place, one in enumerate(several) if one in text]
    assert Needles(several).found_in(text) == expected


def test_places_may_overlap() -> None:
    """As a pattern that looks ahead finds them."""
    assert list(places_of("aa", "aaab aa")) == [0, 1, 5]


@pytest.mark.parametrize(
    "text",
    ["Nova", "with Nova", "with Novatel", "a, Nova", "(Nova)", ". Nova", "é Nova."],
)
def test_a_name_within_is_what_the_pattern_finds(text: str) -> None:
    """Behind a word, a comma or a bracket and a blank, and no part of a longer word."""
    assert is_within("Nova", text) == (re.search(r"[\w,(] Nova\b", text) is not None)
