"""Whether what a verb says is news: neither hoped, planned, denied, supposed nor past."""

from __future__ import annotations

import re

from digest.stages.grammar import Grammar

NEAR = 4  #: words before the verb in which a word of doubt counts
OPENING = 7  #: words of a phrase in front ("In 2019, …") or at the end that dates the sentence
SHORT = 4  #: words of one that dates it wherever the time stands in it


def is_news(sentence: str, match: re.Match[str], grammar: Grammar, year: str) -> bool:
    """Return whether what a verb says is neither hoped, planned, denied, supposed nor past."""
    if grammar.bare.fullmatch(match[0]):
        return False
    before = sentence[: match.start()]
    names = match.start() in (match.start(group) for group in match.groupdict())
    if before.strip() and not names and grammar.articles.fullmatch(before.split()[-1]):
        return False  # "una compra": a noun
    near = " ".join(re.split(r"[,;:]", before)[-1].split()[-NEAR:])
    if grammar.unsure.search(near) or _is_negated(match, grammar):
        return False
    after = re.split(r"[,;]", sentence[match.end() :])[0]
    clause = re.split(r"[,;]", before)[-1] + match[0] + after
    ends = re.split(r"[,;]", sentence)
    asides = [
        end
        for end in (ends[0], ends[-1])
        if len(end.split()) <= (OPENING if grammar.past.match(end.strip(" .")) else SHORT)
    ]
    dated = " ".join((*asides, clause))
    return not is_past(dated, grammar, year) or bool(grammar.now.search(clause))


def is_past(phrase: str, grammar: Grammar, year: str) -> bool:
    """Return whether a phrase dates something to before the year of the article."""
    for match in grammar.past.finditer(phrase):
        years = re.findall(r"(?:19|20)\d\d", match[0])
        if not years or any(other < year for other in years):
            return True
    return False


def _is_negated(match: re.Match[str], grammar: Grammar) -> bool:
    inside = match.groupdict().get("object") or ""
    return bool(grammar.denials.search(inside))
