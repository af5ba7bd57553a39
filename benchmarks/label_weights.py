"""Learns what labelled texts say of others: a kernel ridge regression a label on their vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from benchmarks.manuals import read_manuals
from digest.ports import Encoder
from digest.stages.label_weights import LabelWeights
from digest.stages.taxonomy import Category

RIDGE = 0.2
WIDTH = 2.0
TOLD = 0.5  #: what a label's own words count beside a text
MANUAL = 0.1  #: what a few sentences of a product's manual count beside a text
CUES = 12  #: cue phrases a label and language that are taken together as one text
INNER = 5  #: folds within those texts that a curve may see
Rows = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LabelWords:
    """What is known of labels beside labelled texts: their own words, sentences of manuals."""

    vectors: Rows  #: shape (texts, dims), unit length, seen from their middle
    right: Rows  #: shape (texts, labels)
    counts: Rows  #: shape (texts,): what each counts beside a labelled text


def read_words(categories: Sequence[Category], encoder: Encoder, centre: Rows) -> LabelWords:
    """Return the words of all labels and the sentences of manuals, these seen from `centre`."""
    texts, labels = [], []
    for number, one in enumerate(categories):
        told = [f"{one.name}. {one.description}", *one.examples]
        for cues in one.cues.values():
            strong = [cue.phrase.replace("*", "") for cue in cues if cue.weight >= 1]
            told += [", ".join(strong[:CUES])] if strong else []
        texts += told
        labels += [number] * len(told)
    rows = encoder.encode(texts).astype(np.float64)
    manuals = read_manuals()
    pages = encoder.encode([one.text for one in manuals]).astype(np.float64)
    wanted = [[one.name in manual.labels for one in categories] for manual in manuals]
    return LabelWords(
        np.vstack([unit(rows - rows.mean(axis=0)), unit(pages - centre)]),
        np.vstack([np.eye(len(categories))[labels], np.array(wanted, dtype=np.float64)]),
        np.concatenate([np.full(len(rows), TOLD), np.full(len(pages), MANUAL)]),
    )


def learn(vectors: Rows, right: Flags, words: LabelWords) -> LabelWeights:
    """Return what these texts and words teach.

    Args:
        vectors: of texts, unit length, seen from their middle.
        right: which labels are.
        words: the labels' own, and the manuals.
    """
    rows, _ = packed(np.vstack([vectors, words.vectors]))
    wanted = np.vstack([right.astype(np.float64), words.right])
    counts = np.concatenate([np.ones(len(vectors)), words.counts])
    bias = right.mean(axis=0)
    kernel = np.exp(WIDTH * (rows @ rows.T - 1)) + np.diag(RIDGE / counts)
    worth = np.linalg.solve(kernel, wanted - bias)
    narrow = [part.astype(np.float32) for part in (rows, worth, bias)]
    return LabelWeights(narrow[0], narrow[1], narrow[2], WIDTH)


def packed(rows: Rows) -> tuple[Rows, float]:
    """Return rows as one byte a number keeps them, and the step between two of its values."""
    step = float(np.abs(rows).max() / 127)
    return np.round(rows / step) * step, step


def write(weights: LabelWeights, file: Path) -> None:
    """Write what the package ships."""
    step = float(np.abs(weights.known).max() / 127)
    np.savez_compressed(
        file,
        known=np.round(weights.known / step).astype(np.int8),
        step=np.float32(step),
        worth=weights.worth.astype(np.float16),
        bias=weights.bias,
        width=np.float32(weights.width),
    )


def scores(weights: LabelWeights, vectors: Rows) -> Rows:
    """Return each label's score of each text."""
    return weights.scores_of(vectors.astype(np.float32)).astype(np.float64)


def held_out(vectors: Rows, right: Flags, stories: NDArray[np.str_], words: LabelWords) -> Rows:
    """Return each text's scores by weights that have not seen its story."""
    found = np.zeros(right.shape)
    for seen, held in GroupKFold(INNER).split(vectors, groups=stories):
        weights = learn(vectors[seen], right[seen], words)
        found[held] = scores(weights, vectors[held])
    return found


def unit(rows: Rows) -> Rows:
    """Return rows of unit length; one of nothing stays as it is."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    found: Rows = rows / np.where(lengths == 0, 1, lengths)
    return found
