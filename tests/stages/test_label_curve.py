"""How likely a label is right, by its cues and its nearness."""

from __future__ import annotations

import pytest

from digest.stages.label_curve import CUES, SIGNS, Spoken, load_curve, signs_of

PLAIN = Spoken(points=1.5, titled=0.0, strong=True, near=1.0, management=False)


def likelihood(one: Spoken, *, rival: float = 0.0, nearest: float = 1.0) -> float:
    """Return how likely the shipped curve thinks a label."""
    return load_curve().likelihood(signs_of(one, rival=rival, nearest=nearest))


def test_the_curve_has_a_weight_for_each_sign() -> None:
    """With an encoder and without one; its source says what it was learned from."""
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
