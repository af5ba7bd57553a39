"""Which sentence of later news does what a plan said, in the plan's language or another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from digest.ports import Encoder
from digest.records import Article, Language, LaunchRecord, Plan, Quote
from digest.stages.announced import day_of
from digest.stages.cast import is_spoken
from digest.stages.clean import key_of
from digest.stages.cues import LETTER
from digest.stages.phrase_data import phrases_for
from digest.stages.report_entries import is_report_entry
from digest.stages.sentences import terms_of
from digest.stages.times import find_times
from digest.text import split_sentences

COVERED = 0.5  #: share of a plan's terms that the fulfilling sentence has, at least
FEWEST = 3  #: terms that both have, at least
ABOUT = 0.1  #: share by which two numbers may differ: "about 80" and 85
SMALLEST = 10  #: number from which it tells one thing from another
#: Cosine from which a sentence of another language does what a plan said. Between the sample's own
#: plan that was kept (0.38) and the nearest sentence that shares a name and tells of else (0.27).
NEAR = 0.33
LATE = timedelta(days=183)  #: news so long after the due day tells of something else
NAME = re.compile(rf"[A-Z][{LETTER}&+-]+")
NUMBER = re.compile(r"(?<![\d.,])\d{2,}(?![\d.,]*\d)")
YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Later:
    """A sentence of later news about a vendor."""

    quote: Quote
    day: date
    language: str
    terms: frozenset[str]
    names: frozenset[str]  #: words with a capital, of any language
    numbers: tuple[int, ...]


def find_later(
    records: Iterable[LaunchRecord],
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    names: Mapping[str, str],
) -> dict[str, list[Later]]:
    """Return what the articles of each vendor's records say that is done, by the vendor's key.

    Without plans, quoted speech and entries of a report, which tell again what was announced.
    """
    told: dict[str, dict[str, None]] = {}
    for record in records:
        told.setdefault(vendor_key(record.vendor, names), {}).update(dict.fromkeys(record.articles))
    return {
        vendor: [
            one
            for id in ids
            if id in articles and id in languages and not is_report_entry(articles[id])
            for one in _sentences(articles[id], languages[id].language)
        ]
        for vendor, ids in told.items()
    }


def vendor_key(name: str, names: Mapping[str, str]) -> str:
    """Return what all names of a vendor have in common."""
    return key_of(names.get(key_of(name), name))


def _sentences(article: Article, language: str) -> Iterator[Later]:
    day = day_of(article)
    for start, end in split_sentences(article.text) if day else ():
        text = article.text[start:end]
        if day and not is_spoken(text) and not _is_planned(text, language, day):
            yield Later(
                Quote(text, article.id, start, end),
                day,
                language,
                _terms(text),
                frozenset(NAME.findall(text)),
                _numbers(text),
            )


def _is_planned(text: str, language: str, day: date) -> bool:
    """Return whether a sentence states a plan: by its words, or by a weak word and a later time."""
    phrases = phrases_for("plans", language)
    if phrases is None:
        return False
    if phrases["strong"].search(text):
        return True
    ahead = any(time.last > day for time in find_times(text, language, day))
    return ahead and phrases["weak"].search(text) is not None


def _terms(text: str) -> frozenset[str]:
    return frozenset(term for term in terms_of(text) if not term.isdigit())


def _numbers(text: str) -> tuple[int, ...]:
    found = (int(number) for number in NUMBER.findall(text) if len(number) < 12)
    return tuple(number for number in found if number >= SMALLEST and number not in YEARS)


def find_fulfilling(
    plan: Plan, stated: date, news: Sequence[Later], language: str, encoder: Encoder | None = None
) -> Quote | None:
    """Return the sentence of later news that does what a plan said, None where none does.

    In the plan's own language the one that has the most of its words, half of them at least. Else,
    of another language, the nearest one that shares a name or a number with the plan besides the
    vendor's name.

    Args:
        plan: with its sentence.
        stated: the day on which it was stated.
        news: from `find_later`, of its vendor.
        language: the plan's.
        encoder: compares sentences of two languages; without it none is.
    """
    last = date.fromisoformat(plan.due) + LATE if plan.due else date.max
    later = [one for one in news if stated < one.day <= last]
    later.sort(key=lambda one: (one.day, one.quote.article, one.quote.start))
    text = _content(plan, stated, language)
    own = [one for one in later if one.language.split("-")[0] == language.split("-")[0]]
    return _by_words(text, own) or _by_meaning(
        text, plan, [one for one in later if one not in own], language, encoder
    )


def _content(plan: Plan, stated: date, language: str) -> str:
    """Return what a plan is about: its sentence without its vendor and its times."""
    text = plan.quote.text
    for time in reversed(find_times(text, language, stated)):
        text = f"{text[: time.start]} {text[time.end :]}"
    return re.sub(re.escape(plan.vendor), " ", text) if plan.vendor else text


def _by_words(text: str, later: Sequence[Later]) -> Quote | None:
    terms, numbers = _terms(text), _numbers(text)
    best, most = None, max(COVERED * (len(terms) + len(numbers)), FEWEST - 0.5)
    for one in later:
        shared = len(terms & one.terms) + len(_alike(numbers, one.numbers))
        if shared > most:
            best, most = one.quote, shared
    return best


def _alike(numbers: Iterable[int], others: Sequence[int]) -> list[int]:
    return [one for one in numbers if any(abs(one - other) <= ABOUT * one for other in others)]


def _by_meaning(
    text: str, plan: Plan, later: Sequence[Later], language: str, encoder: Encoder | None
) -> Quote | None:
    names = {name for name in NAME.findall(text) if key_of(name) not in key_of(plan.vendor)}
    kept = [
        one
        for one in later
        if names & one.names or _alike(_numbers(text), one.numbers)
        if encoder and encoder.knows(one.language)
    ]
    if encoder is None or not kept or not encoder.knows(language):
        return None
    rows = encoder.encode([text, *(one.quote.text for one in kept)])
    near = rows[1:] @ rows[0]
    best = int(near.argmax())
    return kept[best].quote if near[best] >= NEAR else None
