"""Whom an article is about: the vendor and the products that its claims and plans belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.records import Article, Launch, Quote
from digest.stages.clean import key_of
from digest.stages.genre import Kind, find_genre
from digest.stages.grammar import Grammar, grammar_for
from digest.stages.orders import orders_in
from digest.stages.protagonist import find_protagonist
from digest.stages.sentences import CLOSERS
from digest.text import count_words, split_sentences

PRODUCTS = ("launch", "feature", "integration", "shutdown", "pricing")
COMING = ("launch", "feature", "integration")  #: what is a plan as long as its day lies ahead
DECISIVE = (*PRODUCTS, "acquisition")
DEALS = ("acquisition", "funding", "partnership")
MARKS = '"“”„«»「」『』'  #: an odd number of these is a quotation that goes on
SAID = re.compile(r"[\"“„«「『]([^\"”“»」』]+)[\"”“»」』]")
PARAGRAPH = re.compile(r"[^\n]+")
LONGEST_NAME = 5  #: words


@dataclass(frozen=True, slots=True)
class Cast:
    """The vendor that an article is about, those it names besides, and the products."""

    vendor: str  #: the main one; "" where it is not known
    vendors: tuple[str, ...]
    products: tuple[tuple[str, str], ...]  #: product and its vendor, as launches give them
    sentences: tuple[Quote, ...]  #: in order; no steps for its reader, no orders to a machine
    grammar: Grammar | None
    release: bool  #: whether the vendor itself speaks: "we" is the vendor
    text: str  #: title and text
    title: str
    paragraphs: tuple[tuple[int, int], ...]  #: of the article's text
    proofs: frozenset[int]  #: where the sentences that prove launches begin
    settled: frozenset[int]  #: those of events that count where they take effect later, too
    deals: frozenset[int]  #: where the sentences begin that prove takeovers, rounds and pacts
    only_studies: bool  #: whether studies are all that it tells
    ends: bool  #: whether it tells of a shutdown, and is no list of many things
    kind: Kind  #: news, a manual, or notes on a release
    year: str  #: of the article

    def owner_in(self, sentence: str) -> tuple[str, str]:
        """Return vendor and product that a sentence names; "" for what it does not."""
        flat = key_of(sentence)
        for product, vendor in self.products:
            if product and key_of(product) in flat:
                return vendor, product
        named = next((name for name in self.vendors if key_of(name) in flat), "")
        return named, ""

    def is_told_at(self, place: int) -> bool:
        """Return whether the main vendor is meant where a sentence names nobody.

        In its own text, or where the title names it or its product, everywhere; of a round-up only
        in the paragraphs that name it.
        """
        own = [
            self.vendor,
            *(product for product, vendor in self.products if vendor == self.vendor),
        ]
        keys = [key_of(name) for name in own if name]
        if self.release or any(key in key_of(self.title) for key in keys):
            return True
        offset = len(self.title) + 1
        told = next(
            (
                self.text[offset + start : offset + end]
                for start, end in self.paragraphs
                if start <= place < end
            ),
            "",
        )
        return any(key in key_of(told) for key in keys)


def find_cast(
    article: Article, language: str, launches: Sequence[Launch], mentions: Sequence[str]
) -> Cast:
    """Return whom an article is about.

    The main vendor is the first launch's; else the publisher of a vendor's own text; else a known
    vendor in the title; else the name that title and text repeat.
    """
    grammar, genre = grammar_for(language), find_genre(article, language)
    orders = orders_in(article.text)
    told = [one for one in launches if one.event in DECISIVE] or list(launches)
    speaker = article.publisher if article.voice == "vendor" else ""
    titled = next((name for name in mentions if name in article.title), "")
    main = next((one.vendor for one in told), "") or speaker or titled
    if article.voice != "regulator":
        main = main or find_protagonist(article, grammar)
    vendors = dict.fromkeys([main, *(one.vendor for one in launches), speaker, *mentions])
    teaches = article.voice == "vendor" and not (grammar and grammar.wide)
    things = [one for one in told if one.event in PRODUCTS and one.product]
    products = dict.fromkeys((one.product, one.vendor) for one in things)
    return Cast(
        vendor=main,
        vendors=tuple(name for name in vendors if name),
        products=tuple(sorted(products, key=lambda pair: -len(pair[0]))),
        sentences=tuple(
            Quote(article.text[start:end], article.id, start, end)
            for start, end in split_sentences(article.text)
            if article.text[end - 1] in CLOSERS  # what has no end is a heading
            and start not in orders
            and not genre.is_step(article.text[start:end])
            and not (teaches and genre.teaches.match(article.text[start:end]))
        ),
        grammar=grammar,
        release=article.voice in ("vendor", "wire"),
        text=f"{article.title}\n{article.text}",
        title=article.title,
        paragraphs=tuple(match.span() for match in PARAGRAPH.finditer(article.text)),
        proofs=frozenset(one.evidence.start for one in launches),
        settled=frozenset(one.evidence.start for one in launches if one.event not in COMING),
        deals=frozenset(one.evidence.start for one in launches if one.event in DEALS),
        only_studies=bool(launches) and all(one.event == "study" for one in launches),
        ends=genre.kind != "notes" and any(one.event == "shutdown" for one in launches),
        kind=genre.kind,
        year=(article.published or article.first_seen)[:4],
    )


def is_spoken(text: str) -> bool:
    """Return whether a sentence is somebody's words, or a part of them; a quoted name is none."""
    if sum(text.count(sign) for sign in MARKS) % 2:
        return True
    said = SAID.match(text)
    return said is not None and count_words(said[1]) > LONGEST_NAME
