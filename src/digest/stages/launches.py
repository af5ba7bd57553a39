"""What vendors did, each proved by a sentence of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.records import Article, Label, Launch, Quote
from digest.stages.grammar import Grammar, grammar_for
from digest.stages.spaced import events_of
from digest.stages.taxonomy import Knowledge, Vendor
from digest.stages.wide import wide_events_of
from digest.text import split_sentences

MOST_WORDS = 90  #: longer "sentences" are lists and tables
PER_ARTICLE = 12


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a sentence says a vendor did."""

    vendor: str  #: "" where the sentence says "the company"
    product: str
    event: str


def find_launches(
    article: Article, language: str, *, knowledge: Knowledge, labels: Sequence[Label]
) -> tuple[Launch, ...]:
    """Return what vendors did, in the order of the text, each with its verbatim sentence.

    Hopes, plans, rumours, denials, suppositions and what happened in an earlier year give none.
    The category is the label whose proof is the same sentence, else the article's best.

    Args:
        article: its publisher stands for "we" where the voice is a vendor's own.
        language: decides which phrases count; a language without phrases gives nothing.
        knowledge: names vendors as the gazetteer writes them.
        labels: the article's labels.
    """
    grammar = grammar_for(language)
    if grammar is None:
        return ()
    year = (article.published or article.first_seen)[:4]
    found: dict[tuple[str, str, str], Launch] = {}
    subject = ""
    for start, end in split_sentences(article.text):
        quote = Quote(article.text[start:end], article.id, start, end)
        for vendor, product, event in _read(quote.text, grammar, year):
            vendor = known_name(vendor, knowledge) or subject or _speaker(article)
            if not vendor or _same(vendor, product):
                continue
            subject = subject or vendor
            key = (event, _key(vendor), _key(product))
            category = _category(quote, labels)
            found.setdefault(key, Launch(vendor, product, event, category, quote))
    return tuple(found.values())[:PER_ARTICLE]


def _read(sentence: str, grammar: Grammar, year: str) -> list[tuple[str, str, str]]:
    if sentence.endswith(("?", "？")) or len(sentence.split()) > MOST_WORDS:
        return []
    return (wide_events_of if grammar.wide else events_of)(sentence, grammar, year)


def known_name(name: str, knowledge: Knowledge) -> str:
    """Return the gazetteer's name where one of its vendors is meant, else the name as it is."""
    for vendor in knowledge.vendors:
        if name in vendor.names:
            return vendor.name
    return name


def _speaker(article: Article) -> str:
    return article.publisher if article.voice == "vendor" else ""


def _same(vendor: str, product: str) -> bool:
    return not product or _key(vendor) == _key(product)


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _category(quote: Quote, labels: Sequence[Label]) -> str | None:
    for label in labels:
        if label.evidence and label.evidence.start == quote.start:
            return label.name
    return labels[0].name if labels else None


__all__ = ["Event", "Vendor", "find_launches", "known_name"]
