"""The sentence that proves a launch record to a reader, in their own language if there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.records import Article, Launch, LaunchRecord, Quote
from digest.stages.attempts import is_same_language
from digest.stages.clean import key_of
from digest.stages.material import Material
from digest.stages.proving import find_titled, opening_of
from digest.stages.quoting import is_verbatim
from digest.text import CJK

SHORTEST = 2  #: letters of a name below which it may stand anywhere


def proof_of(record: LaunchRecord, material: Material) -> Quote:
    """Return the sentence that proves a record: one in the reader's language where there is one.

    What one of its articles in that language tells as the same deed comes first; then a sentence of
    its opening that names the product, the vendor with it if possible; then the one that bears out
    its title. Else the sentence that the record keeps.
    """
    if is_same_language(material.language_of(record.evidence.article), material.language):
        return record.evidence
    own = [
        material.articles[id]
        for id in record.articles
        if id in material.articles and is_same_language(material.language_of(id), material.language)
    ]
    for find in (_told, _named, _titled):
        for article in own:
            for quote in find(article, record, material):
                if is_verbatim(quote, material.articles):
                    return quote
    return record.evidence


def _told(article: Article, record: LaunchRecord, material: Material) -> Iterator[Quote]:
    """Give the proofs of the article's own launches that are the record's deed."""
    known = material.classifications.get(article.id)
    alike = [each for each in known.launches if each.event == record.event] if known else []
    same = [each for each in alike if _is_same(each, record, material)]
    yield from (each.evidence for each in (same or (alike if len(alike) == 1 else ())))


def _is_same(launch: Launch, record: LaunchRecord, material: Material) -> bool:
    of = material.ours.vendor_of
    if launch.product and record.product:
        names = {key_of(record.product), *(key_of(name) for name, _ in record.names)}
        return key_of(launch.product) in names
    return of(launch.vendor) == of(record.vendor)


def _named(article: Article, record: LaunchRecord, material: Material) -> Iterator[Quote]:
    """Give the sentences of the opening that name the product, those with the vendor first."""
    names = _names(record)
    found = [
        (not _is_named(record.vendor, quote.text), quote.start, quote)
        for quote in opening_of(article)
        if any(_is_named(name, quote.text) for name in names)
    ]
    yield from (quote for *_, quote in sorted(found, key=lambda each: each[:2]))


def _titled(article: Article, record: LaunchRecord, material: Material) -> Iterator[Quote]:
    """Give the sentence that bears out the title, where either names the product or the vendor.

    Names in other letters than the article's cannot stand there, and are not asked for.
    """
    quote = find_titled(article)
    told = f"{article.title}\n{quote.text}" if quote else ""
    wide = CJK.search(told) is not None
    names = [each for each in (record.vendor, *_names(record)) if each]
    alike = [each for each in names if wide or not CJK.search(each)]
    if quote and (not alike or any(_is_named(name, told) for name in alike)):
        yield quote


def _names(record: LaunchRecord) -> set[str]:
    return {record.product, *(name for name, _ in record.names)}


def _is_named(name: str, text: str) -> bool:
    """Return whether a text has a name: as whole words where words have spaces."""
    bare = name.strip()
    if len(bare) < SHORTEST:
        return False
    if CJK.search(bare):
        return key_of(bare) in key_of(text)
    return re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text, re.IGNORECASE) is not None
