"""Search by meaning: the stories whose articles lie nearest to a question, in any language."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from digest.ports import Encoder
from digest.store import Store
from digest.store.vectors import Vectors, vectors_after

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 200  #: articles that an answer names
NEAR = 0.2  #: cosine below which nothing is near


class Meaning:
    """The vectors of all articles at hand, and what they are near to.

    Args:
        store: where the vectors are.
        encoder: made them; vectors of another model are not used.
    """

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self._store = store
        self._encoder = encoder
        self._known: Vectors | None = None
        self._lock = threading.Lock()

    def catch_up(self) -> None:
        """Load the vectors that have come since, or all where some have changed."""
        with self._lock, self._store.read() as db:
            self._known = vectors_after(db, self._encoder.model, self._known)

    def nearest(self, question: str, *, start: str, end: str) -> list[str]:
        """Return articles filed in [start, end), UTC, the nearest to the question first."""
        if self._known is None:
            self.catch_up()
        known = self._known
        if known is None or not len(known.ids):
            return []
        vector: NDArray[np.float32] = np.asarray(self._encoder.encode([question])[0], np.float32)
        first, last = (int(each) for each in np.searchsorted(known.times, [start, end]))
        near = known.matrix[first:last] @ (vector - known.mean)
        best = np.argsort(-near, kind="stable")[:MOST]
        return [known.ids[first + each] for each in best if near[each] >= NEAR]
