"""What title and opening of an article tell together, though none of their sentences does."""

from __future__ import annotations

from collections.abc import Iterator

from digest.records import Article, Quote
from digest.stages.clean import clean_name, clean_product, key_of
from digest.stages.cuts import Cuts
from digest.stages.event_cues import NEW, NOTHING, Gist
from digest.stages.grammar import Grammar
from digest.stages.ordinary import is_frequent
from digest.stages.parties import READ, set_scene
from digest.stages.roles import choose_parties
from digest.stages.slots import fill_slots, is_ahead
from digest.stages.taxonomy import Knowledge
from digest.stages.told import Told
from digest.stages.whose import known_name
from digest.stages.wide_slots import fill_wide_slots
from digest.text import split_sentences

LEAST = 0.5  #: chance of event, vendor and product from which an article is said to tell them


def gather(
    article: Article,
    grammar: Grammar,
    knowledge: Knowledge,
    gist: Gist,
    seen: Gist,
    cuts: Cuts,
) -> list[Told]:
    """Return what title and opening together tell, at most one thing.

    Args:
        article: one of whose sentences tells nothing by itself.
        grammar: the phrases of its language.
        knowledge: names vendors as the gazetteer writes them.
        gist: what it reports, by its words.
        seen: what it reports, by its vectors as well; the same where they are not known.
        cuts: where names that are not weighed are counted.
    """
    if seen.part is not None and (told := list(_by_roles(article, grammar, knowledge, seen, cuts))):
        return told
    if gist.event == NOTHING:
        return []
    if grammar.wide:
        slots = fill_wide_slots(article, gist.event, grammar, knowledge)
    else:
        slots = fill_slots(article, gist.event, grammar, knowledge, cuts)
    if slots is None:
        return []
    event = "launch" if gist.event == NEW else gist.event
    return [_told(slots.vendor, slots.product, event, slots.proof, knowledge)]


def _told(
    vendor: str,
    product: str,
    event: str,
    proof: Quote,
    knowledge: Knowledge,
    sure: float = 1.0,
) -> Told:
    known = known_name(vendor, knowledge)
    return Told(known, product, event, proof, True, False, gathered=True, sure=sure)


def _by_roles(
    article: Article, grammar: Grammar, knowledge: Knowledge, gist: Gist, cuts: Cuts
) -> Iterator[Told]:
    """Give the likeliest kind of event with its parties, where it is likelier than none at all."""
    kind = max((k for k in gist.chances if k != NOTHING), key=lambda k: gist.chances[k])
    if gist.chances[kind] < gist.chances[NOTHING]:
        return
    scene = set_scene(article, grammar, knowledge, cuts)
    parties = choose_parties(scene, kind)
    sure = gist.chances[kind] * parties.chance if parties else 0.0
    if parties is None or sure < LEAST:
        return
    vendor = clean_name(parties.vendor)
    product = clean_product(parties.product, vendor)
    proof = _proof(article, kind, grammar, product or vendor) or _proof(
        article, kind, grammar, vendor
    )
    if proof is None or not vendor or not _is_told_of(product, article, grammar):
        return
    if kind == "funding" and grammar.revenue.search(f"{article.title}\n{proof.text}"):
        return  # a sum that nobody invested
    feature = gist.part is not None and gist.part > 0.5
    event = ("feature" if feature else "launch") if kind == NEW else kind
    yield _told(vendor, product, event, proof, knowledge, sure)


def _is_told_of(product: str, article: Article, grammar: Grammar) -> bool:
    """Return whether a product may be one: no small and frequent word alone, no quoted phrase.

    What a Japanese or Chinese text quotes once, and its title does not have, is often no name.
    """
    if grammar.wide:
        return product in article.title or article.text.count(product) > 1
    return " " in product or product != product.lower() or not is_frequent(product)


def _proof(article: Article, kind: str, grammar: Grammar, name: str) -> Quote | None:
    """Return the opening's first sentence that names something and tells no plan."""
    for start, end in split_sentences(article.text)[:READ]:
        text = article.text[start:end]
        if key_of(name) in key_of(text) and not is_ahead(text, kind, grammar):
            return Quote(text, article.id, start, end)
    return None
