"""A product entry of an innovation report as the launch that it looks back on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import combinations

from digest.records import Article, Launch, Quote
from digest.stages.announced import dated
from digest.stages.availability import find_availability
from digest.stages.entry_names import Named, name_entry
from digest.stages.taxonomy import load_knowledge
from digest.stages.times import find_times
from digest.text import count_words, split_sentences

CERTAINTY = 0.9  #: a report's editors named vendor and product; when it was announced, they may not
FEWEST = 4  #: words of a sentence that tells of a product; shorter ones are labels
BACK = timedelta(days=190)  #: that a report of a half-year looks back


def is_report_entry(article: Article) -> bool:
    """Return whether an article is one product of a report."""
    via = article.via
    return article.published_from == "report" or bool(via and (via.is_report or via.page))


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
    """Return the launch of a report's entry, whose text or title names the company.

    None where neither does: who launched it cannot be guessed. Its day is the one on which the
    entry says that it was announced, else the report's.

    Args:
        article: the entry.
        language: of its text.
        category: of the launch.
    """
    named = name_entry(article, language)
    spans = split_sentences(article.text)
    proofs = [span for span in spans if not named or not _meets(span, named)]
    if not named or not proofs:
        return ()
    later = [span for span in proofs if span[0] >= named.end]
    is_head = named.start == article.text.rfind("\n", 0, max(named.start, 0)) + 1
    telling = (later if is_head else proofs) or proofs
    start, end = next((span for span in telling if _is_told(article.text, span)), telling[0])
    sentences = [article.text[first:last] for first, last in spans]
    day, source = _announced(article, sentences, language)
    stages = (find_availability(one, (), "", language) for one in sentences)
    return (
        Launch(
            vendor=named.vendor,
            product=named.product,
            event="launch",
            category=category,
            evidence=Quote(article.text[start:end], article.id, start, end),
            announced=day.isoformat() if day else None,
            announced_from=source,
            availability=next((stage for stage in stages if stage), ""),
            confidence=CERTAINTY,
        ),
    )


def _meets(span: tuple[int, int], named: Named) -> bool:
    return span[0] < named.end and named.start < span[1]


def _is_told(text: str, span: tuple[int, int]) -> bool:
    """Return whether a sentence is more than a label with its value: "Category: CRM"."""
    return count_words(text[span[0] : span[1]]) >= FEWEST


def _announced(
    article: Article, sentences: Iterable[str], language: str
) -> tuple[date | None, str]:
    """Return the day on which an entry says that its product was announced, else the article's."""
    base, source = dated(article)
    if base is None:
        return None, ""
    said = [
        time.first
        for one in sentences
        if _announcing(language).search(one)
        for time in find_times(one, language, base, toward="past")
        if time.kind == "day" and base - BACK <= time.first <= base + timedelta(days=1)
    ]
    if said:
        return max(said), "sentence"
    return base, source


@cache
def _announcing(language: str) -> re.Pattern[str]:
    """Return the words of a sentence that says when something was announced (`names.toml`)."""
    words = load_knowledge().names["entry_announced"].get(language.split("-")[0], ())
    return re.compile("|".join(words) or r"(?!)", re.I)
