"""What the vendors that we own or watch did: this period against the last, and their plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from digest.periods import Period
from digest.records import (
    Article,
    Claim,
    Commitment,
    Deed,
    LaunchRecord,
    Quote,
    Story,
    VendorWatch,
)
from digest.stages.attempts import is_same_language
from digest.stages.concerns import is_incident
from digest.stages.datelines import bare
from digest.stages.ledger import member_of
from digest.stages.material import Material, Numbers, date_of
from digest.stages.orders import is_order
from digest.stages.our_names import OurVendor
from digest.stages.products import claims_of, in_one_language, records_of
from digest.stages.promises import make_promise
from digest.stages.quoting import line_of
from digest.stages.readers_proof import proof_of
from digest.text import count_words, split_sentences

FEWEST_WORDS = 5  #: of a sentence that tells something
BOUGHT = "acquired"  #: the deed of a vendor that another one buys
MOST_DEEDS = 6  #: of one vendor that are told


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one vendor in one period."""

    records: tuple[LaunchRecord, ...]
    claims: tuple[Claim, ...]
    stories: tuple[tuple[Story, str, Quote], ...]  #: with what it is to us, and its sentence

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How often each kind of deed was told, the most first."""
        found = Counter(record.event for record in self.records)
        covered = {id for record in self.records for id in record.articles}
        found.update(
            kind
            for story, kind, _ in self.stories
            if kind != "mention" or not covered & set(story.members)
        )
        if self.claims:
            found["claim"] += len(self.claims)
        return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def watch_vendors(
    period: Period,
    *,
    records: Sequence[LaunchRecord],
    commitments: Sequence[Commitment],
    material: Material,
    numbers: Numbers,
) -> tuple[VendorWatch, ...]:
    """Return every vendor of the stack, those with news first; one that is silent is there too.

    Args:
        period: the edition's; the one before is what it is held against.
        records: all launch records at hand.
        commitments: all plans at hand, and what became of them by the period's end.
        material: stories and articles of both periods.
        numbers: gives sources their numbers.
    """
    stack = material.ours.stack
    now = _gather(period, records, material)
    before = _gather(period.previous(), records, material)
    made = []
    for vendor in stack.vendors:
        told, earlier = now[vendor], before[vendor]
        mine = [each for each in commitments if each.plan.vendor == vendor]
        made.append(
            VendorWatch(
                vendor=vendor,
                relation=material.ours.relation(vendor),
                tools=tuple(tool.name for tool in stack.owned(vendor)),
                stories=len(told.stories),
                stories_before=len(earlier.stories),
                now=told.counts,
                before=earlier.counts,
                deeds=_deeds(told, material, numbers),
                promises=tuple(make_promise(each, material, numbers) for each in mine),
            )
        )
    return tuple(sorted(made, key=_order))


def _order(watch: VendorWatch) -> tuple[bool, bool, int, str]:
    news = len(watch.deeds) + watch.stories
    return (watch.is_silent, watch.relation != "owned", -news, watch.vendor)


def _gather(period: Period, records: Sequence[LaunchRecord], material: Material) -> dict[str, Told]:
    ours = material.ours
    mine = records_of(records, period, material)
    claims = in_one_language(claims_of(mine, period, material), material)
    found: dict[str, list[tuple[Story, str, Quote]]] = {name: [] for name in ours.stack.vendors}
    for story in sorted(material.stories.values(), key=lambda each: each.id):
        members = _members(story, period, material)
        for vendor in sorted(_about(members, material)):
            about = [each for each in members if vendor in _about([each], material)]
            kind, telling = _kind(about, vendor, material)
            told = _sentence(telling, material.ours.finder(vendor), material)
            if told:
                found[vendor].append((story, kind, told))
    return {
        vendor: Told(
            records=tuple(filter(None, (_of_vendor(each, vendor, material) for each in mine))),
            claims=tuple(each for each in claims if each.vendor == vendor),
            stories=tuple(stories),
        )
        for vendor, stories in found.items()
    }


def _of_vendor(record: LaunchRecord, vendor: str, material: Material) -> LaunchRecord | None:
    """Return a record as one of a vendor: it did it, or was bought; None where it is another's."""
    if record.vendor == vendor:
        return record
    if record.event == "acquisition" and material.ours.vendor_of(record.product) == vendor:
        return replace(record, vendor=vendor, product=record.vendor, event=BOUGHT)
    return None


def _as_done(record: LaunchRecord) -> LaunchRecord:
    """Return the record of who bought, of which `_of_vendor` made one of who was bought."""
    if record.event != BOUGHT:
        return record
    return replace(record, vendor=record.product, product=record.vendor, event="acquisition")


def _members(story: Story, period: Period, material: Material) -> list[Article]:
    found = (material.articles[id] for id in story.members if id in material.articles)
    return [each for each in found if member_of(each, material.zone).at in period]


def _about(members: Iterable[Article], material: Material) -> frozenset[str]:
    known = material.classifications
    found = (material.ours.about(each, known.get(each.id)) for each in members)
    return frozenset().union(*found)


def _kind(
    members: Sequence[Article], vendor: str, material: Material
) -> tuple[str, Sequence[Article]]:
    """Return what the articles of a story about one vendor tell of it, and those that tell it.

    What befell another, or a law that others have to keep, is no incident or policy of its own.
    """
    classified = ((each, material.classifications.get(each.id)) for each in members)
    known = [
        (each, found)
        for each, found in classified
        if found and vendor in material.ours.struck(each, found)
    ]
    broken = [each for each, found in known if is_incident(found)]
    if broken:
        return "incident", broken
    lawful = [each for each, found in known if found.policy]
    return ("policy", lawful) if lawful else ("mention", members)


def _sentence(members: Sequence[Article], vendor: OurVendor, material: Material) -> Quote | None:
    """Return the first sentence of a story that names a vendor, in the reader's language if any.

    A line that says little more than the name, as in a table, is none. Where only the headline or
    such a line names it, the story is still told, by the first sentence that its articles have.
    """

    def tells(text: str) -> bool:
        return count_words(text) >= FEWEST_WORDS

    def names(text: str) -> bool:
        return tells(text) and vendor.pattern.search(text) is not None

    found = (_first(members, material, fits) for fits in (names, tells, bool))
    return next(filter(None, found), None)


def _first(
    members: Iterable[Article], material: Material, fits: Callable[[str], bool]
) -> Quote | None:
    first: Quote | None = None
    for article in members:
        for start, end in split_sentences(article.text):
            text = article.text[start:end]
            if not fits(text) or is_order(text):
                continue
            if is_same_language(material.language_of(article.id), material.language):
                return Quote(text, article.id, start, end)
            first = first or Quote(text, article.id, start, end)
            break
    return first


def _deeds(told: Told, material: Material, numbers: Numbers) -> tuple[Deed, ...]:
    deeds = [
        Deed(
            record.event,
            record.product,
            record.announced,
            line_of(proof_of(_as_done(record), material), material=material, numbers=numbers),
        )
        for record in told.records[:MOST_DEEDS]
    ]
    covered = {id for record in told.records for id in record.articles}
    quoted = {(deed.line.original.article, deed.line.original.text) for deed in deeds}
    for story, kind, quote in told.stories:
        is_covered = bool(covered & set(story.members))
        if is_covered and (kind == "mention" or (quote.article, bare(quote.text)) in quoted):
            continue  # a record of it has told the same
        if len(deeds) < MOST_DEEDS:
            day = _day(material.articles[quote.article], material)
            deeds.append(Deed(kind, "", day, line_of(quote, material=material, numbers=numbers)))
    return tuple(deeds)


def _day(article: Article, material: Material) -> str | None:
    """Return the day of an article, as that of a record: without its time."""
    member = member_of(article, material.zone)
    return member.at.astimezone(material.zone).date().isoformat() if date_of(member) else None
