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
    return tuple(one for one in launches if not _is_authority(one, language, knowledge))


def _is_authority(launch: Launch, language: str, knowledge: Knowledge) -> bool:
    """Return whether a vendor's name is an authority's, or a part of one in its sentence."""
    name = launch.vendor
    if not name or any(name in one.names for one in knowledge.vendors):
        return False
    for text in (name, launch.evidence.text):
        lower = text.lower()
        for rows in knowledge.places.values():
            for cue in cues_for(rows, language).present_in(lower):
                if cue.weight < SURE:
                    continue
                if any(name in text[start:end] for start, end in cue.spans(text, lower)):
                    return True
    return False
