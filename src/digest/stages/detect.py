"""Tells the language of an article."""

from __future__ import annotations

from digest.ports import Detector
from digest.records import Article, Language

VERSION = "2"  #: raised whenever the same input would give another result


def detect(article: Article, *, detector: Detector) -> Language:
    """Return the article's language, from title and text together; hints are evidence only."""
    hints = (article.language_hint,) if article.language_hint else ()
    language, confidence = detector.detect(article.text, title=article.title, hints=hints)
    return Language(article.id, language, confidence)
