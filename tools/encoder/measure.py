"""How well a table finds translations: for choosing between trainings on rows held out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from encoder.corpus import Bags, make_bags
from encoder.rows import LANGUAGES, TRANSLATIONS, Row
from numpy.typing import NDArray
from tokenizers import Tokenizer

LEAST = 50  #: sentences of a language, to be measured
TOGETHER = 4  #: rows that make one small document


def vectors_of(table: NDArray[np.float32], bags: Bags) -> NDArray[np.float32]:
    """Return unit vectors, shape (bags, dims); zeros for an empty one."""
    spans = zip(bags.starts[:-1], bags.starts[1:], strict=True)
    sums = np.stack([table[bags.ids[start:end]].sum(axis=0) for start, end in spans])
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return (sums / np.maximum(norms, 1e-9)).astype(np.float32)


def sentence_accuracy(
    table: NDArray[np.float32], tokenizer: Tokenizer, rows: Sequence[Row]
) -> dict[str, float]:
    """Return, for each language, the share of sentences whose English one is the nearest."""
    english = vectors_of(table, make_bags(tokenizer, [row.texts["en"] for row in rows]))
    shares = {}
    for language in TRANSLATIONS:
        have = [number for number, row in enumerate(rows) if language in row.texts]
        if len(have) >= LEAST:
            texts = [rows[number].texts[language] for number in have]
            nearest = (vectors_of(table, make_bags(tokenizer, texts)) @ english.T).argmax(axis=1)
            shares[language] = float((nearest == np.array(have)).mean())
    return shares


def document_f1(table: NDArray[np.float32], tokenizer: Tokenizer, rows: Sequence[Row]) -> float:
    """Return the pairwise F1 of "the same small document" at the best cosine, all languages."""
    texts, stories = [], []
    for start in range(0, len(rows) - TOGETHER, TOGETHER):
        part = rows[start : start + TOGETHER]
        for language in LANGUAGES:
            if all(language in row.texts for row in part):
                texts.append(" ".join(row.texts[language] for row in part))
                stories.append(start)
    vectors = vectors_of(table, make_bags(tokenizer, texts))
    pairs = np.triu_indices(len(texts), 1)
    story = np.array(stories)
    return best_f1((vectors @ vectors.T)[pairs], story[pairs[0]] == story[pairs[1]])


def best_f1(scores: NDArray[np.float32], true: NDArray[np.bool_]) -> float:
    """Return the F1 of `scores` over the threshold that makes it highest."""
    hits = np.cumsum(true[np.argsort(-scores, kind="stable")])
    return float((2 * hits / (np.arange(1, len(hits) + 1) + true.sum())).max())
