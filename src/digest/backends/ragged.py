"""Rows of numbers of different lengths, and the sums of a table's rows that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from digest.cores import on_all_cores, usable_cores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MANY = 10_000  #: vectors whose sums are worth all cores
ROWS = 1_000  #: sums of each core at once; bounds the memory


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Rows of numbers of different lengths: `values[ends[n] : ends[n + 1]]` is row n."""

    values: NDArray[np.int32]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Ragged:
        """Return the rows of a list of lists."""
        import numpy as np

        ends = np.cumsum([0, *map(len, rows)])
        return cls(np.fromiter(chain.from_iterable(rows), np.int32, int(ends[-1])), ends)

    def sums(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each row the sum of the table's rows that it names, shape (rows, dims)."""
        import numpy as np
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]

        rows = len(self.ends) - 1
        found = np.empty((rows, table.shape[1]), dtype=np.float32)
        step = rows if len(self.values) < MANY else min(ROWS, -(-rows // usable_cores()))

        def add(start: int) -> None:
            ends = self.ends[start : start + step + 1]
            values = self.values[ends[0] : ends[-1]]
            ones = np.ones(len(values), dtype=np.float32)
            shape = (len(ends) - 1, len(table))
            part = csr_matrix((ones, values, ends - ends[0]), shape=shape)
            found[start : start + step] = part @ table

        for _ in on_all_cores(add, range(0, rows, max(1, step))):
            pass
        return found

    def take(self, rows: NDArray[np.integer[Any]]) -> Ragged:
        """Return some of the rows."""
        import numpy as np

        lengths = self.ends[rows + 1] - self.ends[rows]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        shift = np.repeat(self.ends[rows] - ends[:-1], lengths)
        return Ragged(self.values[np.arange(ends[-1]) + shift], ends)

    def to_list(self) -> list[list[int]]:
        """Return the rows as lists."""
        values, ends = self.values.tolist(), self.ends.tolist()
        return [values[start:end] for start, end in pairwise(ends)]
