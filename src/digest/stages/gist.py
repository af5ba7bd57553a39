"""What one text opens with and which facts it tells, read once however many pairs it is in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from digest.stages.facts import find_facts, find_quoted, find_rates, weight_of
from digest.stages.forgetting import remembered
from digest.stages.lexicon import column
from digest.stages.mentions import LATIN, SCALES, fold
from digest.stages.romanise import in_latin
from digest.text import months, sentences, weekdays

if TYPE_CHECKING:
    from digest.stages.sketch import Sketch

WIDE = ("zh", "ja")
KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{3,12}")
LEAD = 2  # sentences that tell what an article is about, beside its title
READ = 4_000  # characters in which days and amounts are looked for
REMEMBERED = 30_000  # articles: what is judged and then told in words
EPOCH, LAST = date(1970, 1, 1).toordinal(), date.max.toordinal()
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gist:
    """What a text says that is the same in every language."""

    lead: str  #: title and first sentences
    quoted: tuple[str, ...]  #: names in quotation marks, of Chinese and Japanese, sorted
    days: frozenset[str]  #: of the year, as `9-18`
    amounts: tuple[str, ...]  #: in plain decimal writing, sorted
    rates: frozenset[str]  #: those that are percentages


@remembered(REMEMBERED)
def gist_of(sketch: Sketch) -> Gist:
    """Return the gist of an article; the latest are remembered."""
    whole = whole_of(sketch)
    days, amounts = find_facts(whole, sketch.language)
    return Gist(
        lead="\n".join([sketch.title, *sentences(sketch.text[: READ // 4], most=LEAD)]),
        quoted=quoted_in(sketch),
        days=frozenset(days) or NONE,
        amounts=tuple(sorted(amounts)),
        rates=frozenset(find_rates(whole)) or NONE,
    )


def quoted_in(sketch: Sketch) -> tuple[str, ...]:
    """Return the names in quotation marks of a Chinese or Japanese article, sorted."""
    return tuple(sorted(find_quoted(whole_of(sketch)))) if sketch.language[:2] in WIDE else ()


def whole_of(sketch: Sketch) -> str:
    """Return title and text as far as they are read."""
    return f"{sketch.title}\n{sketch.text[:READ]}"


def shared_leads(left: Sketch, right: Sketch) -> list[str]:
    """Return the names that stand in the leads of both, in order of the left one's."""
    one, other = _named(left), _named(right)
    named = dict.fromkeys([*one, *other])
    also, too = (in_kana(gist_of(sketch).lead, sketch.language) for sketch in (left, right))
    return [n for n in named if (n in one or n in also) and (n in other or n in too)]


def shared_quotes(left: Sketch, right: Sketch) -> set[str]:
    """Return the names that both put in quotation marks, one of them in its lead, in Latin letters.

    Of Chinese and Japanese articles; others quote what somebody said.
    """
    one, other = gist_of(left), gist_of(right)
    if not (one.quoted and other.quoted):
        return set()
    both = set(map(in_latin, one.quoted)) & set(map(in_latin, other.quoted))
    led = {in_latin(name) for each in (one, other) for name in each.quoted if name in each.lead}
    return both & led


def shared_facts(left: Sketch, right: Sketch) -> list[str]:
    """Return the days and amounts that both name: `9-18`, `2400`; the day of publishing is none."""
    one, other = gist_of(left), gist_of(right)
    own = own_days(left.day) | own_days(right.day)
    amounts = set(one.amounts).intersection(other.amounts)
    return sorted(one.days & other.days - own) + sorted(amounts, key=lambda n: (-weight_of(n), n))


@remembered(REMEMBERED)
def _named(sketch: Sketch) -> dict[str, None]:
    """Return the names in a lead in Latin letters: those written so, and those that are quoted."""
    gist = gist_of(sketch)
    proved = set(sketch.names.columns.tolist()) - no_names()
    latin = (fold(word) for word in spelled_names(gist.lead))
    quoted = (in_latin(name) for name in gist.quoted if name in gist.lead)
    return dict.fromkeys([*(name for name in latin if column(name) in proved), *quoted])


def in_kana(text: str, language: str) -> set[str]:
    """Return what a Japanese text writes in katakana, in Latin letters."""
    return {in_latin(word) for word in KATAKANA.findall(text)} if language == "ja" else set()


def spelled_names(text: str) -> Iterable[str]:
    """Yield what is written like a name, even where only its place gives it a capital."""
    return (word.rstrip("-'’&_") for word in LATIN.findall(text))


@cache
def no_names() -> frozenset[int]:
    """Return the columns of words that some languages write with a capital in every dateline."""
    words = {*months(), *weekdays(), *SCALES}
    return frozenset(column(fold(word)) for word in words)


@lru_cache(maxsize=1_000)
def _days_around(day: int) -> frozenset[str]:
    places = (EPOCH + day + n for n in (-1, 0, 1))
    near = (date.fromordinal(n) for n in places if 1 <= n <= LAST)  # the calendar has its ends
    return frozenset(f"{one.month}-{one.day}" for one in near)


def own_days(day: float | None) -> frozenset[str]:
    """Return the day of publishing and its neighbours: many a dateline says no more."""
    return NONE if day is None else _days_around(int(day // 1))
