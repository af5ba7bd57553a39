"""The sentences of an article that may tell a launch, and the one that bears a title out."""

from __future__ import annotations

from collections.abc import Iterator

from digest.records import Article, Quote
from digest.stages.clean import key_of, truecase
from digest.stages.datelines import bare
from digest.stages.nested import flat
from digest.stages.sentences import CLOSERS, terms_of
from digest.text import split_sentences

BORNE_OUT = 0.5  #: share of a title's terms in the sentence that bears it out, at least
OPENING = 4  #: sentences that may bear a title out


def statements(article: Article, language: str) -> Iterator[tuple[Quote | None, str]]:
    """Give each sentence with its quote, to be read: without dateline and nested quotation marks.

    Last the title, which has no quote.
    """
    wide = language in ("ja", "zh-Hans", "zh-Hant")
    for start, end in split_sentences(article.text):
        if wide and article.text[end - 1] not in CLOSERS:
            continue  # a heading, which names a kind of event and tells none
        quote = Quote(article.text[start:end], article.id, start, end)
        yield quote, flat(bare(quote.text))
    yield None, flat(truecase(article.title, article.text, language))


def find_proof(article: Article, vendor: str, product: str) -> Quote | None:
    """Return the opening's sentence that bears a title out: it names the product, or the vendor.

    Else the one that has the most of the title's words, half of them at least.
    """
    opening = opening_of(article)
    for name in (product, vendor):
        for quote in opening:
            if name and key_of(name) in key_of(quote.text):
                return quote
    return find_titled(article)


def opening_of(article: Article) -> list[Quote]:
    """Return the sentences that may bear a title out."""
    spans = split_sentences(article.text)[:OPENING]
    return [Quote(article.text[start:end], article.id, start, end) for start, end in spans]


def find_titled(article: Article) -> Quote | None:
    """Return the sentence that shares the most terms with the title, None below half of them."""
    terms, opening = terms_of(article.title), opening_of(article)
    shared = [len(terms & terms_of(quote.text)) for quote in opening]
    most = max(shared, default=0)
    if not terms or most < BORNE_OUT * len(terms):
        return None
    return opening[shared.index(most)]
