"""Authorities, courts and laws, which are no vendors whatever they open, fine or publish."""

from __future__ import annotations

from collections.abc import Iterable

from digest.records import Launch
from digest.stages.cues import cues_for
from digest.stages.taxonomy import Knowledge

SURE = 1.0  #: weight of a cue that names one, and no country in passing


def without_authorities(
    launches: Iterable[Launch], language: str, knowledge: Knowledge
) -> tuple[Launch, ...]:
    """Return the launches whose vendor is none of `policy.toml`'s authorities, courts and laws."""
    return tuple(
        one
        for one in launches
        if not is_authority(one.vendor, one.evidence.text, language, knowledge)
    )


def is_authority(name: str, sentence: str, language: str, knowledge: Knowledge) -> bool:
    """Return whether a vendor's name is an authority's or a place's.

    So is a part of an authority's name, where the sentence writes it in full.
    """
    if not name or any(name in one.names for one in knowledge.vendors):
        return False
    for text in (name, sentence):
        lower = text.lower()
        for rows in knowledge.places.values():
            for cue in cues_for(rows, language).present_in(lower):
                if cue.phrase == name:
                    return True
                if cue.weight < SURE:
                    continue
                if any(name in text[start:end] for start, end in cue.spans(text, lower)):
                    return True
    return False
