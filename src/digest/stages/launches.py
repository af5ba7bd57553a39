"""Launch records from an article's own sentences."""

from __future__ import annotations

from collections.abc import Sequence

from digest.records import Article, Label, Launch
from digest.stages.taxonomy import Knowledge


def find_launches(
    article: Article, language: str, *, knowledge: Knowledge, labels: Sequence[Label]
) -> tuple[Launch, ...]:
    """Return what vendors did, each proved by a sentence of the article."""
    return ()
