"""Sentences that sound like an event and tell none: talks, fines with their sums, looks back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from digest.records import Article
from digest.stages.announced import FRESH, day_of
from digest.stages.cues import tag_of
from digest.stages.owed import is_owed, names_plainly
from digest.stages.phrase_data import NOTHING, Patterns, phrases_for
from digest.stages.taxonomy import load_knowledge
from digest.stages.times import NOW, find_times
from digest.stages.told import ONE_THING, Told
from digest.text import split_sentences

DEALS = ("acquisition", "funding", "partnership")  #: events that firms negotiate before
AHEAD = ("pricing", "shutdown")  #: events that are often dated by a month to come
VAGUE = ("quarter", "half", "season", "year", "next_year")  #: times that name no month
LONG_AGO = timedelta(days=270)  #: a month farther back may be the next year's: "from December"
OPENING = 2  #: sentences of a text that tell its news, whatever month they name


def without_hearsay(told: Iterable[Told], article: Article, language: str) -> list[Told]:
    """Return what is told without deals that are only negotiated, fines, and what is long past.

    What an outage stopped is not shut down. A fine is no price, no purchase and no round; nor are
    damages, taxes or rents. What a later sentence dates by a month that ended long ago ("announced
    one in June") is background, as an earlier year is.

    Args:
        told: what an article's sentences tell.
        article: the article; its day tells how long ago a month is.
        language: BCP-47; one that `hearsay.toml` does not know keeps everything.
    """
    phrases = phrases_for("hearsay", language)
    if phrases is None:
        return list(told)
    talks, tag = phrases["talks"], tag_of(language, load_knowledge().hearsay) or ""
    later = [start for start, _ in split_sentences(article.text)[OPENING:]][:1]
    day = day_of(article)
    return [
        one
        for one in told
        if not (one.event in DEALS and talks.search(_said_of(one, article)))
        and not is_owed(one, phrases, tag)
        and not (
            one.event == "shutdown" and names_plainly(one.proof.text, phrases["outage"], phrases)
        )
        and not (day and _is_later(one, later) and _is_past(one.proof.text, language, day))
        and not (day and one.event in ONE_THING and _is_ahead(one.proof.text, tag, phrases, day))
    ]


def _said_of(one: Told, article: Article) -> str:
    """Return the sentence that proves what is told, and the title where that tells it."""
    return f"{article.title}\n{one.proof.text}" if one.titled else one.proof.text


def _is_later(one: Told, later: list[int]) -> bool:
    late = bool(later) and one.proof.start >= later[0]
    return late and not one.titled and one.event not in AHEAD


def _is_ahead(sentence: str, language: str, phrases: Patterns, day: date) -> bool:
    """Return whether a sentence tells what is only due in a season, half or year to come."""
    if not phrases.get("ahead", NOTHING).search(sentence):
        return False
    times = [time for time in find_times(sentence, language, day) if time.last > day]
    return bool(times) and all(time.kind in VAGUE for time in times)


def _is_past(sentence: str, language: str, day: date) -> bool:
    """Return whether a sentence names a month that ended long ago, and no day of today."""
    times = find_times(sentence, language, day, toward="past")
    months = [time for time in times if time.kind == "month"]
    if any(time.kind == "day" or time.kind in NOW for time in times):
        return False
    last = max((time.last for time in months), default=day)
    return day - LONG_AGO < last < day - FRESH
