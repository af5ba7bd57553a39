"""What became of a plan: later news fulfils it, it is open, or its day has passed in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from digest.records import Article, Commitment, Language, LaunchRecord, Plan, Quote
from digest.stages.announced import day_of
from digest.stages.cast import is_spoken
from digest.stages.clean import key_of
from digest.stages.launch_records import vendor_names
from digest.stages.phrase_data import phrases_for
from digest.stages.sentences import terms_of
from digest.stages.times import find_times
from digest.text import split_sentences

COVERED = 0.5  #: share of a plan's terms that the fulfilling sentence has, at least
FEWEST = 3  #: terms that both have, at least
LATE = timedelta(days=183)  #: news so long after the due day tells of something else


@dataclass(frozen=True, slots=True)
class Later:
    """A sentence of later news about a vendor."""

    quote: Quote
    day: date
    terms: frozenset[str]


def follow_up(
    plans: Iterable[Plan],
    records: Iterable[LaunchRecord],
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    *,
    now: datetime,
    aliases: Mapping[str, str] | None = None,
) -> tuple[Commitment, ...]:
    """Return each plan with what became of it, by the day on which it was stated.

    Fulfilled by a sentence of a later launch record of the same vendor that has most of the plan's
    words and is itself no plan; else open, or overdue once its due day has passed: silence. The
    same plan, of one vendor and for one day, stated in several articles is one. Only news in the
    plan's language is compared: a plan fulfilled in another language alone stays open.

    Args:
        plans: as classify found them.
        records: what vendors did, of as many periods as the plans span.
        articles: by id, those of plans and records.
        languages: of the articles, by id.
        now: the present, with an offset.
        aliases: further names of vendors: name → the vendor's name.
    """
    names = vendor_names(aliases or {})
    later = _later(records, articles, languages, names)
    seen: Counter[tuple[str, str, str]] = Counter()
    kept: dict[tuple[str, str, int | str], Commitment] = {}
    for day, plan in _in_order(plans, articles):
        vendor, due = _vendor(plan.vendor, names), plan.due or ""
        seen[vendor, due, plan.quote.article] += 1
        one = (vendor, due, seen[vendor, due, plan.quote.article] if due else plan.quote.text)
        if one not in kept:
            kept[one] = _commitment(plan, day, later, languages, names, now.date())
    return tuple(kept.values())


def _in_order(plans: Iterable[Plan], articles: Mapping[str, Article]) -> list[tuple[date, Plan]]:
    """Return plans with the day of their statement: the earliest first, then the vendor's own."""
    stated = [(day, plan) for plan in plans if (day := _day(plan, articles))]
    voice = {plan.quote.article: articles[plan.quote.article].voice for _, plan in stated}
    return sorted(
        stated,
        key=lambda pair: (
            pair[0],
            voice[pair[1].quote.article] != "vendor",
            pair[1].quote.article,
            pair[1].quote.start,
        ),
    )


def _vendor(name: str, names: Mapping[str, str]) -> str:
    return key_of(names.get(key_of(name), name))


def _day(plan: Plan, articles: Mapping[str, Article]) -> date | None:
    article = articles.get(plan.quote.article)
    return day_of(article) if article else None


def _later(
    records: Iterable[LaunchRecord],
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    names: Mapping[str, str],
) -> dict[tuple[str, str], list[Later]]:
    """Return the sentences of each vendor's records that state no plan, by vendor and language."""
    found: dict[tuple[str, str], list[Later]] = {}
    for record in records:
        for id in record.articles:
            if id in articles and id in languages:
                spoken = languages[id].language
                key = _vendor(record.vendor, names), _base(spoken)
                found.setdefault(key, []).extend(_sentences(articles[id], spoken))
    return found


def _base(language: str) -> str:
    return language.split("-")[0]


def _sentences(article: Article, language: str) -> Iterator[Later]:
    phrases, day = phrases_for("plans", language), day_of(article)
    for start, end in split_sentences(article.text):
        text = article.text[start:end]
        planned = phrases and phrases["strong"].search(text)
        if day and not planned and not is_spoken(text):
            yield Later(Quote(text, article.id, start, end), day, terms_of(text))


def _commitment(
    plan: Plan,
    stated: date,
    later: Mapping[tuple[str, str], Sequence[Later]],
    languages: Mapping[str, Language],
    names: Mapping[str, str],
    now: date,
) -> Commitment:
    spoken = languages.get(plan.quote.article)
    language = spoken.language if spoken else "und"
    news = later.get((_vendor(plan.vendor, names), _base(language)), ())
    by = _fulfilling(plan, stated, news, language)
    due = date.fromisoformat(plan.due) if plan.due else None
    kept = "fulfilled" if by else "overdue" if due and due < now else "open"
    return Commitment(plan, stated.isoformat(), kept, by)  # type: ignore[arg-type]


def _fulfilling(plan: Plan, stated: date, news: Sequence[Later], language: str) -> Quote | None:
    """Return the sentence of later news that has the most of a plan's words, None below half."""
    terms = _terms(plan, stated, language)
    last = date.fromisoformat(plan.due) + LATE if plan.due else date.max
    best, most = None, max(COVERED * len(terms), FEWEST - 0.5)
    for one in sorted(news, key=lambda one: (one.day, one.quote.article, one.quote.start)):
        shared = len(terms & one.terms)
        if stated < one.day <= last and shared > most:
            best, most = one.quote, shared
    return best


def _terms(plan: Plan, stated: date, language: str) -> frozenset[str]:
    """Return what a plan is about: its words without its vendor's and its times."""
    text = plan.quote.text
    for time in reversed(find_times(text, language, stated)):
        text = f"{text[: time.start]} {text[time.end :]}"
    for name in filter(None, (plan.vendor,)):
        text = re.sub(re.escape(name), " ", text)
    return terms_of(text)
