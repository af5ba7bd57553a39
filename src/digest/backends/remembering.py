"""An encoder that remembers its vectors while the process lives: windows overlap."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder

REMEMBERED = 20_000  #: texts, the latest; about 30 MB of 384 dimensions


class RememberingEncoder:
    """`encoder`, asked only once for the same text.

    Args:
        encoder: makes the vectors.
        most: texts whose vectors are kept.
    """

    def __init__(self, encoder: Encoder, *, most: int = REMEMBERED) -> None:
        self.encoder = encoder
        self.most = most
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def model(self) -> str:
        """The model's name and version."""
        return self.encoder.model

    def knows(self, language: str) -> bool:
        """Return whether vectors of texts in `language` mean anything."""
        return self.encoder.knows(language)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dims)."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._kept]
            if new or not texts:
                made = self.encoder.encode(new)
                if not texts:
                    return made
                self._kept.update(zip(new, made, strict=True))
            found = np.stack([self._kept[text] for text in texts])
            for text in texts:
                self._kept.move_to_end(text)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
            return found
