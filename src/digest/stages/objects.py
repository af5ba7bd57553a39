"""What a sentence cancels or moves: a planned thing itself, or a thing beside it."""

from __future__ import annotations

import re

from digest.stages.later_news import find_terms
from digest.stages.outcomes import Outcome
from digest.stages.phrase_data import WIDE, Patterns, phrases_for

STOP = re.compile(r"[,;:.，、；。]")


def is_beside(plan: str, text: str, language: str, outcome: Outcome) -> bool:
    """Return whether a sentence moves or cancels something beside a planned thing.

    "Cancelled the fee for its report builder": between the verb and "for" stands a thing that is
    neither the plan's nor its coming ("the launch of …"). Where the plan's words come before the
    verb, as in passives, the first thing there counts. False in a language without phrases, and
    where the plan's words stand on neither side.

    Args:
        plan: what it is about, in the language of the sentence.
        text: the sentence, without its vendor's names, as long as it was.
        language: BCP-47.
        outcome: what was read of the sentence.
    """
    phrases = phrases_for("outcomes", language)
    if phrases is None:
        return False
    start, end = outcome.at
    told = " ".join(word for word in plan.split() if not phrases["coming"].search(word))
    own = frozenset(term for term in find_terms(told) if not phrases["coming"].search(term))
    within = text[start:end]
    inner = _holds(own, within)  # "pushed the launch of its report builder back"
    after = " ".join(within.split(" ")[1:]) if inner else text[end:]
    for side in (after, text[:start]):
        if _holds(own, side):
            return not _is_meant(own, _first(side, phrases, wide=language in WIDE), phrases)
    return False


def _holds(terms: frozenset[str], text: str) -> bool:
    return bool(terms & find_terms(text))


def _is_meant(terms: frozenset[str], thing: str, phrases: Patterns) -> bool:
    """Return whether a thing is the planned one, its coming, or none at all ("for …")."""
    there = find_terms(thing)
    return not there or bool(terms & there) or phrases["coming"].search(thing) is not None


def _first(side: str, phrases: Patterns, *, wide: bool) -> str:
    """Return the thing up to the first "for" or "of"; in Japanese and Chinese behind the last."""
    if not wide:
        return phrases["link"].split(STOP.split(side)[0])[0].strip()
    parts = [part for clause in STOP.split(side) for part in phrases["link"].split(clause)]
    return next((part for part in reversed(parts) if find_terms(part)), "").strip()
