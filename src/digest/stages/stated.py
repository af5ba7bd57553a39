"""Which evidence the sentences of an article state for a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.records import Proof, ProofKind, Quote
from digest.stages.at_work import named_models
from digest.stages.cast import Cast, is_spoken
from digest.stages.clean import key_of
from digest.stages.customers import names_customer
from digest.stages.phrase_data import NOTHING, Patterns, phrases_of_all

NEAR = 3  #: words before a verb in which it is said to lie ahead
TURNED = 12  #: the same where verbs stand last
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
            if not (kind == "customer" and quote.start in cast.deals):
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
    counted = every["number"].search(text)
    learned = counted and phrases.get("learned", NOTHING).search(text)
    if learned or (is_concrete(text, phrases, manual) and (manual or counted)):
        yield "data"
    if named_models().search(text) or (manual or {}).get("built", NOTHING).search(text):
        yield "model"
    customer = not spoken and names_customer(text, cast, phrases)
    measured = customer or phrases["measured"].search(text)
    if measured and every["amount"].search(text) and _is_reached(text, cast, phrases):
        yield "result"
    if customer:
        yield "customer"
    changed = phrases["change"].search(text) and _is_about(text, cast, phrases)
    if changed or (not spoken and _takes_less(text, phrases)):
        yield "change"


def _is_reached(text: str, cast: Cast, phrases: Patterns) -> bool:
    """Return whether a sentence says that something changed, and not only that it will."""
    ahead, turns = phrases.get("ahead", NOTHING), cast.grammar is not None and cast.grammar.turns
    for match in phrases["result"].finditer(text):
        before = re.split(r"[,;:，、；：]", text[: match.start()])[-1]
        if cast.grammar is None or not cast.grammar.wide:
            before = " ".join(before.split()[-(TURNED if turns else NEAR) :])
        if not ahead.search(f"{before} {match[0]}"):
            return True
    return False


def _takes_less(text: str, phrases: Patterns) -> bool:
    """Return whether a sentence holds the time that something took against what it takes now."""
    if not (phrases.get("took", NOTHING).search(text) and phrases.get("now", NOTHING).search(text)):
        return False
    return len(phrases.get("span", NOTHING).findall(text)) > 1


def _is_about(text: str, cast: Cast, phrases: Patterns) -> bool:
    return bool(cast.owner_in(text)[0] or phrases["ai"].search(text)) and not is_spoken(text)
