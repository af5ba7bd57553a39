"""How sure the model has to be of an answer before Digest shows it.

A small model that learned from documentation invents things when it meets other texts, and its
inventions pass most checks. But it is less sure of them: the mean logarithm of their pieces'
probabilities is low. So each package says below which value its answers are withheld: the lowest
one at which at most a tenth of the answers that remain are poor, on pairs that nobody learned
from: half documentation, which is near to what was learned, half FLORES, which is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import sacrebleu

from digest.backends.ctranslate import Model
from tools.train_translation.gate import Figures

POOR = 45.0  #: chrF of a sentence below which a reader is misled more often than told
MOST_POOR = 0.1  #: of the answers that are shown
PAIRS = 300  #: of each language
FEWEST = 30  #: without so many no value is found
T = TypeVar("T")
Pairs = Sequence[tuple[str, str]]  #: texts and their English


def mixed(judges: tuple[Pairs, Pairs], *, most: int = PAIRS) -> list[tuple[str, str]]:
    """Return as many pairs of documentation as of FLORES, at even distances through each."""
    half = min(most // 2, *map(len, judges))
    return [pair for part in judges for pair in spread(part, half)]


def spread(items: Sequence[T], most: int | None) -> list[T]:
    """Return at most so many of the items, at even distances."""
    if most is None or len(items) <= most:
        return list(items)
    return [items[round(each)] for each in np.linspace(0, len(items) - 1, most)]


def guarded(figures: Figures, model: Model, judges: Pairs, *, docs: Pairs, news: Pairs) -> Figures:
    """Return the figures with the bar of the judging pairs, and what it leaves of both sets."""
    least = find_least(model, judges)
    shares = [kept_of(model, pairs, least) for pairs in (docs, news)]
    (docs_shown, docs_kept), (news_shown, news_kept) = shares
    return replace(
        figures,
        least=least,
        docs_shown=docs_shown,
        docs_kept=docs_kept,
        news_shown=news_shown,
        news_kept=news_kept,
    )


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
