"""What a draft has to keep of its proofs: that something is denied, and that it is uncertain.

"The company will not sell user data" must not become "will sell", nor "expects to reach" "reached".
Told by words: a clause of the draft that says what a proof denies, and denies nothing, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from digest.stages.clauses import clauses_of
from digest.stages.data_files import read_data
from digest.stages.ground import Proof, plain
from digest.stages.sentences import terms_of

ENOUGH = 2  #: words of what is denied by which a clause says it again …
SHARE = 0.5  #: … or this share of them, where they are few
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Mark:
    """How a language denies, or hedges.

    Args:
        found: in a proof.
        kept: in a draft: the same, and other words that keep it.
        spared: looks like it and is none.
        after: whether only what follows in the clause is denied.
    """

    found: re.Pattern[str]
    kept: re.Pattern[str]
    spared: re.Pattern[str]
    after: bool = False

    def scopes(self, text: str, language: str) -> Iterator[tuple[int, int]]:
        """Yield where what is denied or hedged stands in a text."""
        for start, end in clauses_of(text, language):
            match = self.found.search(text, start, end)
            if match:
                yield (match.start() if self.after else start), end

    def bare(self, text: str) -> str:
        """Return a text without what only looks like a denial or a hedge."""
        return self.spared.sub(lambda match: " " * len(match[0]), text)


def lost(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return what a draft's sentence loses of its proofs, in words; "" where nothing.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: the sentence's, BCP-47.
    """
    if _loses(text, proofs, language, _denials()):
        return "a denial of its sources is lost"
    if _loses(text, proofs, language, _hedges()):
        return "what its sources leave open is told as a fact"
    return ""


def denies_otherwise(text: str, proofs: Sequence[Proof], language: str) -> bool:
    """Return whether a sentence denies something else than what its proofs deny.

    Told only where all proofs that deny are in its own language.
    """
    base = language.split("-")[0]
    mark = _denials().get(base)
    denying = [each for each in proofs if _marks(each, _denials())]
    if mark is None or any(_base(each) != base for each in denying):
        return False
    known = frozenset[str]().union(*(terms_of(plain(each.text)) for each in denying))
    bare = mark.bare(text)
    said = [terms_of(bare[start:end]) for start, end in mark.scopes(bare, language)]
    return bool(denying) and any(terms and not terms & known for terms in said)


def _loses(text: str, proofs: Sequence[Proof], language: str, marks: Mapping[str, Mark]) -> bool:
    base = language.split("-")[0]
    mark = marks.get(base)
    if mark is None:
        return False  # in a language whose denials are not known nothing tells that one is lost
    bare = mark.bare(text)
    same = [plain(each.text) for each in proofs if _base(each) == base]
    if not any(_marks(each, marks) for each in proofs if _base(each) == base):
        foreign = any(_marks(each, marks) for each in proofs if _base(each) != base)
        return foreign and not mark.kept.search(bare)
    open_terms = [
        terms_of(text[start:end])
        for start, end in clauses_of(bare, language)
        if not mark.kept.search(bare, start, end)
    ]
    return any(
        len(terms & said) >= min(ENOUGH, max(1, SHARE * len(terms)))
        for terms in _marked(same, mark, language)
        for said in open_terms
    )


def _marked(texts: Sequence[str], mark: Mark, language: str) -> Iterator[frozenset[str]]:
    """Yield the terms of each passage that is denied or hedged, and of no other one."""
    inside: list[frozenset[str]] = []
    outside: set[str] = set()
    for text in texts:
        bare = mark.bare(text)
        rest, end = "", 0
        for start, stop in mark.scopes(bare, language):
            inside.append(terms_of(mark.found.sub(" ", bare[start:stop])))
            rest, end = f"{rest} {bare[end:start]}", stop
        outside |= terms_of(f"{rest} {bare[end:]}")
    yield from (terms for each in inside if (terms := each - outside))


def _marks(proof: Proof, marks: Mapping[str, Mark]) -> bool:
    mark = marks.get(_base(proof))
    return mark is not None and bool(mark.found.search(mark.bare(plain(proof.text))))


def _base(proof: Proof) -> str:
    return proof.language.split("-")[0]


@cache
def _denials() -> Mapping[str, Mark]:
    rows = read_data("denials.toml")
    return {
        base: _mark(row["denies"], row["says"], row["spared"], after=row["reach"] == "after")
        for base, row in rows.items()
    }


@cache
def _hedges() -> Mapping[str, Mark]:
    rows = read_data("hedges.toml")
    return {base: _mark(row["hedges"], row["weak"], row["spared"]) for base, row in rows.items()}


def _mark(found: str, too: str, spared: str, *, after: bool = False) -> Mark:
    each = (found, f"{found}|{too}", spared)
    first, kept, none = (re.compile(pattern, re.I) if pattern else NEVER for pattern in each)
    return Mark(first, kept, none, after)
