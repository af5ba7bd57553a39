"""What the code says to a reader, by code: each phrase a message id that catalogues translate.

Records keep codes and names; the words for them are found here, when an edition is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from digest.stages.catalogues import mark
from digest.stages.cuts import CUTS

STATUSES: Mapping[str, str] = {
    "new": mark("New"),
    "developing": mark("Still developing"),
    "late": mark("Late"),
}

#: What a vendor did; the codes of `data/launches.toml`.
EVENTS: Mapping[str, str] = {
    "launch": mark("Launch"),
    "feature": mark("Feature"),
    "integration": mark("Integration"),
    "pricing": mark("Pricing"),
    "shutdown": mark("Shutdown"),
    "acquisition": mark("Acquisition"),
    "funding": mark("Funding"),
    "partnership": mark("Partnership"),
    "study": mark("Study"),
}

#: Why a story is here: the codes of a score's parts, see `stages/rank.py`.
REASONS: Mapping[str, str] = {
    "told": mark("told by %(names)s"),
    "regulator": mark("a regulator: %(names)s"),
    "independent": mark("an independent voice: %(names)s"),
    "launch": mark("launch: %(names)s"),
    "feature": mark("feature: %(names)s"),
    "integration": mark("integration: %(names)s"),
    "pricing": mark("pricing: %(names)s"),
    "shutdown": mark("shutdown: %(names)s"),
    "acquisition": mark("acquisition: %(names)s"),
    "funding": mark("funding: %(names)s"),
    "partnership": mark("partnership: %(names)s"),
    "study": mark("study: %(names)s"),
    "unproved": mark("the event rests on its vendor's own word"),
    "policy": mark("regulation, privacy, copyright or security"),
    "owned": mark("we own a tool of %(names)s"),
    "stake": mark("our contract or data with %(names)s is touched"),
    "watching": mark("we watch %(names)s"),
    "watched": mark("names %(names)s"),
    "told-before": mark("an earlier edition has told of it"),
    "announced-before": mark("it was announced before this period"),
    "preferred": mark("matters more to these readers: %(names)s"),
    "chosen": mark("editors have moved up: %(names)s"),
    "left-out": mark("editors have left out: %(names)s"),
    "proved": mark("evidence is stated for what it claims"),
    "about": mark("about %(names)s"),
    "undated": mark("no member says when it was published"),
    "future": mark("dated in the future"),
}

#: What was read: the names of an edition's counts, see `stages/compile.py` and `store/tally.py`.
COUNTS = (
    mark("sources that spoke"),
    mark("entries found"),
    mark("articles read"),
    mark("languages"),
    mark("copies merged"),
    mark("stories of the period"),
    mark("shown"),
    mark("already told"),
    mark("not yet ranked"),
    mark("over the limit of one source"),
    mark("over the limit of one vendor"),
    mark("over the limit of a section"),
    mark("in no section of this edition"),
    mark("over the limit of the edition"),
    mark("sentences left out: not verbatim"),
    *CUTS.values(),
)

#: What editors may write anew in a story.
PARTS: Mapping[str, str] = {
    "headline": mark("headline"),
    "summary": mark("summary"),
    "labels": mark("labels"),
    "record": mark("launch record"),
}

#: Why an article went no further: the reasons of drops.
DROPS = (
    mark("off-topic"),
    mark("not an article"),
    mark("no text"),
    mark("too short"),
    mark("no page and no text"),
    mark("empty page"),
    mark("not a page that can be read"),
    mark("page is gone: it leads to the home page"),
    mark("mail could not be read"),
    mark("entry without link or text"),
    mark("could not be fetched"),
    mark("could not be read"),
    mark("model missing"),
    mark("internal error"),
)

UNTRUSTED = mark("no translation passed the checks")
LACKING = mark("no %(pair)s package")
#: Why a text stands in its own language; what stands in brackets comes from the text itself.
NOTES = (
    LACKING,
    mark("not translated"),
    mark("translation is off"),
    mark("the language is not known"),
    mark("translation refused: %(why)s"),
)

#: Why a translation was refused: see `stages/judge.py`.
REFUSALS = (
    mark("no sure answer"),
    mark("repeats itself"),
    mark("too short for its source"),
    mark("too long for its source"),
    mark("left in the source language"),
    mark("partly left in the source language"),
    mark("lost a protected part"),
    mark("lost %(what)s"),
    mark("lost the number %(what)s"),
    mark("lost the unit %(what)s"),
    mark("made up the number %(what)s"),
    mark("made up the unit %(what)s"),
)


def match_phrase(text: str, phrases: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Return the message that a text was made of, and what filled it; the text where none was."""
    found = ((each, _pattern(each).fullmatch(text)) for each in phrases)
    # The more a message says by itself, the surer it is meant: "lost the number 5" is no "lost %s".
    fitting = [(len(each), each, match.groupdict()) for each, match in found if match]
    if not fitting:
        return text, {}
    _, message, values = max(fitting, key=lambda fit: fit[0])
    return message, values


@cache
def _pattern(message: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", message)
    named = (
        f"(?P<{each}>.+)" if place % 2 else re.escape(each) for place, each in enumerate(parts)
    )
    return re.compile("".join(named), re.S)
