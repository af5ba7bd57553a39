from __future__ import annotations

import numpy as np
import pytest

from digest.records import Language
from digest.stages.alignment import ALIGNMENT, Aligner
from digest.stages.contradiction import contradictions
from digest.stages.evidence import FEATURES, Measurer
from digest.stages.sketch import Sketch, make_sketch

from .likeness import WordEncoder, article

TEXT = (
    "The firm Harbor sells Tidewatch in 14 countries. Its chief, Mara Lindqvist, says so. "
    "Retailers save 21 percent within two months. The price is 490 euros."
)


def sketch(id: str, text: str, title: str = "Tidewatch grows") -> Sketch:
    return make_sketch(article(id, title, text), Language(id, "en", 1.0))


def measured(*texts: str) -> dict[str, float]:
    """Return the evidence for the first two texts."""
    sketches = [sketch(str(n), text) for n, text in enumerate(texts)]
    vectors = WordEncoder().encode(texts)
    row = Measurer(sketches, vectors).measure(np.array([[0, 1]], dtype=np.int32))[0]
    return dict(zip(FEATURES, row.tolist(), strict=True))


def test_the_same_text_has_all_for_it_and_nothing_against() -> None:
    """Twins share everything."""
    found = measured(TEXT, TEXT)
    assert found["cosine"] == pytest.approx(1)
    assert found["words"] == pytest.approx(1, abs=1e-5)
    assert found["wording"] == 1
    against = [found[name] for name in ("names_against", "numbers_against", "length")]
    assert against == [0, 0, 0]


def test_a_left_out_sentence_contradicts_nothing() -> None:
    """What one side leaves out is no contradiction."""
    found = measured(TEXT, TEXT[: TEXT.index("Retailers")])
    assert found["names_against"] == found["numbers_against"] == 0
    assert found["length"] > 0.3


def test_other_names_and_numbers_in_their_place_contradict() -> None:
    """A template with other facts has both for and against it, and more against than a typo."""
    other = TEXT.replace("Mara Lindqvist", "Ugo Ferrante").replace("21", "6").replace("490", "77")
    typo = TEXT.replace("490", "940")
    template, slip = measured(TEXT, other), measured(TEXT, typo)
    assert template["names_against"] > 0.2
    assert template["names_swapped"] > 0.1
    assert template["numbers_against"] > slip["numbers_against"] > 0
    assert contradictions(sketch("a", TEXT), sketch("b", other)) == 4
    assert contradictions(sketch("a", TEXT), sketch("b", typo)) == 1


def test_a_common_word_says_less_than_a_rare_one() -> None:
    """Sharing "the" and "and" is little, in a window of two as in one of many."""
    common = measured("the and of quokka", "the and of zibeline")
    rare = measured("quokka zibeline the", "quokka zibeline and")
    assert common["words"] < rare["words"]


def test_alignment_sees_order_and_coverage() -> None:
    """Sentences in order count more than the same ones shuffled, and half a text covers half."""
    told = TEXT.split(". ")
    shuffled = ". ".join(told[::-1])
    texts = [TEXT, TEXT, shuffled, "Nothing of this. Was ever said. By anyone here."]
    aligner = Aligner([sketch(str(n), text) for n, text in enumerate(texts)], WordEncoder())
    rows = aligner.measure(np.array([[0, 1], [0, 2], [0, 3]], dtype=np.int32))
    same, mixed, other = (dict(zip(ALIGNMENT, row, strict=True)) for row in rows.tolist())
    assert same["aligned"] == pytest.approx(1, abs=5e-3)
    assert same["ordered"] > mixed["ordered"]
    assert mixed["aligned"] > 0.8 > other["aligned"]


def test_an_empty_article_aligns_with_nothing() -> None:
    """No sentence, no evidence, no error."""
    aligner = Aligner([sketch("a", "", title=""), sketch("b", TEXT)], WordEncoder())
    row = aligner.measure(np.array([[0, 1]], dtype=np.int32))
    assert row.tolist() == [[0.0] * len(ALIGNMENT)]
