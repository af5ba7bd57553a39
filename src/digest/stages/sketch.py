"""What is compared of an article, as numbers: its words, names, figures, shingles, day."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from digest.stages.beside import map_beside
from digest.stages.forgetting import forget_articles
from digest.stages.patience import give_back
from digest.stages.tails import without_tail
from digest.stages.terms import Mentioned, Read, forget_words, read_texts
from digest.text import content_hash, parse_time, url_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.records import Article, Language

SKETCHES = 150_000  # kept for the stage after this one, which sees the same window
BATCH = 1_000  # articles that are read at once
ROWS = tuple(range(BATCH))  # one object for each place in a batch
MANY = 10_000  # articles that are worth a second process: half of their time is a second


class Terms(NamedTuple):  # made in a third of the time that a frozen dataclass takes
    """Distinct terms as sorted columns, with how often each stands there."""

    columns: NDArray[np.int32]
    counts: NDArray[np.float32]
    told: tuple[str, ...] = ()  #: names and numbers in words, in the columns' order


class Parts(Protocol):
    """What was read of some texts."""

    def shingles(self, row: int) -> NDArray[np.uint32]:
        """Return the sorted, distinct hashes of a text's runs of words."""

    def words(self, row: int) -> Terms:
        """Return the words of a text."""

    def names(self, row: int) -> Terms:
        """Return the names that a text mentions, counted up to three times each."""

    def numbers(self, row: int) -> Terms:
        """Return the numbers that a text mentions, likewise."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """One article, ready for comparing."""

    id: str
    title: str
    text: str  #: without the standing text at its end
    url: str | None  #: as `digest.text.url_key` writes it
    via: str | None
    alternates: frozenset[str]  #: likewise
    day: float | None  #: days since 1970, None where undated
    language: str
    length: int  #: words
    hash: str
    parts: Parts  #: what was read of it, and of others with it
    row: int  #: its place among these

    # Arrays are made when they are asked for: those of 100,000 articles would weigh more than all
    # that stands in them.

    @property
    def shingles(self) -> NDArray[np.uint32]:
        """Hashes of its runs of words, sorted, distinct."""
        return self.parts.shingles(self.row)

    @property
    def words(self) -> Terms:
        """Its words."""
        return self.parts.words(self.row)

    @property
    def names(self) -> Terms:
        """Names that it mentions, counted up to three times each."""
        return self.parts.names(self.row)

    @property
    def numbers(self) -> Terms:
        """Numbers that it mentions, likewise."""
        return self.parts.numbers(self.row)


_kept: dict[tuple[Any, ...], Sketch] = {}
_lock = threading.Lock()


def make_sketches(articles: Sequence[Article], languages: Mapping[str, Language]) -> list[Sketch]:
    """Return a sketch of each article, by date and id: the order in which articles found groups."""
    spoken = [languages[one.id].language if one.id in languages else "und" for one in articles]
    batch = list(zip(articles, spoken, map(_key_of, articles, spoken), strict=True))
    with _lock:
        new = [entry for entry in batch if entry[2] not in _kept]
        if new and len(_kept) + len(new) > SKETCHES:  # a larger window is kept for its next stage
            _kept.clear()
            forget_articles()
            new = batch
        give_back(len(new))
        parts = [new[start : start + BATCH] for start in range(0, len(new), BATCH)]
        texts = [
            [(one.title or "", without_tail(one.text or "")) for one, _, _ in part]
            for part in parts
        ]
        found = map_beside(read_texts, texts, two=len(new) >= MANY)
        for part, compared, read in zip(parts, texts, found, strict=True):
            spoken_of = [(article, language) for article, language, _ in part]
            made = _sketches(spoken_of, [text for _, text in compared], read)
            _kept.update(zip((key for _, _, key in part), made, strict=True))
        forget_words()
        give_back(len(new))
        sketches = [_kept[key] for _, _, key in batch]
    return sorted(sketches, key=lambda one: (one.day is None, one.day or 0.0, one.id))


def _key_of(one: Article, language: str) -> tuple[Any, ...]:
    """Return all of an article that its sketch is made of; texts remember their own hash."""
    made_of = (one.id, one.title, one.text, one.url, one.published, one.content_hash)
    return (*made_of, one.via, one.alternates, language)


def make_sketch(article: Article, language: Language | None) -> Sketch:
    """Return what is compared of one article."""
    return make_sketches([article], {article.id: language} if language else {})[0]


def _sketches(
    batch: Sequence[tuple[Article, str]], texts: Sequence[str], read: Read
) -> Iterator[Sketch]:
    """Yield the sketches of articles of which the texts have been read."""
    return map(_sketch, batch, texts, read.lengths.tolist(), repeat(Batch(read)), ROWS)


def _sketch(key: tuple[Article, str], text: str, length: int, parts: Parts, row: int) -> Sketch:
    article, language = key
    title = article.title or ""
    when = parse_time(article.published)
    return Sketch(
        id=article.id,
        title=title,
        text=text,
        url=_key(article.url),
        via=article.via.id if article.via else None,
        alternates=_keys(article.alternates),
        day=when.timestamp() / 86400 if when else None,
        language=language,
        length=length,
        hash=article.content_hash or content_hash(title, article.text or ""),
        parts=parts,
        row=row,
    )


class Batch:
    """What was read of texts at once.

    A name that many mention is one string, and so is one that many batches mention.
    """

    __slots__ = ("_names", "_numbers", "_shingles", "_words")

    def __init__(self, read: Read) -> None:
        self._shingles, self._words = read.shingles, read.words
        self._names, self._numbers = _interned(read.names), _interned(read.numbers)

    def shingles(self, row: int) -> NDArray[np.uint32]:
        """Return the sorted, distinct hashes of a text's runs of words."""
        return self._shingles.of(row)

    def words(self, row: int) -> Terms:
        """Return the words of a text."""
        columns = self._words.of(row)
        return Terms(columns, _ones(len(columns)))

    def names(self, row: int) -> Terms:
        """Return the names that a text mentions."""
        return _terms(self._names, row)

    def numbers(self, row: int) -> Terms:
        """Return the numbers that a text mentions."""
        return _terms(self._numbers, row)


def _interned(found: Mentioned) -> Mentioned:
    return replace(found, told=list(map(sys.intern, found.told)))


def _terms(found: Mentioned, row: int) -> Terms:
    start, end = found.columns.span(row)
    if start == end:
        return NOTHING
    told = tuple(found.told[start:end])
    return Terms(found.columns.values[start:end], found.counts[start:end], told)


@lru_cache(maxsize=10_000)
def _ones(count: int) -> NDArray[np.float32]:
    """Return so many ones, the same for all texts that ask."""
    ones = np.ones(count, dtype=np.float32)
    ones.flags.writeable = False
    return ones


NONE: frozenset[str] = frozenset()
NOTHING = Terms(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


def _keys(urls: Iterable[str]) -> frozenset[str]:
    return frozenset([at for url in urls if (at := _key(url))]) or NONE


def _key(url: str | None) -> str | None:
    try:
        return url_key(url) if url else None
    except ValueError:
        return None
