"""A product entry of an innovation report as the launch that it looks back on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import combinations

from digest.records import Article, Launch, Quote
from digest.stages.announced import day_of
from digest.stages.availability import find_availability
from digest.stages.clean import clean_name
from digest.stages.taxonomy import load_knowledge
from digest.text import parse_time, split_sentences

CERTAINTY = 0.9  #: a report's editors named vendor and product; when it was announced, they may not


def is_report_entry(article: Article) -> bool:
    """Return whether an article is one product of a report."""
    return article.published_from == "report" or bool(article.via and article.via.page)


def entries_apart(
    articles: Iterable[Article], must: Iterable[tuple[str, str]] = ()
) -> list[tuple[str, str]]:
    """Return the pairs of ids of entries of one report: to its editors they are several products.

    Args:
        articles: in any order.
        must: pairs that an editor of ours joined all the same.
    """
    reports: dict[str, set[str]] = {}
    for article in articles:
        if article.via and is_report_entry(article):
            reports.setdefault(article.via.id, set()).add(article.id)
    joined = {frozenset(pair) for pair in must}
    pairs = (pair for ids in reports.values() for pair in combinations(sorted(ids), 2))
    return [pair for pair in pairs if frozenset(pair) not in joined]


def read_report_entry(article: Article, language: str, category: str | None) -> tuple[Launch, ...]:
    """Return the launch of a report's entry: its title is the product, a line names the company.

    None where no line names one: who launched it cannot be guessed.
    """
    named = _company_line().search(article.text)
    spans = [span for span in split_sentences(article.text) if not named or span[0] >= named.end()]
    if not named or not spans or not article.title.strip():
        return ()
    start, end = spans[0]
    sentences = [article.text[first:last] for first, last in spans]
    day = day_of(article)
    stages = (find_availability(one, (), "", language) for one in sentences)
    return (
        Launch(
            vendor=clean_name(named["name"]) or named["name"].strip(),
            product=article.title.strip(),
            event="launch",
            category=category,
            evidence=Quote(article.text[start:end], article.id, start, end),
            announced=day.isoformat() if day else None,
            announced_from=_source(article) if day else "",
            availability=next((stage for stage in stages if stage), ""),
            confidence=CERTAINTY,
        ),
    )


def _source(article: Article) -> str:
    return "published" if parse_time(article.published) else "first seen"


@cache
def _company_line() -> re.Pattern[str]:
    """Return how a line names the company: "Vendor: Acme" (`names.toml`)."""
    words = "|".join(load_knowledge().names["company_lines"])
    return re.compile(rf"^(?:{words})\s*[:：]\s*(?P<name>[^\n]{{2,80}})$", re.I | re.M)
