"""An encoder that remembers the sentences of a moment ago: neighbours are read again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder

FEW = 1_000  #: texts of a call that are remembered; a whole window is read once anyway
MOST = 10_000  #: texts, about 15 MB of vectors


class RecentEncoder:
    """`encoder`, asked only once for texts that come in small calls.

    Args:
        encoder: whose vectors are remembered, each text's as if it had come alone.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def model(self) -> str:
        """Name and version of the encoder."""
        return self.encoder.model

    def knows(self, language: str) -> bool:
        """Return whether the encoder knows a language."""
        return self.encoder.knows(language)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dims)."""
        if not 0 < len(texts) <= FEW:
            return self.encoder.encode(texts)
        if len(self._known) > MOST:
            self._known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self.encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])
