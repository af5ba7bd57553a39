"""A packed sketch gives the same first look at a pair as the sketch itself."""

import numpy as np

from digest.records import Language
from digest.stages.evidence import Measurer
from digest.stages.packed import pack, unpack
from digest.stages.sketch import make_sketch
from digest.testing import make_article
from tests.generated_news import make_news

NEWS, _ = make_news(12)


def test_pairs_of_packed_sketches_are_measured_alike() -> None:
    """Words, names, numbers, wording and length come back; texts don't."""
    sketches = [make_sketch(one, Language(one.id, "zh-Hans", 1.0)) for one in NEWS]
    packed = [unpack(one.id, pack(one)) for one in sketches]
    vectors = np.eye(len(NEWS), dtype=np.float32)
    pairs = np.array([(n, n + 1) for n in range(len(NEWS) - 1)], dtype=np.int32)
    first, again = Measurer(sketches, vectors), Measurer(packed, vectors)
    assert np.allclose(first.measure(pairs), again.measure(pairs))
    assert [(one.language, one.day) for one in packed] == [
        (one.language, one.day) for one in sketches
    ]
    assert {one.text for one in packed} == {""}


def test_an_undated_article_without_words_can_be_packed() -> None:
    """Nothing but a language comes back as nothing but a language."""
    empty = make_sketch(make_article(title="", text="", published=None), None)
    again = unpack("a1", pack(empty))
    assert (again.day, again.length, again.language) == (None, 0, "und")
    assert len(again.words.columns) == len(again.shingles) == 0
