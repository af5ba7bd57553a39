from __future__ import annotations

import numpy as np
import pytest

from digest.stages.looks import FULL
from digest.stages.second import AGAIN, SECOND, SecondLook, counted_words
from digest.stages.sketch import make_sketch, make_sketches
from digest.stages.verdict import Logistic

from .likeness import WordEncoder, article, spoken

TEXTS = {"a": "Harbor buys Quayside", "b": "Harbor buys Quayside", "c": "Regulator fines a shop"}
VERDICT = Logistic(-2.0, {"opinion": 0.1, "beginnings": 6.0})
PAIRS = np.array([[0, 1], [0, 2]], dtype=np.int32)


def look(*, most: int = 10, **languages: str) -> SecondLook:
    articles = [article(id, text) for id, text in TEXTS.items()]
    sketches = make_sketches(articles, spoken(articles, **languages))
    return SecondLook(sketches, WordEncoder(), most=most)


def revise(second: SecondLook, odds: list[float]) -> list[float]:
    evidence = np.zeros((2, len(FULL)), dtype=np.float32)
    return second.revise(PAIRS, evidence, np.array(odds), verdict=VERDICT).tolist()


def test_undecided_pairs_of_english_articles_are_judged_again() -> None:
    """Beginnings that are alike speak for a pair, others against it."""
    alike, other = revise(look(), [0.0, 0.0])
    assert alike > 2 > 0 > other


def test_what_is_decided_stays() -> None:
    """Nobody is asked about a pair that the first verdict is sure of."""
    assert revise(look(), [6.0, 7.0]) == [6.0, 7.0]


def test_articles_of_other_languages_are_not_read() -> None:
    """The second model knows English: a pair with a German article keeps its odds."""
    assert revise(look(b="de"), [0.5, 0.0])[0] == 0.5


def test_no_more_is_read_than_is_allowed() -> None:
    """The most undecided pair comes first; a pair that is not read keeps its odds."""
    second = look(most=2)
    kept, asked = revise(second, [2.0, 0.1])
    assert kept == 2.0
    assert asked < 0
    assert list(second.cosines) == [(0, 2)]


def test_every_feature_has_its_place() -> None:
    """The order of the columns is that of the names."""
    assert (*SECOND, *AGAIN)[:3] == ("opinion", "beginnings", "shared_words")


def test_what_a_title_says_and_what_is_said_often_counts_more() -> None:
    """Words of the title count twice, others by the logarithm of how often they stand there."""
    counts = counted_words(make_sketch(article("a", "Harbor", "quay quay boat"), None)).counts
    assert sorted(counts.tolist()) == pytest.approx([1.0, 1 + np.log(2), 1 + np.log(2)])
