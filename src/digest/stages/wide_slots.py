"""Whom and what the event of a Japanese or Chinese article is about, by its title and opening."""

from __future__ import annotations

from digest.records import Article, Quote
from digest.stages.clean import clean_name, key_of, maker_of
from digest.stages.cues import cues_for
from digest.stages.event_cues import worth_of
from digest.stages.grammar import Grammar
from digest.stages.protagonist import find_owner
from digest.stages.slots import ALONE, OPENING, TWO, Slots, is_ahead
from digest.stages.taxonomy import Knowledge
from digest.stages.wide import LATIN, QUOTED, maker_in
from digest.stages.wide_words import pair_of_parties
from digest.text import split_sentences


def fill_wide_slots(
    article: Article, event: str, grammar: Grammar, knowledge: Knowledge
) -> Slots | None:
    """Return vendor, product and proof of what an article reports, None where one is missing.

    As `fill_slots` does for languages with spaces: the vendor acts in a sentence of the opening or
    in the title, the product is quoted or in Latin letters.
    """
    cues = cues_for(knowledge.events[event], grammar.language)
    proofs = [quote for quote in _opening(article) if worth_of(quote.text, cues)]
    proofs = [quote for quote in proofs if not is_ahead(quote.text, event, grammar)]
    if not proofs:
        return None
    if event in TWO:
        return _pact(article, proofs, grammar)
    vendor = _vendor(article, proofs, grammar)
    product = "" if event in ALONE else _product(article, proofs, vendor)
    if event == "shutdown":
        vendor, product = vendor or product, product or vendor
    if not vendor or not (product or event in ALONE):
        return None
    named = [quote for quote in proofs if key_of(product or vendor) in key_of(quote.text)]
    return Slots(vendor, product, named[0]) if named else None


def _opening(article: Article) -> list[Quote]:
    return [
        Quote(article.text[start:end], article.id, start, end)
        for start, end in split_sentences(article.text)[:OPENING]
    ]


def _vendor(article: Article, proofs: list[Quote], grammar: Grammar) -> str:
    if article.voice == "vendor" and article.publisher:
        return maker_of(article.publisher)
    for text in (*(quote.text for quote in proofs), article.title):
        name = clean_name(maker_in(text, grammar) or "")
        if name and (name in article.title or article.text.count(name) > 1):
            return name
    return find_owner(article, grammar)


def _product(article: Article, proofs: list[Quote], vendor: str) -> str:
    parts = (*(quote.text for quote in proofs), article.title)
    for pattern in (QUOTED, LATIN):
        for part in parts:
            for match in pattern.finditer(part):
                name = match[match.re.groups].strip(" ・")
                own = key_of(name) == key_of(vendor) or name.upper() == "AI"
                if len(name) > 1 and clean_name(name) and not own:
                    return name
    return ""


def _pact(article: Article, proofs: list[Quote], grammar: Grammar) -> Slots | None:
    for text in (*(quote.text for quote in proofs), article.title):
        pair = pair_of_parties().match(text)
        names = (
            [clean_name(maker_in(part, grammar) or part) for part in pair.groups()] if pair else []
        )
        if len(names) == 2 and all(names) and names[0] != names[1]:  # both parties
            return Slots(names[0], names[1], proofs[0])
    return None
