"""What kind of event title and opening tell of, and under whose law: what sets like texts apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

from digest.stages.cues import Cue, CueRow, cues_for, tag_of
from digest.stages.forgetting import remembered
from digest.stages.gist import gist_of
from digest.stages.taxonomy import load_knowledge

if TYPE_CHECKING:
    from digest.stages.sketch import Sketch

HALF = 1.0  # worth of cues that is half of "very clear"
MOST = 2.0  # what the cues of one kind are worth at most
TITLE = 2.0  # how often a title's cue counts: it says what the article is about
DOUBT = "doubt"  # no kind of event: what speaks against one
NOWHERE = "international"  # no jurisdiction that excludes another
REMEMBERED = 30_000  # articles


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the words of one article tell."""

    kinds: Mapping[str, float]  #: worth of the cues of each kind of event or risk
    length: float  #: of these as a vector
    places: Mapping[str, float]  #: likewise of each jurisdiction; of a state's also its country's


@remembered(REMEMBERED)
def kinds_of(sketch: Sketch) -> Kinds:
    """Return the kinds of event and risk and the jurisdictions of title and first sentences."""
    row, meant = _cues(tag_of(sketch.language, ALL) or "")
    lead, title = gist_of(sketch).lead, len(sketch.title)
    lower = lead.lower()
    found: dict[tuple[str, str], float] = {}
    for cue in row.present_in(lower):
        place = next((start for start, _ in cue.spans(lead, lower)), None)
        if place is not None:
            worth = cue.weight * (TITLE if place < title else 1.0)
            for key in meant[cue]:
                found[key] = min(MOST, found.get(key, 0.0) + worth)
    kinds = {name: worth for (what, name), worth in found.items() if what == "kind"}
    places = {name: worth for (what, name), worth in found.items() if what == "place"}
    length = sqrt(sum(worth * worth for worth in kinds.values()))
    return Kinds(kinds, length, places)


def kinds_apart(one: Kinds, other: Kinds) -> float:
    """Return how clearly two articles tell of events of other kinds, 0 not at all … 1 very.

    One minus the cosine of the worth of their kinds, by how clear the less clear one's are.
    """
    if not (one.length and other.length):
        return 0.0
    shared = sum(worth * other.kinds.get(name, 0.0) for name, worth in one.kinds.items())
    return (1.0 - shared / (one.length * other.length)) * _part(min(one.length, other.length))


def places_apart(one: Kinds, other: Kinds) -> float:
    """Return how clearly they stand under the law of other places, that of none in common."""
    if not one.places.keys().isdisjoint(other.places):
        return 0.0
    worth = min(max(each.places.values(), default=0.0) for each in (one, other))
    return _part(worth)


def _part(worth: float) -> float:
    return worth / (worth + HALF)


ALL = ("en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "zh-Hant")


@cache
def _cues(language: str) -> tuple[CueRow, Mapping[Cue, list[tuple[str, str]]]]:
    """Return all cues that count in a language, and what each of them speaks for."""
    knowledge = load_knowledge()
    meant: dict[Cue, list[tuple[str, str]]] = {}
    rows = [("kind", name, cues) for name, cues in knowledge.events.items() if name != DOUBT]
    rows += [("kind", name, cues) for name, cues in knowledge.risks.items()]
    rows += [("place", name, cues) for name, cues in knowledge.places.items() if name != NOWHERE]
    for what, name, cues in rows:
        for cue in cues_for(cues, language):
            keys = [(what, name)]
            if what == "place" and "-" in name:
                keys.append((what, name.split("-")[0]))
            known = meant.setdefault(cue, [])
            known += [key for key in keys if key not in known]
    return CueRow(meant), meant
