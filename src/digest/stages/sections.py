"""Which stories an edition shows, and under which heading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from digest.periods import Period
from digest.records import EditionKind
from digest.stages.catalogues import mark
from digest.stages.concerns import is_incident
from digest.stages.entrant import launches_of, lead_of
from digest.stages.ledger import Telling
from digest.stages.material import Material

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
    if is_old(telling, material, period):
        return "other"
    for told in (_lead_events(telling, material), events):
        for name, wanted in EVENTS[period.kind]:
            if told & wanted:
                return name
    return "policy" if known and is_incident(known) else "other"


def is_old(telling: Telling, material: Material, period: Period) -> bool:
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
