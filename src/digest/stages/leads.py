"""What two articles are about: the names of their titles and first sentences, days and amounts."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.contradiction import RARE
from digest.stages.facts import weight_of
from digest.stages.gist import gist_of, in_kana, no_names, own_days, spelled_names, whole_of
from digest.stages.lexicon import column
from digest.stages.mentions import fold
from digest.stages.rarity import Vocabulary, make_vocabulary
from digest.stages.romanise import heard_in, in_latin
from digest.stages.swaps import swapped_in_form
from digest.stages.turns import find_successors, find_turns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.records import Background, Counts
    from digest.stages.sketch import Sketch

LEADS = (
    "lead_names",  # weight of the names of either lead that both texts have, 0 none … 1 very many
    "lead_others",  # likewise, without the weightiest: of one vendor much is told
    "subjects",  # share of a title's names that the other text has, the better way
    "subjects_against",  # weight of the names in title and text that the other lacks, the lighter
    "subjects_beside",  # likewise, the heavier: one of the two is about something else as well
    "title_swapped",  # weight of what titles say that the other text lacks, in one wording
    "turned",  # 1 where one headline alone goes on with something earlier: an appeal, a version 2
    "days",  # weight of the days of the year that both name, save those of publishing
    "amounts",  # weight of the numbers that both name, by rarity, also those spelled in words
    "gap",  # days between the two, 0 none … 1 a week; a week where one alone has no date
    "crowd",  # logarithm of the number of articles within a week of them, over `FEW`
)
HALF = 1.5  # weight that is half of "very many"
QUOTED = 0.8  # rarity of a name in quotation marks, as Chinese and Japanese mark it
TIMING = ("gap", "crowd")  # the last of them
READ_FOR = 9  # features for which the texts are read; the others need the days alone
SWAPPED = LEADS.index("title_swapped")
WEEK = 7.0
NOWHEN = np.inf
FEW = 30  # articles of a week under which fewer make no pair likelier


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What one article is about; names by column, with their rarity."""

    title: dict[int, float]
    lead: dict[int, float]
    subjects: dict[int, float]
    words: array[int]  #: every word, sorted, in which the other's names are looked for
    also: frozenset[int]  #: what it quotes, and what may be a name in other letters
    written: dict[int, int]  #: columns of quoted names as they stand there, not in Latin letters
    day: float | None  #: of publishing
    own: frozenset[str]  #: that day and its neighbours
    days: frozenset[str]  #: that it names, save those
    amounts: dict[str, float]
    turns: frozenset[str]  #: how the title goes on with an earlier event
    turned: frozenset[str]  #: likewise, the lead
    successors: frozenset[tuple[int, str]]  #: names with a small number, in title and lead both
    numbered: frozenset[tuple[int, str]]  #: likewise, in either


class Leads:
    """Compares what a window's articles are about; reads those that are asked for, once.

    Args:
        sketches: the window's articles.
        background: of the window that they stand in, where they are a few of many.
    """

    def __init__(self, sketches: Sequence[Sketch], background: Background | None = None) -> None:
        self.sketches = sketches
        self._background = background
        self._read: dict[int, Subject] = {}
        self._day = np.array([NOWHEN if one.day is None else one.day for one in sketches])
        self._days = background.days if background else days_of(sketches)
        many = background.articles if background else len(sketches)
        self._undated = many - len(self._days)
        known = background is not None and len(self._days) > 0
        self._last = float(self._days[-1]) - WEEK if known else np.inf

    @cached_property
    def _numbers(self) -> Vocabulary:
        counts = self._background.numbers if self._background else None
        return make_vocabulary([one.numbers for one in self.sketches], counts)

    @cached_property
    def _rarity(self) -> list[NDArray[np.float32]]:
        """The rarity of each article's names; who asks for the timing alone needs none."""
        return _rarities(self.sketches, self._background.names if self._background else None)

    def measure(
        self,
        pairs: NDArray[np.int32],
        *,
        worth: NDArray[np.bool_] | None = None,
        wording: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float32]:
        """Return one row of `LEADS` for each pair, shape (pairs, features).

        Args:
            pairs: shape (pairs, 2).
            worth: pairs whose texts are read; of the others only gap and crowd are told.
            wording: the share of their wording that is the same, where it is known.
        """
        found = np.zeros((len(pairs), len(LEADS)), dtype=np.float32)
        rows = range(len(pairs)) if worth is None else np.flatnonzero(worth).tolist()
        for row in rows:
            left, right = pairs[row].tolist()
            found[row, :READ_FOR] = _compare(self._of(left), self._of(right))
            likeness = None if wording is None else float(wording[row])
            found[row, SWAPPED] = swapped_in_form(
                self.sketches[left], self.sketches[right], likeness
            )
        found[:, READ_FOR:] = self.timing(pairs)
        return found

    def timing(self, pairs: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return gap and crowd of pairs.

        The crowd are the articles that might as well be the other one: the more there are, the
        likelier is one that only looks like it, since prior odds go by 1 / n.
        """
        days = self._day[pairs]
        first, undated = days.min(axis=1), days == NOWHEN
        with np.errstate(invalid="ignore"):
            gap = np.minimum(np.abs(days[:, 0] - days[:, 1]), WEEK) / WEEK
        # A page without a date among news is no news of a certain day.
        gap = np.where(undated.all(axis=1), 0.0, np.where(undated.any(axis=1), 1.0, gap))
        # After the last day that a background knows, a week has as many as its last one had.
        when = np.minimum(first, self._last)
        near = np.searchsorted(self._days, when + WEEK) - np.searchsorted(self._days, when - WEEK)
        count = np.where(first == NOWHEN, len(self._days), near)
        count = count + self._undated
        return np.stack([gap, np.log(np.maximum(count, FEW) / FEW)], axis=1)

    def _of(self, place: int) -> Subject:
        if place not in self._read:
            self._read[place] = self._make(self.sketches[place], self._rarity[place])
        return self._read[place]

    def _make(self, sketch: Sketch, rarity: NDArray[np.float32]) -> Subject:
        gist = gist_of(sketch)
        names = zip(sketch.names.columns.tolist(), rarity.tolist(), strict=True)
        none = no_names()
        rare = {name: weight for name, weight in names if weight >= RARE and name not in none}
        quoted = {column(in_latin(name)): name for name in gist.quoted}
        rare |= dict.fromkeys(quoted, QUOTED)
        title = _said(sketch.title, rare) | _inside(quoted, sketch.title)
        lead = _said(gist.lead, rare) | _inside(quoted, gist.lead)
        subjects = {name: rare[name] for name, word in title.items() if word in sketch.text}
        own = own_days(sketch.day)
        turned, below = find_turns(gist.lead, sketch.language), gist.lead[len(sketch.title) :]
        known = _rarity([column(amount) for amount in gist.amounts], self._numbers)
        amounts = zip(gist.amounts, known, strict=True)
        return Subject(
            title={name: rare[name] for name in title},
            lead={name: rare[name] for name in lead},
            subjects=subjects or _repeated(sketch, rare),
            words=array("i", sketch.words.columns.tobytes()),
            also=frozenset(quoted).union(_heard(sketch)),
            written={place: column(name) for place, name in quoted.items()},
            day=sketch.day,
            own=own,
            days=gist.days - own,
            amounts={one: weight_of(one) * rarity for one, rarity in amounts},
            turns=find_turns(sketch.title, sketch.language) if turned else turned,
            turned=turned,
            successors=_numbered(sketch.title, rare) & _numbered(below, rare),
            numbered=_numbered(gist.lead, rare),
        )


def _compare(one: Subject, other: Subject) -> tuple[float, ...]:
    named = {**one.lead, **other.lead}
    shared = [
        weight
        for name, weight in named.items()
        if _has(one, name, other) and _has(other, name, one)
    ]
    lacking = sorted([_missing(one.subjects, one, other), _missing(other.subjects, other, one)])
    amounts = sum(weight for name, weight in one.amounts.items() if name in other.amounts)
    return (
        _part(sum(shared)),
        _part(sum(shared) - max(shared, default=0.0)),
        max(_found(one.title, one, other), _found(other.title, other, one)),
        _part(lacking[0]),
        _part(lacking[1]),
        0.0,  # what the texts are needed for: `title_swapped`
        float(_turns(one, other) or _turns(other, one)),
        _part(float(len(one.days & other.days) + _refers(one, other))),
        _part(amounts),
    )


def _has(text: Subject, name: int, owner: Subject) -> bool:
    """Return whether a text has a name of either, in Latin letters or as `owner` writes it."""
    if _stands(name, text):
        return True
    written = owner.written.get(name)
    return written is not None and _stands(written, text)


def _stands(name: int, text: Subject) -> bool:
    place = bisect_left(text.words, name)
    return (place < len(text.words) and text.words[place] == name) or name in text.also


def _missing(own: dict[int, float], owner: Subject, other: Subject) -> float:
    return sum(weight for name, weight in own.items() if not _has(other, name, owner))


def _found(own: dict[int, float], owner: Subject, other: Subject) -> float:
    total = sum(own.values())
    return (total - _missing(own, owner, other)) / (total + 0.5)


def _turns(one: Subject, other: Subject) -> bool:
    """Return whether a title goes on with an earlier event, or tells of a next version, alone."""
    new = one.successors - other.numbered
    return not one.turns <= other.turned or any(name in other.title for name, _ in new)


def _numbered(text: str, rare: dict[int, float]) -> frozenset[tuple[int, str]]:
    found = ((column(fold(name)), number) for name, number in find_successors(text))
    return frozenset(each for each in found if each[0] in rare)


def _refers(one: Subject, other: Subject) -> bool:
    """Return whether the later of two names the day on which the earlier came out."""
    if one.day is None or other.day is None:
        return False
    earlier, later = (one, other) if one.day <= other.day else (other, one)
    return not earlier.own.isdisjoint(later.days)


def _part(weight: float) -> float:
    return weight / (weight + HALF)


def days_of(sketches: Sequence[Sketch]) -> NDArray[np.float64]:
    """Return the days of the dated articles, sorted."""
    return np.sort(np.array([one.day for one in sketches if one.day is not None], np.float64))


def _rarities(sketches: Sequence[Sketch], background: Counts | None) -> list[NDArray[np.float32]]:
    """Return the rarity of each article's names, in the order of their columns."""
    vocabulary = make_vocabulary([one.names for one in sketches], background)
    counts = [len(one.names.columns) for one in sketches]
    columns = np.concatenate([np.empty(0, np.int32), *(one.names.columns for one in sketches)])
    known = vocabulary.rarity[vocabulary.places(columns)] if len(columns) else columns
    return np.split(known.astype(np.float32), np.cumsum(counts)[:-1])


def _rarity(columns: Sequence[int], vocabulary: Vocabulary) -> list[float]:
    """Return the rarity of each column; what the window has not is as rare as can be."""
    if not columns:
        return []
    places = vocabulary.places(np.array(columns, dtype=np.int32)).tolist()
    return [float(vocabulary.rarity[place]) if place >= 0 else 1.0 for place in places]


def _repeated(sketch: Sketch, rare: dict[int, float]) -> dict[int, float]:
    """Return the names that stand there more than once."""
    often = sketch.names.columns[sketch.names.counts > 1].tolist()
    return {name: rare[name] for name in often if name in rare}


def _said(text: str, rare: dict[int, float]) -> dict[int, str]:
    """Return the rare names of a text, by column, as they are spelled there."""
    spelled = {column(fold(word)): word for word in spelled_names(text)}
    return {name: word for name, word in spelled.items() if name in rare}


def _inside(quoted: dict[int, str], text: str) -> dict[int, str]:
    return {place: name for place, name in quoted.items() if name in text}


def _heard(sketch: Sketch) -> set[int]:
    """Return the columns of what may be a name in other letters, in Latin ones.

    Of a Japanese text that is what it writes in katakana, of a Chinese one any run of characters of
    its lead.
    """
    if sketch.language == "ja":
        return {column(word) for word in in_kana(whole_of(sketch), "ja")}
    if sketch.language[:2] == "zh":
        return {column(name) for name in heard_in(gist_of(sketch).lead)}
    return set()
