"""Which kinds of policy and risk an article is about, and where they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.records import Article, Launch, Quote
from digest.stages.bound import Bound, Span, find_bound, find_places, sentences_of
from digest.stages.cues import Cues, cues_for
from digest.stages.helping import without_help
from digest.stages.labels import Text, find_hits, quote_at, score, without_spans, worth_of
from digest.stages.law import SURE, load_law
from digest.stages.taxonomy import Knowledge

RISK = 2.0  #: score at which an article is about a kind of risk
NAMED = 0.9  #: the same of a title and opening that name it, where nothing else is clear
OPENING = 400  #: code points of a title and text that say what an article is about
PLACE = 1.4  #: score at which it is about a jurisdiction
OFFICE = 1.3  #: weight of an office beside a place; an authority's full name is enough by itself
BESIDE = 0.34  #: a further one needs this share of the best one's score
MOST = 3
INCIDENT = "incident"
GENERAL = "regulation"  #: what a fine or a court speaks for, whatever it is about


@dataclass(frozen=True, slots=True)
class Ground:
    """A jurisdiction, and the sentence that names it with its law, authority or court."""

    place: str  #: "EU", "US-CA", "international"
    quote: Quote | None  #: None where only the title does


def find_risks(
    text: Text,
    language: str,
    knowledge: Knowledge,
    *,
    policy: bool,
    only_studies: bool = False,
    launches: Sequence[Launch] = (),
) -> tuple[str, ...]:
    """Return the kinds of policy and risk of an article, the clearest first; at most three.

    A halt, a recall or a suspension is an incident whether or not an article is one of policy; one
    that a study counts is none, nor is one that a product is for ("outage alerts").

    Args:
        text: the article, laid out.
        language: decides which cues count.
        knowledge: the cues.
        policy: whether the article is one of policy.
        only_studies: whether studies are all that it tells.
        launches: what it tells.
    """
    text = without_help(text, language, knowledge, launches)
    found = _kinds(text, language, load_law().risks) if policy else ()
    if only_studies:
        return tuple(risk for risk in found if risk != INCIDENT)
    halted = score(text, cues_for(knowledge.halts, language)) >= RISK
    return (*found, INCIDENT)[:MOST] if halted and INCIDENT not in found else found


def _kinds(text: Text, language: str, risks: Mapping[str, Cues]) -> tuple[str, ...]:
    """Return the kinds of risk that a text is about.

    Fines and courts speak for "regulation" whatever they are about: where nothing else is clear,
    the one that title or opening name is one, too.
    """
    found = _clearest(text, language, risks, least=RISK)
    if any(risk not in (GENERAL, INCIDENT) for risk in found):
        return found
    opening = replace(text, full=text.full[:OPENING], lower=text.lower[:OPENING])
    special = {n: rows for n, rows in risks.items() if n not in (GENERAL, INCIDENT)}
    named = _clearest(opening, language, special, least=NAMED)[:1]
    if found or named:
        return (*found, *named)[:MOST]
    return _clearest(opening, language, {GENERAL: risks[GENERAL]}, least=NAMED)


def find_jurisdictions(
    article: Article, text: Text, language: str, knowledge: Knowledge, *, acts: Iterable[int]
) -> tuple[Ground, ...]:
    """Return where the policy of an article holds, the clearest first, each with its sentence.

    Only what stands in one sentence, or the title, with a law, an authority, a court or what they
    do counts: a country that is named in passing has no say, nor has the town of a firm. An office
    is that of the place beside it: the Swiss "Garante" is not Italy's.

    Args:
        article: an article of policy.
        text: the same, laid out.
        language: decides which words count.
        knowledge: the cues of the subject.
        acts: where somebody acts, in `text.full`.
    """
    law = load_law()
    bound = find_bound(text, language, law)
    lawful = _lawful(text, language, knowledge, (*acts, *(one.start for one in bound)))
    named = find_places(text, language, law)
    foreign = {code: [n.span for n in named if n.place != code] for code in law.places}
    read = {code: _without_others(lawful, code, bound, foreign[code]) for code in law.places}
    scores = {code: _score_of(read[code], code, language, bound) for code in law.places}
    found = _best(scores, least=PLACE)
    in_state = any(name.startswith("US-") for name in found)
    kept = [name for name in found if not (name == "US" and in_state)]
    return tuple(Ground(n, _quote(article, read[n], n, language, bound)) for n in kept)


def _score_of(text: Text, code: str, language: str, bound: Sequence[Bound]) -> float:
    """Return what speaks for a place; an office beside it where its own words are too few."""
    hits = find_hits(text, cues_for(load_law().places[code], language))
    points = sum(hit.points for hit in hits)
    if any(hit.weight >= OFFICE for hit in hits):
        return max(points, PLACE)
    beside = [worth_of(text, one.start) for one in bound if one.place == code]
    return points if points >= PLACE or not beside else points + OFFICE * max(beside)


def _without_others(text: Text, code: str, bound: Sequence[Bound], foreign: Sequence[Span]) -> Text:
    """Return a text without the offices and names of other places: "India" in "Indonesia"."""
    own = {one.office for one in bound if one.place == code}
    others = [(b.start, b.end) for b in bound if b.place != code and b.office not in own]
    return without_spans(text, (*others, *foreign))


def _lawful(text: Text, language: str, knowledge: Knowledge, acts: Sequence[int]) -> Text:
    """Return a text of which only the sentences of law and of acts are left, in their places."""
    broken = {
        cue.phrase
        for kind in ("security", INCIDENT)
        for cue in cues_for(knowledge.risks[kind], language)
    }
    law = [
        cue
        for row in (knowledge.policy, knowledge.risks["regulation"])
        for cue in cues_for(row, language).present_in(text.lower)
        if cue.weight >= 1 and cue.phrase not in broken
    ]
    full = list(" " * len(text.full))
    for start, end in sentences_of(text):
        part = text.full[start:end]
        done = any(start <= act < end for act in acts)
        if done or any(True for cue in law for _ in cue.spans(part, part.lower())):
            full[start:end] = part
    kept = "".join(full)
    return replace(text, full=kept, lower=kept.lower())


def _quote(
    article: Article, lawful: Text, code: str, language: str, bound: Sequence[Bound]
) -> Quote | None:
    """Return the sentence of the clearest cue that stands in one, or of an office of the place."""
    cues = cues_for(load_law().places[code], language)
    hits = sorted(find_hits(lawful, cues), key=lambda hit: -hit.points)
    offices = [one.start for one in bound if one.place == code]
    sure = [hit.place for hit in hits if hit.weight >= SURE]
    every = (*sure, *offices, *(hit.place for hit in hits))
    return next(filter(None, (quote_at(article, lawful, place) for place in every)), None)


def _clearest(
    text: Text, language: str, cues: Mapping[str, Cues], *, least: float
) -> tuple[str, ...]:
    found = {name: score(text, cues_for(rows, language)) for name, rows in cues.items()}
    return _best(found, least=least)


def _best(scores: Mapping[str, float], *, least: float) -> tuple[str, ...]:
    best = max(scores.values(), default=0.0)
    kept = [name for name, points in scores.items() if points >= max(least, BESIDE * best)]
    return tuple(sorted(kept, key=lambda name: (-scores[name], name)))[:MOST]
