"""A study that a sentence cites by its title and by who made it, in any order of words."""

from __future__ import annotations

import re

from digest.stages.grammar import Grammar
from digest.stages.names import find_names
from digest.stages.spaced import Found
from digest.stages.tense import is_past

TITLE = re.compile(r"[\"“„«‹‘]\s?([^\"“”„«»‹›‘]{3,80}?)\s?[\"”“»›’]")
NEAR = 60  #: characters between a study's title and the word for it
BETWEEN = 2  #: words between "institute" and the name at most
FARTHEST = 50  #: characters after it in which the name stands


def study_in(sentence: str, grammar: Grammar, year: str) -> list[Found]:
    """Return the study of a sentence that cites it: who made it, its title, and "study".

    "Only 3 percent, according to “Visits 2026”, the report that the consultancy Acme released".
    """
    if grammar.condition.match(sentence) or is_past(sentence, grammar, year):
        return []
    for noun in grammar.study.finditer(sentence):
        title = _title(sentence, noun)
        maker = _maker(sentence, title, grammar) if title else ""
        if maker:
            return [(maker, title, "study")]
    return []


def _title(sentence: str, noun: re.Match[str]) -> str:
    """Return the quoted title beside the word for a study."""
    for match in TITLE.finditer(sentence):
        apart = max(match.start() - noun.end(), noun.start() - match.end())
        name = match[1].strip(" ,.")
        if apart <= NEAR and (name[:1].isupper() or name[:1].isdigit()):
            return name
    return ""


def _maker(sentence: str, title: str, grammar: Grammar) -> str:
    """Return the name after "institute", "consultancy" or the like, or after "by"."""
    for pattern in (grammar.institute, grammar.by):
        for match in pattern.finditer(sentence):
            rest = sentence[match.end() :][:FARTHEST]
            names = [name for name in find_names(rest, grammar, opens=False) if name not in title]
            if names and len(rest[: rest.find(names[0])].split()) <= BETWEEN:
                return names[0]
    return ""
