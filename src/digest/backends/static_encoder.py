"""Static sentence-transformers models read without PyTorch: a text is the sum of its subwords."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

BATCH = 1000  #: texts that are split into subwords at once; bounds the memory
WORD = 40  #: characters; what is longer (Chinese clauses, addresses) is not remembered
REMEMBERED = 300_000  #: words whose subwords are kept, about 100 MB
# Read as white space by our tokenizer; here a word that is too long is cut, with the same result.
STOPS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~、。，！？；：「」『』（）【】《》・…“”‘’«»–—"
CONTROLS = "\x1c\x1d\x1e\x1f\x85"  #: white space to Python, not to every tokenizer
STOP = re.compile(f"[\\s{re.escape(STOPS)}]+")


class StaticEncoder:
    """A model of one `StaticEmbedding`, as sentence-transformers saves or model2vec makes it.

    The same numbers as `SentenceTransformer(folder).encode`, up to rounding, in a tenth of the
    time to load: a mean and a sum have one direction, and the caller makes unit vectors of both.
    """

    max_tokens: int | None = None  #: every subword is read

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._lock = threading.Lock()
        files = folder / _modules(folder)[0]["path"]
        self._subwords = Subwords(Tokenizer.from_file(str(files / "tokenizer.json")))
        self._table = _read_table(files / "model.safetensors")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return sums of subword vectors, shape (len(texts), dims)."""
        import numpy as np

        sums = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        with self._lock:
            for row, ids in enumerate(self._subwords.of(texts)):
                # Each row is fetched once: half the time goes into fetching rows.
                unique, counts = np.unique(np.array(ids, dtype=np.int32), return_counts=True)
                sums[row] = counts.astype(np.float32) @ self._table[unique]
        return sums


class Subwords:
    """Splits texts into subwords, remembering each word's: the words of news repeat.

    Our tokenizer reads punctuation as white space and splits there first, so each word has the same
    subwords in every text. A tokenizer that doesn't gets its texts whole.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.remembers = _splits_at_space(tokenizer) and _folds_stops(tokenizer)
        self._known: dict[str, list[int]] = {}

    def of(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Return each text's subword ids."""
        for start in range(0, len(texts), BATCH):
            part = list(texts[start : start + BATCH])
            yield from self._by_words(part) if self.remembers else self._read(part)

    def _read(self, texts: list[str]) -> list[list[int]]:
        found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [encoding.ids for encoding in found]

    def _by_words(self, texts: list[str]) -> Iterator[list[int]]:
        if len(self._known) > REMEMBERED:
            self._known.clear()
        split = [self._words(text) for text in texts]
        new = list({word for words in split for word in words}.difference(self._known))
        self._known.update(zip(new, self._read(new), strict=True))
        for words in split:
            yield list(chain.from_iterable(map(self._known.__getitem__, words)))
        for word in new:
            if len(word) > WORD:
                del self._known[word]

    @staticmethod
    def _words(text: str) -> list[str]:
        words = text.split()
        if max(map(len, words), default=0) <= WORD:
            return words
        parts = (STOP.split(word) if len(word) > WORD else [word] for word in words)
        return [part for part in chain.from_iterable(parts) if part]


def is_static(folder: Path) -> bool:
    """Return whether a model is one `StaticEmbedding`, perhaps with a `Normalize` behind it."""
    types = [module["type"].rsplit(".", 1)[-1] for module in _modules(folder)]
    return types in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _splits_at_space(tokenizer: Tokenizer) -> bool:
    steps = json.loads(tokenizer.to_str())["pre_tokenizer"] or {}
    first = steps.get("pretokenizers", [steps])[0]
    return bool(first.get("type") == "WhitespaceSplit")


def _folds_stops(tokenizer: Tokenizer) -> bool:
    probe = STOPS + CONTROLS
    folded = tokenizer.normalizer and tokenizer.normalizer.normalize_str("a".join(probe))
    return bool(folded == "a".join(" " * len(probe)))


def _modules(folder: Path) -> list[dict[str, str]]:
    file = folder / "modules.json"
    modules: list[dict[str, str]] = json.loads(file.read_text("utf-8")) if file.exists() else []
    return modules


def _read_table(file: Path) -> NDArray[np.float32]:
    """Return a vector for each subword, folded as `StaticEmbedding.load` folds it.

    `embedding.weight` is the table itself. model2vec's form has `embeddings`, here in 8 bits,
    with each subword's `weights` to multiply it by, and a `mapping` where subwords share a row.
    """
    import numpy as np
    from safetensors.numpy import load_file

    parts = load_file(file)
    if "embedding.weight" in parts:
        return parts["embedding.weight"].astype(np.float32)
    table = parts["embeddings"]
    if "mapping" in parts:
        table = table[parts["mapping"].astype(np.int64)]
    table = table.astype(np.float32)
    return table * parts["weights"][:, None].astype(np.float32) if "weights" in parts else table
