"""What editors made of launch records, laid over what was read: right, corrected, or rejected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.records import (
    Availability,
    Classification,
    Decision,
    Launch,
    Review,
    Story,
)
from digest.stages.launch_records import vendor_names
from digest.stages.tellings import Names, Reviews, Thing, Told, names_in

KIND = "record"  #: of these decisions; their object is the record's id
LONGEST_NAME = 200  #: characters of a vendor or product that an editor gives


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What an editor says of one thing that a vendor did.

    Args:
        review: "confirmed", "edited" or "rejected".
        names: how articles tell of it: family of the event, keys of vendor and product.
        vendor: its name.
        product: its name.
        event: what the vendor did.
        category: of the product; "" for none.
        announced: day, "" where it is not known.
        availability: stage of the product.
    """

    review: Review
    names: tuple[Names, ...]
    vendor: str = ""
    product: str = ""
    event: str = ""
    category: str = ""
    announced: str = ""
    availability: Availability = ""


def names_of(thing: Thing) -> tuple[Names, ...]:
    """Return how articles tell of a thing."""
    return tuple(sorted({one.names for one in thing.tellings}))


def write_review(reviewed: Reviewed) -> str:
    """Return a review as a decision keeps it."""
    values = {name: getattr(reviewed, name) for name in Reviewed.__slots__}
    return json.dumps(values, ensure_ascii=False)


def read_review(value: str) -> Reviewed:
    """Return the review that `write_review` wrote."""
    values = json.loads(value)
    return Reviewed(**values | {"names": tuple(tuple(each) for each in values["names"])})


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
    changed, marks = dict(classifications), dict[Told, Review]()
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
