"""What an article reports is told by sentence vectors, too, where its words are not known."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from digest.config import Settings
from digest.ports import Encoder
from digest.records import Classification, Language
from digest.stages.classify import classify
from digest.stages.event_cues import find_gist, signs_of
from digest.stages.event_vectors import READ, EventModel, all_signs, load_model, read_gist
from digest.stages.label_vectors import embed_labels
from digest.stages.taxonomy import load_knowledge
from digest.wiring import make_encoder

from .likeness import WordEncoder
from .news import make_article, read

#: Language, title, text, event, vendor and product: of our invention, in words that no cue has.
UNHEARD = [
    ("it", "Bastwick accende Quorvel, la borsa della pubblicità", "Comprare uno spazio è un gesto da telefono. Quorvel, creata dalla torinese Bastwick, è in linea da stamattina.", "launch", "Bastwick", "Quorvel"),
    ("zh-Hans", "广告平台“长滩”面向客户开放", "夸沃数据的“长滩”结束内测，从周一起向所有客户开放。广告主每月付八千元。", "launch", "夸沃数据", "长滩"),
]  # fmt: skip


@cache
def encoder() -> Encoder:
    return make_encoder(Settings())


@pytest.mark.parametrize(("language", "title", "text", "event", "vendor", "product"), UNHEARD)
def test_what_no_phrase_tells_is_told_by_vectors(
    language: str, title: str, text: str, event: str, vendor: str, product: str
) -> None:
    """Without them nothing is found; its proof stands in the text all the same."""
    assert read(text, language, title=title).launches == ()
    article = make_article(text, title=title)
    vectors = embed_labels(load_knowledge().categories, encoder())
    found = classify(
        article, Language("a", language, 1.0), knowledge=load_knowledge(), vectors=vectors
    )
    assert isinstance(found, Classification)
    told = [(one.event, one.vendor, one.product) for one in found.launches]
    assert told == [(event, vendor, product)]
    proof = found.launches[0].evidence
    assert text[proof.start : proof.end] == proof.text


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "How a bakery fills its courses with Quorvel", "For a year the bakery Bastwick has mailed with Quorvel. Its courses are booked up. Marketing is easy, it says."),
        ("de", "Bastwick schreibt rote Zahlen", "Die Werbefirma Bastwick verlor im Halbjahr zwei Millionen Euro mit Quorvel. Ein Sparprogramm soll folgen."),
        ("fr", "Quorvel ou Bastwick : lequel choisir ?", "Les deux outils de marketing se valent sur le prix. L'éditeur de Quorvel est plus agréable."),
        ("es", "Bastwick estudia entrar en Chile", "La firma de publicidad Bastwick decidirá en verano. Quorvel, su rival, ya está allí."),
    ],
)  # fmt: skip
def test_use_results_advice_and_hopes_are_no_news(language: str, title: str, text: str) -> None:
    """Vectors alone make no record of them."""
    vectors = embed_labels(load_knowledge().categories, encoder())
    article = make_article(text, title=title)
    found = classify(
        article, Language("a", language, 1.0), knowledge=load_knowledge(), vectors=vectors
    )
    assert isinstance(found, Classification)
    assert found.launches == ()


def test_another_encoder_leaves_it_to_the_words() -> None:
    """The weights hold for one encoder's numbers."""
    article = make_article("Bastwick raised $9 million in a Series A.", title="Fresh funding")
    assert read_gist(article, "en", WordEncoder()) == find_gist(article, "en")
    assert read_gist(article, "en", None).part is None


def test_an_unknown_language_leaves_it_to_the_words() -> None:
    """Vectors of it mean nothing."""
    article = make_article("Bastwick tegi midagi.", title="Bastwick")
    assert not encoder().knows("et")
    assert read_gist(article, "et", encoder()) == find_gist(article, "et")


def test_chances_sum_to_one_and_tell_features_from_launches() -> None:
    """Both are one kind; how likely the feature is stands beside it."""
    gist = read_gist(make_article("Quorvel is here.", title="Quorvel"), "en", encoder())
    assert sum(gist.chances.values()) == pytest.approx(1.0)
    assert gist.part is not None
    assert 0 < gist.part < 1
    assert not {"launch", "feature"} & set(gist.chances)


def test_sentences_that_are_not_there_are_zeros() -> None:
    """A title without a text has a vector of its own and no others."""
    signs = all_signs("Quorvel is here", "", "en", encoder())
    many, dims = len(signs_of("Quorvel is here", "", "en")), encoder().encode(["a"]).shape[1]
    assert signs.shape == (many + (1 + READ) * dims,) == (load_model().weights.shape[0],)
    assert np.any(signs[many : many + dims])
    assert not np.any(signs[many + dims :])


def test_no_kind_of_event_is_ruled_out_by_rounding() -> None:
    """What is new is a launch or a feature: their chances are divided by their sum."""
    bias = np.array([0, 200, 200], dtype=np.float32)
    model = EventModel("m", ("launch", "feature", "none"), bias, np.zeros((1, 3), np.float32))
    assert model.chances(np.zeros(1, np.float32))["launch"] > 0
