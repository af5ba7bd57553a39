"""Articles and a tiny encoder for the tests of duplicates and stories."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.records import Article, Embedding, Language
from digest.text import WORD


class WordEncoder:
    """An encoder whose vectors are bags of hashed words: the same words, the same vector."""

    model = "words@1"

    def __init__(self, *, languages: Sequence[str] = ("en",)) -> None:
        self.languages = languages
        self.asked = 0

    def knows(self, language: str) -> bool:
        """Return whether `language` is one of those given."""
        return language in self.languages

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the counts of 64 kinds of words, as unit vectors."""
        self.asked += len(texts)
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in WORD.findall(text.casefold()):
                row[zlib.crc32(word.encode()) % 64] += 1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.where(norms > 0, norms, 1)


def article(id: str, title: str = "", text: str = "", **fields: Any) -> Article:
    """Return an article with the given fields; the others are empty."""
    empty: dict[str, Any] = {
        "source": "s", "url": None, "authors": (), "published": None, "published_from": "",
        "first_seen": "2026-10-01T00:00:00+00:00", "language_hint": None, "site": "",
        "publisher": "", "voice": "independent",
    }  # fmt: skip
    return Article(id=id, title=title, text=text, **{**empty, **fields})


def spoken(articles: Sequence[Article], default: str = "en", **other: str) -> dict[str, Language]:
    """Return the language of each article: `default` save for the ids named."""
    return {one.id: Language(one.id, other.get(one.id, default), 1.0) for one in articles}


def embedded(articles: Sequence[Article], encoder: WordEncoder) -> dict[str, Embedding]:
    """Return each article's vector."""
    vectors = encoder.encode([f"{one.title}\n{one.text}" for one in articles])
    return {
        one.id: Embedding(one.id, encoder.model, vector)
        for one, vector in zip(articles, vectors, strict=True)
    }
