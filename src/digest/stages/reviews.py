"""What editors made of launch records, right, corrected, rejected or added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from digest.records import (
    Availability,
    Classification,
    Decision,
    Launch,
    Quote,
    Review,
    Story,
)
from digest.stages.launch_records import vendor_names
from digest.stages.tellings import Names, Reviews, Thing, names_in

KIND = "record"  #: of these decisions; their object is the record's id
LONGEST_NAME = 200  #: characters of a vendor or product that an editor gives


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What an editor says of one thing that a vendor did.

    Args:
        review: "confirmed", "edited", "rejected", or "added": nothing had been read of it.
        names: how articles tell of it: family of the event, keys of vendor and product.
        vendor: its name.
        product: its name.
        event: what the vendor did.
        category: of the product; "" for none.
        announced: day, "" where it is not known.
        availability: stage of the product.
        evidence: the sentence that proves what was added; None for what articles tell themselves.
    """

    review: Review
    names: tuple[Names, ...]
    vendor: str = ""
    product: str = ""
    event: str = ""
    category: str = ""
    announced: str = ""
    availability: Availability = ""
    evidence: Quote | None = None


def names_of(thing: Thing) -> tuple[Names, ...]:
    """Return how articles tell of a thing."""
    return tuple(sorted({one.names for one in thing.tellings}))


def write_review(reviewed: Reviewed) -> str:
    """Return a review as a decision keeps it."""
    values = {name: getattr(reviewed, name) for name in Reviewed.__slots__ if name != "evidence"}
    if reviewed.evidence is not None:
        values["evidence"] = asdict(reviewed.evidence)
    return json.dumps(values, ensure_ascii=False)


def read_review(value: str) -> Reviewed:
    """Return the review that `write_review` wrote."""
    values = json.loads(value)
    proof = values.get("evidence")
    read = {
        "names": tuple(tuple(each) for each in values["names"]),
        "evidence": Quote(**proof) if proof else None,
    }
    return Reviewed(**values | read)


def names_of_added(launch: Launch, aliases: Mapping[str, str]) -> tuple[Names, ...]:
    """Return how a launch that an editor adds is told of, as `names_of` does for what was read."""
    return (names_in(launch, vendor_names(aliases)),)


def added_launch(reviewed: Reviewed) -> Launch:
    """Return what an editor added as if its article told it; it has a proof."""
    assert reviewed.evidence is not None
    return Launch(
        vendor=reviewed.vendor,
        product=reviewed.product,
        event=reviewed.event,
        category=reviewed.category or None,
        evidence=reviewed.evidence,
        announced=reviewed.announced or None,
        announced_from="editor" if reviewed.announced else "",
        availability=reviewed.availability,
        confidence=1.0,
    )


def with_added(
    classifications: Mapping[str, Classification],
    decisions: Iterable[Decision],
    *,
    aliases: Mapping[str, str] | None = None,
) -> dict[str, Classification]:
    """Return classifications with the launches that editors added to what articles tell.

    Each stands in the article that its sentence is of; one that the article tells by now is not
    there twice.
    """
    names = vendor_names(aliases or {})
    changed = dict(classifications)
    reviews = (read_review(each.value) for each in decisions if each.kind == KIND)
    for each in reviews:
        id = each.evidence.article if each.evidence else ""
        if each.review != "added" or id not in changed:
            continue
        launch = added_launch(each)
        told = {names_in(one, names) for one in changed[id].launches}
        if names_in(launch, names) not in told:
            changed[id] = replace(changed[id], launches=(*changed[id].launches, launch))
    return changed


def find_review(
    decisions: Iterable[Decision], members: Iterable[str], names: Iterable[Names]
) -> Reviewed | None:
    """Return what stands of a thing told by a story's articles; the last review holds.

    Args:
        decisions: those that stand, in the order in which they were made.
        members: the story's articles.
        names: how they tell of it.
    """
    inside, told = set(members), set(names)
    found = None
    for each in decisions:
        if each.kind == KIND and each.subject in inside:
            read = read_review(each.value)
            if told.intersection(read.names):
                found = read
    return found


def review_launches(
    classifications: Mapping[str, Classification],
    stories: Iterable[Story],
    decisions: Iterable[Decision],
    *,
    aliases: Mapping[str, str] | None = None,
) -> tuple[dict[str, Classification], Reviews]:
    """Return classifications with the editors' launches, and what was made of each.

    A review is about the story that its article is in, and in it about the launches that its names
    tell of: articles that joined later, too. What is rejected is in no article any more.

    Args:
        classifications: as the steps made them.
        stories: as they are now.
        decisions: those that stand, in the order in which they were made.
        aliases: further names of vendors: name → the vendor's name.

    Returns:
        The classifications, and the reviews of the launches that were kept, as `find_records`
        reads them.
    """
    told = [each for each in decisions if each.kind == KIND]
    if not told:
        return dict(classifications), {}
    names = vendor_names(aliases or {})
    about = _by_story(told, stories)
    changed = with_added(classifications, told, aliases=aliases)
    marks: Reviews = {}
    for members, reviews in about:
        for id in members:
            if id in changed:
                changed[id], mine = _applied(changed[id], reviews, names)
                marks.update(mine)
    return changed, marks


def _by_story(
    decisions: Sequence[Decision], stories: Iterable[Story]
) -> list[tuple[tuple[str, ...], list[Reviewed]]]:
    members = {member: story.members for story in stories for member in story.members}
    found: dict[tuple[str, ...], list[Reviewed]] = {}
    for each in decisions:
        if each.subject in members:
            found.setdefault(members[each.subject], []).append(read_review(each.value))
    return list(found.items())


def _applied(
    known: Classification, reviews: Sequence[Reviewed], names: Mapping[str, str]
) -> tuple[Classification, Reviews]:
    kept: list[Launch] = []
    marks: Reviews = {}
    for launch in known.launches:
        told = names_in(launch, names)
        found = next((each for each in reversed(reviews) if told in each.names), None)
        if found is None:
            kept.append(launch)
        elif found.review != "rejected":
            kept.append(_corrected(launch, found))
            marks[known.id, *names_in(kept[-1], names)] = found.review
    return replace(known, launches=tuple(kept)), marks


def _corrected(launch: Launch, reviewed: Reviewed) -> Launch:
    if reviewed.review != "edited":
        return launch
    day = reviewed.announced or None
    return replace(
        launch,
        vendor=reviewed.vendor,
        product=reviewed.product,
        event=reviewed.event,
        category=reviewed.category or None,
        announced=day,
        announced_from="editor" if day != launch.announced else launch.announced_from,
        availability=reviewed.availability,
    )
