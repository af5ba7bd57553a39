"""Measures of pairs that are taken once, though two stages and two looks ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Measure = Callable[["NDArray[np.int32]"], "NDArray[np.float32]"]
Whole = Callable[["NDArray[np.int32]", "NDArray[np.float32]"], "NDArray[np.float32]"]

BLOCK = 100_000  # pairs that are looked up at once


class Remembered:
    """Gives what `measure` gives, and measures no pair twice.

    Args:
        measure: from pairs, shape (pairs, 2), to rows, shape (pairs, width).
        width: numbers in a row that is given.
        whole: makes these of pairs and the shorter rows that `measure` gives and that are kept;
            None: they are given as they are kept.
    """

    def __init__(self, measure: Measure, width: int, *, whole: Whole | None = None) -> None:
        self._measure = measure
        self._whole = whole
        self._none = np.empty((0, width), dtype=np.float32)
        #: Of each time that something was measured: keys, sorted, and their rows. Inserted into one
        #: table, a few new pairs would cost a copy of millions.
        self._parts: list[tuple[NDArray[np.int64], NDArray[np.float32]]] = []

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return one row for each pair, shape (pairs, width)."""
        _, rows = next(self.blocks(pairs, max(1, len(pairs))), (0, self._none))
        return rows

    def blocks(
        self, pairs: NDArray[np.int32], size: int
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Yield what `measure` returns, so many rows at a time, and where they begin.

        Of millions of pairs, a copy of all would be large.
        """
        keys = _keys(pairs)
        self._learn(pairs, keys)
        same = next((rows for known, rows in self._parts if np.array_equal(known, keys)), None)
        for start in range(0, len(keys), size):
            end = start + size
            rows = self._rows(keys[start:end]) if same is None else same[start:end]
            yield start, rows if self._whole is None else self._whole(pairs[start:end], rows)

    def column(self, pairs: NDArray[np.int32], at: int, otherwise: Measure) -> NDArray[np.float32]:
        """Return one number of the row that is kept of each pair, shape (pairs,).

        Args:
            pairs: shape (pairs, 2).
            at: which number of the row.
            otherwise: gives that of the pairs that have not been measured, which stay so.
        """
        found = np.empty(len(pairs), dtype=np.float32)
        missing = np.ones(len(pairs), dtype=bool)
        for start in range(0, len(pairs), BLOCK):
            some = slice(start, start + BLOCK)
            for known, rows in self._parts:
                places, here = _among(known, _keys(pairs[some]))
                found[some][here] = rows[places[here], at]
                missing[some] &= ~here
        if missing.any():
            found[missing] = otherwise(pairs[missing])
        return found

    def _rows(self, keys: NDArray[np.int64]) -> NDArray[np.float32]:
        found = np.empty((len(keys), self._parts[0][1].shape[1]), dtype=np.float32)
        for known, rows in self._parts:
            places, here = _among(known, keys)
            found[here] = rows[places[here]]
        return found

    def _learn(self, pairs: NDArray[np.int32], keys: NDArray[np.int64]) -> None:
        new = np.ones(len(keys), dtype=bool)
        for known, _ in self._parts:
            new &= ~_among(known, keys)[1]
        if new.any():
            distinct, first = _distinct(keys[new])
            self._parts.append((distinct, self._measure(pairs[new][first])))


def _keys(pairs: NDArray[np.int32]) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = (pairs[:, 0].astype(np.int64) << 32) | pairs[:, 1]
    return keys


def _among(
    known: NDArray[np.int64], keys: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return where each key stands among those that are known, and whether it does."""
    places = np.searchsorted(known, keys).clip(max=len(known) - 1)
    return places, known[places] == keys


def _distinct(
    keys: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.intp] | slice]:
    """Return the distinct keys, sorted, and where each stands first."""
    if (keys[1:] > keys[:-1]).all():
        return keys, slice(None)
    return np.unique(keys, return_index=True)
