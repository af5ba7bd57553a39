"""Sentence encoders: any sentence-transformers model, offline, loaded when first needed."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from digest.backends import model_files
from digest.backends.static_encoder import StaticEncoder, is_static
from digest.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_TOKEN = 100  #: characters; WordPiece reads no longer word (`max_input_chars_per_word`)


class SentenceEncoder:
    """An `Encoder` over a sentence-transformers model; loads at the first `encode`.

    A model with a token limit reads the beginning of a text only: MiniLM 256 tokens, about 200
    English words. `max_tokens` says how many. A static model reads all of it.

    Args:
        name: `embedded` (the multilingual model that ships with Digest), `minilm`
            (all-MiniLM-L6-v2, English), a folder, or a name in the local Hugging Face cache.
            Nothing is ever downloaded.
        batch: texts that a transformer reads at once.

    Raises:
        ModelError: by every method, where the model is absent or broken; with the cure.
    """

    def __init__(self, name: str = "minilm", *, batch: int = 32) -> None:
        self.name = name
        self.batch = batch
        self._lock = threading.Lock()
        self._engine: _Engine | None = None

    @cached_property
    def folder(self) -> Path:
        """Where the model's files lie."""
        return model_files.find(self.name)

    @cached_property
    def model(self) -> str:
        """Name, version and hash of weights and tokenizer: `all-MiniLM-L6-v2@0.1.0-1a2b3c4d5e`."""
        version = f"{metadata.version(model_files.MINILM)}-" if self.name == "minilm" else ""
        title = model_files.title(self.name, self.folder)
        return f"{title}@{version}{model_files.fingerprint(self.folder)}"

    @cached_property
    def languages(self) -> frozenset[str] | None:
        """Languages of the model card, in lower case; None where the card names none."""
        return model_files.card_languages(self.folder)

    @property
    def max_tokens(self) -> int | None:
        """How many tokens of a text are read; None means all."""
        return self._load().max_tokens

    def knows(self, language: str) -> bool:
        """Return whether the model card lists `language`; True for any where it lists none.

        A card's `zh` stands for both scripts, its `no` for `nb` and `nn`. `und` is never known.
        """
        if language == "und":
            return False
        if self.languages is None:
            return True
        return not model_files.spellings(language).isdisjoint(self.languages)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dims).

        A text in which the model finds no token gets the zero vector: it resembles nothing. Equal
        texts are read once, and in order of length, so that a batch holds little padding.
        """
        import numpy as np

        engine = self._load()
        # A lone surrogate, as broken feeds have them, is an error to every tokenizer.
        clean = [
            text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
            for text in texts
        ]
        unique = sorted(set(clean), key=lambda text: (len(text), text))
        place = {text: number for number, text in enumerate(unique)}
        unit: NDArray[np.float32] = engine.encode(unique).astype(np.float32, copy=False)
        norms = np.linalg.norm(unit, axis=1, keepdims=True)
        unit /= np.where(norms > 0, norms, 1)
        return unit[[place[text] for text in clean]]

    def __reduce__(self) -> tuple[Any, ...]:
        """Tell another process to load a static model; a transformer uses all cores from here.

        Raises:
            TypeError: for a transformer.
        """
        if not is_static(self.folder):
            raise TypeError(f"encoder {self.name!r} stays in its process")
        return _loaded_once, (self.name,)

    def _load(self) -> _Engine:
        with self._lock:
            if self._engine is None:
                self._engine = self._make_engine()
            return self._engine

    def _make_engine(self) -> _Engine:
        try:
            if is_static(self.folder):
                return StaticEncoder(self.folder)
            return _Transformer(self.folder, name=self.name, batch=self.batch)
        except ModelError:
            raise
        except Exception as error:  # every library below has errors of its own
            raise ModelError(
                f"encoder {self.name!r} cannot be loaded from {self.folder}: {error}",
                id=self.name,
                cure="install the model again, or set [models] encoder to another one",
            ) from error


@cache
def _loaded_once(name: str) -> SentenceEncoder:
    return SentenceEncoder(name)


class _Engine(Protocol):
    max_tokens: int | None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


class _Transformer:
    """Any model, through sentence-transformers and PyTorch, on the processor."""

    def __init__(self, folder: Path, *, name: str, batch: int) -> None:
        model_files.stay_offline()
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._model: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        limit = self._model.max_seq_length
        self.max_tokens = int(limit) if limit and limit != float("inf") else None
        self._prompt = _prompt(name)
        self._batch = batch

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if not texts:
            dims = self._model.get_embedding_dimension()
            return np.zeros((0, dims or 0), dtype=np.float32)
        # What lies behind the limit is cut before it costs time.
        end = self.max_tokens * LONGEST_TOKEN if self.max_tokens else None
        vectors: NDArray[np.float32] = self._model.encode(
            [text[:end] for text in texts],
            batch_size=self._batch,
            prompt=self._prompt,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return vectors


def _prompt(name: str) -> str | None:
    """Return what the model wants before each text: E5's cards ask for it, their configs do not."""
    return "query: " if re.search(r"(^|[/_-])e5-(small|base|large)(-v2)?$", name) else None
