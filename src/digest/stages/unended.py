"""Ends that are none: denied, put off, or of a plan that never came to be a product."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.records import Article
from digest.stages.grammar import Grammar
from digest.stages.phrase_data import Patterns, phrases_for
from digest.stages.told import ONE_THING, Told

#: Rows that say of a thing that it does not end, or later: it is not shut down, and not new.
STAYING = ("postponed", "stays")
STAYING_EVENTS = ("shutdown", *ONE_THING)


def without_unended(told: Iterable[Told], article: Article, grammar: Grammar) -> list[Told]:
    """Return what is told without ends that are denied or put off, and plans that are given up.

    "Acme has scrapped its plan to add SMS" shuts nothing down. A sentence that goes on with an end
    of its own keeps it: "drops its plans for SMS and shuts down Nova".

    Args:
        told: what an article's sentences tell.
        article: the article; its title is read where that tells it, or helps to.
        grammar: the phrases of its language.
    """
    phrases = phrases_for("hearsay", grammar.language)
    if phrases is None:
        return list(told)
    return [one for one in told if not _is_none(one, article, grammar, phrases)]


def _is_none(one: Told, article: Article, grammar: Grammar, phrases: Patterns) -> bool:
    rows = ("dropped", *(STAYING if one.event in STAYING_EVENTS else ()))
    said = [article.title] if one.titled else [one.proof.text]
    said += [article.title] if one.gathered else [one.proof.text] if one.titled else []
    return any(
        _is_taken_back(text, phrases[row], one.event, grammar) for text in said for row in rows
    )


def _is_taken_back(text: str, pattern: re.Pattern[str], event: str, grammar: Grammar) -> bool:
    """Return whether words take an event back, and no other words of the sentence tell it."""
    if not pattern.search(text):
        return False
    rest = pattern.sub(" ", text)
    kinds = ONE_THING if event in ONE_THING else (event,)
    every = (*grammar.events.near(rest), *grammar.passive.near(rest))
    return not any(kind in kinds and phrase.search(rest) for kind, phrase in every)
