"""What a title says its article is about, in any word: what a filled template puts in its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.facts import month_of
from digest.stages.forgetting import remembered
from digest.stages.lexicon import column, is_wide, split_words
from digest.stages.likeness import jaccard
from digest.stages.mentions import NAME, fold, numbers
from digest.stages.rarity import BEFORE, common_shares

if TYPE_CHECKING:
    from digest.stages.sketch import Sketch

PAIR = 0.5  # weight of two characters of Chinese or Japanese: a name has several pairs
LEAD = 300  # characters of a text in which a version is looked for
FORM = 0.1  # of the wording, under which two texts have no form in common
HALF = 1.0  # weight that is half of "very many"
REMEMBERED = 30_000  # articles
POINT = re.compile(r"\d\.\d")  # found at once, and without one there is no version
VERSION = re.compile(rf"{NAME} [vV]?(\d+(?:\.\d+)+)(?![\d%])")


@remembered(REMEMBERED)
def about_of(sketch: Sketch) -> Mapping[int, float]:
    """Return the words and numbers of title and text both, by column, with their rarity.

    Whoever tells the same under another title has them in the text; a template filled otherwise has
    them nowhere. A version behind a name needs no second place.
    """
    text = sketch.text.casefold()
    words = {word for word in _words(sketch.title) if word in text}
    found = dict(zip(map(_place, words), map(_weight, words), strict=True))
    counted = numbers(sketch.title)
    if counted:
        found |= {column(one): 1.0 for one in counted.keys() & numbers(sketch.text).keys()}
    lead = f"{sketch.title}\n{sketch.text[:LEAD]}"
    versions = VERSION.findall(lead) if POINT.search(lead) else ()
    return found | dict.fromkeys(map(column, versions), 1.0)


def _words(title: str) -> Iterable[str]:
    """Yield the words of a title without numbers; of Chinese and Japanese, pairs of characters."""
    before = ""
    for word in split_words(title.casefold()):
        if not is_wide(word):
            before = ""
            if len(word) > 1 and not word[0].isdigit():
                yield word
            continue
        if before:
            yield before + word
        before = word


def _place(word: str) -> int:
    return column(word if is_wide(word[0]) else fold(word))


@lru_cache(maxsize=REMEMBERED)
def _weight(word: str) -> float:
    if month_of(word):
        return 1.0
    share = float(common_shares(np.array([_place(word)], dtype=np.int32))[0])
    rarity = -np.log(max(share, 1 / BEFORE)) / np.log(BEFORE)
    return float(rarity) * (PAIR if is_wide(word[0]) else 1.0)


def swapped(left: Sketch, right: Sketch) -> float:
    """Return how much either article is about that the other lacks, the lighter side, 0–1."""
    weight = _lacking(left, right)
    weight = min(weight, _lacking(right, left)) if weight else weight
    return weight / (weight + HALF)


def swapped_in_form(left: Sketch, right: Sketch, likeness: float | None = None) -> float:
    """Return `swapped`, by how much of the wording around it is the same, 0–1.

    Titles of two languages, or of two ways to write one, differ in every word.

    Args:
        left: an article.
        right: another.
        likeness: their `jaccard`, where it is known.
    """
    if left.language != right.language:
        return 0.0
    if likeness is None:
        likeness = jaccard(left, right)
    return swapped(left, right) * sqrt(likeness) if likeness >= FORM else 0.0


def _lacking(own: Sketch, other: Sketch) -> float:
    there = (other.words.columns.data, other.numbers.columns.data)
    return sum(
        weight
        for column, weight in about_of(own).items()
        if not any(_stands_in(column, columns) for columns in there)
    )


def _stands_in(column: int, among: memoryview) -> bool:
    place = bisect_left(among, column)
    return bool(place < len(among) and among[place] == column)
