"""Labels in an encoder's space: nearness standardised over the labels of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from digest.records import Language
from digest.stages.classify import classify
from digest.stages.label_vectors import embed_labels
from digest.stages.taxonomy import load_knowledge

from .news import make_article


class KeywordEncoder:
    """Texts that name the keyword share one direction; all others share another."""

    model = "keyword@1"

    def __init__(self, keyword: str) -> None:
        self.keyword = keyword

    def knows(self, language: str) -> bool:
        """Return whether it is English."""
        return language == "en"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one of two unit vectors a text."""
        rows = [[1, 0] if self.keyword in text.lower() else [0, 1] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, 2)


VECTORS = embed_labels(load_knowledge().categories, KeywordEncoder("influencer"))


def labels(text: str, **options) -> list[str]:
    article = make_article(text)
    told = classify(article, Language("a", "en", 1.0), knowledge=load_knowledge(), **options)
    return [label.name for label in told.labels]


def test_nearest_label_stands_out_by_standard_deviations():
    """One of 49 labels shares the text's direction."""
    near = VECTORS.nearness("An influencer speaks.", "en")
    assert max(near, key=near.__getitem__) == "Influencers"
    assert near["Influencers"] > 3
    assert sum(near.values()) == pytest.approx(0, abs=1e-3)


def test_language_that_the_encoder_does_not_know_is_near_to_nothing():
    """Its vectors would mean nothing."""
    assert VECTORS.nearness("Ein Influencer spricht.", "de") == {}


def test_empty_text_is_near_to_nothing():
    """No words, no nearness."""
    assert VECTORS.nearness(" ", "en") == {}


def test_weak_cue_and_nearness_together_make_a_label():
    """The bare word "creators" is not enough; with an encoder that agrees it is."""
    text = "Many brands ask what their creators, the influencer of old, are worth."
    weak = replace(VECTORS, encoder=KeywordEncoder("many brands"))
    assert labels("Many brands ask what their creators are worth.") == []
    assert labels("Many brands ask what their creators are worth.", vectors=weak) == ["Influencers"]
    assert labels(text, vectors=VECTORS)[0] == "Influencers"


def test_nearness_without_any_cue_makes_no_label():
    """A label has its proof in the text."""
    weak = replace(VECTORS, encoder=KeywordEncoder("brands"))
    assert labels("Many brands wait for spring.", vectors=weak) == []
