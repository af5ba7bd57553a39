"""Pairs of labelled articles as they look in a small window: two articles, a group, a few dozen.

A small window's mean is hardly taken out of its vectors, so all its cosines are higher: a verdict
that has seen large windows alone believes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from digest.calibrate import measure_pairs
from digest.ports import Encoder
from digest.records import Embedding
from digest.stages.embed import embedded_text
from digest.stages.evidence import FEATURES
from digest.stages.recent import RememberingEncoder
from digest.stages.second import SECOND, SecondLook, is_blind_to
from digest.stages.window import make_window

from .corpora import Corpus
from .judging import Bench

PAIRS = 120  # of a corpus and an answer that are measured in windows of two
NEAR = 2_000  # pairs of two stories, the nearest, of which these are drawn
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """Pairs of one corpus, each measured in a small window."""

    places: NDArray[np.int32]  #: of the two articles in the corpus's bench, shape (pairs, 2)
    evidence: NDArray[np.float32]  #: `EVERY`, then what the second model adds; 0 if not English
    same: NDArray[np.bool_]
    english: NDArray[np.bool_]


def of_two(
    corpus: Corpus, bench: Bench, encoder: Encoder, second: Encoder, *, seed: int = 0
) -> Small:
    """Return some pairs of a corpus, of one story and the nearest of two, each alone."""
    pairs, same = bench.judge.pairs, bench.labelled().same
    counts = bench.labelled().weight > 0
    draw = np.random.default_rng(seed)
    true, other = np.flatnonzero(same & counts), np.flatnonzero(~same & counts)
    cosine = bench.judge.evidence[: len(pairs), FEATURES.index("cosine")]
    other = other[np.argsort(-cosine[other], kind="stable")[:NEAR]]
    chosen = [draw.permutation(rows)[:PAIRS] for rows in (true, other)]
    windows = [tuple(pair) for pair in pairs[np.concatenate(chosen)].tolist()]
    return measure(corpus, bench, windows, encoder, second)


def of_groups(corpus: Corpus, bench: Bench, encoder: Encoder, second: Encoder) -> Small:
    """Return the pairs within each group of `like_events`: alone, in the group, in the half."""
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(bench.judge.window.sketches):
        groups.setdefault(one.id[:3], []).append(place)
    pairs = [pair for places in groups.values() for pair in combinations(places, 2)]
    everyone = tuple(range(len(bench.stories)))
    windows = [*pairs, *map(tuple, groups.values()), everyone]
    return measure(corpus, bench, windows, encoder, second, among=frozenset(pairs))


def measure(
    corpus: Corpus,
    bench: Bench,
    windows: Sequence[Sequence[int]],
    encoder: Encoder,
    second: Encoder,
    *,
    among: frozenset[Pair] | None = None,
) -> Small:
    """Return the pairs of each window, measured in it.

    Args:
        corpus: the articles.
        bench: numbers them.
        windows: places of the articles of each.
        encoder: of the first look.
        second: the second model.
        among: pairs that count; None: all.
    """
    by_id = {one.id: one for one in corpus.articles}
    articles = [by_id[one.id] for one in bench.judge.window.sketches]
    vectors = encoder.encode([embedded_text(one) for one in articles])
    made = {
        one.id: Embedding(one.id, encoder.model, vector)
        for one, vector in zip(articles, vectors, strict=True)
    }
    second = RememberingEncoder(second)
    places, evidence, english = [], [], []
    for window in windows:
        some = make_window([articles[n] for n in window], corpus.languages, made, encoder=encoder)
        row = {articles[n].id: n for n in window}
        numbered = [row[one.id] for one in some.sketches]
        kept = [
            (i, j)
            for i, j in combinations(range(len(numbered)), 2)
            if among is None or tuple(sorted((numbered[i], numbered[j]))) in among
        ]
        pairs = np.array(kept, dtype=np.int32)
        found = measure_pairs(some, pairs, encoder=encoder)
        spoken = np.array([one.language == "en" for one in some.sketches])
        asked = spoken[pairs].all(axis=1) & ~is_blind_to(found)
        added = np.zeros((len(pairs), len(SECOND) - 1), dtype=np.float32)
        if asked.any():
            look = SecondLook(some.sketches, second, most=len(numbered))
            look.read(np.unique(pairs[asked]).tolist())
            added[asked] = look.measure(pairs[asked])
        places.append(np.array(numbered, dtype=np.int32)[pairs])
        evidence.append(np.concatenate([found, added], axis=1))
        english.append(asked)
    every = np.concatenate(places)
    stories = np.array(bench.stories)
    return Small(
        every,
        np.concatenate(evidence).astype(np.float32),
        stories[every[:, 0]] == stories[every[:, 1]],
        np.concatenate(english),
    )
