"""Articles, stories and classifications for the tests of news judgement."""

from __future__ import annotations

from typing import Any

from digest.records import (
    Article,
    Classification,
    Drop,
    Label,
    Language,
    Launch,
    Quote,
    Story,
)
from digest.stages.classify import classify
from digest.stages.taxonomy import load_knowledge


def make_article(text: str = "", *, title: str = "", id: str = "a", **fields: Any) -> Article:
    """Return an article of an independent publisher, of November 2026 unless said otherwise."""
    known: dict[str, Any] = {
        "source": "s",
        "url": None,
        "authors": (),
        "published": "2026-11-10",
        "published_from": "page",
        "first_seen": "2026-11-11T00:00:00+00:00",
        "language_hint": None,
        "site": "",
        "publisher": "The Ledger",
        "voice": "independent",
    }
    return Article(id=id, title=title, text=text, **{**known, **fields})


def read(text: str, language: str = "en", **fields: Any) -> Classification:
    """Return what the classifier says of a text; it must not drop it."""
    result = answer(text, language, **fields)
    assert isinstance(result, Classification), result
    return result


def answer(text: str, language: str = "en", **fields: Any) -> Classification | Drop:
    """Return the classifier's answer, a drop included."""
    article = make_article(text, **fields)
    return classify(article, Language(article.id, language, 1.0), knowledge=load_knowledge())


def make_story(*members: Article) -> Story:
    """Return the story of some articles."""
    ids = tuple(member.id for member in members)
    publishers = tuple(sorted({member.publisher for member in members}))
    return Story(ids[0], ids, ids[0], publishers, members[0].published, members[-1].published)


def make_launch(event: str = "launch", *, article: str = "a") -> Launch:
    """Return a launch whose proof stands in an article."""
    return Launch("Acme", "Nova", event, None, Quote("Acme launched Nova.", article, 0, 19))


def make_label(name: str, confidence: float = 0.5) -> Label:
    """Return a label without proof."""
    return Label(name, confidence, None)
