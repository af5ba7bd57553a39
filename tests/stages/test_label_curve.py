"""How likely a label is right, by its cues and its nearness."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from digest.stages.label_curve import ALL, CUES, SIGNS, Spoken, load_curve, signs_of
from digest.stages.label_weights import FILE, LabelWeights, load_weights
from digest.stages.taxonomy import load_knowledge
from digest.text import make_id

PLAIN = Spoken(points=1.5, titled=0.0, strong=True, near=1.0, management=False)


def likelihood(one: Spoken, *, rival: float = 0.0, nearest: float = 1.0) -> float:
    """Return how likely the shipped curve thinks a label."""
    return load_curve().likelihood(signs_of(one, rival=rival, nearest=nearest))


def test_the_curve_has_a_weight_for_each_sign() -> None:
    """With an encoder and without one; its source says what it was learned from."""
    assert set(load_curve().learned) == {"bias", *ALL}
    assert set(load_curve().both) == {"bias", *SIGNS}
    assert set(load_curve().cues) == {"bias", *CUES}
    assert 0 < load_curve().given < 1


@pytest.mark.parametrize("near", [None, 1.0])
def test_more_cues_make_a_label_likelier_and_a_rival_less(near: float | None) -> None:
    """So too where no encoder knows the language."""
    one = Spoken(1.5, 0.0, True, near, False)
    more = Spoken(4.0, 0.0, True, near, False)
    assert likelihood(one, rival=4.0) < likelihood(one) < likelihood(more)


def test_nearness_makes_a_label_likelier() -> None:
    """Of two labels with the same cues the nearer one is likelier; alone it needs more of it."""
    far, near = Spoken(1.5, 0.0, True, 0.0, False), Spoken(1.5, 0.0, True, 3.0, False)
    assert likelihood(far, nearest=3.0) < likelihood(PLAIN, nearest=3.0)
    assert likelihood(PLAIN, nearest=3.0) < likelihood(near, nearest=3.0)
    alone = Spoken(0.0, 0.0, False, 3.0, False)
    assert likelihood(alone, nearest=3.0) < likelihood(near, nearest=3.0)


def test_without_an_encoder_the_signs_of_nearness_are_missing() -> None:
    """They are not nought, which would speak against the label."""
    signs = signs_of(Spoken(1.5, 0.0, True, None, False), rival=0.0, nearest=0.0)
    assert set(signs) == set(CUES)


def test_what_texts_taught_makes_a_label_likelier() -> None:
    """Of two labels of which the same is said, the one that labelled texts speak for."""
    low, high = (Spoken(1.5, 0.0, True, 1.0, False, learned) for learned in (0.0, 0.6))
    far, near = (signs_of(one, rival=0.0, nearest=1.0, leading=0.6) for one in (low, high))
    assert set(near) == set(ALL)
    assert load_curve().likelihood(far) < load_curve().likelihood(near)


def test_the_weights_are_those_of_the_curve() -> None:
    """One column a label, in the order of the curve's names; the file is named by its hash."""
    names, weights = load_curve().names, load_weights()
    assert set(names) == {one.name for one in load_knowledge().categories}
    assert weights.known.shape == (len(weights.worth), len(load_curve().centre))
    assert weights.worth.shape == (len(weights.known), len(names))
    assert weights.bias.shape == (len(names),)
    data = (resources.files("digest") / "data" / FILE).read_bytes()
    assert load_curve().weights == make_id(data.hex())


def test_a_known_text_speaks_for_its_labels_the_more_the_nearer_it_is() -> None:
    """Of two known texts the nearer one has the say; far from both, only the share is left."""
    known = np.array([[1, 0], [0, 1]], dtype=np.float32)
    weights = LabelWeights(known, np.eye(2, dtype=np.float32), np.zeros(2, np.float32), 2.0)
    first, second = weights.scores(np.array([1, 0], dtype=np.float32))
    assert first == pytest.approx(1.0)
    assert second == pytest.approx(np.exp(-2.0))
    far = weights.scores(np.array([-0.7, -0.7], dtype=np.float32))
    assert max(far) < second
