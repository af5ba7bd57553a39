"""The languages that a starter package reads, by every name that one of them goes by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reads:
    """One source language.

    Args:
        language: its name in the data and in Digest (BCP-47).
        code: Argos's code.
        name: Argos's name.
        official: BLEU on FLORES of Argos's own package, as published; None where none is.
    """

    language: str
    code: str
    name: str
    official: float | None

    @property
    def tag(self) -> str:
        """Return the piece that begins every source sentence of the language."""
        return f"<{self.language}>"


READS = (
    Reads("de", "de", "German", 36.2),
    Reads("es", "es", "Spanish", 25.1),
    Reads("fr", "fr", "French", 39.5),
    Reads("it", "it", "Italian", 28.6),
    Reads("ja", "ja", "Japanese", 16.3),
    Reads("nl", "nl", "Dutch", 29.4),
    Reads("pt", "pt", "Portuguese", 44.0),
    Reads("zh-Hans", "zh", "Chinese", 23.3),
    Reads("zh-Hant", "zt", "Chinese (traditional)", None),
)
LANGUAGES = tuple(each.language for each in READS)
TAGS = tuple(each.tag for each in READS)  #: in this order in every vocabulary
TARGET = "en"


def reads(language: str) -> Reads:
    """Return what is known of a source language.

    Raises:
        KeyError: where it is none of ours.
    """
    return {each.language: each for each in READS}[language]
