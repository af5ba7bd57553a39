from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.stages.recent import RememberingEncoder
from digest.testing import WordEncoder


class Counting:
    """An encoder that notes what it is asked."""

    model = "words@1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def knows(self, language: str) -> bool:
        """Return whether it is English."""
        return language == "en"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `WordEncoder`."""
        self.asked += texts
        return WordEncoder().encode(texts)


def test_a_text_is_read_once() -> None:
    """The vectors are the encoder's own; only what is new is asked for."""
    inner = Counting()
    encoder = RememberingEncoder(inner)
    first = encoder.encode(["one", "two", "one"])
    again = encoder.encode(["two", "three"])
    assert inner.asked == ["one", "two", "three"]
    assert np.array_equal(first, WordEncoder().encode(["one", "two", "one"]))
    assert np.array_equal(again, WordEncoder().encode(["two", "three"]))
    assert (encoder.model, encoder.knows("en"), encoder.knows("de")) == ("words@1", True, False)


def test_the_oldest_texts_are_forgotten() -> None:
    """No more vectors are kept than allowed; more texts at once are answered all the same."""
    inner = Counting()
    encoder = RememberingEncoder(inner, most=2)
    assert len(encoder.encode(["one", "two", "three"])) == 3
    encoder.encode(["three", "one"])
    assert inner.asked == ["one", "two", "three", "one"]


def test_no_text_gives_no_vector() -> None:
    """An empty list has the width of the others."""
    assert RememberingEncoder(Counting()).encode([]).shape == (0, 256)


def test_many_texts_at_once_are_not_remembered() -> None:
    """A whole window is read once anyway, and would push out what is wanted again."""
    inner = Counting()
    encoder = RememberingEncoder(inner, at_once=2)
    assert len(encoder.encode(["one", "two", "three"])) == 3
    encoder.encode(["three", "one"])
    encoder.encode(["one"])
    assert inner.asked == ["one", "two", "three", "three", "one"]
