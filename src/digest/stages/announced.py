"""When a launch was announced: the day of its sentence, of the dateline, or of the article."""

from __future__ import annotations

from datetime import date, timedelta

from digest.records import Article
from digest.stages.times import NOW, find_times
from digest.text import parse_time

YEARS = range(1900, 2101)  #: in which an article may have been written
FRESH = timedelta(days=45)  #: a day named in a sentence of news lies no longer back


def find_announced(
    article: Article, sentence: str, dateline: str, language: str
) -> tuple[str | None, str]:
    """Return the day on which something was announced and where it comes from.

    "sentence": a day that the sentence names, not after the article and not long before it;
    "dateline": the day at the text's head; "published", "first seen": the article's own. A day in
    the future is when something takes effect, not when it was announced.

    Args:
        article: its dates are the last resort; without one nothing can be placed.
        sentence: the proof, without a dateline.
        dateline: the text's dateline, "" where it has none.
        language: decides how days are named.
    """
    base, source = dated(article)
    if base is None:
        return None, ""
    head = _latest(dateline, language, base, relative=False)
    written = head or base
    named = _latest(sentence, language, written, relative=True)
    if named:
        return named.isoformat(), "sentence"
    if head:
        return head.isoformat(), "dateline"
    return base.isoformat(), source


def day_of(article: Article) -> date | None:
    """Return the day of an article: published, else first seen; in its own time zone."""
    return dated(article)[0]


def dated(article: Article) -> tuple[date | None, str]:
    """Return the day of an article and which of its dates says so: "published", "first seen".

    A year in which no article was written is none: from 9999 on no later day can be told.
    """
    for value, source in ((article.published, "published"), (article.first_seen, "first seen")):
        moment = parse_time(value)
        if moment and moment.year in YEARS:
            return moment.date(), source
    return None, ""


def _latest(text: str, language: str, base: date, *, relative: bool) -> date | None:
    kinds = ("day", *[kind for kind in NOW if kind != "today"]) if relative else ("day",)
    days = [
        time.first
        for time in find_times(text, language, base, toward="past")
        if time.kind in kinds and base - FRESH <= time.first <= base + timedelta(days=1)
    ]
    return max(days, default=None)
