"""What became of a plan: it is kept, late or in part, moved, cancelled, open, or met by silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from digest.ports import Encoder
from digest.records import Article, Commitment, Kept, Language, LaunchRecord, Plan
from digest.stages.announced import day_of
from digest.stages.crossing import Hearing
from digest.stages.fulfilment import content_of, find_fulfilling, find_rest, find_turned
from digest.stages.later_news import Later, find_later, vendor_key
from digest.stages.launch_records import vendor_names
from digest.stages.our_names import make_ours
from digest.stages.ours import OPENING
from digest.stages.outcomes import falls_short

LAG = timedelta(days=7)  #: that the press may take to tell of what came on its day


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

    Kept by a sentence of later news of the same vendor, in whatever language, that says it is done
    (`find_fulfilling`): "late" where that is news after its day, "partly" where less came. Else
    what the last sentence says that cancels it or moves it; once the day to which it was moved, or
    its own where it was not, has passed, it is overdue. Moved without a new day it stays moved. The
    same plan, of one vendor and for one day, stated in several articles is one.

    Args:
        plans: as classify found them.
        records: what vendors did, of as many periods as the plans span.
        articles: by id, those of plans and records, and what else may tell of a vendor.
        languages: of the articles, by id.
        now: the present, with an offset.
        aliases: further names of vendors: name → the vendor's name.
        encoder: compares sentences of two languages; without it only the plan's own is read.
    """
    names = vendor_names(aliases or {})
    stated = _in_order(plans, articles)
    called = names_of({plan.vendor for _, plan in stated}, names, aliases or {})
    about = find_about(called, articles)
    for vendor, heard in find_heard(called, articles).items():
        about[vendor] += [id for id in heard if id not in about[vendor]]
        called[vendor] |= set(heard.values())
    later = find_later(records, articles, languages, names, about, called)
    seen: Counter[tuple[str, str, str]] = Counter()
    kept: dict[tuple[str, str, int | str], Commitment] = {}
    for day, plan in stated:
        vendor, due = vendor_key(plan.vendor, names), plan.due or ""
        seen[vendor, due, plan.quote.article] += 1
        one = (vendor, due, seen[vendor, due, plan.quote.article] if due else plan.quote.text)
        if one not in kept:
            news = later.get(vendor, ())
            kept[one] = _commitment(plan, day, news, languages, now.date(), encoder)
    return tuple(kept.values())


def names_of(
    vendors: Iterable[str], names: Mapping[str, str], aliases: Mapping[str, str]
) -> dict[str, set[str]]:
    """Return all that vendors are called, by their keys."""
    every: dict[str, set[str]] = {}
    for vendor in vendors:
        every.setdefault(vendor_key(vendor, names), set()).add(vendor)
    for name, vendor in aliases.items():
        if vendor_key(vendor, names) in every:
            every[vendor_key(vendor, names)] |= {name, vendor}
    return every


def find_about(
    every: Mapping[str, Iterable[str]], articles: Mapping[str, Article]
) -> dict[str, list[str]]:
    """Return the articles in whose title or opening a vendor stands, by the vendor's key.

    Args:
        every: all that vendors are called, by their keys.
        articles: by id.
    """
    finders = {key: make_ours(key, said) for key, said in every.items()}
    small = {key: [name.casefold() for name in said] for key, said in every.items()}
    found: dict[str, list[str]] = {key: [] for key in every}
    for id, article in articles.items():
        head = f"{article.title}\n{article.text[:OPENING]}"
        folded = head.casefold()
        for key, finder in finders.items():
            if any(name in folded for name in small[key]) and finder.is_named(head, article):
                found[key].append(id)
    return found


def find_heard(
    every: Mapping[str, Iterable[str]], articles: Mapping[str, Article]
) -> dict[str, dict[str, str]]:
    """Return the articles whose opening names a vendor in another script, by the vendor's key.

    Args:
        every: all that vendors are called, by their keys.
        articles: by id.

    Returns:
        Of each vendor the articles' ids, with the name that stands there, the first by its letters
        where there are two.
    """
    hearing = Hearing(every)
    found: dict[str, dict[str, str]] = {}
    for id, article in articles.items():
        for key, name in sorted(hearing.find(f"{article.title}\n{article.text[:OPENING]}")):
            found.setdefault(key, {}).setdefault(id, name)
    return found


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
    due = date.fromisoformat(plan.due) if plan.due else None
    by = find_fulfilling(plan, stated, later, language, encoder)
    if by:
        rest = find_rest(plan, stated, by, language, encoder)
        how: Kept = "partly" if rest else _how(plan, stated, by, due, language)
        return Commitment(plan, stated.isoformat(), how, rest or by.quote)
    turned = find_turned(plan, stated, later, language, encoder)
    if turned and turned.outcome.turn == "cancelled":
        return Commitment(plan, stated.isoformat(), "cancelled", turned.quote)
    quote = turned.proof if turned else None
    moved = turned.outcome.until if turned else None
    kept: Kept = "moved" if turned else "open"
    last = moved if turned else due  # put off without a new day, its own has no meaning any more
    if last and last < now:
        kept = "overdue"
    return Commitment(plan, stated.isoformat(), kept, quote, moved_to=_said(moved))


def _how(plan: Plan, stated: date, by: Later, due: date | None, language: str) -> Kept:
    """Return whether a plan was kept in part, late or in full."""
    text = content_of(plan, stated, language)
    if by.outcome.partly or falls_short(text, language, by.quote.text, by.language, by.day):
        return "partly"
    is_news = by.outcome.turn == "done"  # what is told in passing may have come long before
    return "late" if is_news and due and by.day > due + LAG else "fulfilled"


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None
