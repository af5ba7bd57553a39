"""What heads a part of the notes on a release: a day, a version, a word for what stands in it."""

from __future__ import annotations

import re
from datetime import date

from digest.records import Article
from digest.stages.clean import key_of
from digest.stages.genre import Genre
from digest.stages.grammar import Grammar
from digest.stages.note_lines import Line
from digest.stages.times import find_times
from digest.text import count_words

LONGEST = 10  #: words of a heading
SHORTEST = 3  #: words of one that ends like a sentence, or that says no more than what it heads
#: "Name: what it does", "Name – what it does"
LABELLED = re.compile(
    r"^(?P<name>[^.:。：|]{3,80}?)(?:\s[-–—]\s|\s?[:：]\s|：|\s?\|\s?)(?P<rest>[^\W\d_].{11,})"
)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONG_AGO = date(2000, 1, 1)  #: a day before all that notes are of
DAYS = ("day", "month")  #: kinds of time that head an entry
VERSION = re.compile(r"[\W\d_]*|.*\d+\.\d+\.\d+\S*", re.I)
COLONS = (":", "：")


def is_entry(line: Line, language: str) -> bool:
    """Return whether a line but dates what follows, or gives its version: an entry of a log."""
    text = line.text.strip(" .:：")
    if not line.apart or count_words(text) > LONGEST:
        return False
    return VERSION.fullmatch(text) is not None or _is_day(text, language)


def _is_day(text: str, language: str) -> bool:
    """Return whether a text is but a day, or some months: "Released 3 May 2026"."""
    if not re.search(r"\d{4}", text):
        return False
    rest = text
    for time in reversed(find_times(text, language, LONG_AGO)):
        if time.kind in DAYS:
            rest = rest[: time.start] + rest[time.end :]
    dated = rest != text and count_words(rest) <= 1
    return dated or ISO_DAY.fullmatch(text) is not None


def is_title(line: Line, article: Article, genre: Genre) -> bool:
    """Return whether a line is the page's title once more, above all that it tells.

    A page of courses or notices says so in its title, and is one part of such.
    """
    first = line.apart and not article.text[: line.begin].strip()
    stale = genre.stale.search(genre.notes.sub(" ", line.text))
    return first and not stale and key_of(line.text) in key_of(article.title)


def leads(text: str) -> bool:
    """Return whether a line leads to a list, and names nothing: "Key capabilities include:"."""
    return text.endswith(COLONS) and count_words(text) > SHORTEST


def is_lead_in(line: Line, genre: Genre) -> bool:
    """Return whether a line leads to where to read on: "To get started, see these guides:"."""
    words = re.finditer(r"\b\w", line.text) if line.text.endswith(COLONS) else ()
    return any(genre.teaches.match(line.text, word.start()) for word in words)


def is_section(line: Line, genre: Genre, grammar: Grammar, *, told: bool, below: bool) -> bool:
    """Return whether a line heads a part of the notes, by a word for what stands in it.

    Args:
        line: one of the notes.
        genre: their phrases.
        grammar: of their language.
        told: whether the text below tells of one new thing; it is then what the line names, though
            its name has such a word, too ("Video ads for shops").
        below: whether a text stands below that may be about one thing ("New team reports").
    """
    text = line.text.rstrip(" :：")
    if line.closed or not line.apart or count_words(text) > LONGEST or LABELLED.match(line.text):
        return False
    if count_words(text) <= SHORTEST and genre.heading.fullmatch(text):
        return True
    if genre.stale.search(text):
        return not told
    return genre.fresh.search(text) is not None and not (below and after_new(text, genre, grammar))


def after_new(heading: str, genre: Genre, grammar: Grammar) -> str:
    """Return what a heading calls new by its first word, "" where it does not: "New team reports".

    "New in Nova" and "New and updated features" head a part.
    """
    fresh = genre.fresh.match(heading)
    if fresh is None or count_words(fresh[0]) > 1 or genre.heading.fullmatch(heading):
        return ""
    rest = heading[fresh.end() :].strip()
    return "" if count_words(rest) <= 1 or grammar.cut.match(rest) else rest
