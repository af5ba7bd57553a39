"""What is on offer against outages and leaks: it names an incident, and none has happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.records import Launch
from digest.stages.clean import key_of
from digest.stages.cues import cues_for
from digest.stages.labels import Text, without_spans
from digest.stages.phrase_data import NOTHING, Patterns, phrases_for
from digest.stages.taxonomy import Knowledge

NEAR = 60  #: code points before and after a cue in which its help stands
ENDS = re.compile(r"[.!?;\n。！？；]")
#: Events of what a vendor offers: what their sentences name has befallen nobody.
OFFERED = frozenset({"launch", "feature", "integration"})


def without_help(
    text: Text, language: str, knowledge: Knowledge, launches: Sequence[Launch]
) -> Text:
    """Return a text without the words for incidents that only say what something helps against.

    "Outage alerts" and "protection against data leaks" are none, and what stands in the sentence,
    or with the product in the title, by which a launch is told is what the product is for; an
    article of an outage tells of it elsewhere, too.

    Args:
        text: an article, laid out.
        language: decides which cues and which words of help count.
        knowledge: the cues.
        launches: what the article tells.
    """
    helps = (
        (start, end)
        for start, end in _spans(text, language, knowledge)
        if _is_help(text.full, start, end, language) or _is_offered(text, start, launches)
    )
    return without_spans(text, helps)


def tells_incident(sentence: str, language: str, knowledge: Knowledge) -> bool:
    """Return whether a sentence names a leak or an outage, and nothing that helps against one."""
    lower = sentence.lower()
    return any(
        not _is_help(sentence, start, end, language)
        for kind in ("incident", "security")
        for cue in cues_for(knowledge.risks[kind], language).present_in(lower)
        for start, end in cue.spans(sentence, lower)
    )


def _spans(text: Text, language: str, knowledge: Knowledge) -> Iterator[tuple[int, int]]:
    """Give where a text names a halt, an incident or a breach of security."""
    for cues in (knowledge.halts, knowledge.risks["incident"], knowledge.risks["security"]):
        for cue in cues_for(cues, language).present_in(text.lower):
            yield from cue.spans(text.full, text.lower)


def _is_help(text: str, start: int, end: int, language: str) -> bool:
    before = ENDS.split(text[max(0, start - NEAR) : start])[-1].rstrip()
    after = ENDS.split(text[end : end + NEAR])[0].lstrip()
    kinds = {one: phrases_for("help", one) for one in (language, "en")}
    word = text[start:end]
    return any(_stands(before, word, after, phrases) for phrases in kinds.values() if phrases)


def _stands(before: str, word: str, after: str, phrases: Patterns) -> bool:
    ends = any(match.end() == len(before) for match in phrases["before"].finditer(before))
    held = phrases.get("inside", NOTHING).fullmatch(word)
    return ends or bool(held) or phrases["after"].match(after) is not None


def _is_offered(text: Text, place: int, launches: Sequence[Launch]) -> bool:
    """Return whether a place is in what tells a launch: its sentence, or a title that names it."""
    told = [one for one in launches if one.event in OFFERED]
    if place < text.offset:
        title = key_of(text.full[: text.offset])
        return any(one.product and key_of(one.product) in title for one in told)
    at = place - text.offset
    return any(one.evidence.start <= at < one.evidence.end for one in told)
