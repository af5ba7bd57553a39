"""How much it says that a term stands in two articles: nothing for common ones, 1 for rare ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from digest.records import Counts
from digest.stages.lexicon import column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.stages.sketch import Terms

#: Articles that the shipped counts stand for, beside the window's own. With fewer than a thousand
#: articles a window alone cannot tell a rare word from a common one.
BEFORE = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The terms of a window, with their rarity."""

    columns: NDArray[np.int32]  #: sorted, distinct
    rarity: NDArray[np.float32]  #: 0–1: information, over that of a term in one of a thousand

    def places(self, columns: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the place of each column in the vocabulary, -1 where it has none."""
        if not len(self.columns):
            return np.full(len(columns), -1, dtype=np.int32)
        found = np.searchsorted(self.columns, columns).clip(max=len(self.columns) - 1)
        return np.where(self.columns[found] == columns, found, -1).astype(np.int32)


def make_vocabulary(window: Sequence[Terms], background: Counts | None = None) -> Vocabulary:
    """Return the terms of the window's articles.

    A term's share is that of the shipped counts and of the window together, so that a name that
    all of a window's articles mention weighs little, as does "the" in a window of two.

    Args:
        window: of each article.
        background: what to count in, where the window is a few articles of many.
    """
    every = [terms.columns for terms in window] or [np.empty(0, dtype=np.int32)]
    columns, seen = np.unique(np.concatenate(every), return_counts=True)
    if background:
        seen = seen_in(background, columns)
    many = background.articles if background else len(window)
    share = (BEFORE * common_shares(columns) + seen) / (BEFORE + many)
    information = -np.log(np.maximum(share, 1 / BEFORE)) / math.log(BEFORE)
    return Vocabulary(columns.astype(np.int32), information.astype(np.float32))


def count_terms(window: Sequence[Terms]) -> Counts:
    """Return in how many articles each term stands, for terms that are not of the rarest.

    The others have a rarity of 1 whether they are counted or not.
    """
    every = [terms.columns for terms in window] or [np.empty(0, dtype=np.int32)]
    columns, seen = np.unique(np.concatenate(every), return_counts=True)
    share = (BEFORE * common_shares(columns) + seen) / (BEFORE + len(window))
    kept = share > 1 / BEFORE
    return Counts(len(window), columns[kept].astype(np.int32), seen[kept].astype(np.int32))


def seen_in(counts: Counts, columns: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return in how many articles the term of each column stands, 0 where it was not counted."""
    if not len(counts.columns):
        return np.zeros(len(columns), dtype=np.int64)
    found = np.searchsorted(counts.columns, columns).clip(max=len(counts.columns) - 1)
    return np.where(counts.columns[found] == columns, counts.seen[found], 0).astype(np.int64)


def common_shares(columns: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the share of articles that have the term of each column, 0 where it is rare."""
    known, shares = _common_words()
    found = np.searchsorted(known, columns).clip(max=len(known) - 1)
    return np.where(known[found] == columns, shares[found], 0).astype(np.float32)


def known_columns() -> NDArray[np.int32]:
    """Return the columns of the words whose shares are known."""
    return _common_words()[0]


@cache
def _common_words() -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    lines = (resources.files("digest") / "data" / "common_words.tsv").read_text("utf-8")
    shares: dict[int, float] = {}
    for line in lines.splitlines():
        if not line.startswith("#"):
            word, share = line.split("\t")
            place = column(word)
            shares[place] = max(shares.get(place, 0.0), float(share))
    places = sorted(shares)
    return np.array(places, dtype=np.int32), np.array([shares[n] for n in places], np.float32)
