"""Times that a sentence takes over from the one before: "In 2019 … A year later it bought …"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.records import Article
from digest.stages.calendars import calendar_for
from digest.stages.phrase_data import WIDE, Patterns, phrases_for
from digest.stages.told import Told
from digest.text import split_sentences

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
OPENING, OPENING_WIDE = 30, 12  #: characters of a sentence in which it says how much later it is


def without_carried(told: Iterable[Told], article: Article, language: str) -> list[Told]:
    """Return what is told without what happened in an earlier year, by the sentences before.

    A year that a sentence names goes on until another one is named; "two years later" adds two.
    What is told by the title, and what falls into the article's own year, is news.

    Args:
        told: what an article's sentences tell.
        article: the article, with its day.
        language: BCP-47; one that `hearsay.toml` does not know keeps everything.
    """
    phrases, day = phrases_for("hearsay", language), article.published or article.first_seen
    if phrases is None or not day[:4].isdigit():
        return list(told)
    past = _carried_to(article.text, language, phrases, int(day[:4]))
    return [one for one in told if one.titled or one.proof.start not in past]


def _carried_to(text: str, language: str, phrases: Patterns, now: int) -> frozenset[int]:
    """Return where the sentences begin that go on in an earlier year with "later"."""
    year, found = 0, set()
    for start, end in split_sentences(text):
        sentence = text[start:end]
        opening = sentence[: OPENING_WIDE if language in WIDE else OPENING]
        later = phrases["later"].search(opening)
        if later and year:
            year += _many(later.groupdict().get("n") or "", language)
            if year < now:
                found.add(start)
        elif years := [int(one) for one in YEAR.findall(sentence)]:
            year = max(years) if max(years) < now else 0
    return frozenset(found)


def _many(number: str, language: str) -> int:
    """Return a number of years, in digits or spelled; 1 where it is not told."""
    if number.isdigit():
        return int(number)
    calendar = calendar_for(language)
    spelled = enumerate(calendar.numbers, 1) if calendar else ()
    return next((many for many, word in spelled if word.fullmatch(number)), 1)
