"""How an article gets its language."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digest.records import Article, Language
from digest.stages.detect import detect


class Echo:
    """A detector that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, tuple[str, ...]]] = []

    def detect(self, text: str, *, title: str = "", hints: Sequence[str] = ()) -> tuple[str, float]:
        """Remember the question and answer "de"."""
        self.asked.append((text, title, tuple(hints)))
        return "de", 0.75


def article(hint: str | None) -> Article:
    """Return an article with this language hint."""
    return Article(
        id="a1",
        source="daily",
        url=None,
        title="Titel",
        text="Text",
        authors=(),
        published=None,
        published_from="",
        first_seen="2026-10-06",
        language_hint=hint,
        site="",
        publisher="Daily",
        voice="independent",
    )


@pytest.mark.parametrize(("hint", "hints"), [("de-DE", ("de-DE",)), (None, ())])
def test_title_text_and_hint_reach_the_detector(hint: str | None, hints: tuple[str, ...]) -> None:
    """All the evidence is handed over, and the answer is kept with its confidence."""
    echo = Echo()
    assert detect(article(hint), detector=echo) == Language("a1", "de", 0.75)
    assert echo.asked == [("Text", "Titel", hints)]
