"""How an article gets its language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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


class Unsure(Echo):
    """A detector that names Dutch, with little confidence."""

    def detect(self, text: str, *, title: str = "", hints: Sequence[str] = ()) -> tuple[str, float]:
        """Answer "nl"."""
        return "nl", 0.3


@pytest.mark.parametrize(
    ("hint", "doubtful", "language"),
    [
        ("af-ZA", 0.5, "af"),
        ("af-ZA", 0.2, "nl"),  # sure enough
        ("ru", 0.5, "nl"),  # no letter of the text is Cyrillic
        (None, 0.5, "nl"),
        ("no", 0.5, "nb"),
    ],
)
def test_a_hint_wins_over_a_doubtful_guess(
    hint: str | None, doubtful: float, language: str
) -> None:
    """Below the settings' confidence the source knows better; its script has to fit."""
    found = detect(article(hint), detector=Unsure(), doubtful=doubtful)
    assert found == Language("a1", language, 0.3)


def test_a_doubtful_hint_names_the_chinese_script() -> None:
    """A region of a hint becomes the script that is written there."""
    text = replace(article("zh-TW"), title="", text="中")
    assert detect(text, detector=Unsure(), doubtful=0.5).language == "zh-Hant"
