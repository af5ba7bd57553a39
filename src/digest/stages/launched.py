"""What a story's vendors did: one line for each launch record, however many articles tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digest.records import Launch, Launched, LaunchRecord, Quote
from digest.stages.ledger import Member
from digest.stages.material import Material, Numbers
from digest.stages.quoting import at_page, is_verbatim
from digest.stages.readers_proof import proof_of


def by_article(records: Iterable[LaunchRecord]) -> dict[str, list[LaunchRecord]]:
    """Return launch records by the articles that tell of them."""
    found: dict[str, list[LaunchRecord]] = defaultdict(list)
    for record in records:
        for id in record.articles:
            found[id].append(record)
    return dict(found)


def merge_launches(
    launches: Sequence[Launch],
    pages: Mapping[str, Member],
    *,
    material: Material,
    numbers: Numbers,
) -> tuple[Launched, ...]:
    """Return what a story tells of launches, the lead's first; without records, each as it is told.

    A record that an editor has rejected, or of which no article of the story has the proof, is not
    told.

    Args:
        launches: of the story's articles, the lead's first.
        pages: the story's articles, by id, each with the one that is cited for its page.
        material: what is known of articles and records.
        numbers: has numbers for the pages.
    """
    if not material.records:
        return tuple(_as_told(each, pages, numbers) for each in launches)
    found = {
        record.id: record
        for id in (*(each.evidence.article for each in launches), *pages)
        for record in material.records.get(id, ())
        if record.review != "rejected"
    }
    told = ((each, _proof(each, launches, pages, material)) for each in found.values())
    return tuple(
        _launched(record, proof, pages, material, numbers)
        for record, proof in told
        if proof is not None
    )


def _proof(
    record: LaunchRecord,
    launches: Sequence[Launch],
    pages: Mapping[str, Member],
    material: Material,
) -> Quote | None:
    """Return the story's own sentence that proves a record, in the reader's language if any."""
    own = (
        launch.evidence
        for launch in launches
        if launch.evidence.article in record.articles
        and material.ours.vendor_of(launch.vendor) == material.ours.vendor_of(record.vendor)
    )
    every = (proof_of(record, material), record.evidence, *own)
    return next(
        (q for q in every if q.article in pages and is_verbatim(q, material.articles)), None
    )


def _launched(
    record: LaunchRecord,
    proof: Quote,
    pages: Mapping[str, Member],
    material: Material,
    numbers: Numbers,
) -> Launched:
    proved = _number(proof.article, pages, numbers)
    told = {_number(id, pages, numbers) for id in record.articles if id in pages}
    return Launched(
        vendor=material.ours.vendor_of(record.vendor),
        product=record.product,
        event=record.event,
        category=record.category,
        evidence=at_page(proof, pages),
        announced=record.announced,
        announced_from=record.announced_from,
        availability=record.availability,
        confidence=record.confidence,
        publishers=len(record.publishers),
        citations=(proved, *sorted(told - {proved})),
        review=record.review,
    )


def _as_told(launch: Launch, pages: Mapping[str, Member], numbers: Numbers) -> Launched:
    return Launched(
        vendor=launch.vendor,
        product=launch.product,
        event=launch.event,
        category=launch.category,
        evidence=at_page(launch.evidence, pages),
        announced=launch.announced,
        announced_from=launch.announced_from,
        availability=launch.availability,
        confidence=launch.confidence,
        publishers=1,
        citations=(_number(launch.evidence.article, pages, numbers),),
    )


def _number(id: str, pages: Mapping[str, Member], numbers: Numbers) -> int:
    return numbers.numbers[pages[id].article.id]
