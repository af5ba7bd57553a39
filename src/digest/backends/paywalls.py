"""Tells a stub before a paywall by what the page says below it, where it has no mark."""

from __future__ import annotations

from typing import Any

from digest.backends.furniture import phrases
from digest.backends.markup import text_of
from digest.text import count_words

SHORT = 150  #: words of a text that may be a stub: who reads more has the article
SHOWN = 20_000  #: characters of a page that are looked at


def is_stub(tree: Any, text: str) -> bool:
    """Return whether a short text ends where the page asks for a subscription."""
    if count_words(text) >= SHORT:
        return False
    shown = " ".join(text_of(tree).split())[:SHOWN]
    return bool(phrases("paywall").search(shown))
