"""Tells the language of an article."""

from __future__ import annotations

from collections import Counter

from digest.ports import Detector
from digest.records import Article, Language
from digest.stages.judge import SCRIPTS, script_of

VERSION = "3"  #: raised whenever the same input would give another result
ENOUGH = 2_000  #: characters by which a text's script is told
TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def detect(article: Article, *, detector: Detector, doubtful: float = 0.0) -> Language:
    """Return the article's language, from title and text together; hints are evidence only.

    Args:
        article: its hint is the page's, the feed's or the source's language.
        detector: tells languages.
        doubtful: below this confidence a hint wins, if the text is in a script of its language.
    """
    hint = article.language_hint or ""
    hints = (hint,) if hint else ()
    language, confidence = detector.detect(article.text, title=article.title, hints=hints)
    if confidence < doubtful and hint and _could_be(article, hint):
        return Language(article.id, _plain(hint), confidence)
    return Language(article.id, language, confidence)


def _could_be(article: Article, hint: str) -> bool:
    letters = filter(str.isalpha, f"{article.title} {article.text}"[:ENOUGH])
    scripts = Counter(map(script_of, letters)).most_common(1)
    return bool(scripts) and scripts[0][0] == SCRIPTS.get(_plain(hint).split("-")[0], "LATIN")


def _plain(hint: str) -> str:
    """Return a hint as detected languages are written: without a region, Chinese by its script."""
    first, *rest = hint.replace("_", "-").casefold().split("-")
    if first == "zh":
        return "zh-Hant" if TRADITIONAL & set(rest) else "zh-Hans"
    return {"no": "nb"}.get(first, first)
