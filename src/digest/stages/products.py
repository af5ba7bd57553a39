"""Products and claims as an edition shows them: each record once, each with its proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.periods import Period
from digest.records import (
    Backing,
    Claim,
    Claimed,
    LaunchRecord,
    Line,
    Product,
    Quote,
)
from digest.stages.attempts import is_same_language
from digest.stages.ledger import member_of
from digest.stages.material import Material, Numbers
from digest.stages.quoting import is_verbatim, line_of
from digest.stages.readers_proof import proof_of
from digest.stages.sentences import terms_of

SAME = 0.5  #: share of the words of two claims that both have, above which they are one
NEAREST = {"owned": 0, "watched": 1, "": 2}


def is_of(article: str, period: Period, material: Material) -> bool:
    """Return whether an article belongs to a period; one that is not at hand does not."""
    found = material.articles.get(article)
    return found is not None and member_of(found, material.zone).at in period


def records_of(
    records: Iterable[LaunchRecord], period: Period, material: Material
) -> list[LaunchRecord]:
    """Return the records that came up in a period, with proofs that stand in their articles."""
    return [
        replace(each, vendor=material.ours.vendor_of(each.vendor))
        for each in records
        if each.articles
        and each.review != "rejected"
        and is_of(each.articles[0], period, material)
        and is_verbatim(each.evidence, material.articles)
    ]


def make_products(
    records: Iterable[LaunchRecord], *, material: Material, numbers: Numbers
) -> tuple[Product, ...]:
    """Return the records as an edition shows them, by category, then by day and name."""
    made = [_product(each, material, numbers) for each in sorted(records, key=_order)]
    return tuple(made)


def _order(record: LaunchRecord) -> tuple[str, str, str, str]:
    category = record.category or "\U0010ffff"  # those of no category come last
    return (category, record.announced or "9999", record.vendor, record.id)


def _product(record: LaunchRecord, material: Material, numbers: Numbers) -> Product:
    line = line_of(proof_of(record, material), material=material, numbers=numbers)
    known = [id for id in record.articles if id in material.articles]
    rest = (numbers.cite_article(id, material) for id in known)
    return Product(
        record=record.id,
        vendor=record.vendor,
        product=record.product,
        event=record.event,
        category=record.category,
        announced=record.announced,
        announced_from=record.announced_from,
        availability=record.availability,
        line=line,
        citations=tuple(dict.fromkeys((line.citation, *rest))),
        publishers=record.publishers,
        languages=record.languages,
        confidence=record.confidence,
        relation=material.ours.relation(record.vendor),
        review=record.review,
    )


def claims_of(records: Iterable[LaunchRecord], period: Period, material: Material) -> list[Claim]:
    """Return what was claimed in a period, each sentence once: of records, then of articles."""
    articles = [
        known
        for id, known in sorted(material.classifications.items())
        if is_of(id, period, material)
    ]
    found: dict[tuple[str, str], Claim] = {}
    for claim in (
        *_of_records(records, period, material),
        *(c for a in articles for c in a.claims),
    ):
        if not is_verbatim(claim.quote, material.articles):
            continue
        vendor = material.ours.vendor_of(claim.vendor)
        proofs = tuple(p for p in claim.proofs if is_verbatim(p.quote, material.articles))
        key = (vendor.casefold(), claim.quote.text)
        found.setdefault(key, replace(claim, vendor=vendor, proofs=proofs))
    return list(found.values())


def _of_records(
    records: Iterable[LaunchRecord], period: Period, material: Material
) -> Iterator[Claim]:
    for record in records:
        yield from (c for c in record.claims if is_of(c.quote.article, period, material))


def make_claims(
    claims: Iterable[Claim], *, most: int, material: Material, numbers: Numbers
) -> tuple[Claimed, ...]:
    """Return claims as an edition shows them: those of our vendors first, two a vendor at most.

    What a story's articles claim in several languages is one: the reader's own is shown.
    """
    ours = material.ours
    kept: list[Claim] = []
    for claim in sorted(
        in_one_language(claims, material), key=lambda each: NEAREST[ours.relation(each.vendor)]
    ):
        if sum(each.vendor == claim.vendor for each in kept) < 2:
            kept.append(claim)
    return tuple(_claimed(each, material, numbers) for each in kept[:most])


def in_one_language(claims: Iterable[Claim], material: Material) -> list[Claim]:
    """Return what a story's articles claim, in one language: the reader's own if there is any."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        story = material.story_of.get(claim.quote.article, claim.quote.article)
        found.setdefault((claim.vendor, story), []).append(claim)
    kept = []
    for told in found.values():
        languages = [material.language_of(claim.quote.article) for claim in told]
        own = [tag for tag in languages if is_same_language(tag, material.language)]
        shown = (own or languages)[0]
        pairs = zip(told, languages, strict=True)
        kept += _each_once((claim for claim, tag in pairs if tag == shown), material)
    return kept


def _each_once(claims: Iterable[Claim], material: Material) -> list[Claim]:
    """Return claims without those that say again what one of more evidence, or the vendor, says."""

    def first(claim: Claim) -> tuple[int, bool]:
        return -len(claim.proofs), material.articles[claim.quote.article].voice != "vendor"

    kept: list[tuple[Claim, frozenset[str]]] = []
    for claim in sorted(claims, key=first):
        terms = terms_of(claim.quote.text)
        if not any(len(terms & other) > SAME * len(terms | other) for _, other in kept):
            kept.append((claim, terms))
    return [claim for claim, _ in kept]


def _claimed(claim: Claim, material: Material, numbers: Numbers) -> Claimed:
    def line(quote: Quote) -> Line:
        return line_of(quote, material=material, numbers=numbers)

    return Claimed(
        vendor=claim.vendor,
        product=claim.product,
        line=line(claim.quote),
        backing=tuple(Backing(proof.kind, line(proof.quote)) for proof in claim.proofs),
        relation=material.ours.relation(claim.vendor),
    )
