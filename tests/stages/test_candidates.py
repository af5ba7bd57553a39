from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digest.stages import candidates
from digest.stages.candidates import in_common, near_pairs, shingle_matrix, shingle_pairs


def vectors_with_twins(count: int, twins: int) -> NDArray[np.float32]:
    """Return random unit vectors of which the last `twins` are near the first ones."""
    draw = np.random.default_rng(3)
    rows = draw.normal(size=(count, 32))
    rows[-twins:] = rows[:twins] + 0.1 * draw.normal(size=(twins, 32))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_all_near_pairs_are_found_in_a_small_window() -> None:
    """Blocked products find what a loop over all pairs would."""
    vectors = vectors_with_twins(60, 20)
    scores = vectors @ vectors.T
    expected = [(a, b) for a in range(60) for b in range(a + 1, 60) if scores[a, b] >= 0.7]
    assert [tuple(pair) for pair in near_pairs(vectors, floor=0.7).tolist()] == expected


def test_cells_find_what_exact_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large window is searched by cells, and loses next to none of the near pairs."""
    vectors = vectors_with_twins(4_000, 400)
    exact = set(map(tuple, near_pairs(vectors, floor=0.8).tolist()))
    monkeypatch.setattr(candidates, "EXACT", 100)
    cells = set(map(tuple, near_pairs(vectors, floor=0.8).tolist()))
    assert cells <= exact
    assert len(cells) >= 0.99 * len(exact) > 300


def test_texts_that_share_a_small_hash_are_candidates() -> None:
    """One shared shingle among the smallest is enough; what a crowd shares is boilerplate."""
    own = [np.arange(100 * n + 1_000, 100 * n + 1_020, dtype=np.uint64) for n in range(3)]
    own[2] = np.concatenate([own[0][:1], own[2]])
    assert shingle_pairs(own).tolist() == [[0, 2]]
    crowd = [np.array([5], dtype=np.uint64)] * (candidates.CROWD + 1)
    assert shingle_pairs(crowd).tolist() == []


def test_shingles_in_common_are_counted_however_many_there_are() -> None:
    """Entries of 8 bits count beyond what fits 8 bits, and none is counted twice."""
    texts = [range(300), range(1, 900), [], range(299, 301)]
    rows = [np.array([n << 8 for n in text], dtype=np.uint32) for text in texts]
    left, right = np.array([[0, 1], [0, 2], [0, 3], [1, 3]]).T

    assert in_common(shingle_matrix(rows), left, right).tolist() == [299, 0, 1, 2]
