"""Which sentence of later news says what became of a plan, in the plan's language or another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from digest.ports import Encoder
from digest.records import Plan, Quote
from digest.stages.crossing import countries_of, kind_of_names
from digest.stages.later_news import Later, find_numbers, find_terms
from digest.stages.objects import is_beside
from digest.stages.phrase_data import phrases_for
from digest.stages.times import find_times

COVERED = 0.5  #: share of a plan's terms that the fulfilling sentence has, at least
FEWEST = 3  #: terms that both have, at least
TURNED = (
    2  #: the same of a sentence that says by itself that something is there, moved or cancelled
)
ABOUT = 0.1  #: share by which two numbers may differ: "about 80" and 85
#: Cosine from which a sentence is of a plan that names the same thing: below, at least one in ten
#: of other things of the vendor is told (`benchmarks.fit_kept`, half `open`, leave-one-out).
NEAR: Final = {False: 0.24, True: 0.23}  #: what is done; what is moved or cancelled
#: The same where neither names anything. Of a dozen plans and 40
#: sentences in ten languages, those of other things reach 0.50.
NEAR_ALONE: Final = {False: 0.52, True: 0.62}
#: Where they share a number or words of one language, or a name and it does not say by itself that
#: something is there.
NEAR_OTHERWISE = 0.33
#: The same of a sentence that names nothing, where its article elsewhere has the plan's name.
NEAR_AROUND = 0.33
REST = 0.15  #: the same of a next sentence that says what is missing
LATE = timedelta(days=183)  #: news so long after the due day tells of something else


def find_fulfilling(
    plan: Plan, stated: date, news: Sequence[Later], language: str, encoder: Encoder | None = None
) -> Later | None:
    """Return the sentence of later news that does what a plan said, None where none does.

    In the plan's own language the one that has the most of its words, half of them at least; fewer
    are enough where it says by itself that something is there. Else,
    of another language, the nearest one that shares a name or a number with the plan besides the
    vendor's name, or is near enough without one.

    Args:
        plan: with its sentence.
        stated: the day on which it was stated.
        news: from `find_later`, of its vendor.
        language: the plan's.
        encoder: compares sentences of two languages; without it none is.
    """
    later = [one for one in _after(plan, stated, news) if one.does]
    text = content_of(plan, stated, language)
    own = [one for one in later if _is_in(one.language, language)]
    abroad = [one for one in later if one not in own]
    least = max(COVERED * _size(text), FEWEST - 0.5)
    done = [one for one in own if one.outcome.turn == "done"]
    thing = _without_cue(text, language)
    fewer = max(COVERED * _size(thing), TURNED - 0.5)
    return (
        _by_words(text, own, least)
        or _by_words(thing, done, fewer)
        or _by_meaning(text, plan, abroad, language, encoder)
        or _by_meaning(text, plan, done, language, encoder, named=True)
    )


def find_turned(
    plan: Plan, stated: date, news: Sequence[Later], language: str, encoder: Encoder | None = None
) -> Later | None:
    """Return the last sentence of later news that moves or cancels a plan, None where none does.

    It has half of the plan's words, or is near in meaning, in whatever language. In the plan's own
    one it moves the planned thing, no other beside it ("the fee for …"). The arguments are those of
    `find_fulfilling`.
    """
    text = content_of(plan, stated, language)
    thing = _without_cue(text, language)
    later = [
        one
        for one in _after(plan, stated, news)
        if one.outcome.turn in ("moved", "cancelled")
        and not (_is_in(one.language, language) and _is_beside(thing, one))
    ]
    least = max(COVERED * _size(text), TURNED) - 0.5
    near = _near_ones(text, plan, later, language, encoder)
    meant = [
        one
        for one in later
        if one in near or (_is_in(one.language, language) and _by_words(text, [one], least))
    ]
    return meant[-1] if meant else None


def _is_beside(thing: str, one: Later) -> bool:
    """Return whether a sentence moves or cancels something beside a planned thing."""
    text = one.quote.text
    terms = find_terms(thing)
    names = [name for name in one.called if not find_terms(name) & terms]
    for name in sorted(filter(None, names), key=lambda name: -len(name)):
        text = text.replace(name, " " * len(name))
    for time in find_times(text, one.language, one.day):
        text = text[: time.start] + " " * (time.end - time.start) + text[time.end :]
    return is_beside(thing, text, one.language, one.outcome)


def _after(plan: Plan, stated: date, news: Sequence[Later]) -> list[Later]:
    """Return what was said after a plan, in order, as long as it may be meant."""
    last = date.fromisoformat(plan.due) + LATE if plan.due else date.max
    later = [one for one in news if stated < one.day <= last]
    return sorted(later, key=lambda one: (one.day, one.quote.article, one.quote.start))


def content_of(plan: Plan, stated: date, language: str) -> str:
    """Return what a plan is about: its sentence without its vendor and its times."""
    text = plan.quote.text
    for time in reversed(find_times(text, language, stated)):
        text = f"{text[: time.start]} {text[time.end :]}"
    return without_names([plan.vendor], text)


def _without_cue(text: str, language: str, *, weak: bool = False) -> str:
    """Return a plan's content without the words that make it one: "plans to", `weak`: "will"."""
    phrases = phrases_for("plans", language)
    if phrases is None:
        return text
    text = phrases["strong"].sub(" ", text)
    return phrases["weak"].sub(" ", text) if weak else text


def _told_beside(plan: str, later: Later) -> str:
    """Return a sentence without the names of its vendor, those of products that a plan has kept."""
    return without_names([name for name in later.called if name not in plan], later.quote.text)


def without_names(names: Iterable[str], text: str) -> str:
    """Return a text without a vendor's names, and what follows between commas on who it is."""
    longest = sorted(filter(None, names), key=lambda name: -len(name))
    if not longest:
        return text
    return re.sub(rf"(?:{'|'.join(map(re.escape, longest))})(?:, [^,]{{3,80}}, )?", " ", text)


def _is_in(language: str, other: str) -> bool:
    return language.split("-")[0] == other.split("-")[0]


def _size(text: str) -> int:
    return len(find_terms(text)) + len(find_numbers(text))


def _by_words(text: str, later: Sequence[Later], least: float) -> Later | None:
    terms, numbers = find_terms(text), find_numbers(text)
    best, most = None, least
    for one in later:
        shared = len(terms & one.terms) + len(_alike(numbers, one.numbers))
        if shared > most:
            best, most = one, shared
    return best


def _alike(numbers: Iterable[int], others: Sequence[int]) -> list[int]:
    return [one for one in numbers if any(abs(one - other) <= ABOUT * one for other in others)]


def _by_meaning(
    text: str,
    plan: Plan,
    later: Sequence[Later],
    language: str,
    encoder: Encoder | None,
    *,
    named: bool = False,
) -> Later | None:
    """Return the sentence that is nearest of those that are near enough, None where none is."""
    found = _near_ones(text, plan, later, language, encoder, named=named)
    return max(found, key=lambda one: found[one], default=None)


def _near_ones(
    text: str,
    plan: Plan,
    later: Sequence[Later],
    language: str,
    encoder: Encoder | None,
    *,
    named: bool = False,
) -> dict[Later, float]:
    """Return the sentences that are near a plan in meaning, each with its cosine.

    Args:
        text: the plan's content.
        plan: whose vendor's name says nothing.
        later: sentences in any language.
        language: the plan's.
        encoder: none is near without it, nor in a language that it does not know.
        named: whether only those count that name what the plan names.
    """
    least = {}
    for one in later:
        lowest = _least(text, plan, one, language, named=named)
        if lowest < 1:  # the others cannot count, and encoding takes long
            least[one] = lowest
    known = [one for one in least if encoder and encoder.knows(one.language)]
    if encoder is None or not known or not encoder.knows(language):
        return {}
    rows = encoder.encode([text, *(_told_beside(text, one) for one in known)])
    cosines = map(float, rows[1:] @ rows[0])
    return {one: cosine for one, cosine in zip(known, cosines, strict=True) if cosine >= least[one]}


def _least(text: str, plan: Plan, one: Later, language: str, *, named: bool) -> float:
    """Return the cosine from which a sentence is of a plan, 1 where it cannot be."""
    languages = (language, one.language)
    called = [*one.called, plan.vendor]
    kind = kind_of_names(text, one.quote.text, languages, called)
    turned = one.outcome.turn in ("moved", "cancelled")
    if kind == "shared":
        return NEAR[turned] if one.outcome.turn else NEAR_OTHERWISE
    if kind == "other":
        return 1.0
    if one.outcome.turn and kind_of_names(text, one.whole, languages, called) == "shared":
        return NEAR_AROUND
    if _has_product(text, one):
        return NEAR_OTHERWISE
    if named:
        return 1.0
    thing = find_terms(_without_cue(text, language, weak=True))
    has_words = _is_in(*languages) and len(thing & one.terms) >= TURNED
    if _alike(find_numbers(text), one.numbers) or (turned and has_words):
        return NEAR_OTHERWISE
    return NEAR_ALONE[turned] if one.outcome.turn and kind == "none" else 1.0


def _has_product(text: str, one: Later) -> bool:
    """Return whether both name a product that the team calls its vendor by, too: many a thing's."""
    return any(name in text and name in one.quote.text for name in one.called if name)


def find_rest(
    plan: Plan, stated: date, by: Later, language: str, encoder: Encoder | None
) -> Quote | None:
    """Return the fulfilling sentence up to a next one on what of the plan is missing, if any is.

    It is about the plan: it shares a name or a country with it, or is near it in meaning.
    """
    text = content_of(plan, stated, language)
    for quote in by.rest:
        said = quote.text[len(by.quote.text) :].strip()
        languages = (language, by.language)
        called = [*by.called, plan.vendor]
        if kind_of_names(text, said, languages, called) == "shared":
            return quote
        if countries_of(text, language) & countries_of(said, by.language):
            return quote
        if encoder and encoder.knows(language) and encoder.knows(by.language):
            rows = encoder.encode([text, said])
            if float(rows[1] @ rows[0]) >= REST:
                return quote
    return None
