"""CTranslate2 models: many sentences in one queue, loaded once, dropped when idle."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from digest.cores import usable_cores
from digest.errors import ModelError

# What argostranslate asks of CTranslate2 (`argostranslate/translate.py`): the same here, so that
# the answers are the same. Only the batches differ: Argos's are 32 tokens, one sentence.
BEAM = 4
LENGTH_PENALTY = 0.2
BATCH_TOKENS = 1024
IDLE = 300.0  #: seconds after which an unused model gives its memory back


class Tokenizer(Protocol):
    """Cuts a sentence into a model's tokens and joins them again."""

    def encode(self, sentence: str) -> list[str]:
        """Return the tokens of a sentence."""
        ...

    def decode(self, tokens: list[str]) -> str:
        """Return the sentence of the tokens."""
        ...


@dataclass
class Model:
    """A CTranslate2 model folder with its tokenizer; loads itself at the first sentence.

    Args:
        name: what errors call it.
        folder: where `model.bin` lies.
        make_tokenizer: makes the tokenizer, late: its libraries are heavy.
        prefix: token that every target starts with, or "".
        beam: hypotheses that are followed; 1 is fast.
        length_penalty: CTranslate2's own.
        threads: workers of one thread each; all cores by default.
        idle: seconds after which the memory is given back.
        compute: CTranslate2's arithmetic.
        cure: what errors advise.
        least: how sure of an answer it has to be, see `translate_surely`; None shows them all.
    """

    name: str
    folder: Path
    make_tokenizer: Callable[[], Tokenizer]
    prefix: str = ""
    beam: int = BEAM
    length_penalty: float = LENGTH_PENALTY
    threads: int = 0
    idle: float = IDLE
    compute: str = "int8"
    cure: str = ""
    least: float | None = None
    _engine: Any = field(default=None, init=False, repr=False)
    _tokenizer: Tokenizer | None = field(default=None, init=False, repr=False)
    _timer: threading.Timer | None = field(default=None, init=False, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False, repr=False)

    @property
    def is_loaded(self) -> bool:
        """Return whether the model takes memory now."""
        return self._engine is not None

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return one translation a sentence, in order; "" where it is not sure enough of it.

        Raises:
            ModelError: where the model is broken, or gives up.
        """
        least = -math.inf if self.least is None else self.least
        return [text if sure >= least else "" for text, sure in self.translate_surely(sentences)]

    def translate_surely(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        """Return one translation a sentence, in order, and how sure the model is of it.

        That is the mean logarithm of its pieces' probabilities, 0 at best; poor answers of a small
        model have low ones.

        Raises:
            ModelError: where the model is broken, or gives up.
        """
        if not sentences:
            return []
        with self._lock:
            self._stop_timer()
            try:
                return self._translate(sentences)
            except (RuntimeError, ValueError, LookupError, OSError, MemoryError) as error:
                self.unload()
                raise ModelError(f"{self.name} is broken: {error}", cure=self.cure) from error
            finally:
                self._start_timer()

    def unload(self) -> None:
        """Give the memory back; the next sentence loads the model again."""
        with self._lock:
            self._engine = self._tokenizer = None

    def _translate(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        engine, tokenizer = self._loaded()
        tokens = [tokenizer.encode(sentence) for sentence in sentences]
        results = engine.translate_batch(
            tokens,
            target_prefix=[[self.prefix]] * len(tokens) if self.prefix else None,
            replace_unknowns=True,
            max_batch_size=self._batch(tokens),
            batch_type="tokens",
            beam_size=self.beam,
            length_penalty=self.length_penalty,
            return_scores=True,
        )
        return [(self._decode(tokenizer, each.hypotheses[0]), self._sure(each)) for each in results]

    def _sure(self, result: Any) -> float:
        """Return a mean over the pieces: CTranslate2's score is a sum through length ** penalty."""
        length = max(len(result.hypotheses[0]), 1)
        score: float = result.scores[0]
        return score * float(length**self.length_penalty) / length

    def _batch(self, tokens: Sequence[Sequence[str]]) -> int:
        """Return the tokens of a batch: large, but so that every worker gets some of a short queue.

        CTranslate2 counts a batch as its sentences times the longest of them.
        """
        longest = max(map(len, tokens)) + 1
        share = -(-sum(map(len, tokens)) // (self.threads or usable_cores()))
        return max(longest, min(BATCH_TOKENS, share))

    def _decode(self, tokenizer: Tokenizer, tokens: list[str]) -> str:
        text = tokenizer.decode(tokens)
        if self.prefix:
            text = text.removeprefix(self.prefix)
        return text.removeprefix(" ")

    def _loaded(self) -> tuple[Any, Tokenizer]:
        if self._engine is None or self._tokenizer is None:
            import ctranslate2

            self._tokenizer = self.make_tokenizer()
            self._engine = ctranslate2.Translator(
                str(self.folder),
                device="cpu",
                compute_type=self.compute,
                inter_threads=self.threads or usable_cores(),
                intra_threads=1,
            )
        return self._engine, self._tokenizer

    def _start_timer(self) -> None:
        if self._engine is not None and self.idle:
            self._timer = threading.Timer(self.idle, self.unload)
            self._timer.daemon = True
            self._timer.start()

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
