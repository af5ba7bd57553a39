"""How sure the model has to be of an answer before Digest shows it.

A small model that learned from documentation invents things when it meets other texts, and its
inventions pass most checks. But it is less sure of them: the mean logarithm of their pieces'
probabilities is low. So each package says below which value its answers are withheld: the lowest
one at which at most a tenth of the answers that remain are poor, on pairs that nobody learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import sacrebleu
import sentencepiece

from digest.backends.ctranslate import Model
from tools.train_translation.corpus import Corpus, Side
from tools.train_translation.languages import LANGUAGES
from tools.train_translation.vocab import FIRST_TAG

POOR = 45.0  #: chrF of a sentence below which a reader is misled more often than told
MOST_POOR = 0.1  #: of the answers that are shown
PAIRS = 300  #: of each language
FEWEST = 30  #: without so many no value is found
T = TypeVar("T")


def held_pairs(
    held: Corpus,
    vocabulary: sentencepiece.SentencePieceProcessor,
    language: str,
    *,
    most: int = PAIRS,
) -> list[tuple[str, str]]:
    """Return pairs of a language that judge, at even distances through the corpus."""
    tag = FIRST_TAG + LANGUAGES.index(language)
    found = np.flatnonzero(held.source.ids[held.source.starts[:-1]] == tag)
    chosen = spread(found.tolist(), most)
    return [
        (_text(held.source, each, vocabulary, 1), _text(held.target, each, vocabulary, 0))
        for each in chosen
    ]


def spread(items: Sequence[T], most: int | None) -> list[T]:
    """Return at most so many of the items, at even distances."""
    if most is None or len(items) <= most:
        return list(items)
    return [items[round(each)] for each in np.linspace(0, len(items) - 1, most)]


def _text(
    side: Side, number: int, vocabulary: sentencepiece.SentencePieceProcessor, skip: int
) -> str:
    start, end = side.starts[number : number + 2].tolist()
    return str(vocabulary.decode(side.ids[start + skip : end].tolist()))


def find_least(model: Model, pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return the value below which answers are withheld; None from too few pairs."""
    if len(pairs) < FEWEST:
        return None
    said = model.translate_surely([source for source, _ in pairs])
    poor = [
        sacrebleu.sentence_chrf(text, [english]).score < POOR
        for (text, _), (_, english) in zip(said, pairs, strict=True)
    ]
    return lowest([sure for _, sure in said], poor)


def lowest(sure: Sequence[float], poor: Sequence[bool]) -> float:
    """Return the lowest value at or above which at most `MOST_POOR` are poor.

    Where not even the surest answers are that good, nothing is shown: 0 is above all of them.
    """
    order = np.argsort(sure)[::-1]
    shares = np.cumsum(np.array(poor)[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(shares <= MOST_POOR)
    return round(float(np.array(sure)[order[good[-1]]]), 4) if len(good) else 0.0


def kept_of(
    model: Model, pairs: Sequence[tuple[str, str]], least: float | None
) -> tuple[float, float]:
    """Return which share of the answers is shown, and their chrF."""
    said = model.translate_surely([source for source, _ in pairs])
    kept = [
        (text, english)
        for (text, sure), (_, english) in zip(said, pairs, strict=True)
        if least is None or sure >= least
    ]
    if not kept:
        return 0.0, 0.0
    made, wanted = zip(*kept, strict=True)
    return len(kept) / len(pairs), sacrebleu.corpus_chrf(list(made), [list(wanted)]).score
