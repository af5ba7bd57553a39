"""What an edition tells besides its stories: everything is made of records, and only read here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from digest.periods import Period
from digest.records import (
    Claimed,
    Commitment,
    Entrant,
    LaunchRecord,
    Missed,
    OurStack,
    Pack,
    Product,
    Promise,
    QuarterCounts,
    Translated,
    Trends,
    VendorWatch,
)
from digest.stages.material import Material, Numbers
from digest.stages.our_stack import look_at_stack
from digest.stages.products import (
    claims_of,
    is_of,
    make_claims,
    make_products,
    records_of,
)
from digest.stages.promises import make_promise, promises_of
from digest.stages.review_pack import Papers, make_pack
from digest.stages.trends import find_trends
from digest.stages.vendor_watch import watch_vendors

CLAIMS: Mapping[str, int] = {"weekly": 6, "quarterly": 20}  #: that an edition shows at most
PROMISES = 8  #: of vendors that are none of ours


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of vendors and of earlier quarters when an edition is compiled.

    Args:
        records: launch records, of this period and the one before at least.
        commitments: plans that vendors have stated, and what became of them by the period's end.
        quarters: counted quarters, the oldest first, the edition's own last.
        said: translations of sentences that stand in no summary, by article and sentence.
        missing: packages that would translate the rest of them.
        renewal_days: how long before its renewal a tool is spoken of.
        missed: sources that told nothing.
        publishers: by the name of a source.
    """

    records: tuple[LaunchRecord, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    quarters: tuple[QuarterCounts, ...] = ()
    said: Mapping[tuple[str, str], Translated] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    renewal_days: int = 120
    missed: tuple[Missed, ...] = ()
    publishers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beside:
    """What it tells; what its layout leaves out is empty."""

    products: tuple[Product, ...]
    claims: tuple[Claimed, ...]
    watch: tuple[VendorWatch, ...]
    promises: tuple[Promise, ...]
    trends: Trends | None
    stack: OurStack | None
    pack: Pack | None
    sources: tuple[tuple[str, int], ...]


def tell_beside(
    period: Period,
    *,
    known: Known,
    layout: Sequence[str],
    stories: Sequence[Entrant],
    material: Material,
    numbers: Numbers,
) -> Beside:
    """Return what an edition tells besides its stories.

    Args:
        period: the edition's.
        known: the records that it is made of.
        layout: names of its sections: of a section that it lacks nothing is made.
        stories: those it shows, in order.
        material: what is known of stories and articles.
        numbers: gives sources their numbers.
    """
    records = records_of(known.records, period, material)
    products = make_products(records, material=material, numbers=numbers)
    claims: tuple[Claimed, ...] = ()
    watch: tuple[VendorWatch, ...] = ()
    promises = promises_of(known.commitments, period, material)
    if {"claims", "pack"} & set(layout):
        found = claims_of(records, period, material)
        claims = make_claims(found, most=CLAIMS[period.kind], material=material, numbers=numbers)
    if {"watch", "stack", "pack"} & set(layout):
        watch = watch_vendors(
            period, records=known.records, commitments=promises, material=material, numbers=numbers
        )
    others = [each for each in promises if not material.ours.relation(each.plan.vendor)]
    stack = None
    if {"stack", "pack"} & set(layout):
        stack = look_at_stack(
            material.ours.stack,
            period,
            products=products,
            watch=watch,
            stories=stories,
            renewal_days=known.renewal_days,
        )
    papers = Papers(stories, claims, watch, stack, soon=_soon(period))
    return Beside(
        products=products,
        claims=claims,
        watch=watch,
        promises=tuple(make_promise(each, material, numbers) for each in others[:PROMISES])
        if "watch" in layout
        else (),
        trends=find_trends(known.quarters, known.publishers) if "trends" in layout else None,
        stack=stack,
        pack=make_pack(papers) if "pack" in layout else None,
        sources=_sources(period, material),
    )


def _soon(period: Period) -> str:
    """Return the last day of the period after this one, as long as it."""
    return (period.end + (period.end - period.start) - timedelta(days=1)).date().isoformat()


def _sources(period: Period, material: Material) -> tuple[tuple[str, int], ...]:
    read = Counter(
        article.publisher
        for id, article in material.articles.items()
        if is_of(id, period, material)
    )
    return tuple(sorted(read.items(), key=lambda each: (-each[1], each[0])))
