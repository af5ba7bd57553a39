"""Measures of pairs that are taken once, though two stages and two looks ask for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Measure = Callable[["NDArray[np.int32]"], "NDArray[np.float32]"]


class Remembered:
    """Gives what `measure` gives, and measures no pair twice.

    Args:
        measure: from pairs, shape (pairs, 2), to rows, shape (pairs, width).
        width: numbers in a row.
    """

    def __init__(self, measure: Measure, width: int) -> None:
        self._measure = measure
        self._keys = np.empty(0, dtype=np.int64)  # sorted
        self._rows = np.empty((0, width), dtype=np.float32)

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return one row for each pair, shape (pairs, width)."""
        keys = (pairs[:, 0].astype(np.int64) << 32) | pairs[:, 1]
        known = self._known(keys)
        if not known.all():
            new, first = np.unique(keys[~known], return_index=True)
            self._add(new, self._measure(pairs[~known][first]))
        if len(keys) == len(self._keys) and np.array_equal(keys, self._keys):
            return self._rows  # of millions of pairs, a copy would be large
        return self._rows[np.searchsorted(self._keys, keys)]

    def _known(self, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        if not len(self._keys):
            return np.zeros(len(keys), dtype=bool)
        places = np.searchsorted(self._keys, keys).clip(max=len(self._keys) - 1)
        known: NDArray[np.bool_] = self._keys[places] == keys
        return known

    def _add(self, keys: NDArray[np.int64], rows: NDArray[np.float32]) -> None:
        if not len(self._keys):
            self._keys, self._rows = keys, rows
            return
        places = np.searchsorted(self._keys, keys)
        self._keys = np.insert(self._keys, places, keys)
        self._rows = np.insert(self._rows, places, rows, axis=0)
