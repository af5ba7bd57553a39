"""When a launch was announced: the day of its sentence, of the dateline, or of the article."""

from __future__ import annotations

from datetime import date, timedelta

from digest.records import Article
from digest.stages.times import NOW, find_times
from digest.text import parse_time

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
    base = day_of(article)
    if base is None:
        return None, ""
    head = _latest(dateline, language, base, relative=False)
    written = head or base
    named = _latest(sentence, language, written, relative=True)
    if named:
        return named.isoformat(), "sentence"
    if head:
        return head.isoformat(), "dateline"
    return base.isoformat(), "published" if parse_time(article.published) else "first seen"


def day_of(article: Article) -> date | None:
    """Return the day of an article: published, else first seen; in its own time zone."""
    moment = parse_time(article.published) or parse_time(article.first_seen)
    return moment.date() if moment else None


def _latest(text: str, language: str, base: date, *, relative: bool) -> date | None:
    kinds = ("day", *[kind for kind in NOW if kind != "today"]) if relative else ("day",)
    days = [
        time.first
        for time in find_times(text, language, base, toward="past")
        if time.kind in kinds and base - FRESH <= time.first <= base + timedelta(days=1)
    ]
    return max(days, default=None)
