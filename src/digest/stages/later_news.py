"""What later news says of vendors, sentence by sentence: what may keep, move or cancel a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from digest.records import Article, Language, LaunchRecord, Quote
from digest.stages.announced import day_of
from digest.stages.cast import is_spoken
from digest.stages.clean import key_of
from digest.stages.cues import LETTER
from digest.stages.orders import is_order
from digest.stages.outcomes import Outcome, find_outcome
from digest.stages.phrase_data import phrases_for
from digest.stages.report_entries import is_report_entry
from digest.stages.sentences import terms_of
from digest.stages.times import find_times
from digest.text import split_sentences

NEXT = 2  #: sentences that may go on about a thing: its new day, or what of it is missing
SMALLEST = 10  #: number from which it tells one thing from another
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
    of_record: bool  #: whether its article tells of a launch or the like of the vendor
    outcome: Outcome
    called: tuple[str, ...]  #: all that the vendor is called, its products among them
    proof: Quote  #: the sentence, with the next one where that names the day it is moved to
    rest: tuple[Quote, ...] = ()  #: the same up to a sentence that says what has not come yet
    whole: str = ""  #: title and text of its article

    @property
    def does(self) -> bool:
        """Whether it may do what was planned: it says so, or its article tells of a launch."""
        if self.outcome.turn or self.outcome.denied:
            return self.outcome.turn == "done"
        return self.of_record


def find_later(
    records: Iterable[LaunchRecord],
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    names: Mapping[str, str],
    about: Mapping[str, Iterable[str]] | None = None,
    called: Mapping[str, Iterable[str]] | None = None,
) -> dict[str, list[Later]]:
    """Return what later news of each vendor says that is done, moved or cancelled, by its key.

    Read are the articles of its records, and those that are about it. Without plans, quoted speech
    and entries of a report, which tell again what was announced.

    Args:
        records: what vendors did.
        articles: by id.
        languages: of the articles, by id.
        names: the vendor's name by the key of each of its names.
        about: ids of articles in whose title or opening a vendor stands, by the vendor's key.
        called: all that a vendor is called, by its key.
    """
    told: dict[str, dict[str, bool]] = {}
    for record in records:
        key = vendor_key(record.vendor, names)
        told.setdefault(key, {}).update(dict.fromkeys(record.articles, True))
    for vendor, ids in (about or {}).items():
        told[vendor] = {**dict.fromkeys(ids, False), **told.get(vendor, {})}
    return {
        vendor: [
            one
            for id, of_record in ids.items()
            if id in articles and id in languages and not is_report_entry(articles[id])
            for one in _sentences(
                articles[id],
                languages[id].language,
                of_record=of_record,
                called=tuple((called or {}).get(vendor, ())),
            )
        ]
        for vendor, ids in told.items()
    }


def vendor_key(name: str, names: Mapping[str, str]) -> str:
    """Return what all names of a vendor have in common."""
    return key_of(names.get(key_of(name), name))


def _sentences(
    article: Article, language: str, *, of_record: bool, called: tuple[str, ...]
) -> Iterator[Later]:
    day, whole = day_of(article), f"{article.title}\n{article.text}"
    spans = split_sentences(article.text) if day else []
    for place, (start, end) in enumerate(spans):
        text = article.text[start:end]
        if not day or is_spoken(text) or is_order(text):
            continue
        outcome = find_outcome(text, language, day)
        has_turned = outcome.turn in ("moved", "cancelled")
        if not (outcome.turn or (of_record and not _is_ahead(text, language))):
            continue
        if not has_turned and _is_planned(text, language, day):
            continue
        quote = Quote(text, article.id, start, end)
        following = [_up_to(article, start, span) for span in spans[place + 1 : place + 1 + NEXT]]
        outcome, proof = _dated(outcome, quote, following, language, day)
        yield Later(
            quote,
            day,
            language,
            find_terms(text),
            frozenset(NAME.findall(text)),
            find_numbers(text),
            of_record,
            outcome,
            called,
            proof,
            tuple(one for one in following if _is_rest(one.text[end - start :], language, day)),
            whole,
        )


def _up_to(article: Article, start: int, span: tuple[int, int]) -> Quote:
    return Quote(article.text[start : span[1]], article.id, start, span[1])


def _dated(
    outcome: Outcome, quote: Quote, following: Iterable[Quote], language: str, day: date
) -> tuple[Outcome, Quote]:
    """Return what is moved with the day that one of the next sentences names: "It is now due …"."""
    if outcome.turn != "moved" or outcome.until:
        return outcome, quote
    for one in following:
        text = one.text[len(quote.text) :]
        days = [time.last for time in find_times(text, language, day) if time.last > day]
        moved = find_outcome(text, language, day).turn == "moved"
        if days and (moved or _is_planned(text, language, day)):
            return replace(outcome, until=max(days)), one
    return outcome, quote


def _is_rest(text: str, language: str, day: date) -> bool:
    """Return whether a sentence says of a part that it has not come."""
    phrases = phrases_for("outcomes", language)
    if phrases is None or is_spoken(text):
        return False
    turn = find_outcome(text, language, day).turn
    return turn in ("moved", "cancelled") or phrases["rest"].search(text) is not None


def _is_planned(text: str, language: str, day: date) -> bool:
    """Return whether a sentence states a plan: by its words, or by a weak word and a later time."""
    phrases = phrases_for("plans", language)
    if phrases is None:
        return False
    if phrases["strong"].search(text):
        return True
    ahead = any(time.last > day for time in find_times(text, language, day))
    return ahead and phrases["weak"].search(text) is not None


def _is_ahead(text: str, language: str) -> bool:
    """Return whether a sentence has a verb of what will be, with a time or without."""
    phrases = phrases_for("plans", language)
    return phrases is not None and phrases["weak"].search(text) is not None


def find_terms(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, without numbers."""
    return frozenset(term for term in terms_of(text) if not term.isdigit())


def find_numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a text that tell one thing from another, without years."""
    found = (int(number) for number in NUMBER.findall(text) if len(number) < 12)
    return tuple(number for number in found if number >= SMALLEST and number not in YEARS)
