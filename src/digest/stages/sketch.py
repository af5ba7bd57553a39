"""What is compared of an article: its shingles, mentions, day and language."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.mentions import names, numbers
from digest.text import WORD, content_hash, normalise, parse_time, url_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.records import Article, Language

SHINGLE = 4  # words; a Han character or kana is a word
MIX = np.uint64(0x9E3779B97F4A7C15)
TITLE_WEIGHT = 2  # a name in the title says what the article is about


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """One article, ready for comparing."""

    id: str
    title: str
    text: str
    url: str | None  #: as `digest.text.url_key` writes it
    via: str | None
    alternates: frozenset[str]  #: likewise
    day: float | None  #: days since 1970, None where undated
    language: str
    words: int
    hash: str
    shingles: NDArray[np.uint64]  #: sorted, distinct
    numbers: Counter[str]
    names: Counter[str]
    known: frozenset[str]  #: every word, folded: a name may stand there in lower case


def make_sketches(articles: Sequence[Article], languages: Mapping[str, Language]) -> list[Sketch]:
    """Return a sketch of each article, by date and id: the order in which articles found groups."""
    sketches = [_sketch(article, languages) for article in articles]
    return sorted(sketches, key=lambda one: (one.day is None, one.day or 0.0, one.id))


def _sketch(article: Article, languages: Mapping[str, Language]) -> Sketch:
    whole = f"{article.title or ''}\n{article.text or ''}"
    words = [word.casefold() for word in WORD.findall(whole)]
    when = parse_time(article.published)
    language = languages.get(article.id)
    return Sketch(
        id=article.id,
        title=article.title or "",
        text=article.text or "",
        url=_key(article.url),
        via=article.via.id if article.via else None,
        alternates=frozenset(key for url in article.alternates if (key := _key(url))),
        day=when.timestamp() / 86400 if when else None,
        language=language.language if language else "und",
        words=len(words),
        hash=article.content_hash or content_hash(article.title or "", article.text or ""),
        shingles=_shingles(words),
        numbers=_mentions(numbers, article),
        names=_mentions(names, article),
        known=frozenset(normalise(whole).split()),
    )


def _mentions(find: type[Counter[str]] | object, article: Article) -> Counter[str]:
    title, text = find(article.title or ""), find(article.text or "")  # type: ignore[operator]
    return Counter({key: text[key] + TITLE_WEIGHT * title[key] for key in {**text, **title}})


def _key(url: str | None) -> str | None:
    try:
        return url_key(url) if url else None
    except ValueError:
        return None


@lru_cache(maxsize=500_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def _shingles(words: Sequence[str]) -> NDArray[np.uint64]:
    """Return the hashes of each run of four words; of all words where there are fewer."""
    if not words:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter((_hash(word) for word in words), dtype=np.uint64, count=len(words))
    width = min(SHINGLE, len(words))
    mixed = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for place in range(width):
        mixed = (mixed ^ hashes[place : len(words) - width + 1 + place]) * MIX
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)
