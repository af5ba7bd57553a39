"""What two articles are about: the names of their titles and first sentences, days and amounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.kinds import kinds_apart, kinds_of, places_apart
from digest.stages.rarity import Vocabulary, make_vocabulary
from digest.stages.subjects import Subject
from digest.stages.swaps import swapped_in_form

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
    "subjects_unlike",  # as `subjects_against`, without names that the other spells alike
    "gone_on",  # 1 where such a headline came out a day or more after the other: a completion
    "kinds_apart",  # how clearly title and lead tell of events of other kinds: a breach, a launch
    "places_apart",  # how clearly they stand under the law of other places: London, Beijing
    "gap",  # days between the two, 0 none … 1 a week; a week where one alone has no date
    "crowd",  # logarithm of the number of articles within a week of them, over `FEW`
    "uncentred",  # by how much the cosine is too high, since a small window tells no mean
)
HALF = 1.5  # weight that is half of "very many"
APART = ("kinds_apart", "places_apart")  # of these, what only title and lead tell
CHEAP = {
    "subjects_against",
    "subjects_beside",
    "subjects_unlike",
    "title_swapped",
    *APART,
}  # read of titles and words alone
TIMING = ("gap", "crowd", "uncentred")  # the last of them
READ_FOR = 13  # features for which the texts are read; the others need none of it
COMPARED = 11  # of these, what `_compare` gives
SWAPPED = LEADS.index("title_swapped")
WEEK = 7.0
LATER = 1.0  # days after which a headline that goes on tells of another event
NOWHEN = np.inf
SMALL = 50  # articles at which half is left of what a window of two takes off
FEW = 30  # articles of a week under which fewer make no pair likelier


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
        self._uncentred = SMALL / (many + SMALL)
        known = background is not None and len(self._days) > 0
        self._last = float(self._days[-1]) - WEEK if known else np.inf

    @cached_property
    def _numbers(self) -> Vocabulary:
        counts = self._background.numbers if self._background else None
        return make_vocabulary([one.numbers for one in self.sketches], counts)

    @cached_property
    def _rarity(self) -> tuple[NDArray[np.float32], list[int]]:
        """The rarity of the articles' names; who asks for the timing alone needs none."""
        return _rarities(self.sketches, self._background.names if self._background else None)

    def measure(
        self,
        pairs: NDArray[np.int32],
        *,
        wording: NDArray[np.float32] | None = None,
        cosine: NDArray[np.float32] | None = None,
        wanted: Collection[str] = LEADS,
    ) -> NDArray[np.float32]:
        """Return one row of `LEADS` for each pair, shape (pairs, features).

        Args:
            pairs: shape (pairs, 2).
            wording: the share of their wording that is the same, where it is known.
            cosine: of their vectors, for "uncentred".
            wanted: features that matter; others may be 0, where it spares reading more.
        """
        compare = _compare if {*LEADS[:READ_FOR]}.intersection(wanted) - CHEAP else _against
        found = np.zeros((len(pairs), len(LEADS)), dtype=np.float32)
        for row, (left, right) in enumerate(pairs.tolist()):
            found[row, :COMPARED] = compare(self._of(left), self._of(right))
            likeness = None if wording is None else float(wording[row])
            found[row, SWAPPED] = swapped_in_form(
                self.sketches[left], self.sketches[right], likeness
            )
        if set(APART).intersection(wanted):
            found[:, [LEADS.index(name) for name in APART]] = self.apart(pairs)
        found[:, READ_FOR:] = self.timing(pairs, cosine)
        return found

    def shared(self, left: int, right: int) -> dict[int, float]:
        """Return the names of either lead that both texts have, by column, with their rarity."""
        return _shared(self._of(left), self._of(right))

    def apart(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return one row of `APART` for each pair."""
        found = np.zeros((len(pairs), len(APART)), dtype=np.float32)
        for row, pair in enumerate(pairs.tolist()):
            told = [kinds_of(self.sketches[place]) for place in pair]
            found[row] = kinds_apart(*told), places_apart(*told)
        return found

    def timing(
        self, pairs: NDArray[np.int32], cosine: NDArray[np.float32] | None = None
    ) -> NDArray[np.float64]:
        """Return gap and crowd of pairs, and what their cosine has too much.

        A large window's mean is taken out of its vectors, a small one's hardly: a cosine c over
        vectors with a common part k is (c - k) / (1 - k) without it, less by about k (1 - c).

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
        less = np.zeros(len(pairs)) if cosine is None else self._uncentred * (1.0 - cosine)
        return np.stack([gap, np.log(np.maximum(count, FEW) / FEW), less], axis=1)

    def _of(self, place: int) -> Subject:
        if place not in self._read:
            rarity, ends = self._rarity
            known = rarity[ends[place] : ends[place + 1]]
            self._read[place] = Subject(self.sketches[place], known, lambda: self._numbers)
        return self._read[place]


def _compare(one: Subject, other: Subject) -> tuple[float, ...]:
    shared = _shared(one, other).values()
    amounts = sum(weight for name, weight in one.amounts.items() if name in other.amounts)
    return (
        part_of(sum(shared)),
        part_of(sum(shared) - max(shared, default=0.0)),
        max(_found(one.title, one, other), _found(other.title, other, one)),
        *_lacking(one, other),
        0.0,  # what the texts are needed for: `title_swapped`
        float(_turns(one, other) or _turns(other, one)),
        part_of(float(len(one.days & other.days) + _refers(one, other))),
        part_of(amounts),
        part_of(_unlike(one, other)),
        float(_goes_on(one, other)),
    )


def _shared(one: Subject, other: Subject) -> dict[int, float]:
    named = {**one.lead, **other.lead}
    return {n: weight for n, weight in named.items() if other.has(n, one) and one.has(n, other)}


def _against(one: Subject, other: Subject) -> tuple[float, ...]:
    """Return what `_compare` does where nothing but `CHEAP` is wanted."""
    nothing = (0.0,) * 3
    return (*nothing, *_lacking(one, other), 0.0, *nothing, part_of(_unlike(one, other)), 0.0)


def _unlike(one: Subject, other: Subject) -> float:
    """Return the weight of what either title names that the other has in no spelling, at least."""
    return min(
        _missing(own.subjects, own, text, unlike=True) for own, text in ((one, other), (other, one))
    )


def _lacking(one: Subject, other: Subject) -> list[float]:
    """Return the weight of what either title names that the other text lacks, the lighter first."""
    missing = _missing(one.subjects, one, other), _missing(other.subjects, other, one)
    return sorted(map(part_of, missing))


def _missing(
    own: Mapping[int, float], owner: Subject, other: Subject, *, unlike: bool = False
) -> float:
    return sum(
        weight
        for name, weight in own.items()
        if not other.has(name, owner) and not (unlike and other.spells_alike(name, owner))
    )


def _found(own: Mapping[int, float], owner: Subject, other: Subject) -> float:
    total = sum(own.values())
    return (total - _missing(own, owner, other)) / (total + 0.5)


def _turns(one: Subject, other: Subject) -> bool:
    """Return whether a title goes on with an earlier event, or tells of a next version, alone."""
    new = one.successors - other.numbered
    return not one.turns <= other.turned or any(name in other.titled for name, _ in new)


def _goes_on(one: Subject, other: Subject) -> bool:
    """Return whether the title of the later of two, by a day at least, goes on, alone.

    Of two tellings of one event either may say so; a day later, it tells of what came of it.
    """
    if one.day is None or other.day is None or abs(one.day - other.day) < LATER:
        return False
    return _turns(one, other) if one.day > other.day else _turns(other, one)


def _refers(one: Subject, other: Subject) -> bool:
    """Return whether the later of two names the day on which the earlier came out."""
    if one.day is None or other.day is None:
        return False
    earlier, later = (one, other) if one.day <= other.day else (other, one)
    return not earlier.own.isdisjoint(later.days)


def part_of(weight: float) -> float:
    """Return a weight as a share: 0 none, 1 very much."""
    return weight / (weight + HALF)


def days_of(sketches: Sequence[Sketch]) -> NDArray[np.float64]:
    """Return the days of the dated articles, sorted."""
    return np.sort(np.array([one.day for one in sketches if one.day is not None], np.float64))


def _rarities(
    sketches: Sequence[Sketch], background: Counts | None
) -> tuple[NDArray[np.float32], list[int]]:
    """Return the rarity of each article's names, in the order of their columns, and where they end.

    Those of article n end at `ends[n + 1]`.
    """
    names = [one.names for one in sketches]
    vocabulary = make_vocabulary(names, background)
    ends = np.cumsum([0, *(len(one.columns) for one in names)]).tolist()
    columns = np.concatenate([np.empty(0, np.int32), *(one.columns for one in names)])
    known = vocabulary.rarity[vocabulary.places(columns)] if len(columns) else columns
    return known.astype(np.float32), ends
