"""Which sentence of later news says what became of a plan, in the plan's language or another."""

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
from digest.stages.outcomes import Outcome, find_outcome
from digest.stages.phrase_data import phrases_for
from digest.stages.report_entries import is_report_entry
from digest.stages.sentences import terms_of
from digest.stages.times import find_times
from digest.text import split_sentences

COVERED = 0.5  #: share of a plan's terms that the fulfilling sentence has, at least
FEWEST = 3  #: terms that both have, at least
TURNED = 2  #: of a sentence that moves or cancels it: that says by itself that a plan is meant
ABOUT = 0.1  #: share by which two numbers may differ: "about 80" and 85
SMALLEST = 10  #: number from which it tells one thing from another
#: Cosine from which a sentence of another language does what a plan said. Between the sample's own
#: plan that was kept (0.38) and the nearest sentence that shares a name and tells of else (0.27).
NEAR = 0.33
#: The same where no name or number is shared. Of a dozen plans and 40 sentences in ten languages,
#: those of other things reach 0.47; those that tell what became of the plan lie from 0.49 to 0.80.
NEAR_ALONE = 0.5
#: The same of a sentence that moves or cancels something and shares a name with the plan.
NEAR_TURNED = 0.25
KIND = 4  #: letters of an abbreviation for a kind of thing: "CRM", "SMS", "DAM"
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
    of_record: bool  #: whether its article tells of a launch or the like of the vendor
    outcome: Outcome
    content: str  #: the sentence without the vendor's names: what is compared

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
    article: Article, language: str, *, of_record: bool, called: Sequence[str]
) -> Iterator[Later]:
    day = day_of(article)
    for start, end in split_sentences(article.text) if day else ():
        text = article.text[start:end]
        if not day or is_spoken(text):
            continue
        outcome = find_outcome(text, language, day)
        has_turned = outcome.turn in ("moved", "cancelled")
        if not (of_record or outcome.turn) or (not has_turned and _is_planned(text, language, day)):
            continue
        yield Later(
            Quote(text, article.id, start, end),
            day,
            language,
            _terms(text),
            frozenset(NAME.findall(text)),
            _numbers(text),
            of_record,
            outcome,
            _without(called, text),
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
) -> Later | None:
    """Return the sentence of later news that does what a plan said, None where none does.

    In the plan's own language the one that has the most of its words, half of them at least. Else,
    of another language, the nearest one that shares a name or a number with the plan besides the
    vendor's name, or is near enough without one.

    Args:
        plan: with its sentence.
        stated: the day on which it was stated.
        news: from `find_later`, of its vendor.
        language: the plan's.
        encoder: compares sentences of two languages; without it none is.
    """
    later = [one for one in _after(plan, stated, news) if one.does]
    text = content_of(plan, stated, language)
    own = [one for one in later if _is_in(one.language, language)]
    abroad = [one for one in later if one not in own]
    least = max(COVERED * _size(text), FEWEST - 0.5)
    return _by_words(text, own, least) or _by_meaning(
        text, plan, abroad, language, encoder, near=NEAR
    )


def find_turned(
    plan: Plan, stated: date, news: Sequence[Later], language: str, encoder: Encoder | None = None
) -> Later | None:
    """Return the last sentence of later news that moves or cancels a plan, None where none does.

    It has half of the plan's words, or is near in meaning, in whatever language. The arguments are
    those of `find_fulfilling`.
    """
    text = content_of(plan, stated, language)
    found = None
    turned = [one for one in _after(plan, stated, news) if one.outcome.turn != "done"]
    for one in (each for each in turned if each.outcome.turn):
        own = [one] if _is_in(one.language, language) else []
        least = max(COVERED * _size(text), TURNED) - 0.5
        by_words = _by_words(text, own, least)
        found = (
            by_words or _by_meaning(text, plan, [one], language, encoder, near=NEAR_TURNED) or found
        )
    return found


def _after(plan: Plan, stated: date, news: Sequence[Later]) -> list[Later]:
    """Return what was said after a plan, in order, as long as it may be meant."""
    last = date.fromisoformat(plan.due) + LATE if plan.due else date.max
    later = [one for one in news if stated < one.day <= last]
    return sorted(later, key=lambda one: (one.day, one.quote.article, one.quote.start))


def content_of(plan: Plan, stated: date, language: str) -> str:
    """Return what a plan is about: its sentence without its vendor and its times."""
    text = plan.quote.text
    for time in reversed(find_times(text, language, stated)):
        text = f"{text[: time.start]} {text[time.end :]}"
    return _without([plan.vendor], text)


def _without(names: Iterable[str], text: str) -> str:
    """Return a text without a vendor's names, and what follows between commas on who it is."""
    longest = sorted(filter(None, names), key=lambda name: -len(name))
    if not longest:
        return text
    return re.sub(rf"(?:{'|'.join(map(re.escape, longest))})(?:, [^,]{{3,80}}, )?", " ", text)


def _is_in(language: str, other: str) -> bool:
    return language.split("-")[0] == other.split("-")[0]


def _size(text: str) -> int:
    return len(_terms(text)) + len(_numbers(text))


def _by_words(text: str, later: Sequence[Later], least: float) -> Later | None:
    terms, numbers = _terms(text), _numbers(text)
    best, most = None, least
    for one in later:
        shared = len(terms & one.terms) + len(_alike(numbers, one.numbers))
        if shared > most:
            best, most = one, shared
    return best


def _alike(numbers: Iterable[int], others: Sequence[int]) -> list[int]:
    return [one for one in numbers if any(abs(one - other) <= ABOUT * one for other in others)]


def _by_meaning(
    text: str,
    plan: Plan,
    later: Sequence[Later],
    language: str,
    encoder: Encoder | None,
    *,
    near: float,
) -> Later | None:
    """Return the sentence that is nearest of those that are near enough, None where none is."""
    names = {name for name in NAME.findall(text) if key_of(name) not in key_of(plan.vendor)}
    names = {name for name in names if not (name.isupper() and len(name) <= KIND)}
    known = [one for one in later if encoder and encoder.knows(one.language)]
    if encoder is None or not known or not encoder.knows(language):
        return None
    rows = encoder.encode([text, *(one.content for one in known)])
    cosines = rows[1:] @ rows[0]
    numbers = _numbers(text)
    best, most = None, 0.0
    for one, cosine in zip(known, map(float, cosines), strict=True):
        is_shared = bool(names & one.names or _alike(numbers, one.numbers))
        is_said = one.outcome.turn in ("moved", "cancelled")
        least = near if is_shared else NEAR if is_said else NEAR_ALONE
        if (is_shared or one.outcome.turn) and cosine >= least and cosine > most:
            best, most = one, cosine
    return best
