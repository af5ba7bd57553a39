"""A phrase without the times in it: what is left names or describes a thing."""

from __future__ import annotations

import re
from datetime import date

from digest.stages.grammar import Grammar
from digest.stages.phrase_data import NOTHING, phrases_for
from digest.stages.times import find_times

ANY_DAY = date(2000, 1, 1)  #: only where the times stand is asked for
#: Kinds of times that are no part of a name, as a year is of "Report 2026".
KINDS = ("day", "month", "weekday", "today", "yesterday", "year_end", "next_month", "next_week")


def without_times(phrase: str, grammar: Grammar) -> str:
    """Return a phrase without days, months and weekdays, and the small words before them.

    "its service on 31 March" is "its service"; "am 4. Mai Nova" is "Nova"; a month before another
    name is part of it ("March Madness").
    """
    kept, place = "", 0
    for time in find_times(phrase, grammar.language, ANY_DAY):
        names = time.kind == "month" and phrase[time.end :].lstrip()[:1].isupper()
        names = names or re.match(r"\.\w", phrase[time.end :]) is not None  # "Monday.com"
        if time.kind in KINDS and time.start >= place and not names:
            kept += _without_small(phrase[place : time.start], grammar)
            place = time.end
    return (kept + phrase[place:]).strip() if place else phrase


def _without_small(phrase: str, grammar: Grammar) -> str:
    """Return a phrase without the articles and prepositions at its end."""
    governs = (phrases_for("plans", grammar.language) or {}).get("governs", NOTHING)
    words = phrase.split()
    while words and _is_small(words[-1], governs, grammar):
        words.pop()
    return " ".join(words) + " " if words else ""


def _is_small(word: str, governs: re.Pattern[str], grammar: Grammar) -> bool:
    """Return whether a word is an article or a preposition."""
    small = (grammar.cut, governs)
    return word.casefold() in grammar.strip or any(each.fullmatch(word) for each in small)
