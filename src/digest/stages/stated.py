"""Which evidence the sentences of an article state for a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.records import Proof, ProofKind, Quote
from digest.stages.at_work import named_models
from digest.stages.cast import Cast, is_spoken
from digest.stages.clean import clean_name, key_of
from digest.stages.names import find_names
from digest.stages.phrase_data import NOTHING, WIDE, Patterns, phrases_of_all
from digest.stages.protagonist import LATIN

KINDS: tuple[ProofKind, ...] = ("data", "model", "result", "customer", "change")


def find_proofs(
    product: str,
    sentences: Iterable[Quote],
    cast: Cast,
    phrases: Patterns,
    *,
    manual: Patterns | None = None,
) -> tuple[Proof, ...]:
    """Return the sentences that state evidence, one a kind, in the order of `KINDS`.

    Args:
        product: what is claimed of; sentences that name another product alone say nothing of it.
        sentences: those that may state evidence, in order.
        cast: whom the article is about; it has a grammar.
        phrases: of claims, in the article's language.
        manual: of documentation, where the article is of that kind: data needs no number there.
    """
    others = [key_of(name) for name, _ in cast.products if name and name != product]
    found: dict[ProofKind, Quote] = {}
    for quote in sentences:
        flat = key_of(quote.text)
        if any(other in flat for other in others) and not (product and key_of(product) in flat):
            continue
        for kind in _states(quote.text, cast, phrases, manual):
            found.setdefault(kind, quote)
    return tuple(Proof(kind, found[kind]) for kind in KINDS if kind in found)


def is_concrete(text: str, phrases: Patterns, manual: Patterns | None = None) -> bool:
    """Return whether a sentence says what kind of data something works on.

    Args:
        text: the sentence.
        phrases: of claims, in its language.
        manual: of documentation, where it stands in one.
    """
    tables = (phrases, manual or {})
    works = any(table.get("data", NOTHING).search(text) for table in tables)
    return works and any(table.get("kinds", NOTHING).search(text) for table in tables)


def _states(
    text: str, cast: Cast, phrases: Patterns, manual: Patterns | None
) -> Iterator[ProofKind]:
    """Give the kinds of evidence that a sentence states."""
    spoken, every = is_spoken(text), phrases_of_all("claims")
    if is_concrete(text, phrases, manual) and (manual or every["number"].search(text)):
        yield "data"
    if named_models().search(text) or (manual or {}).get("built", NOTHING).search(text):
        yield "model"
    measured = phrases["measured"].search(text)
    if measured and phrases["result"].search(text) and every["amount"].search(text):
        yield "result"
    if not spoken and _names_customer(text, cast, phrases):
        yield "customer"
    if phrases["change"].search(text) and _is_about(text, cast, phrases):
        yield "change"


def _is_about(text: str, cast: Cast, phrases: Patterns) -> bool:
    return bool(cast.owner_in(text)[0] or phrases["ai"].search(text)) and not is_spoken(text)


def _names_customer(text: str, cast: Cast, phrases: Patterns) -> bool:
    """Return whether a name that is neither vendor nor product follows a word for customers."""
    cue = phrases["customer"].search(text)
    if not cue:
        return False
    own = [key_of(name) for name in (*cast.vendors, *(name for name, _ in cast.products))]
    wide = cast.grammar is not None and cast.grammar.language in WIDE
    return any(
        not any(key_of(name) in one or one in key_of(name) for one in own if one)
        for name in (_wide_names(text) if wide else _names(text[cue.end() :], cast))
        if len(key_of(name)) > 2
    )


def _names(rest: str, cast: Cast) -> list[str]:
    """Return the names near the front of a phrase, kinds of thing left out."""
    assert cast.grammar is not None
    near = re.split(r"[.;:]\s", rest)[0][:120]
    return [
        name for one in find_names(near, cast.grammar, opens=False) if (name := clean_name(one))
    ]


def _wide_names(text: str) -> list[str]:
    every = phrases_of_all("claims")
    latin = [match[0] for match in LATIN.finditer(text)]
    named = [name for name in every["named"].findall(text) if not every["counted"].search(name)]
    return [name for name in (*latin, *named) if not every["kind"].fullmatch(name)]
