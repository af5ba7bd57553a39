"""Finds the date that a page shows at its headline, as its readers write it, in any language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from digest.backends.dates import parse_date
from digest.backends.markup import brief_text, text_of

LINE = 100  #: characters of a text that is a date with its label: "Published on …"
TEXT = 150  #: characters from which a paragraph is the article's own: the head is over
LOOKED = 12  #: texts with figures that are looked at
# Where pages show dates: words in class, id, itemprop and the names that tests of theirs use.
MARK = re.compile(
    r"date|datum|datu[lm]|fecha|\bdata\b|time(?!line)|tarih|tanggal|publi|posted|published|pvm",
    re.I,
)
NOT_HERE = re.compile(r"related|teaser|recommend|comment|sidebar|footer|widget|event|archive", re.I)
WORD = r"[^\s\d,;:|/()<>]{2,14}"  # also in scripts whose vowels are marks
# 14. März 2025, 14 de março de 2025, March 14, 2025, 2025. március 14., 2025年3月14日.
FORMS = (
    re.compile(
        rf"(?<!\d)(\d{{1,2}}(?:\.|er|ο|º|st|nd|rd|th)?\s+(?:de\s+)?{WORD}\.?,?\s+(?:de\s+)?\d{{4}})"
    ),
    re.compile(rf"({WORD}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})(?!\d)"),
    re.compile(rf"(?<!\d)(\d{{4}}\.?\s+{WORD}\s+\d{{1,2}})(?!\d)"),
)
YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?(?:[年년]|[-./])\s?(\d{1,2})\s?(?:[月월]|[-./])\s?(\d{1,2})(?!\d)"
)
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)")
ERA = re.compile(r"令和\s?(\d{1,2}|元)\s?年")  # since 2019
BUDDHIST = 543  # years that Thailand counts more


def shown_at_head(tree: Any, *, language: str | None = None) -> str | None:
    """Return the first date that stands at the headline, as a bare date; None where none does.

    Args:
        tree: the page.
        language: BCP-47; where `03/04/2025` is meant, all but Americans write the day first.
    """
    for text in _heads(tree):
        if found := date_in(text, language=language):
            return found
    return None


def date_in(text: str, *, language: str | None = None) -> str | None:
    """Return the date in a short text as a bare date, None where none is, or a doubtful one."""
    text = ERA.sub(_by_era, "".join(map(_figure, text)))
    if found := YEAR_FIRST.search(text):
        return _day(found[1], found[2], found[3])
    if found := DAY_FIRST.search(text):
        return _numbers(found[1], found[2], found[3], found[0], language or "")
    for form in FORMS:
        if (found := form.search(text)) and (told := parse_date(found[1])):
            return _day(*told[:10].split("-"))
    return None


def _heads(tree: Any) -> Iterator[str]:
    """Yield short texts with figures: those marked as dates, and all below the headline."""
    seen, below = 0, False
    for node in tree.iter("h1", "p", "div", "span", "time", "li", "em", "small", "td", "h2", "b"):
        below = below or node.tag == "h1"
        words = " ".join(
            node.get(name) or "" for name in ("class", "id", "itemprop", "data-testid")
        )
        marked = bool(MARK.search(words))
        if below and node.tag == "p" and len(text_of(node)) > TEXT:
            return  # the article has begun
        text = brief_text(node, most=LINE) if below or marked else ""
        if node.tag == "h1" or not text or NOT_HERE.search(words):
            continue
        if sum(map(str.isdigit, text)) >= 3:
            seen += 1
            yield text
        if seen >= LOOKED:
            return


def _figure(letter: str) -> str:
    """Return a digit of any script as ours: Arabic, Devanagari, Thai, full-width."""
    return str(unicodedata.digit(letter)) if letter.isdecimal() else letter


def _by_era(found: re.Match[str]) -> str:
    return f"{2018 + (1 if found[1] == '元' else int(found[1]))}年"


def _numbers(first: str, second: str, year: str, whole: str, language: str) -> str | None:
    if "/" not in whole or int(first) > 12:
        return _day(year, second, first)
    if int(second) > 12:
        return _day(year, first, second)
    if first == second or not language or language.lower() == "en":
        return _day(year, first, second) if first == second else None
    american = language.lower() == "en-us"
    return _day(year, first, second) if american else _day(year, second, first)


def _day(year: str, month: str, day: str) -> str | None:
    number = int(year)
    number -= BUDDHIST if number > 2400 else 0
    try:
        return date(number, int(month), int(day)).isoformat()
    except ValueError:
        return None
