"""Labels in an encoder's space: nearness standardised over the labels of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from digest.records import Label, Language, Quote
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


def given(text: str, language: str = "en", *, title: str = "", **options) -> tuple[Label, ...]:
    article = make_article(text, title=title)
    told = classify(article, Language("a", language, 1.0), knowledge=load_knowledge(), **options)
    return told.labels


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


def test_weak_cue_and_nearness_are_surer_together():
    """An encoder that agrees with a cue makes its label likelier."""
    text = "Many brands ask what their creators are worth."
    agreed = replace(VECTORS, encoder=KeywordEncoder("many brands"))
    (alone,), (both,) = given(text), given(text, vectors=agreed)
    assert alone.name == both.name == "Influencers"
    assert both.confidence > alone.confidence


def test_nearness_alone_makes_a_label_and_its_sentence_proves_it():
    """No cue stands in the text; the nearest sentence is quoted, verbatim with its place."""
    text = "Winter was long. Many brands wait for spring. All are glad."
    near = replace(VECTORS, encoder=KeywordEncoder("many brands"))
    assert given(text) == ()
    (label,) = given(text, vectors=near)
    assert label.name == "Influencers"
    assert label.evidence == Quote("Many brands wait for spring.", "a", 17, 45)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "The snow is gone."), ("de", "Winter was long.")]
)
def test_a_label_of_the_title_has_a_sentence_too(language, sentence):
    """The nearest; the first one where the encoder does not know the language."""
    text = "Winter was long. The snow is gone."
    vectors = replace(VECTORS, encoder=KeywordEncoder("winter"))
    told = given(
        text, language, title="Live chat: conversational marketing with a chatbot", vectors=vectors
    )
    (label,) = [one for one in told if one.name == "Live Chat & Chatbots"]
    start = text.index(sentence)
    assert label.evidence == Quote(sentence, "a", start, start + len(sentence))


def test_a_label_without_any_sentence_has_no_proof():
    """Only where an article has no text at all."""
    (label, *_) = given("", title="Live chat: a chatbot")
    assert label.evidence is None
