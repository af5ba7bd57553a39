"""Pairwise and B³ F1 of groups, with bootstrap intervals over stories."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

ROUNDS = 2_000
SEED = 20_260_701
FOLDS = 5

Rows = NDArray[np.float64]
Labels = NDArray[np.int64]
Settings = TypeVar("Settings")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return `0.951 (0.940–0.962)`."""
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


def pair_rows(
    found: Iterable[Hashable], true: Sequence[Hashable], *, ignored: Sequence[str | None] = ()
) -> Rows:
    """Return hits, false merges and misses of pairs by story, in order of first appearance.

    A pair counts half for either of its articles. Pairs of two stories in one ignored group count
    neither way.
    """
    got, want = codes(found), codes(true)
    rows = np.zeros((want.max() + 1, 3))
    for n, other in _others(want, ignored):
        together, same = (got == got[n]) & other, want == want[n]
        together[n] = same[n] = False
        hits = (together & same).sum()
        rows[want[n]] += (hits / 2, (together.sum() - hits) / 2, (same.sum() - hits) / 2)
    return rows


def b_cubed_rows(
    found: Iterable[Hashable], true: Sequence[Hashable], *, ignored: Sequence[str | None] = ()
) -> Rows:
    """Return the sums of B³ precision, of recall, and the articles by story."""
    got, want = codes(found), codes(true)
    rows = np.zeros((want.max() + 1, 3))
    for n, other in _others(want, ignored):
        together, same = (got == got[n]) & other, want == want[n]
        both = (together & same).sum()
        rows[want[n]] += (both / together.sum(), both / same.sum(), 1)
    return rows


def f1_of_pairs(rows: Rows) -> Figure:
    """Return pairwise F1 of the rows of `pair_rows`, resampled over stories."""
    return _bootstrap(rows, lambda sums: 2 * sums[0] / max(1e-9, 2 * sums[0] + sums[1] + sums[2]))


def f1_of_b_cubed(rows: Rows) -> Figure:
    """Return the F1 of mean precision and mean recall of the rows of `b_cubed_rows`, likewise."""
    return _bootstrap(rows, lambda sums: 2 * sums[0] * sums[1] / (sums[0] + sums[1]) / sums[2])


def share_of(rows: Rows) -> Figure:
    """Return the share of hits, from hits and cases of each story, likewise."""
    return _bootstrap(rows, lambda sums: sums[0] / max(1e-9, sums[1]))


def held_out(
    stories: Sequence[str],
    *,
    fit: Callable[[NDArray[np.bool_]], Settings],
    group: Callable[[Settings], Labels],
) -> list[tuple[NDArray[np.bool_], Labels]]:
    """Return for each fold which stories were held out, and the groups of all articles.

    Args:
        stories: of each article.
        fit: gives the settings from the articles of a mask.
        group: gives the group of all articles by the settings.
    """
    fold = folds_of(stories)
    first = [stories.index(story) for story in dict.fromkeys(stories)]
    return [(fold[first] == one, group(fit(fold != one))) for one in range(FOLDS)]


def folds_of(stories: Sequence[str]) -> NDArray[np.int64]:
    """Return the fold of each article: its story's, the same in any order of the articles."""
    names = sorted(set(stories))
    drawn = np.random.default_rng(SEED).permutation(len(names)) % FOLDS
    fold = dict(zip(names, drawn.tolist(), strict=True))
    return np.array([fold[story] for story in stories])


def rows_held_out(
    held: Sequence[tuple[NDArray[np.bool_], Labels]], measure: Callable[[Labels], Rows]
) -> Rows:
    """Return the rows of each story from the groups that were made without it."""
    total: Rows = sum(measure(labels) * mask[:, None] for mask, labels in held)  # type: ignore[assignment]
    return total


def codes(labels: Iterable[Hashable]) -> NDArray[np.int64]:
    """Return labels as numbers, in order of first appearance."""
    labels = list(labels)
    places = {label: n for n, label in enumerate(dict.fromkeys(labels))}
    return np.array([places[label] for label in labels])


def _others(want: NDArray[np.int64], ignored: Sequence[str | None]):  # type: ignore[no-untyped-def]
    """Yield each article with the mask of those that it is compared with."""
    near = codes([one or f"\0{n}" for n, one in enumerate(ignored or [None] * len(want))])
    for n in range(len(want)):
        yield n, (near != near[n]) | (want == want[n])


def _bootstrap(rows: Rows, measure: Callable[[Rows], float]) -> Figure:
    draw = np.random.default_rng(SEED)
    picks = draw.integers(0, len(rows), (ROUNDS, len(rows)))
    low, high = np.percentile([measure(rows[pick].sum(axis=0)) for pick in picks], [2.5, 97.5])
    return Figure(float(measure(rows.sum(axis=0))), float(low), float(high))
