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
ABOUT, TOLD = 3, 2  #: what a describing cell and a sentence are worth as a proof
LABEL = re.compile(r"[^.:：。]{1,40}[:：]")  #: what heads a cell
ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
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
    start, end = max(telling, key=lambda span: _worth(article.text[span[0] : span[1]]))
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


def _worth(text: str) -> int:
    """Return how well a sentence or a cell proves what a product is.

    Best a cell that describes it ("What it does: …"), then a sentence, then a cell that is longer
    than its label; of equals the first one.
    """
    if line_of("about_lines").match(text):
        return ABOUT
    label = LABEL.match(text)
    if label is None and count_words(text) >= FEWEST:
        return TOLD
    return 0 if any(line_of(key).match(text) for key in ("date_lines", "kind_lines")) else 1


def _announced(
    article: Article, sentences: Iterable[str], language: str
) -> tuple[date | None, str]:
    """Return the day on which an entry says that its product was announced, else the article's."""
    base, source = dated(article)
    if base is None:
        return None, ""
    said = [
        day
        for one in sentences
        if _announcing(language).search(one) or line_of("date_lines").match(one)
        for day in _days_in(one, language, base)
        if base - BACK <= day <= base + timedelta(days=1)
    ]
    if said:
        return max(said), "sentence"
    return base, source


def _days_in(text: str, language: str, base: date) -> list[date]:
    """Return the days that a sentence names, in words or as 2026-11-05."""
    times = find_times(text, language, base, toward="past")
    return [time.first for time in times if time.kind == "day"] + [
        day for found in ISO_DAY.finditer(text) if (day := _iso(found[0]))
    ]


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # no such day
        return None


@cache
def line_of(key: str) -> re.Pattern[str]:
    """Return how a cell opens, by its column's name, in any language (`names.toml`)."""
    words = "|".join(load_knowledge().names[key])
    return re.compile(rf"(?:{words})\s*[:：]", re.I)


@cache
def _announcing(language: str) -> re.Pattern[str]:
    """Return the words of a sentence that says when something was announced (`names.toml`)."""
    words = load_knowledge().names["entry_announced"].get(language.split("-")[0], ())
    return re.compile("|".join(words) or r"(?!)", re.I)
