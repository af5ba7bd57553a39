"""Which kinds of policy and risk an article is about, and where they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.records import Article, Launch, Quote
from digest.stages.cues import CueRow, Cues, cues_for
from digest.stages.helping import without_help
from digest.stages.labels import Text, find_hits, quote_at, score
from digest.stages.taxonomy import Knowledge

RISK = 2.0  #: score at which an article is about a kind of risk
NAMED = 0.9  #: the same of a title and opening that name it, where nothing else is clear
OPENING = 400  #: code points of a title and text that say what an article is about
PLACE = 1.4  #: score at which it is about a jurisdiction
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
    found = _kinds(text, language, knowledge) if policy else ()
    if only_studies:
        return tuple(risk for risk in found if risk != INCIDENT)
    halted = score(text, cues_for(knowledge.halts, language)) >= RISK
    return (*found, INCIDENT)[:MOST] if halted and INCIDENT not in found else found


def _kinds(text: Text, language: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the kinds of risk that a text is about.

    Fines and courts speak for "regulation" whatever they are about: where nothing else is clear,
    the one that title or opening name is one, too.
    """
    found = _clearest(text, language, knowledge.risks, least=RISK)
    if any(risk not in (GENERAL, INCIDENT) for risk in found):
        return found
    opening = replace(text, full=text.full[:OPENING], lower=text.lower[:OPENING])
    special = {n: rows for n, rows in knowledge.risks.items() if n not in (GENERAL, INCIDENT)}
    named = _clearest(opening, language, special, least=NAMED)[:1]
    if found or named:
        return (*found, *named)[:MOST]
    return _clearest(opening, language, {GENERAL: knowledge.risks[GENERAL]}, least=NAMED)


def find_jurisdictions(
    article: Article, text: Text, language: str, knowledge: Knowledge
) -> tuple[Ground, ...]:
    """Return where the policy of an article holds, the clearest first, each with its sentence.

    Only what stands in one sentence, or the title, with a law, an authority, a court or what they
    do counts: a country that is named in passing has no say.
    """
    lawful = _lawful(text, cues_for(knowledge.policy, language), language, knowledge)
    found = _clearest(lawful, language, knowledge.places, least=PLACE)
    in_state = any(name.startswith("US-") for name in found)
    kept = [name for name in found if not (name == "US" and in_state)]
    return tuple(
        Ground(name, _quote(article, lawful, cues_for(knowledge.places[name], language)))
        for name in kept
    )


def _lawful(text: Text, cues: CueRow, language: str, knowledge: Knowledge) -> Text:
    """Return a text of which only the sentences of law are left, in their places."""
    broken = {
        cue.phrase
        for kind in ("security", INCIDENT)
        for cue in cues_for(knowledge.risks[kind], language)
    }
    law = [
        cue
        for row in (cues, cues_for(knowledge.risks["regulation"], language))
        for cue in row.present_in(text.lower)
        if cue.weight >= 1 and cue.phrase not in broken
    ]
    parts = [(0, text.offset - 1)]
    parts += [(start + text.offset, end + text.offset) for start, end in text.sentences]
    full = list(" " * len(text.full))
    for start, end in parts:
        part = text.full[start:end]
        if any(True for cue in law for _ in cue.spans(part, part.lower())):
            full[start:end] = part
    kept = "".join(full)
    return replace(text, full=kept, lower=kept.lower())


def _quote(article: Article, lawful: Text, cues: CueRow) -> Quote | None:
    """Return the sentence of the clearest cue that stands in one."""
    hits = sorted(find_hits(lawful, cues), key=lambda hit: -hit.points)
    quotes = (quote_at(article, lawful, hit.place) for hit in hits)
    return next(filter(None, quotes), None)


def _clearest(
    text: Text, language: str, cues: Mapping[str, Cues], *, least: float
) -> tuple[str, ...]:
    scores = {name: score(text, cues_for(rows, language)) for name, rows in cues.items()}
    best = max(scores.values(), default=0.0)
    kept = [name for name, points in scores.items() if points >= max(least, BESIDE * best)]
    return tuple(sorted(kept, key=lambda name: (-scores[name], name)))[:MOST]
