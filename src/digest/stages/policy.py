"""Which kinds of policy and risk an article is about, and where they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.records import Article, Quote
from digest.stages.cues import Cue, Cues, cues_for
from digest.stages.labels import Text, find_hits, quote_at, score
from digest.stages.taxonomy import Knowledge

RISK = 2.0  #: score at which an article is about a kind of risk
PLACE = 1.4  #: score at which it is about a jurisdiction
BESIDE = 0.34  #: a further one needs this share of the best one's score
MOST = 3
INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Ground:
    """A jurisdiction, and the sentence that names it with its law, authority or court."""

    place: str  #: "EU", "US-CA", "international"
    quote: Quote | None  #: None where only the title does


def find_risks(text: Text, language: str, knowledge: Knowledge, *, policy: bool) -> tuple[str, ...]:
    """Return the kinds of policy and risk of an article, the clearest first; at most three.

    A halt, a recall or a suspension is an incident whether or not an article is one of policy.
    """
    found = _clearest(text, language, knowledge.risks, least=RISK) if policy else ()
    halted = score(text, cues_for(knowledge.halts, language)) >= RISK
    return (*found, INCIDENT)[:MOST] if halted and INCIDENT not in found else found


def find_jurisdictions(
    article: Article, text: Text, language: str, knowledge: Knowledge
) -> tuple[Ground, ...]:
    """Return where the policy of an article holds, the clearest first, each with its sentence.

    Only what stands in one sentence, or the title, with a law, an authority, a court or what they
    do counts: a country that is named in passing has no say.
    """
    lawful = _lawful(text, cues_for(knowledge.policy, language), language, knowledge)
    found = _clearest(lawful, language, knowledge.places, least=PLACE)
    kept = [name for name in found if not (name == "US" and "US-CA" in found)]
    return tuple(
        Ground(name, _quote(article, lawful, cues_for(knowledge.places[name], language)))
        for name in kept
    )


def _lawful(text: Text, cues: Sequence[Cue], language: str, knowledge: Knowledge) -> Text:
    """Return a text of which only the sentences of law are left, in their places."""
    broken = {
        cue.phrase
        for kind in ("security", INCIDENT)
        for cue in cues_for(knowledge.risks[kind], language)
    }
    law = [
        cue
        for cue in (*cues, *cues_for(knowledge.risks["regulation"], language))
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


def _quote(article: Article, lawful: Text, cues: Sequence[Cue]) -> Quote | None:
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
