"""What is compared of an article, as numbers: its words, names, figures, shingles, day."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.stages.lexicon import WORD, Lexicon, column, pair_columns
from digest.stages.mentions import names, numbers
from digest.text import content_hash, parse_time, url_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.records import Article, Language

SHINGLE = 4  # words; a Han character or kana is a word
MIX = np.uint64(0x9E3779B97F4A7C15)
IN_TITLE = 2  # further mentions that one in the title counts for: it says what the article is about
SKETCHES = 150_000  # kept for the stage after this one, which sees the same window
MOST = 3  # mentions beyond which one says no more
WORDS = 100_000  # that stay known when a large window has been read
BATCH = 2_000  # articles whose words are numbered at once


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Distinct terms as sorted columns, with how often each stands there."""

    columns: NDArray[np.int32]
    counts: NDArray[np.float32]
    told: tuple[str, ...] = ()  #: names and numbers in words, in the columns' order


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
    shingles: NDArray[np.uint32]  #: sorted, distinct
    words: Terms
    names: Terms  #: at most `MOST` each
    numbers: Terms


_lexicon = Lexicon()
_kept: dict[tuple[Any, ...], Sketch] = {}
_lock = threading.Lock()


def make_sketches(articles: Sequence[Article], languages: Mapping[str, Language]) -> list[Sketch]:
    """Return a sketch of each article, by date and id: the order in which articles found groups."""
    spoken = [languages[one.id].language if one.id in languages else "und" for one in articles]
    batch = list(zip(articles, spoken, map(_key_of, articles, spoken), strict=True))
    with _lock:
        new = [entry for entry in batch if entry[2] not in _kept]
        if len(_kept) + len(new) > SKETCHES:
            _kept.clear()
            new = batch
        for start in range(0, len(new), BATCH):
            part = new[start : start + BATCH]
            made = _sketch_batch([(article, language) for article, language, _ in part])
            _kept.update(zip((key for _, _, key in part), made, strict=True))
        _lexicon.forget(WORDS)
        sketches = [_kept[key] for _, _, key in batch]
    return sorted(sketches, key=lambda one: (one.day is None, one.day or 0.0, one.id))


def _key_of(one: Article, language: str) -> tuple[Any, ...]:
    """Return all of an article that its sketch is made of; texts remember their own hash."""
    made_of = (one.id, one.title, one.text, one.url, one.published, one.content_hash)
    return (*made_of, one.via, one.alternates, language)


def make_sketch(article: Article, language: Language | None) -> Sketch:
    """Return what is compared of one article."""
    return make_sketches([article], {article.id: language} if language else {})[0]


def _sketch_batch(batch: Sequence[tuple[Article, str]]) -> Iterator[Sketch]:
    _lexicon.forget()
    split = [WORD.findall(f"{one.title or ''}\n{one.text or ''}".casefold()) for one, _ in batch]
    lengths = np.array([len(words) for words in split], dtype=np.int64)
    known = _lexicon.numbers(chain.from_iterable(split))
    rows = np.repeat(np.arange(len(split)), lengths)
    shingles = _shingles(_lexicon.hashes(known), lengths)
    return map(_sketch, batch, lengths.tolist(), shingles, _words(known, rows, len(split)))


def _sketch(
    key: tuple[Article, str], length: int, shingles: NDArray[np.uint32], words: Terms
) -> Sketch:
    article, language = key
    title, text = article.title or "", article.text or ""
    when = parse_time(article.published)
    return Sketch(
        id=article.id,
        title=title,
        text=text,
        url=_key(article.url),
        via=article.via.id if article.via else None,
        alternates=frozenset(at for url in article.alternates if (at := _key(url))),
        day=when.timestamp() / 86400 if when else None,
        language=language,
        length=length,
        hash=article.content_hash or content_hash(title, text),
        shingles=shingles,
        words=words,
        names=_mentions(names(title), names(text)),
        numbers=_mentions(numbers(title), numbers(text)),
    )


def _words(known: NDArray[np.int64], rows: NDArray[np.int64], count: int) -> Iterator[Terms]:
    """Yield the distinct terms of each text: words, and pairs of wide characters."""
    columns, wide = _lexicon.columns(known), _lexicon.wide(known)
    pairs = np.flatnonzero((wide[1:] > 0) & (wide[:-1] > 0) & (rows[1:] == rows[:-1]))
    spaced = columns >= 0
    every = np.concatenate([columns[spaced], pair_columns(wide[pairs], wide[pairs + 1])])
    keys = np.unique(np.concatenate([rows[spaced], rows[pairs]]) << 32 | every.astype(np.int64))
    ends = np.searchsorted(keys >> 32, np.arange(count), side="right").tolist()
    columns = (keys & 0xFFFFFFFF).astype(np.int32)
    for start, end in zip([0, *ends], ends, strict=False):
        yield Terms(columns[start:end], _ones(end - start))


def _ones(count: int) -> NDArray[np.float32]:
    """Return so many ones, which most texts share."""
    return ONES[:count] if count <= len(ONES) else np.ones(count, dtype=np.float32)


ONES = np.ones(10_000, dtype=np.float32)


def _mentions(title: Mapping[str, int], text: Mapping[str, int]) -> Terms:
    if not title and not text:
        return NOTHING
    weighed = dict(text)
    for key, count in title.items():
        weighed[key] = weighed.get(key, 0) + (1 + IN_TITLE) * count
    columns = {column(key): key for key in weighed}
    order = sorted(columns)
    told = tuple([columns[one] for one in order])
    counts = [min(MOST, weighed[key]) for key in told]
    return Terms(np.array(order, dtype=np.int32), np.array(counts, dtype=np.float32), told)


NOTHING = Terms(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


@lru_cache(maxsize=SKETCHES)
def _key(url: str | None) -> str | None:
    try:
        return url_key(url) if url else None
    except ValueError:
        return None


def _shingles(
    hashes: NDArray[np.uint64], lengths: NDArray[np.int64]
) -> Iterator[NDArray[np.uint32]]:
    """Yield the hashes of each text's runs of four words; of all words where there are fewer.

    Args:
        hashes: of the words of all texts, one after the other.
        lengths: words of each text.
    """
    mixed = _runs(hashes, SHINGLE)  # also across texts: those are not looked at
    starts = (np.cumsum(lengths) - lengths).tolist()
    for start, length in zip(starts, lengths.tolist(), strict=True):
        if length >= SHINGLE:
            yield _distinct(mixed[start : start + length - SHINGLE + 1])
        else:
            yield _distinct(_runs(hashes[start : start + length], length))


def _runs(hashes: NDArray[np.uint64], width: int) -> NDArray[np.uint32]:
    """Return a hash of each run of so many words, of 32 bits."""
    count = max(0, len(hashes) - width + 1) if width else 0
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(width):
        mixed = (mixed ^ hashes[place : place + count]) * MIX
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _distinct(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the sorted, distinct values: for so few, ten times as fast as np.unique."""
    found = np.sort(values)
    new = np.ones(len(found), dtype=bool)
    np.not_equal(found[1:], found[:-1], out=new[1:])
    return found if new.all() else found[new]
