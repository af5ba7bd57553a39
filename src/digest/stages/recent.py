"""An encoder that remembers its vectors for a while: windows overlap, neighbours are read again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder

REMEMBERED = 20_000  #: texts, the latest; about 30 MB of 384 dimensions


class RememberingEncoder:
    """`encoder`, asked only once for the same text.

    Args:
        encoder: makes the vectors, each text's as if it had come alone.
        most: texts whose vectors are kept.
        at_once: texts of a call up to which they are remembered; None: however many they are.
    """

    def __init__(
        self, encoder: Encoder, *, most: int = REMEMBERED, at_once: int | None = None
    ) -> None:
        self.encoder = encoder
        self.most = most
        self.at_once = at_once
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        """Give another process the encoder alone: it remembers nothing."""
        return _itself, (self.encoder,)

    @property
    def model(self) -> str:
        """The model's name and version."""
        return self.encoder.model

    def knows(self, language: str) -> bool:
        """Return whether vectors of texts in `language` mean anything."""
        return self.encoder.knows(language)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dims)."""
        if not texts or (self.at_once is not None and len(texts) > self.at_once):
            return self.encoder.encode(texts)
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._kept]
            if new:
                self._kept.update(zip(new, self.encoder.encode(new), strict=True))
            found = np.stack([self._kept[text] for text in texts])
            self._forget(texts)
        return found

    def _forget(self, latest: Sequence[str]) -> None:
        """Keep no more than allowed, the latest."""
        for text in latest:
            self._kept.move_to_end(text)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)


def _itself(encoder: Encoder) -> Encoder:
    return encoder
