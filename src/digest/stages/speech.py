"""Who is quoted: what one speaker of a source says is not said by another in a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from digest.stages.clauses import clauses_of
from digest.stages.deeds import Party, is_known, parties_of, rule_of
from digest.stages.ground import Proof, own_texts
from digest.stages.sentences import terms_of

BEFORE, BEHIND = 60, 40  #: characters between a speaker and "said"
REMEMBERED = 500  # sentences
BREAK = re.compile(r"[,.;:]")
STOP = re.compile(r"[.;:!?]")


def other_speaker(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return whom a sentence has say what another says in its proofs; "" where nobody.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: the sentence's, BCP-47.
    """
    base = language.split("-")[0]
    if not is_known(base):
        return ""
    said = speeches_of(text, base)
    own = own_texts(proofs, base)
    known = [each for one in own for each in speeches_of(one, base)]
    if not said or not known:
        return ""
    for speaker, terms in said:
        mine = [each for each in known if each[0] & speaker]
        if not mine or _is_anothers(terms, speaker, known):
            return f"a speaker who says something else: {' '.join(sorted(speaker))}"
    return ""


def _is_anothers(
    terms: frozenset[str],
    speaker: frozenset[str],
    known: Sequence[tuple[frozenset[str], frozenset[str]]],
) -> bool:
    """Return whether what is said is rather what others say."""
    mine = frozenset[str]().union(*(each for who, each in known if who & speaker))
    others = frozenset[str]().union(*(each for who, each in known if not who & speaker))
    return len(terms & (others - mine)) > len(terms & (mine - others))


@lru_cache(maxsize=REMEMBERED)
def speeches_of(text: str, base: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return each speaker of a sentence with the terms of what is said."""
    parties = parties_of(text, base)
    spoken = [
        (place, party)
        for place, word in _marks(text, base)
        if (party := _speaker(text, word, parties, base))
    ]
    if not spoken:
        return ()
    found: list[tuple[frozenset[str], frozenset[str]]] = []
    pending = ""
    for start, end in clauses_of(text, base, joined=False):
        clause = _bare(text, start, end, parties, base)
        here = [party for place, party in spoken if start <= place < end]
        if here:
            terms = terms_of(clause)
            late = pending if not terms or not found else ""
            found.append((here[0].words, terms | terms_of(late)))
            pending = ""
        elif found and not pending and not _comes_later(spoken, end, text, base):
            found[-1] = (found[-1][0], found[-1][1] | terms_of(clause))
        else:
            pending = f"{pending} {clause}"
    return tuple(found)


def _comes_later(spoken: Sequence[tuple[int, Party]], end: int, text: str, base: str) -> bool:
    """Return whether a clause is followed by one that says who said it: "…, Doe said"."""
    after = next((span for span in clauses_of(text, base, joined=False) if span[0] >= end), None)
    if after is None or not any(after[0] <= place < after[1] for place, _ in spoken):
        return False
    return not terms_of(_bare(text, *after, tuple(party for _, party in spoken), base))


def _bare(text: str, start: int, end: int, parties: Sequence[Party], base: str) -> str:
    """Return a clause without names and what says that somebody says something."""
    clause = text[start:end]
    for each in parties:
        if start <= each.start < end:
            clause = clause.replace(text[each.start : each.end], " ")
    rule = rule_of(base)
    return rule.after.sub(" ", rule.said.sub(" ", clause))


def _marks(text: str, base: str) -> list[tuple[int, tuple[int, int, bool]]]:
    """Return where somebody says something, with the words' place and which side they look."""
    rule = rule_of(base)
    said = [(m.start(), (m.start(), m.end(), False)) for m in rule.said.finditer(text)]
    after = [(m.start(), (m.start(), m.end(), True)) for m in rule.after.finditer(text)]
    return sorted(said + after)


def _speaker(
    text: str, mark: tuple[int, int, bool], parties: Sequence[Party], base: str
) -> Party | None:
    start, end, behind_only = mark
    before = [
        each
        for each in parties
        if each.is_bare
        and 0 <= start - each.end <= BEFORE
        and not STOP.search(text, each.end, start)
    ]
    behind = [
        each
        for each in parties
        if 0 <= each.start - end <= BEHIND
        and (behind_only or each.is_bare)
        and not BREAK.search(text, end, each.start)
        and not rule_of(base).that.search(text[end : each.start])
    ]
    if before and "," not in text[before[-1].end : start] and not behind_only:
        return before[-1]
    if behind:
        return behind[-1] if not behind_only else behind[0]
    return before[0] if before and not behind_only else None
