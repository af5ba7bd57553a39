"""What became of a plan: later news fulfils it, it is open, or its day has passed in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from digest.ports import Encoder
from digest.records import Article, Commitment, Kept, Language, LaunchRecord, Plan
from digest.stages.announced import day_of
from digest.stages.fulfilment import Later, find_fulfilling, find_later, vendor_key
from digest.stages.launch_records import vendor_names


def follow_up(
    plans: Iterable[Plan],
    records: Iterable[LaunchRecord],
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    *,
    now: datetime,
    aliases: Mapping[str, str] | None = None,
    encoder: Encoder | None = None,
) -> tuple[Commitment, ...]:
    """Return each plan with what became of it, by the day on which it was stated.

    Fulfilled by a sentence of a later launch record of the same vendor, in whatever language, that
    says it is done (`find_fulfilling`); else open, or overdue once its due day has passed: silence.
    The same plan, of one vendor and for one day, stated in several articles is one.

    Args:
        plans: as classify found them.
        records: what vendors did, of as many periods as the plans span.
        articles: by id, those of plans and records.
        languages: of the articles, by id.
        now: the present, with an offset.
        aliases: further names of vendors: name → the vendor's name.
        encoder: compares sentences of two languages; without it only the plan's own is read.
    """
    names = vendor_names(aliases or {})
    later = find_later(records, articles, languages, names)
    seen: Counter[tuple[str, str, str]] = Counter()
    kept: dict[tuple[str, str, int | str], Commitment] = {}
    for day, plan in _in_order(plans, articles):
        vendor, due = vendor_key(plan.vendor, names), plan.due or ""
        seen[vendor, due, plan.quote.article] += 1
        one = (vendor, due, seen[vendor, due, plan.quote.article] if due else plan.quote.text)
        if one not in kept:
            news = later.get(vendor, ())
            kept[one] = _commitment(plan, day, news, languages, now.date(), encoder)
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


def _day(plan: Plan, articles: Mapping[str, Article]) -> date | None:
    article = articles.get(plan.quote.article)
    return day_of(article) if article else None


def _commitment(
    plan: Plan,
    stated: date,
    later: Sequence[Later],
    languages: Mapping[str, Language],
    now: date,
    encoder: Encoder | None,
) -> Commitment:
    spoken = languages.get(plan.quote.article)
    language = spoken.language if spoken else "und"
    by = find_fulfilling(plan, stated, later, language, encoder)
    due = date.fromisoformat(plan.due) if plan.due else None
    kept: Kept = "fulfilled" if by else "overdue" if due and due < now else "open"
    return Commitment(plan, stated.isoformat(), kept, by)
