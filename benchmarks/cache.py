"""An encoder that remembers its vectors on disk, so that a benchmark can be run again at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from numpy.typing import NDArray

from digest.ports import Encoder

FOLDER = Path(os.environ.get("BENCHMARK_CACHE", Path(gettempdir()) / "digest-benchmark-cache"))


class CachedEncoder:
    """`encoder`, asked only once for the same batch of texts."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.model = encoder.model
        self.knows = encoder.knows

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dims)."""
        key = hashlib.sha256("\0".join([self.model, *texts]).encode("utf-8", "replace")).hexdigest()
        file = FOLDER / f"{key[:32]}.npy"
        if not file.exists():
            FOLDER.mkdir(parents=True, exist_ok=True)
            np.save(file, self.encoder.encode(texts).astype(np.float16))
        vectors: NDArray[np.float32] = np.load(file).astype(np.float32)
        return vectors
