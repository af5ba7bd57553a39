"""What is compared of an article, as numbers: its words, names, figures, shingles, day."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.mentions import fold, names, numbers
from digest.text import content_hash, parse_time, url_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.records import Article, Language

# Kana and Han characters: each is a word.
WIDE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{WIDE}]|[^\W_{WIDE}]+(?:['’.\-][^\W_{WIDE}]+)*")
SHINGLE = 4  # words; a Han character or kana is a word
MIX = np.uint64(0x9E3779B97F4A7C15)
COLUMNS = 1 << 22  # of a word's hash; two words of a window seldom share one
IN_TITLE = 2  # further mentions that one in the title counts for: it says what the article is about
REMEMBERED = 400_000  # words
SKETCHES = 150_000  # kept for the stage after this one, which sees the same window
MOST = 3  # mentions beyond which one says no more


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Distinct terms as sorted columns, with how often each stands there."""

    columns: NDArray[np.int32]
    counts: NDArray[np.float32]


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
    length: int  #: words
    hash: str
    shingles: NDArray[np.uint64]  #: sorted, distinct
    words: Terms
    names: Terms  #: at most `MOST` each
    numbers: Terms


def make_sketches(articles: Sequence[Article], languages: Mapping[str, Language]) -> list[Sketch]:
    """Return a sketch of each article, by date and id: the order in which articles found groups."""
    sketches = [_kept(article, languages.get(article.id)) for article in articles]
    return sorted(sketches, key=lambda one: (one.day is None, one.day or 0.0, one.id))


@lru_cache(maxsize=SKETCHES)
def _kept(article: Article, language: Language | None) -> Sketch:
    return make_sketch(article, language)


def make_sketch(article: Article, language: Language | None) -> Sketch:
    """Return what is compared of one article."""
    title, text = article.title or "", article.text or ""
    words = WORD.findall(f"{title}\n{text}".casefold())
    known = list(map(_known.__getitem__, words))
    when = parse_time(article.published)
    return Sketch(
        id=article.id,
        title=title,
        text=text,
        url=_key(article.url),
        via=article.via.id if article.via else None,
        alternates=frozenset(key for url in article.alternates if (key := _key(url))),
        day=when.timestamp() / 86400 if when else None,
        language=language.language if language else "und",
        length=len(words),
        hash=article.content_hash or content_hash(title, text),
        shingles=_shingles([one[0] for one in known]),
        words=_word_terms(words, known),
        names=_mentions(names(title), names(text)),
        numbers=_mentions(numbers(title), numbers(text)),
    )


def terms(text: str) -> list[str]:
    """Return the folded words of a text in order; of Chinese and Japanese, pairs of characters."""
    return list(_folded(WORD.findall(text.casefold())))


@lru_cache(maxsize=REMEMBERED)
def column(term: str) -> int:
    """Return the column of a folded term: 22 bits of its hash."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=4).digest(), "big") % COLUMNS


def _folded(words: Iterable[str]) -> Iterable[str]:
    before = ""
    for word in words:
        if len(word) == 1 and _is_wide(word):
            if before:
                yield before + word
            before = word
        else:
            before = ""
            yield fold(word)


def _is_wide(character: str) -> bool:
    return "\u3040" <= character <= "\ufaff"


class _Known(dict[str, tuple[int, int]]):
    """The 64-bit hash and the column of each word seen: a window says the same words again."""

    def __missing__(self, word: str) -> tuple[int, int]:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[word] = _hash(word), column(fold(word))
        return found


_known = _Known()


def _word_terms(words: Sequence[str], known: Sequence[tuple[int, int]]) -> Terms:
    """Return the distinct terms, once each."""
    wide = any(len(word) == 1 and _is_wide(word) for word in words)
    columns = set(map(column, _folded(words))) if wide else {one[1] for one in known}
    return _terms(dict.fromkeys(columns, 1))


def _mentions(title: Mapping[str, int], text: Mapping[str, int]) -> Terms:
    counts = {
        column(key): min(MOST, text.get(key, 0) + (1 + IN_TITLE) * title.get(key, 0))
        for key in {**text, **title}
    }
    return _terms(counts)


def _terms(counts: Mapping[int, int]) -> Terms:
    columns = np.fromiter(counts.keys(), dtype=np.int32, count=len(counts))
    values = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
    order = np.argsort(columns)
    return Terms(columns[order], values[order])


def _key(url: str | None) -> str | None:
    try:
        return url_key(url) if url else None
    except ValueError:
        return None


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def _shingles(words: Sequence[int]) -> NDArray[np.uint64]:
    """Return the hashes of each run of four words' hashes; of all words where there are fewer."""
    if not words:
        return np.empty(0, dtype=np.uint64)
    hashes = np.array(words, dtype=np.uint64)
    width = min(SHINGLE, len(words))
    mixed = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for place in range(width):
        mixed = (mixed ^ hashes[place : len(words) - width + 1 + place]) * MIX
        mixed ^= mixed >> np.uint64(29)
    mixed.sort()  # for so few, ten times as fast as np.unique
    new = np.ones(len(mixed), dtype=bool)
    np.not_equal(mixed[1:], mixed[:-1], out=new[1:])
    return mixed[new]
