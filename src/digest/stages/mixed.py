"""What a draft takes from one of its proofs and says of another's: "in 2027", "cut"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from digest.stages.clauses import WIDE, clauses_of
from digest.stages.figures import Figures, find_figures, merged
from digest.stages.fresh_names import is_name
from digest.stages.ground import TOKEN, Proof, fold_word, plain
from digest.stages.sentences import terms_of
from digest.stages.turned import turned
from digest.stages.unproved import unproved

REMEMBERED = 1_000  # sentences and clauses
YEAR = re.compile(r"(?:19|20)\d\d")
#: A number in digits and the two words that follow it.
COUNTED = re.compile(r"(?<![\w.,])(\d[\d.,]*)[ \u00a0-]((?:[^\W\d_]+[ -]?){1,2})")


def mixed_up(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return what a clause says that the proof of its words does not, in words; "" where nothing.

    The proof of a clause is the one that has most of its words. Told only where each proof stands
    in the sentence's language, itself or translated.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: the sentence's, BCP-47.
    """
    rows = _by_sentence(proofs, language)
    if counted := _counted(text, rows, language):
        return f"a number or date that no source has of this: {counted}"
    if len(rows) < 2:
        return ""
    terms = [_words(row, language) for row in rows]
    for start, end in clauses_of(text, language, joined=False):
        clause = text[start:end]
        words = {word for word in terms_of(clause) if not word[0].isdigit()}
        if best := _best(words, terms, rows):
            said = find_figures(clause, language, strict=True)
            if figure := _lacks(said, best):
                return f"a number or date that no source has of this: {figure}"
            if direction := turned(clause, best, language):
                return direction
        names = terms_of(" ".join(_names(clause, language)))
        best = _best(words - names, terms, rows)
        if name := _strange(clause, best, rows, language):
            return f"a name that no source has of this: {name}"
    return ""


def _best(
    words: Collection[str], terms: Sequence[frozenset[str]], rows: Sequence[Sequence[Proof]]
) -> list[Proof]:
    """Return the proofs that have most of some words; none where all have as many."""
    shared = [len(each & frozenset(words)) for each in terms]
    if max(shared) == min(shared):
        return []
    return [
        proof
        for row, count in zip(rows, shared, strict=True)
        for proof in row
        if count == max(shared)
    ]


def _counted(text: str, rows: Sequence[Sequence[Proof]], language: str) -> str:
    """Return a number with what it counts where all proofs count other things by it."""
    if language.split("-")[0] in WIDE:
        return ""
    proofs = [plain(each.text) for row in rows for each in row if _is_in(each, language)]
    terms = frozenset[str]().union(*map(terms_of, proofs))
    for match in COUNTED.finditer(text):
        if YEAR.fullmatch(match[1]) or not terms_of(match[2].split()[0]):
            continue
        things = terms_of(match[2])
        places = [at for proof in proofs for at in COUNTED.finditer(proof) if at[1] == match[1]]
        if things and places and not things & terms and all(terms_of(at[2]) for at in places):
            return match[0]
    return ""


def _strange(
    clause: str, best: Sequence[Proof], rows: Sequence[Sequence[Proof]], language: str
) -> str:
    """Return a name of another proof that stands in place of the name that opens this one."""
    if language.split("-")[0] in WIDE:
        return ""
    said = _names(clause, language)
    own = [_names(plain(each.text), language) for each in best if _is_in(each, language)]
    known = {name for names in own for name in names}
    others = {
        name
        for row in rows
        for each in row
        if _is_in(each, language)
        for name in _names(plain(each.text), language)
    }
    if not own or not all(own) or any(names[0] in said for names in own):
        return ""
    return next((name for name in said if name in others - known), "")


@lru_cache(maxsize=REMEMBERED)
def _names(text: str, language: str) -> tuple[str, ...]:
    return tuple(
        fold_word(match[0])
        for match in TOKEN.finditer(text)
        if is_name(match[0], language, before=text[: match.start()])
    )


def _lacks(said: Figures, row: Sequence[Proof]) -> str:
    return unproved(said, merged(find_figures(p.text, p.language, strict=False) for p in row))


def _words(row: Sequence[Proof], language: str) -> frozenset[str]:
    return frozenset().union(*(terms_of(plain(p.text)) for p in row if _is_in(p, language)))


def _by_sentence(proofs: Sequence[Proof], language: str) -> list[list[Proof]]:
    """Return the proofs by the sentence that they are; none where one is not in the language."""
    rows: dict[str, list[Proof]] = {}
    for place, proof in enumerate(proofs):
        rows.setdefault(proof.of or f"#{place}", []).append(proof)
    every = list(rows.values())
    return every if all(any(_is_in(p, language) for p in row) for row in every) else []


def _is_in(proof: Proof, language: str) -> bool:
    return proof.language.split("-")[0] == language.split("-")[0]
