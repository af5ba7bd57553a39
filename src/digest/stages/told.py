"""What an article says that vendors did, before it becomes launches; and each thing once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from digest.records import Quote
from digest.stages.clean import key_of
from digest.stages.cuts import Cuts

PART = "part"  #: what is told as a part of something: a feature where nothing else is told
ONE_THING = ("launch", "feature", "integration")  #: events of which a product has one an article
VERSION_ENDS = tuple("0123456789")
MOST = (
    200  #: things of one article that are compared with each other; an edition shows fewer of all
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says that a vendor did."""

    vendor: str
    product: str
    event: str
    proof: Quote
    named: bool  #: whether the sentence names the vendor itself
    titled: bool  #: whether the title says it
    gathered: bool = False  #: whether title and opening say it together, and no sentence does
    sure: float = 1.0  #: at most, where event and names are chosen by their likelihood
    chance: float = 0.0  #: that the article reports this kind of event, by its words
    described: bool = False  #: whether the product has no name: "agent interface"
    place: int = 0  #: among what the article tells, from 0
    alone: bool = False  #: whether the article tells nothing else


def merge(told: list[Told], cuts: Cuts | None = None) -> list[Told]:
    """Leave out what another telling of the article says with a fuller name, or said before.

    What is over `MOST` is counted in `cuts`, as launches.
    """
    over: set[tuple[str, str, str]] = set()
    firsts: dict[tuple[str, str, str], Told] = {}
    for one in told:
        event = "launch" if one.event in ONE_THING else one.event
        names = [key_of(one.vendor), key_of(one.product)]
        first, second = sorted(names) if one.event == "partnership" else names
        if len(firsts) < MOST:
            firsts.setdefault((event, first, second), one)
        elif (event, first, second) not in firsts:
            over.add((event, first, second))
    if cuts is not None:
        cuts["launches"] += len(over)
    kept = [
        replace(one, event="feature") if one.event == PART else one
        for one in firsts.values()
        if one.event != PART or not any(_is_whole(other, one) for other in told)
    ]
    kept = [one for one in kept if not any(_tells_for(other, one) for other in kept)]
    kept = [one for one in kept if not any(_prices(other, one) for other in kept)]
    kept = [one for one in kept if not any(_raises(other, one) for other in kept)]
    return [one for one in kept if not any(_covers(other, one) for other in kept)]


def _prices(other: Told, one: Told) -> bool:
    """Return whether what a sentence tells to end is the plan whose price it tells, too."""
    ends = one.event == "shutdown" and other.event == "pricing"
    return (
        ends
        and key_of(one.product) == key_of(other.product)
        and one.proof.start == other.proof.start
    )


def _raises(other: Told, one: Told) -> bool:
    """Return whether what a sentence tells to close is a round of funding: "cierra una ronda"."""
    ends = one.event == "shutdown" and key_of(one.product) == key_of(one.vendor)
    return ends and other.event == "funding" and one.proof.start == other.proof.start


def _tells_for(other: Told, one: Told) -> bool:
    """Return whether a sentence tells what a title only describes: "unveils a tag manager"."""
    if other.titled or not one.titled:
        return False
    alike = one.event == other.event or {one.event, other.event} <= set(ONE_THING)
    same = alike and key_of(one.vendor) in key_of(other.vendor)
    unnamed = (
        key_of(one.product) not in key_of(one.proof.text) or one.product == one.product.lower()
    )
    return same and unnamed


def _is_whole(other: Told, one: Told) -> bool:
    """Return whether another telling names a product of the same vendor, of which one is a part."""
    return other.event in ONE_THING and key_of(other.vendor) == key_of(one.vendor)


def _covers(other: Told, one: Told) -> bool:
    """Return whether another telling is of the same thing, with a fuller name or said earlier.

    Of a name in a sentence and a longer one in the title, the sentence's stands, save that the
    title adds a version ("Nova 3"): headlines run names together.
    """
    if other is one or other.event != one.event:
        return False
    mine, theirs = key_of(one.product), key_of(other.product)
    if mine == theirs:
        return (other.proof.start, other.titled) < (one.proof.start, one.titled)
    if one.titled != other.titled and not (mine + theirs).endswith(VERSION_ENDS):
        return one.titled and (mine in theirs or theirs in mine)
    return mine in theirs
