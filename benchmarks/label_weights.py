"""Learns a direction a label in the encoder's space: a ridge regression on texts and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from digest.ports import Encoder
from digest.stages.taxonomy import Category

RIDGE = 1.0
TOLD = 0.7  #: what a label's own words count beside a text
CUES = 12  #: cue phrases a label and language that are taken together as one text
INNER = 5  #: folds within those texts that a curve may see
Rows = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LabelWords:
    """A label's own words as texts: description, examples, cue phrases in each language."""

    vectors: Rows  #: shape (texts, dims), unit length, seen from their middle
    right: Rows  #: shape (texts, labels)


def read_words(categories: Sequence[Category], encoder: Encoder) -> LabelWords:
    """Return the words of all labels."""
    texts, labels = [], []
    for number, one in enumerate(categories):
        told = [f"{one.name}. {one.description}", *one.examples]
        for cues in one.cues.values():
            strong = [cue.phrase.replace("*", "") for cue in cues if cue.weight >= 1]
            told += [", ".join(strong[:CUES])] if strong else []
        texts += told
        labels += [number] * len(told)
    rows = encoder.encode(texts).astype(np.float64)
    return LabelWords(unit(rows - rows.mean(axis=0)), np.eye(len(categories))[labels])


def learn(vectors: Rows, right: Flags, words: LabelWords) -> Rows:
    """Return weights and bias of each label, shape (labels, dims + 1).

    Args:
        vectors: of texts, unit length, seen from their middle.
        right: which labels are.
        words: the labels' own.
    """
    rows = np.vstack([vectors, TOLD * words.vectors])
    wanted = np.vstack([right.astype(np.float64), TOLD * words.right])
    bias = wanted.mean(axis=0)
    kernel = rows @ rows.T + RIDGE * np.eye(len(rows))
    weights = rows.T @ np.linalg.solve(kernel, wanted - bias)
    return np.hstack([weights.T, bias[:, None]])


def scores(weights: Rows, vectors: Rows) -> Rows:
    """Return each label's score of each text."""
    found: Rows = vectors @ weights[:, :-1].T + weights[:, -1]
    return found


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
