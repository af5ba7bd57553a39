"""What one article is about, in numbers: the names of its title and lead, days, amounts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.stages.contradiction import RARE
from digest.stages.facts import weight_of
from digest.stages.gist import (
    NONE,
    gist_of,
    in_kana,
    no_names,
    own_days,
    quoted_in,
    spelled_names,
    whole_of,
)
from digest.stages.lexicon import column
from digest.stages.mentions import fold
from digest.stages.romanise import heard_in, in_latin
from digest.stages.spelling import is_spelled_alike
from digest.stages.turns import find_successors, find_turns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.stages.rarity import Vocabulary
    from digest.stages.sketch import Sketch

QUOTED = 0.8  # rarity of a name in quotation marks, as Chinese and Japanese mark it
NOTHING: Mapping[int, Any] = {}


class Subject:
    """What one article is about; names by column, with their rarity.

    Each part is read when it is first asked for: two copies are told apart by their names alone.

    Args:
        sketch: the article.
        rarity: of its names, in their columns' order.
        numbers: gives the window's numbers with their rarity.
    """

    def __init__(
        self, sketch: Sketch, rarity: NDArray[np.float32], numbers: Callable[[], Vocabulary]
    ) -> None:
        self._sketch = sketch
        self._rarity = rarity
        self._numbers = numbers
        self.day = sketch.day  #: of publishing
        names = quoted_in(sketch)
        self._quoted = {column(in_latin(name)): name for name in names} if names else NOTHING
        rare = self._rare()
        spelled = self._said(sketch.title, rare)
        self.title = {name: rare[name] for name in spelled} if spelled else NOTHING
        stands = {name: rare[name] for name, word in spelled.items() if word in sketch.text}
        self.subjects = stands or _repeated(sketch, rare) or NOTHING

    def _rare(self) -> dict[int, float]:
        """Return the rare names, by column; those in quotation marks are."""
        names = zip(self._sketch.names.columns.tolist(), self._rarity.tolist(), strict=True)
        none = no_names()
        rare = {name: weight for name, weight in names if weight >= RARE and name not in none}
        return rare | dict.fromkeys(self._quoted, QUOTED)

    @cached_property
    def lead(self) -> dict[int, float]:
        """The names of title and first sentences."""
        rare = self._rare()
        return {name: rare[name] for name in self._said(gist_of(self._sketch).lead, rare)}

    @cached_property
    def days(self) -> frozenset[str]:
        """Days of the year that it names, save those of its publishing."""
        return gist_of(self._sketch).days - self.own

    @property
    def own(self) -> frozenset[str]:
        """The day of publishing and its neighbours."""
        return own_days(self.day)

    @cached_property
    def amounts(self) -> dict[str, float]:
        """Numbers that it names, with their weight by size and rarity; 31% is not 31."""
        found, rates = gist_of(self._sketch).amounts, gist_of(self._sketch).rates
        rarity = _rarity_of(map(column, found), self._numbers())
        return {
            f"{one}%" if one in rates else one: weight_of(one) * rare
            for one, rare in zip(found, rarity, strict=True)
        }

    @cached_property
    def turned(self) -> frozenset[str]:
        """How title and first sentences go on with an earlier event."""
        return find_turns(gist_of(self._sketch).lead, self._sketch.language)

    @cached_property
    def turns(self) -> frozenset[str]:
        """Likewise, the title alone."""
        return find_turns(self._sketch.title, self._sketch.language) if self.turned else NONE

    @cached_property
    def successors(self) -> frozenset[tuple[int, str]]:
        """Its rare names with a small number behind them, in title and first sentences both."""
        title = self._sketch.title
        found = _numbered(title)
        if not found:
            return found
        found &= _numbered(gist_of(self._sketch).lead[len(title) :])
        rare = self._rare() if found else NOTHING
        return frozenset(each for each in found if each[0] in rare)

    @cached_property
    def titled(self) -> frozenset[int]:
        """Columns of the names and other words with a capital in its title: "Storyboard"."""
        return frozenset(column(fold(word)) for word in spelled_names(self._sketch.title))

    @cached_property
    def numbered(self) -> frozenset[tuple[int, str]]:
        """Names with a small number behind them, in title or first sentences."""
        return _numbered(gist_of(self._sketch).lead)

    @cached_property
    def _words(self) -> memoryview:
        """Columns of its words, sorted."""
        return self._sketch.words.columns.data

    @cached_property
    def _heard(self) -> memoryview:
        """Columns, sorted, of what may be a name in other letters."""
        return np.array(sorted(_heard(self._sketch)), dtype=np.int32).data

    def has(self, name: int, owner: Subject) -> bool:
        """Return whether a name of either stands here, in Latin letters or as `owner` writes it."""
        if self._stands(name):
            return True
        written = owner._quoted.get(name)
        return written is not None and self._stands(column(written))

    @cached_property
    def _spelled(self) -> dict[int, str]:
        """Its rare names in Latin letters, folded, by column."""
        names = self._sketch.names
        told = zip(names.columns.tolist(), names.told, strict=True)
        rare = self._rare()
        return {name: word for name, word in told if name in rare}

    def spells_alike(self, name: int, owner: Subject) -> bool:
        """Return whether a name of another text stands here as another language spells it."""
        word = owner._spelled.get(name, "")
        return bool(word) and is_spelled_alike(word, self._spelled.values())

    def _stands(self, name: int) -> bool:
        words = self._words
        place = bisect_left(words, name)  # asked a million times: no call for it
        if place < len(words) and words[place] == name:
            return True
        return name in self._quoted or (
            self._sketch.language[:2] in ("ja", "zh") and _among(name, self._heard)
        )

    def _said(self, text: str, rare: Mapping[int, float]) -> dict[int, str]:
        """Return the rare names of a text, by column, as they are spelled there."""
        if not rare:
            return {}
        spelled = {column(fold(word)): word for word in spelled_names(text)}
        found = {name: word for name, word in spelled.items() if name in rare}
        return found | {place: name for place, name in self._quoted.items() if name in text}


def _numbered(text: str) -> frozenset[tuple[int, str]]:
    return frozenset((column(fold(name)), number) for name, number in find_successors(text))


def _among(name: int, columns: memoryview) -> bool:
    place = bisect_left(columns, name)
    return bool(place < len(columns) and columns[place] == name)


def _rarity_of(columns: Iterable[int], vocabulary: Vocabulary) -> list[float]:
    """Return the rarity of each column; what the window has not is as rare as can be."""
    known, rarity = vocabulary.columns.data, vocabulary.rarity.data
    places = ((bisect_left(known, one), one) for one in columns)
    return [
        float(rarity[place]) if place < len(known) and known[place] == one else 1.0
        for place, one in places
    ]


def _repeated(sketch: Sketch, rare: dict[int, float]) -> dict[int, float]:
    """Return the names that stand there more than once."""
    often = sketch.names.columns[sketch.names.counts > 1].tolist()
    return {name: rare[name] for name in often if name in rare}


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
