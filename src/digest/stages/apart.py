"""Numbers that stand apart within one source: "A rose 5 % and B fell 7 %" is no "A rose 7 %"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.stages.clauses import clauses_of
from digest.stages.figures import DATE_UNIT, Figure, find_figures
from digest.stages.ground import Proof, own_texts
from digest.stages.sentences import terms_of

REMEMBERED = 500  # sentences


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence with figures.

    Args:
        figures: value and unit of each.
        head: the terms before the first of them.
        tail: the terms behind it.
    """

    figures: frozenset[tuple[str, str]]
    head: frozenset[str]
    tail: frozenset[str]

    @property
    def terms(self) -> frozenset[str]:
        """All of them."""
        return self.head | self.tail


def taken_apart(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return a figure that a sentence gives to what a proof counts otherwise; "" where none.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: the sentence's, BCP-47.
    """
    base = language.split("-")[0]
    own = own_texts(proofs, base)
    known = [pieces for each in own if len(pieces := pieces_of(each, base)) > 1]
    if not known:
        return ""
    for start, end in clauses_of(text, base, joined=False):
        words = _terms(text[start:end])
        for figure in _amounts(text[start:end], base):
            key = (figure.value, figure.unit)
            rows = [pieces for pieces in known if any(key in each.figures for each in pieces)]
            if rows and all(_is_swapped(key, words, pieces) for pieces in rows):
                return figure.said.strip()
    return ""


def _is_swapped(key: tuple[str, str], words: frozenset[str], pieces: Sequence[Piece]) -> bool:
    """Return whether some words are rather those of another figure with the same unit."""
    mine = [each for each in pieces if key in each.figures]
    others = [
        each
        for each in pieces
        if key not in each.figures and any(unit == key[1] for _, unit in each.figures)
    ]
    own = frozenset[str]().union(*(each.terms for each in mine))
    for other in others:
        heads = words & (other.head - own) and all(each.head - words for each in mine)
        rest = [each.tail - other.terms for each in mine]
        tails = words & (other.tail - own) and all(each and not each & words for each in rest)
        if heads or tails:
            return True
    return False


@lru_cache(maxsize=REMEMBERED)
def pieces_of(text: str, base: str) -> tuple[Piece, ...]:
    """Return the parts of a sentence that have figures, others with the one before them."""
    return tuple(_piece(part, base) for part in _parts(text, base))


def _parts(text: str, base: str) -> Iterator[str]:
    part, has = "", False
    for start, end in clauses_of(text, base, joined=False):
        counts = bool(_amounts(text[start:end], base))
        if counts and has:
            yield part
            part, has = "", False
        part, has = f"{part} {text[start:end]}".strip(), has or counts
    if has:
        yield part


def _piece(part: str, base: str) -> Piece:
    amounts = _amounts(part, base)
    place = min(max(part.find(each.said.strip("−")), 0) for each in amounts)
    figures = frozenset((each.value, each.unit) for each in amounts)
    return Piece(figures, _terms(part[:place]), _terms(part[place:]))


def _amounts(text: str, base: str) -> list[Figure]:
    found = find_figures(text, base, strict=True).amounts
    return [each for each in found if each.unit != DATE_UNIT]


def _terms(text: str) -> frozenset[str]:
    return frozenset(word for word in terms_of(text) if not word[0].isdigit())
