from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from digest.stages.alignment import ALIGNMENT, Aligner
from digest.stages.ceilings import most_odds
from digest.stages.evidence import FEATURES
from digest.stages.sketch import make_sketches
from digest.stages.verdict import Logistic

from .likeness import WordEncoder, article, spoken

SENTENCES = (
    "Quayside sells Harbor.",
    "The price is 40 million euros.",
    "Its founder leaves in May.",
    "Customers keep their contracts.",
    "A regulator looks at the deal.",
)
TEXTS = [
    "",
    SENTENCES[0],
    " ".join(SENTENCES[:2]),
    " ".join(reversed(SENTENCES)),
    " ".join(SENTENCES),
    " ".join(SENTENCES),
]
PAIRS = np.array(list(combinations(range(len(TEXTS)), 2)), dtype=np.int32)


@pytest.mark.parametrize("seed", range(20))
def test_no_pair_is_likelier_than_its_ceiling(seed: int) -> None:
    """Whatever is weighed for or against a pair, reading its sentences makes no more of it."""
    articles = [article(f"a{n}", text.partition(".")[0], text) for n, text in enumerate(TEXTS)]
    aligner = Aligner(make_sketches(articles, spoken(articles)), WordEncoder())
    draw = np.random.default_rng(seed)
    weights = dict(
        zip(
            (*FEATURES, *ALIGNMENT),
            draw.normal(0, 0.4, len(FEATURES) + len(ALIGNMENT)),
            strict=True,
        )
    )
    verdict = Logistic(-0.5, weights)
    evidence = draw.random((len(PAIRS), len(FEATURES))).astype(np.float32)
    most = most_odds(verdict, evidence, aligner.counts(PAIRS))
    read = np.concatenate([evidence, aligner.measure(PAIRS)], axis=1)
    assert (verdict.log_odds(read, (*FEATURES, *ALIGNMENT)) <= most + 1e-5).all()


@pytest.mark.parametrize("sign", ["ordered", "in_order"])
def test_few_sentences_make_little_of_a_pair(sign: str) -> None:
    """Two texts of one sentence can have little in order, two of many can."""
    verdict = Logistic(-7.0, {sign: 9.0})
    evidence = np.zeros((2, len(FEATURES)), dtype=np.float32)
    few, many = most_odds(verdict, evidence, np.array([[2, 2], [30, 30]], dtype=np.int32))
    assert few < -2 < 0 < many
