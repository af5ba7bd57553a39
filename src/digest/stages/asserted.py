"""Whether a sentence says what AI does in a product, not what others found or what befell it."""

from __future__ import annotations

import re

from digest.stages.authorities import spans_of_authorities
from digest.stages.cast import Cast
from digest.stages.phrase_data import NOTHING, Patterns
from digest.stages.tense import is_past

AFTER = 45  #: characters after who finds something in which the finding's verb may stand
BEFORE = 15  #: characters before them in which it may, and in which "according to" stands
ARTICLE = 5  #: characters before an authority's name that opens a sentence
OPENING = 30  #: characters in which a sentence dates what it tells
CLAUSE = re.compile(r"[,;:，。；：]")


def is_asserted(text: str, start: int, cast: Cast, phrases: Patterns, *, works: bool) -> bool:
    """Return whether a sentence that names AI is a claim for it.

    What courts, authorities and auditors find is none, nor are outages, leaks, suits and takeovers,
    what a vendor is said to be where one is told ("Acme, a chatbot maker, has bought …"), what a
    model was not trained on, what only might be, and what was launched in an earlier year.

    Args:
        text: the sentence.
        start: where it begins in the article.
        cast: whom the article is about.
        phrases: of claims, in its language.
        works: whether AI is at work in it; what then only dates or supposes it is a circumstance.
    """
    named = phrases["ai"].search(text) or phrases.get("soft", NOTHING).search(text)
    place = named.start() if named else len(text)
    if _is_found(text, cast, phrases) or _is_guess(text, place, cast, phrases):
        return False
    if _befalls(text, place, phrases, works) or phrases.get("limited", NOTHING).search(text):
        return False
    if start in cast.deals and _is_aside(text, place):
        return False
    return works or not (
        start in cast.deals or _is_supposed(text, place, cast) or _is_old(text, cast)
    )


def _is_found(text: str, cast: Cast, phrases: Patterns) -> bool:
    """Return whether a court, an authority or an auditor says it: "The court found that …"."""
    finds = phrases.get("finds", NOTHING)
    for match in phrases.get("judge", NOTHING).finditer(text):
        near = text[max(match.start() - BEFORE, 0) : match.start()]
        if finds.search(text[match.start() : match.end() + AFTER]) or finds.search(near):
            return True
        if _is_passed_on(text, match.start(), phrases):
            return True
    language = cast.grammar.language if cast.grammar else ""
    return any(
        first <= ARTICLE or _is_passed_on(text, first, phrases)
        for first, _ in spans_of_authorities(text, language)
    )


def _is_passed_on(text: str, place: int, phrases: Patterns) -> bool:
    """Return whether "according to" stands before a place: "Selon la CNIL", "laut der Prüfung"."""
    before = text[max(place - BEFORE, 0) : place]
    met = list(phrases.get("per", NOTHING).finditer(before))
    return bool(met) and len(before[met[-1].end() :].split()) <= 1


def _befalls(text: str, place: int, phrases: Patterns, works: bool) -> bool:
    """Return whether it tells of a mishap; one that AI at work is named before is its task."""
    met = phrases.get("mishap", NOTHING).search(text)
    return met is not None and (not works or met.start() < place)


def _is_aside(text: str, place: int) -> bool:
    """Return whether AI stands between the first two commas of a sentence."""
    first, *rest = [match.start() for match in CLAUSE.finditer(text)][:2] or [len(text)]
    return first < place < (rest[0] if rest else 0)


def _is_guess(text: str, place: int, cast: Cast, phrases: Patterns) -> bool:
    """Return whether the clause up to AI only says what might be."""
    unreal = phrases.get("unreal", NOTHING)
    if cast.grammar and cast.grammar.language == "ja":
        return unreal.search(text) is not None
    return unreal.search(CLAUSE.split(text[:place])[-1]) is not None


def _is_supposed(text: str, place: int, cast: Cast) -> bool:
    """Return whether AI stands in the clause of a sentence that opens with "if"."""
    opens = cast.grammar is not None and cast.grammar.condition.match(text.lstrip("\"“„«'‘ "))
    return bool(opens) and not CLAUSE.search(text[:place])


def _is_old(text: str, cast: Cast) -> bool:
    """Return whether a sentence opens by dating what it tells to an earlier year or time."""
    opening = CLAUSE.split(text[:OPENING])[0]
    return cast.grammar is not None and is_past(opening, cast.grammar, cast.year)
