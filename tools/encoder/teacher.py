"""The teacher: all-MiniLM-L6-v2's vectors of English sentences, kept between runs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DIMS = 384
# Characters. Three quarters of the sentences are no longer, and take the teacher a third of the
# time; longer ones are learned by contrast with their translations alone.
LONGEST = 76
CHUNK = 8192


def teach(sentences: Sequence[str], *, cache: Path) -> NDArray[np.float32]:
    """Return the teacher's unit vector of each sentence, zeros for those it is not asked about."""
    from digest.backends.encoders import SentenceEncoder

    encoder = SentenceEncoder("minilm", batch=64)
    asked = sorted({text for text in sentences if len(text) <= LONGEST}, key=lambda t: (len(t), t))
    key = hashlib.sha256("\n".join([encoder.model, *asked]).encode()).hexdigest()[:16]
    file = cache / f"teacher-{key}.npy"
    if not file.exists():
        parts = [encoder.encode(asked[at : at + CHUNK]) for at in range(0, len(asked), CHUNK)]
        cache.mkdir(parents=True, exist_ok=True)
        np.save(file, np.concatenate(parts).astype(np.float16))
    read = np.load(file).astype(np.float32)
    place = {text: number for number, text in enumerate(asked)}
    vectors = np.zeros((len(sentences), DIMS), dtype=np.float32)
    known = [number for number, text in enumerate(sentences) if text in place]
    vectors[known] = read[[place[sentences[number]] for number in known]]
    return vectors
