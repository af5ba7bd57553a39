"""Stored is what the publisher wrote: joiners of words and emoji stay, padding goes."""

from __future__ import annotations

import pytest

from digest.backends.extractors import ArticleExtractor
from digest.backends.markup import clean
from digest.text import content_hash, count_words

WHOLE = [
    "شرکت لومورا می\u200cگوید کاربران نمی\u200cخواهند",  # Persian
    "क्\u200dष और र\u094d\u200dय",  # Hindi half forms
    "ক\u09cd\u200cষ",  # Bengali
    "Family 👩\u200d👩\u200d👧 and ❤\ufe0f\u200d🔥 and 👩🏽\u200d💻",
    "England 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f wins",
]
PADDED = [
    ("ship\u00adping", "shipping"),
    ("a\u200bb\u2060c\ufeffd\u034fe", "abcde"),
    ("offers \u200c \u200c \u200c today", "offers today"),
    ("Lu\u200cmora and Lu\u200dmora", "Lumora and Lumora"),
    ("\u200d\u200cNova\u200d", "Nova"),
    ("👩\u200d writes", "👩 writes"),
    ("می\u200c گوید", "می گوید"),
]


@pytest.mark.parametrize("text", WHOLE)
def test_what_shapes_words_and_emoji_stays(text: str) -> None:
    """In short texts and in articles, whatever a library does on the way."""
    assert clean(text) == text
    rest = (
        "Lumora today launched a tool that helps shops to send fewer mails to their readers. " * 4
    )
    page = f"<html><body><article><h1>News</h1><p>{text}. {rest}</p><p>{rest}</p></article>"
    found = ArticleExtractor().extract(page.encode(), url="https://a.example/b", charset="utf-8")
    assert f"{text}. Lumora" in found.text


@pytest.mark.parametrize(("text", "seen"), PADDED)
def test_padding_goes(text: str, seen: str) -> None:
    """Soft hyphens, zero-width spaces, and joiners that join nothing."""
    assert clean(text) == seen


def test_copies_with_and_without_joiners_are_one() -> None:
    """Some sites lose them; and a word with one is one word."""
    assert content_hash("t", WHOLE[0]) == content_hash("t", WHOLE[0].replace("\u200c", ""))
    assert count_words(WHOLE[0]) == 5
