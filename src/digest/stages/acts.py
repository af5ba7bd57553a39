"""What makes news one of policy: an authority, a court or a law acts, or something went wrong.

A product's category ("consent platform"), what it is sold for, and a purchase that an authority has
yet to approve are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from digest.records import Article, Launch, Quote
from digest.stages.bound import find_bound, sentences_of, spans_of
from digest.stages.clean import key_of
from digest.stages.cues import CueRow, cues_for
from digest.stages.genre import find_genre
from digest.stages.helping import without_help
from digest.stages.labels import Hit, Text, find_hits, quote_at, without_spans, worth_of
from digest.stages.law import SURE, Law, load_law
from digest.stages.ours import OFFERS
from digest.stages.taxonomy import Knowledge, load_knowledge

POLICY = 1.9  #: score of an article of policy: that of a phrase hard to mistake in its opening
DEED = 1.3  #: weight of what an authority does, by where it stands
OPENING = 150  #: characters of notes on a release in which their subject stands
EARLY = 60  #: code points of a sentence in which an office that acts is named
FIRST = 15  #: the same of an authority's or a law's own name, which may only be what is sold for
TURNED = re.compile(r"\s+(?:[^\W\d_]{1,4}['’\s]\s*)?")  #: from a verb to who acts, behind it
REACH = 90  #: code points after it in which it acts
SEARCH = "search-engine policy"


@dataclass(frozen=True, slots=True)
class Policy:
    """Whether an article is one of policy, and the sentences in which somebody acts."""

    is_one: bool
    quotes: tuple[Quote | None, ...]  #: sentences that tell an act or a halt; None for the title
    places: tuple[int, ...]  #: where acts begin, in `Text.full`


def find_policy(
    article: Article,
    text: Text,
    language: str,
    knowledge: Knowledge,
    *,
    launches: Sequence[Launch] = (),
) -> Policy:
    """Return whether regulation, privacy, security or a search engine's rules are the subject.

    It needs an act, and what comes first is the news: an act after a product's launch is none,
    unless the title tells it. A vendor's own text is about policy only where its title says so,
    also by a law's name ("Consent under the CCPA"): its manuals tell on every page what has to be
    agreed to. Notes on a release, whose titles are all alike, say so in their opening. What an
    authority publishes is an act by itself.

    Args:
        article: the article, in its own language.
        text: the same, laid out.
        language: decides which cues count.
        knowledge: the cues of the subject, and what helps against incidents.
        launches: what vendors launch and trade in it.
    """
    law = load_law()
    offers = [one for one in launches if one.event in OFFERS]
    left = without_offers(text, offers, language)
    if offers:
        left = without_help(left, language, knowledge, launches)
    acts = list(_acts(left, language, law))
    hits = find_hits(left, _both(language))
    points = sum(hit.points for hit in hits)
    points += DEED * max((worth_of(left, start) for start, _, deed in acts if deed), default=0.0)
    titled = any(start < text.offset for start, _, _ in acts)
    told = bool(acts) and (titled or not _is_late(acts, offers, text, language))
    if article.voice == "vendor":
        told = _is_subject(article, text, language, acts=acts, hits=() if offers else hits)
    told = told or article.voice == "regulator"
    one = told and points >= POLICY
    places = tuple(sorted(start for start, _, _ in acts))
    halts = (start for start, _ in spans_of(left, cues_for(knowledge.halts, language)))
    quotes = (quote_at(article, text, place) for place in sorted((*places, *halts)))
    return Policy(one, tuple(dict.fromkeys(quotes)), places)


def _is_subject(
    article: Article,
    text: Text,
    language: str,
    *,
    acts: Sequence[tuple[int, int, bool]],
    hits: Sequence[Hit],
) -> bool:
    """Return whether a vendor's own text is about policy: by its title, or the opening of notes."""
    near = text.offset + OPENING if find_genre(article, language).kind == "notes" else text.offset
    named = any(hit.titled for hit in hits)
    return named or any(start < near for start, _, _ in acts)


def without_offers(text: Text, offers: Sequence[Launch], language: str) -> Text:
    """Return a text without the sentences that tell what vendors offer, and titles of the same.

    What a search engine does to sites stays, however it is told.
    """
    offers = [one for one in offers if not _is_of_search(one.evidence.text, language)]
    title = key_of(text.full[: text.offset])
    spans = [(one.evidence.start + text.offset, one.evidence.end + text.offset) for one in offers]
    if any(one.product and key_of(one.product) in title for one in offers):
        spans.append((0, text.offset - 1))
    return without_spans(text, spans)


@cache
def _both(language: str) -> CueRow:
    """Return the cues of the subject and those of acts; what both have counts once."""
    rows = (cues_for(load_knowledge().policy, language), cues_for(load_law().acts, language))
    return CueRow(dict.fromkeys(cue for row in rows for cue in row))


@cache
def _sure(language: str) -> tuple[CueRow, CueRow]:
    """Return the cues of acts and of offices that say so by themselves."""
    rows = (cues_for(each, language) for each in (load_law().acts, load_law().offices))
    acts, offices = (CueRow(cue for cue in row if cue.weight >= SURE) for row in rows)
    return acts, offices


def _acts(text: Text, language: str, law: Law) -> Iterator[tuple[int, int, bool]]:
    """Give start and end of each act, and whether it is a deed of somebody with power."""
    acts, _ = _sure(language)
    yield from ((start, end, False) for start, end in spans_of(text, acts))
    actors = list(_actors(text, language, law))
    deeds = spans_of(text, cues_for(law.deeds, language))
    for start, end in sentences_of(text):
        for actor, ends, early in actors:
            if start <= actor <= start + early:
                done = [d for d in deeds if ends <= d[0] <= min(ends + REACH, end)]
                yield from ((actor, d[1], True) for d in done[:1])
            elif start <= actor < end:
                turned = (d for d in deeds if TURNED.fullmatch(text.full, d[1], actor))
                yield from ((d[0], ends, True) for d in turned if start <= d[0])


def _actors(text: Text, language: str, law: Law) -> Iterator[tuple[int, int, int]]:
    """Give start and end of who may act, and how early in a sentence it has to stand."""
    bound = find_bound(text, language, law)
    yield from ((one.start, one.end, EARLY) for one in bound)
    _, offices = _sure(language)
    yield from ((start, end, EARLY) for start, end in spans_of(text, offices))
    yield from ((start, end, FIRST) for start, end in spans_of(text, law.authorities(language)))


def _is_late(
    acts: Sequence[tuple[int, int, bool]], offers: Sequence[Launch], text: Text, language: str
) -> bool:
    """Return whether a vendor's offer comes before the first act, and it is no search engine's."""
    first = min(start for start, _, _ in acts) - text.offset
    early = any(one.evidence.start < first for one in offers)
    return early and not any(_is_of_search(text.full[a:b], language) for a, b, _ in acts)


def _is_of_search(text: str, language: str) -> bool:
    """Return whether a text tells what a search engine does to sites."""
    known = {cue.phrase for cue in cues_for(load_law().risks[SEARCH], language)}
    lower = text.lower()
    acts = _sure(language)[0].present_in(lower)
    return any(cue.phrase in known for cue in acts for _ in cue.spans(text, lower))
