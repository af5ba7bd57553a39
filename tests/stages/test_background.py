"""A few articles judged by the background of many get the evidence they would get among them."""

from __future__ import annotations

import random

import numpy as np

from digest.records import Article, Embedding, Language
from digest.stages.alignment import Aligner
from digest.stages.background import make_background
from digest.stages.codes import LIKELY, best, centred, to_codes
from digest.stages.embed import embed
from digest.stages.evidence import Measurer
from digest.stages.rarity import count_terms, make_vocabulary
from digest.stages.sketch import make_sketches
from digest.stages.window import make_window
from digest.testing import WordEncoder
from tests.generated_news import make_news

NEWS, _ = make_news(90)
ENCODER = WordEncoder()
LANGUAGES = {one.id: Language(one.id, "en", 1.0) for one in NEWS}
EMBEDDINGS: dict[str, Embedding] = {
    one.id: one for one in embed([(one, LANGUAGES[one.id]) for one in NEWS], encoder=ENCODER)
}
BACKGROUND = make_background(NEWS, LANGUAGES, EMBEDDINGS, encoder=ENCODER)


def evidence(articles: list[Article], left: str, right: str) -> np.ndarray:
    assert BACKGROUND is not None
    window = make_window(articles, LANGUAGES, EMBEDDINGS, encoder=ENCODER, background=BACKGROUND)
    pairs = np.array([[window.place[left], window.place[right]]], dtype=np.int32)
    measurer = Measurer(window.sketches, window.vectors, background=BACKGROUND)
    aligner = Aligner(window.sketches, ENCODER, shift=BACKGROUND.sentence_shift)
    found: np.ndarray = np.concatenate([measurer.measure(pairs)[0], aligner.measure(pairs)[0]])
    return found


def test_a_pair_is_measured_alike_alone_and_among_all() -> None:
    """Centring, rarity and what sentences say in common come from the background."""
    for left, right in zip(NEWS[:20], NEWS[20:40], strict=True):
        few = evidence([left, right], left.id, right.id)
        many = evidence(NEWS, left.id, right.id)
        assert np.allclose(few, many, atol=1e-5)


def test_the_order_of_the_articles_changes_no_background() -> None:
    """Any order of a window gives the same background, letter by letter."""
    shuffled = random.Random(2).sample(NEWS, len(NEWS))
    again = make_background(shuffled, LANGUAGES, EMBEDDINGS, encoder=ENCODER)
    assert BACKGROUND is not None
    assert again is not None
    for name in ("shift", "sentence_shift", "axes"):
        assert np.array_equal(getattr(BACKGROUND, name), getattr(again, name))
    assert np.array_equal(BACKGROUND.words.columns, again.words.columns)


def test_without_a_vector_that_counts_there_is_none() -> None:
    """Vectors of another model, or of languages that the encoder doesn't know, say nothing."""
    other = WordEncoder(model="words@2")
    deaf = WordEncoder(languages=frozenset())
    assert make_background(NEWS, LANGUAGES, EMBEDDINGS, encoder=other) is None
    assert make_background(NEWS, LANGUAGES, EMBEDDINGS, encoder=deaf) is None


def test_counts_of_common_terms_are_enough_for_every_rarity() -> None:
    """The rarest terms need not be counted: they have a rarity of 1 in any case."""
    words = [one.words for one in make_sketches(NEWS, LANGUAGES)]
    counts, whole = count_terms(words), make_vocabulary(words)
    assert 0 < len(counts.columns) <= len(whole.columns)
    assert np.allclose(make_vocabulary(words, counts).rarity, whole.rarity)


def test_codes_find_the_nearest() -> None:
    """Among the likeliest by code are the ten with the highest cosine."""
    assert BACKGROUND is not None
    draw = np.random.default_rng(5)
    centres = draw.standard_normal((300, 256))
    vectors = np.repeat(centres, 10, axis=0) + 0.8 * draw.standard_normal((3_000, 256))
    unit = centred(BACKGROUND, vectors.astype(np.float32))
    codes = to_codes(BACKGROUND, unit).astype(np.float32)
    rows = best(codes @ codes[7], np.arange(len(codes)), most=LIKELY)
    assert set(np.argsort(-(unit @ unit[7]))[:10].tolist()) <= set(rows.tolist())
    assert len(rows) < len(codes) / 10
