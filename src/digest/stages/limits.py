"""How many stories of one source, vendor, section and edition are shown, and which they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from digest.config_editions import Rank
from digest.periods import Period
from digest.stages.entrant import about_of, launches_of, lead_of
from digest.stages.ledger import Telling
from digest.stages.main_vendor import main_vendors
from digest.stages.material import Material
from digest.stages.sections import DEVELOPMENTS, TOPS, place_of, section_of
from digest.stages.taxonomy import load_knowledge


@dataclass(frozen=True, slots=True)
class Choice:
    """What an edition shows, best first, and how many stories each of its limits holds back."""

    shown: tuple[Telling, ...]
    held: Mapping[str, int]  #: by the name of the count
    by_source: Mapping[tuple[str, str], int]  #: the same, by source and name of the count


def choose(
    tellings: Iterable[Telling],
    *,
    material: Material,
    period: Period,
    caps: Rank,
    layout: Sequence[str],
) -> Choice:
    """Return the stories with the highest scores, as many as the limits let through.

    Limits are on the edition, on one source (that tells a story alone, or first of those with room
    left), on one vendor (that did something, or that the article shown first is about) and on one
    section, so that one topic cannot crowd out the rest. Opening and developments have limits of
    their own on vendors and kinds of story: what is over them stands in its section. A section
    that would stay empty gets its best story though its source has told enough. Ties go to the
    newer story, then to the smaller id.
    """
    limits = _Limits(material, period, caps, layout)
    ranked = sorted(tellings, key=_order(material))
    tops = _leading(ranked, limits, material)
    rest: list[Telling] = []
    over: dict[str, list[tuple[Telling, str]]] = {}
    first = {each.story.id for each in tops}
    for telling in (each for each in ranked if each.story.id not in first):
        place = len(tops) + len(rest)
        if why := limits.refuse(telling, place):
            over.setdefault(limits.section_at(telling, place), []).append((telling, why))
        else:
            rest.append(telling)
            limits.take(telling, place)
    for section, held in over.items():
        rest += limits.let_in(section, held, len(tops) + len(rest))
    shown = (*tops, *sorted(rest, key=_order(material)))
    ids = {each.story.id for each in shown}
    left = [one for held in over.values() for one in held if one[0].story.id not in ids]
    many = Counter(why for _, why in left)
    by_source = Counter((lead_of(each, material).article.source, why) for each, why in left)
    return Choice(shown, {name: many[name] for name in HELD}, by_source)


def _leading(ranked: Sequence[Telling], limits: _Limits, material: Material) -> tuple[Telling, ...]:
    """Return opening and developments, best first.

    One vendor or kind of story gives way there to others of at least half its points, and takes
    the places for which there are none.
    """
    tops: list[Telling] = []
    waiting: list[Telling] = []
    for telling in ranked:
        points = material.scores[telling.story.id].total
        if len(tops) == limits.tops:
            break
        if limits.refuse(telling, len(tops)):
            continue
        least = material.scores[waiting[0].story.id].total * LEAST if waiting else points
        if points < least:
            break
        if limits.may_lead(telling):
            limits.take(telling, len(tops))
            tops.append(telling)
        else:
            waiting.append(telling)
    chosen = {each.story.id for each in tops}
    for telling in (each for each in ranked if each.story.id not in chosen):
        if len(tops) < limits.tops and not limits.refuse(telling, len(tops)):
            limits.take(telling, len(tops))
            tops.append(telling)
    return tuple(sorted(tops, key=_order(material)))


#: Why a story is not shown, as the edition's counts call it.
HELD = (
    "over the limit of one source",
    "over the limit of one vendor",
    "over the limit of a section",
    "in no section of this edition",
    "over the limit of the edition",
)


LEAST = 0.5  #: share of the points of what gives way that another has to have
#: Stories of one vendor, and of one section, among opening and developments.
TOP_PER_VENDOR = 2
TOP_PER_SECTION = {"weekly": 2, "quarterly": 3}


class _Limits:
    """Counts what an edition has taken, and says which limit a further story is over."""

    def __init__(
        self, material: Material, period: Period, caps: Rank, layout: Sequence[str]
    ) -> None:
        self.material, self.period, self.caps, self.layout = material, period, caps, layout
        weekly = period.kind == "weekly"
        self.top = caps.top if weekly else caps.top_quarterly
        self.section = caps.per_section if weekly else caps.per_section_quarterly
        self.source = caps.per_source if weekly else caps.per_source_quarterly
        self.tops = ("opening" in layout) + (
            DEVELOPMENTS[period.kind] if "developments" in layout else 0
        )
        self.taken: Counter[tuple[str, str]] = Counter()
        self.vendors: dict[str, frozenset[str]] = {}

    def may_lead(self, telling: Telling) -> bool:
        """Return whether opening and developments have few of a story's vendor and section yet."""
        if telling.story.id in self.material.sections:  # an editor's
            return True
        kind = section_of(telling, self.material, self.period)
        return self.taken["top", kind] < TOP_PER_SECTION[self.period.kind] and not any(
            self.taken["top vendor", name] >= TOP_PER_VENDOR for name in self._vendors(telling)
        )

    def refuse(self, telling: Telling, place: int) -> str:
        """Return which limit a story at a place is over, "" where none."""
        section = self.section_at(telling, place)
        if place >= self.top:
            return HELD[4]
        if not section:
            return HELD[3]
        if self._source(telling) is None:
            return HELD[0]
        vendors = self._vendors(telling)
        if any(self.taken["vendor", name] >= self.caps.per_vendor for name in vendors):
            return HELD[1]
        if section in TOPS:  # of a size of their own
            return ""
        return HELD[2] if self.taken["section", section] >= self.section else ""

    def take(self, telling: Telling, place: int) -> None:
        """Count a story that is shown."""
        leads = place < self.tops and self.section_at(telling, place) in TOPS
        source = self._source(telling) or lead_of(telling, self.material).article.source
        self.taken["source", source] += 1
        self.taken["section", self.section_at(telling, place)] += 1
        for name in self._vendors(telling):
            self.taken["vendor", name] += 1
            self.taken["top vendor", name] += leads
        if leads:
            self.taken["top", section_of(telling, self.material, self.period)] += 1

    def let_in(
        self, section: str, held: Sequence[tuple[Telling, str]], shown: int
    ) -> tuple[Telling, ...]:
        """Return the best story that its source's limit keeps out of a section that has none."""
        if self.taken["section", section] or shown >= self.top:
            return ()
        first = next((each for each, why in held if why == HELD[0] and self._has_room(each)), None)
        if first is None:
            return ()
        self.take(first, self.tops + shown)
        return (first,)

    def _has_room(self, telling: Telling) -> bool:
        names = self._vendors(telling)
        return all(self.taken["vendor", name] < self.caps.per_vendor for name in names)

    def _source(self, telling: Telling) -> str | None:
        """Return the source a story counts for, the first one with room; None where none has."""
        lead = lead_of(telling, self.material).article.source
        sources = dict.fromkeys((lead, *(each.article.source for each in telling.members)))
        return next((each for each in sources if self.taken["source", each] < self.source), None)

    def _vendors(self, telling: Telling) -> frozenset[str]:
        if telling.story.id not in self.vendors:
            self.vendors[telling.story.id] = _vendors(telling, self.material)
        return self.vendors[telling.story.id]

    def section_at(self, telling: Telling, place: int) -> str:
        """Return the section of a story at a place, "" where the edition has none for it."""
        return place_of(telling, place, self.material, self.period, self.layout)


def _vendors(telling: Telling, material: Material) -> frozenset[str]:
    """Return whom a story is about: who did something, whom we know, and the main vendors."""
    lead = lead_of(telling, material).article
    names = {each.vendor for each in launches_of(telling, material)}
    names |= main_vendors(lead, material.language_of(lead.id), load_knowledge())
    return about_of(telling, material) | {material.ours.vendor_of(name) for name in names}


def _order(material: Material) -> Callable[[Telling], tuple[float, float, str]]:
    def key(telling: Telling) -> tuple[float, float, str]:
        newest = telling.fresh[-1].at.astimezone(UTC).timestamp()
        return (-material.scores[telling.story.id].total, -newest, telling.story.id)

    return key
