"""What a draft turns round within one source: "Bolt sues Acme" on "Acme sues Bolt"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.stages.deeds import (
    ACTS,
    ELSE,
    SUFFERS,
    UNSURE,
    Deed,
    Party,
    deeds_of,
    is_known,
    rule_of,
)
from digest.stages.ground import Proof, own_texts

WHY = "who does what to whom is not as in its sources"

Relation = tuple[frozenset[str], frozenset[str], str]


def turned_round(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return what a sentence says of two names the other way round, in words; "" where nothing.

    Names that both stand in a clause are compared with the clauses of the proofs: who acts, on
    whom, and to or from whom. Passive and active are told apart. Only proofs in the sentence's
    own language, themselves or translated, are compared.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: the sentence's, BCP-47.
    """
    base = language.split("-")[0]
    if not is_known(base):
        return ""
    own = own_texts(proofs, base)
    known = [deed for each in own for deed in deeds_of(each, base)]
    if not known:
        return ""
    said = deeds_of(text, base)
    there = [each for deed in known for each in _relations(deed, base)]
    for deed in said:
        for one, other, led in _relations(deed, base):
            if _has(there, other, one, led) and not _has(there, one, other, led):
                return f"{WHY}: {_say(one)}, {_say(other)}"
        for place, party in enumerate(deed.parties):
            if wrong := _acts_otherwise(deed, place, known, base):
                return f"{WHY}: {_say(party.words)}, {wrong}"
    return ""


def _relations(deed: Deed, base: str) -> Iterator[Relation]:
    """Yield who acts, on or to whom, and the word between."""
    roles = [deed.role(place) for place in range(len(deed.parties))]
    mutual = rule_of(base).mutual
    for place, one in enumerate(deed.parties):
        for at, other in enumerate(deed.parties):
            if place == at or one.words & other.words:
                continue
            if roles[place] == ACTS and roles[at] == SUFFERS:
                yield one.words, other.words, ""
            elif roles[place] in (ELSE, UNSURE) or deed.passive or other.before in mutual:
                continue
            elif other.before and one.start < other.start:
                yield one.words, other.words, other.before


def _has(
    relations: Sequence[Relation], one: frozenset[str], other: frozenset[str], led: str
) -> bool:
    return any(one & a and other & b and led == word for a, b, word in relations)


def _acts_otherwise(deed: Deed, place: int, known: Sequence[Deed], base: str) -> str:
    """Return what is done where a name acts in this clause and in no proof does, or is done to."""
    party, role = deed.parties[place], deed.role(place)
    if role in (ELSE, UNSURE) or (role == SUFFERS and not deed.passive):
        return ""
    if not party.acts and not deed.opens(place):
        return ""
    for word in _done(deed, party, base):
        alike = [
            (each, n, start)
            for each in known
            for stem, start, _ in each.words
            for n, one in enumerate(each.parties)
            if stem == word and one.words & party.words
        ]
        if alike and all(_differs(*each, role, base) for each in alike):
            return word
    return ""


def _differs(deed: Deed, place: int, done: int, role: str, base: str) -> bool:
    """Return whether a party of a proof does otherwise than `role` what stands at `done`."""
    party, has = deed.parties[place], deed.role(place)
    if party.before in rule_of(base).mutual or party.owns:
        return False
    if rule_of(base).fixed and party.is_bare and not party.joined:
        has = ACTS if (party.start < done) != deed.passive else SUFFERS
    return has not in (role, UNSURE)


def _done(deed: Deed, party: Party, base: str) -> Iterator[str]:
    """Yield the words that may say what is done: behind whoever acts, or at the end."""
    said = rule_of(base).said
    behind = [
        word
        for word, start, whole in deed.words
        if (start > party.start or party.acts) and not said.fullmatch(whole)
    ]
    yield from behind[:1]
    if rule_of(base).late:
        yield from behind[-1:]


def _say(words: frozenset[str]) -> str:
    return " ".join(sorted(words))
