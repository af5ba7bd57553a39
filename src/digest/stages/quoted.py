"""Every sentence that an edition quotes besides those of its stories."""

from __future__ import annotations

from collections.abc import Iterator

from digest.records import Edition, Line, Promise


def lines_beside(edition: Edition) -> Iterator[tuple[str, Line]]:
    """Yield each quoted line of products, claims, plans, vendor watch and pack, with its place."""
    for product in edition.products:
        yield f"product {product.record}", product.line
    for claim in edition.claims:
        yield f"claim of {claim.vendor}", claim.line
        for backing in claim.backing:
            yield f"evidence for a claim of {claim.vendor}", backing.line
    for promise in edition.promises:
        yield from _of_promise(promise)
    for watch in edition.watch:
        for deed in watch.deeds:
            yield f"{deed.kind} of {watch.vendor}", deed.line
        for promise in watch.promises:
            yield from _of_promise(promise)
    pack = edition.pack
    remarks = (
        (*pack.agenda, *pack.decisions, *(each for row in pack.questions for each in row.questions))
        if pack
        else ()
    )
    for remark in remarks:
        if remark.line:
            yield f"{remark.code} of the pack", remark.line


def _of_promise(promise: Promise) -> Iterator[tuple[str, Line]]:
    yield f"plan of {promise.vendor}", promise.line
    if promise.by:
        yield f"what became of a plan of {promise.vendor}", promise.by
