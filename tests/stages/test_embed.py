"""Embed gives each article a vector, whatever its language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.records import Article, Language
from digest.stages.embed import embed


class LengthEncoder:
    """An encoder whose vectors show which text they were made of."""

    model = "length@1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def knows(self, language: str) -> bool:
        """Return whether it is English."""
        return language == "en"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return each text's length beside a one."""
        self.read += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(-1, 2)


def make_article(id: str, *, title: str, text: str) -> Article:
    return Article(
        id=id,
        source="s",
        url=None,
        title=title,
        text=text,
        authors=(),
        published=None,
        published_from="",
        first_seen="2026-10-01T00:00:00+00:00",
        language_hint=None,
        site="",
        publisher="p",
        voice="independent",
    )


def test_every_article_gets_the_vector_of_title_and_text() -> None:
    """Unknown languages too: the vector's reader asks `knows`, and the order is kept."""
    encoder = LengthEncoder()
    batch = [
        (make_article("a", title="Title", text="Text."), Language("a", "en", 1.0)),
        (make_article("b", title="", text="Nur Text."), Language("b", "de", 1.0)),
    ]

    result = list(embed(batch, encoder=encoder))

    assert encoder.read == ["Title\nText.", "Nur Text."]
    assert [(row.id, row.model, row.vector.tolist()) for row in result] == [
        ("a", "length@1", [11, 1]),
        ("b", "length@1", [9, 1]),
    ]


def test_an_empty_batch_gives_nothing() -> None:
    """Nothing waiting is no error."""
    assert list(embed([], encoder=LengthEncoder())) == []
