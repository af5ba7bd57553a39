"""Datelines: "PARIS, Oct 3 (Newswire) – " is no part of the sentence that follows it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from digest.records import Quote
from digest.stages.data_files import any_of, read_data
from digest.stages.facts import month_words
from digest.stages.sentences import stopwords
from digest.text import CJK, count_words

LONGEST = 90  #: code points of a dateline
FEWEST_WORDS = 3  #: of the sentence that is left
NEAR = 80  #: code points within which a second dash makes a dash a parenthesis
SPELLED = 5  #: capitals of a place that is known by them alone; fewer may be an abbreviation
DASH = r"\s*(?:[–—―─]+|--+)\s*|\s+-\s+"


def without_dateline(quote: Quote) -> Quote:
    """Return the quotation from its sentence on, still letter by letter what its article says."""
    cut = len(quote.text) - len(bare(quote.text))
    return replace(quote, text=quote.text[cut:], start=quote.start + cut) if cut else quote


def bare(text: str) -> str:
    """Return a sentence without the place, day and agency before it; as it is where none are.

    A dateline has a day or an agency, or is a place in capitals alone, and ends in a dash (in
    Chinese and Japanese in "電" and the like, too). What is no such head stays: "In 2019 Acme –
    then a start-up – was sold."
    """
    for pattern in _patterns():
        match = pattern.match(text[:LONGEST])
        if match and _is_place(match):
            rest = text[match.end() :]
            if _begins(rest):
                return rest
    return text


def _is_place(match: re.Match[str]) -> bool:
    """Return whether what stands first may be a place: capitals, and no word of grammar."""
    place = (match.groupdict().get("place") or "").strip()
    if not place or CJK.match(place):
        return True
    words = re.findall(r"[^\W\d_][\w'’.]*", place)
    first = words[0].casefold() if words else ""
    if not words or first in _data()["before"]:
        return False
    if first in stopwords() and first not in _data()["articles"]:
        return False
    if first in _data()["articles"] and len(words) == 1:
        return False
    if match.groupdict().get("day") or match.groupdict().get("wire"):
        return not words[0][0].islower()
    return len(words[0]) >= SPELLED


def _begins(rest: str) -> bool:
    """Return whether a whole sentence is left: long enough, with a capital, and no parenthesis."""
    first = next((sign for sign in rest if sign.isalnum()), "")
    if not first or first.islower() or count_words(rest) < FEWEST_WORDS:
        return False
    return not re.search(r"\s[–—]\s", rest[:NEAR])


@cache
def _data() -> dict[str, list[str]]:
    return dict(read_data("datelines.toml"))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    day, wire = _day(), "|".join(_data()["wires"])
    inside = r"[^()\[\]/]"
    bracket = (
        rf"[(\[/]\s*(?P<wire>(?:{inside}{{0,20}}[\s/])?(?:{wire})"
        rf"|{inside}{{0,12}}wire(?:\s{inside}{{1,12}})?)\s*[)\]/]"
    )
    place = r"(?P<place>[^\W\d_][^\d.!?:;()\[\]/–—―\n]{0,38}?(?:\b[A-Z][a-z]{1,4}\.)?)"
    region = r"(?:,\s+[^\W\d_][^\d.!?:;()–—―\n,]{1,20}\.?){0,2}"
    capitals = rf"(?P<place>[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ '’.-]*{region})"
    # Only days and agencies are read without regard to capitals: a place has one.
    return (
        re.compile(rf"{place}[,،]?\s*(?P<day>(?i:{day}))[,،]?\s*(?:(?i:{bracket}))?\s*(?:{DASH})"),
        re.compile(rf"{place}[,،]?\s*(?:{DASH})?(?i:{bracket})\s*(?:{DASH})"),
        re.compile(rf"(?i:{bracket})\s*(?:{DASH})"),
        re.compile(rf"{capitals}(?:{DASH})"),
        *_wide_patterns(wire),
    )


def _day() -> str:
    """Return the pattern of a day with its month, in the languages with spaces."""
    tables = ("short_months", "day_articles", "joints", "elided_joints")
    short, article, joint, elided = (any_of("dates.toml", table) for table in tables)
    ends = "|".join(any_of("dates.toml", table) for table in ("day_endings", "dateline_endings"))
    month = rf"(?:{'|'.join(month_words())}|(?:{short})\b\.?)"
    number, year = rf"\d{{1,2}}(?:{ends})?", r"(?:19|20)\d\d"
    return "|".join(
        (
            rf"(?:(?:{article})\s+)?{number}\s*(?:{joint}|{elided})?{month}"
            rf"(?:,?\s+(?:{joint})?{year})?",
            rf"{month}\s+{number}(?:,?\s+{year})?",
            rf"{year}-\d\d-\d\d",
            rf"{number}[/.]\d{{1,2}}[/.]?(?:{year}|\d\d)?",
        )
    )


def _wide_patterns(wire: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of Chinese and Japanese heads: a day and a dash or "電", or a bracket."""
    ends = rf"(?:{'|'.join(_data()['ends'])})(?=[\s（(：:)）\]］】])"
    signs = read_data("dates.toml")["signs"]
    day = rf"(?:(?:\d{{4}}{signs['year']})?\d{{1,2}}{signs['month']})?\d{{1,2}}[{signs['day']}]"
    return (
        re.compile(
            rf"(?P<place>[^\W\d_]{{2,8}})?[、，,\s]*(?P<day>{day})\s*"
            rf"(?:[(（［\[](?P<wire>[^)）\]］]{{2,12}})[)）\]］]\s*)?"
            rf"(?:[—―–─ー－-]+|{ends}(?:[（(][^）)]{{2,30}}[）)])?)\s*"
        ),
        re.compile(
            rf"[(（［\[【](?=[^)）\]］】]*(?:{ends}|{wire})[)）\]］】])"
            rf"(?P<wire>[^)）\]］】]{{2,40}})[)）\]］】]\s*(?:[—―–─ー－-]+\s*)?"
        ),
    )
