"""Which stories an edition shows, and under which heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import partial

from digest.config_editions import Rank
from digest.periods import Period
from digest.records import EditionKind
from digest.stages.catalogues import mark
from digest.stages.concerns import is_incident
from digest.stages.entrant import about_of, launches_of, lead_of
from digest.stages.ledger import Telling
from digest.stages.main_vendor import main_vendors
from digest.stages.material import Material
from digest.stages.taxonomy import load_knowledge

NEW_EVENTS = frozenset({"launch", "feature", "integration"})  #: of something new to be had
CHANGE_EVENTS = frozenset({"pricing", "shutdown"})  #: of what there was before
MARKET_EVENTS = frozenset({"acquisition", "funding", "partnership"})
STUDY_EVENTS = frozenset({"study"})
#: Stories that an edition tells at length after its opening, whatever they are about: so the page
#: begins with what matters most, in that order, and no section hides a story behind lesser ones.
DEVELOPMENTS: Mapping[EditionKind, int] = {"weekly": 3, "quarterly": 5}
LAG = timedelta(days=7)  #: that the press may take to tell of a launch: longer ago is no news
TOPS = frozenset({"opening", "developments"})  #: what takes stories by place, not by subject

#: What brings a story into a section, in order. Prices and ends are product news, nothing new.
EVENTS: dict[EditionKind, tuple[tuple[str, frozenset[str]], ...]] = {
    "weekly": (
        ("market", MARKET_EVENTS),
        ("products", NEW_EVENTS | CHANGE_EVENTS),
        ("research", STUDY_EVENTS),
    ),
    "quarterly": (
        ("market", MARKET_EVENTS),
        ("products", NEW_EVENTS),
        ("market", CHANGE_EVENTS),
        ("research", STUDY_EVENTS),
    ),
}

#: Sections of stories and their titles.
TITLES: dict[EditionKind, dict[str, str]] = {
    "weekly": {
        "developments": mark("What else matters"),
        "products": mark("Launches and product news"),
        "policy": mark("Policy and risk"),
        "market": mark("Market moves"),
        "research": mark("Studies and research"),
        "other": mark("Other news"),
    },
    "quarterly": {
        "developments": mark("Five developments"),
        "products": mark("New products by category"),
        "policy": mark("Policy and risk"),
        "market": mark("Market moves"),
        "research": mark("Studies and research"),
        "other": mark("Also this quarter"),
    },
}
#: The other sections, and their titles.
BLOCKS: dict[str, str] = {
    "opening": mark("The one thing to know"),
    "claims": mark("AI claims and their evidence"),
    "watch": mark("Vendor watch"),
    "trends": mark("Trends"),
    "stack": mark("Our stack"),
    "pack": mark("For the review meeting"),
    "sources": mark("Sources"),
    "method": mark("What was read"),
}


def title_of(name: str, kind: EditionKind) -> str:
    """Return the title of a section."""
    return TITLES[kind].get(name) or BLOCKS.get(name, name)


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

    Limits are on the edition, on one source (by the article shown first), on one vendor (that did
    something, or that the article shown first is about) and on one section, so that one topic
    cannot crowd out the rest. Ties go to the newer story, then to the
    smaller id.
    """
    limits = _Limits(material, period, caps, layout)
    ranked = sorted(tellings, key=_order(material))
    kept: list[Telling] = []
    held: Counter[tuple[str, str]] = Counter()
    for telling in ranked:
        why = limits.refuse(telling, len(kept))
        if why:
            held[lead_of(telling, material).article.source, why] += 1
        else:
            kept.append(telling)
            limits.take(telling, len(kept))
    many = Counter(why for (_, why), number in held.items() for _ in range(number))
    return Choice(tuple(kept), {name: many[name] for name in HELD}, held)


#: Why a story is not shown, as the edition's counts call it.
HELD = (
    "over the limit of one source",
    "over the limit of one vendor",
    "over the limit of a section",
    "in no section of this edition",
    "over the limit of the edition",
)


class _Limits:
    """Counts what an edition has taken, and says which limit a further story is over."""

    def __init__(
        self, material: Material, period: Period, caps: Rank, layout: Sequence[str]
    ) -> None:
        self.material, self.period, self.caps, self.layout = material, period, caps, layout
        weekly = period.kind == "weekly"
        self.top = caps.top if weekly else caps.top_quarterly
        self.section = caps.per_section if weekly else caps.per_section_quarterly
        self.taken: Counter[tuple[str, str]] = Counter()
        self.vendors: dict[str, frozenset[str]] = {}

    def refuse(self, telling: Telling, place: int) -> str:
        """Return which limit a story at a place is over, "" where none."""
        section = self._section(telling, place)
        if place >= self.top:
            return HELD[4]
        if not section:
            return HELD[3]
        if self.taken["source", self._source(telling)] >= self.caps.per_source:
            return HELD[0]
        vendors = self._vendors(telling)
        if any(self.taken["vendor", name] >= self.caps.per_vendor for name in vendors):
            return HELD[1]
        if section in TOPS:  # of a size of their own
            return ""
        return HELD[2] if self.taken["section", section] >= self.section else ""

    def take(self, telling: Telling, place: int) -> None:
        """Count a story that is shown."""
        self.taken["source", self._source(telling)] += 1
        self.taken["section", self._section(telling, place - 1)] += 1
        for name in self._vendors(telling):
            self.taken["vendor", name] += 1

    def _source(self, telling: Telling) -> str:
        return lead_of(telling, self.material).article.source

    def _vendors(self, telling: Telling) -> frozenset[str]:
        if telling.story.id not in self.vendors:
            self.vendors[telling.story.id] = _vendors(telling, self.material)
        return self.vendors[telling.story.id]

    def _section(self, telling: Telling, place: int) -> str:
        return place_of(telling, place, self.material, self.period, self.layout)


def _vendors(telling: Telling, material: Material) -> frozenset[str]:
    """Return whom a story is about: who did something, whom we know, and the main vendors."""
    lead = lead_of(telling, material).article
    names = {each.vendor for each in launches_of(telling, material)}
    names |= main_vendors(lead, material.language_of(lead.id), load_knowledge())
    return about_of(telling, material) | {material.ours.vendor_of(name) for name in names}


def place_of(
    telling: Telling, place: int, material: Material, period: Period, layout: Sequence[str]
) -> str:
    """Return the section of the story at a place, from 0; "" where the edition has none for it.

    Where editors put it somewhere, it stands there.
    """
    if place == 0 and "opening" in layout:
        return "opening"
    wanted = material.sections.get(telling.story.id, "")
    if wanted in layout and wanted in TITLES[period.kind]:
        return wanted
    tops = DEVELOPMENTS[period.kind] + ("opening" in layout)
    if "developments" in layout and place < tops:
        return "developments"
    found = section_of(telling, material, period)
    if found in layout:
        return found
    return "other" if "other" in layout else ""


def _order(material: Material) -> Callable[[Telling], tuple[float, float, str]]:
    def key(telling: Telling) -> tuple[float, float, str]:
        newest = telling.fresh[-1].at.astimezone(UTC).timestamp()
        return (-material.scores[telling.story.id].total, -newest, telling.story.id)

    return key


def arrange(
    shown: Sequence[Telling], *, material: Material, period: Period, layout: Sequence[str]
) -> tuple[Telling | None, list[tuple[str, str, list[Telling]]]]:
    """Return the opening, and each section that has stories as (name, title, stories), in order."""
    opening: Telling | None = None
    titles = TITLES[period.kind]
    groups: dict[str, list[Telling]] = {name: [] for name in layout if name in titles}
    for place, telling in enumerate(shown):
        name = place_of(telling, place, material, period, layout)
        if name == "opening":
            opening = telling
        elif name:
            groups[name].append(telling)
    if "policy" in groups:
        groups["policy"] = _together(groups["policy"], partial(_jurisdiction, material=material))
    return opening, [(name, titles[name], stories) for name, stories in groups.items() if stories]


def _together(tellings: Sequence[Telling], key: Callable[[Telling], str]) -> list[Telling]:
    """Return stories of one key side by side, the key of the best story first, "" last."""
    keys = [key(telling) for telling in tellings]
    first = {name: place for place, name in reversed(list(enumerate(keys)))}
    first[""] = len(keys)
    order = sorted(range(len(keys)), key=lambda place: (first[keys[place]], place))
    return [tellings[place] for place in order]


def section_of(telling: Telling, material: Material, period: Period) -> str:
    """Return the section a story belongs to: what its lead says decides before other members.

    What was announced long before the period is no news of it, though a report lists it now. What
    went wrong at a vendor stands with the risks, where nothing that it launched has a section.
    """
    lead = lead_of(telling, material).article
    events = {launch.event for launch in launches_of(telling, material)}
    known = material.classifications.get(lead.id)
    if known and known.policy and (lead.voice == "regulator" or not events):
        return "policy"
    if _is_old(telling, material, period):
        return "other"
    for told in (_lead_events(telling, material), events):
        for name, wanted in EVENTS[period.kind]:
            if told & wanted:
                return name
    return "policy" if known and is_incident(known) else "other"


def _is_old(telling: Telling, material: Material, period: Period) -> bool:
    """Return whether records say that all that a story tells of is older than the period."""
    told = [each for m in telling.members for each in material.records.get(m.article.id, ())]
    days = [each.announced for each in told if each.review != "rejected"]
    first = (period.start - LAG).date().isoformat()
    return bool(days) and all(day is not None and day < first for day in days)


def _lead_events(telling: Telling, material: Material) -> set[str]:
    lead = lead_of(telling, material).article.id
    found = launches_of(telling, material)
    return {launch.event for launch in found if launch.evidence.article == lead}


def _jurisdiction(telling: Telling, material: Material) -> str:
    known = (material.classifications.get(each.article.id) for each in telling.members)
    named = [place for each in known if each for place in each.jurisdictions]
    return named[0] if named else ""
