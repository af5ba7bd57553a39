"""Which stories an edition shows, and under which heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from digest.config_sections import Rank
from digest.periods import Period
from digest.records import EditionKind
from digest.stages.catalogues import mark
from digest.stages.entrant import Material, launches_of, lead_of
from digest.stages.ledger import Telling

PRODUCT_EVENTS = frozenset({"launch", "feature", "integration", "pricing", "shutdown"})
MARKET_EVENTS = frozenset({"acquisition", "funding", "partnership"})
STUDY_EVENTS = frozenset({"study"})
DEVELOPMENTS = 5  #: stories a quarterly tells at length after its opening

#: Section names in the order they are shown, with their titles.
TITLES: dict[EditionKind, dict[str, str]] = {
    "weekly": {
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


@dataclass(frozen=True, slots=True)
class Choice:
    """What an edition shows, best first, and how many stories its caps hold back."""

    shown: tuple[Telling, ...]
    over_source: int
    over_top: int


def choose(
    tellings: Iterable[Telling], *, material: Material, period: Period, caps: Rank
) -> Choice:
    """Return the stories with the highest scores: at most so many, and so many of one source.

    Ties go to the newer story, then to the smaller id.
    """
    top = caps.top if period.kind == "weekly" else caps.top_quarterly
    led: Counter[str] = Counter()
    kept: list[Telling] = []
    over_source = 0
    ranked = sorted(tellings, key=_order(material))
    for telling in ranked:
        source = lead_of(telling, material).article.source
        if len(kept) < top and led[source] < caps.per_source:
            led[source] += 1
            kept.append(telling)
        elif len(kept) < top:
            over_source += 1
    return Choice(tuple(kept), over_source, len(ranked) - len(kept) - over_source)


def _order(material: Material) -> Callable[[Telling], tuple[float, float, str]]:
    def key(telling: Telling) -> tuple[float, float, str]:
        newest = telling.fresh[-1].at.astimezone(UTC).timestamp()
        return (-material.scores[telling.story.id].total, -newest, telling.story.id)

    return key


def arrange(
    shown: Sequence[Telling], *, material: Material, kind: EditionKind
) -> tuple[Telling | None, list[tuple[str, str, list[Telling]]]]:
    """Return the opening, and each section that has stories as (name, title, stories)."""
    opening = shown[0] if shown else None
    groups: dict[str, list[Telling]] = {name: [] for name in TITLES[kind]}
    for place, telling in enumerate(shown[1:]):
        tops = kind == "quarterly" and place < DEVELOPMENTS
        found = "developments" if tops else section_of(telling, material)
        wanted = material.sections.get(telling.story.id, found)
        groups[wanted if wanted in groups else found].append(telling)
    if kind == "quarterly":
        groups["products"].sort(key=lambda telling: _category(telling, material))
    titles = TITLES[kind]
    return opening, [(name, titles[name], stories) for name, stories in groups.items() if stories]


def section_of(telling: Telling, material: Material) -> str:
    """Return the section a story belongs to: what its lead says decides before other members."""
    lead = lead_of(telling, material).article
    events = {launch.event for launch in launches_of(telling, material)}
    classification = material.classifications.get(lead.id)
    if classification and classification.policy and (lead.voice == "regulator" or not events):
        return "policy"
    for name, wanted in (
        ("market", MARKET_EVENTS),
        ("products", PRODUCT_EVENTS),
        ("research", STUDY_EVENTS),
    ):
        if _lead_events(telling, material) & wanted:
            return name
    return "products" if events & PRODUCT_EVENTS else "other"


def _lead_events(telling: Telling, material: Material) -> set[str]:
    lead = lead_of(telling, material).article.id
    found = launches_of(telling, material)
    return {launch.event for launch in found if launch.evidence.article == lead}


def _category(telling: Telling, material: Material) -> str:
    named = [launch.category for launch in launches_of(telling, material) if launch.category]
    return named[0] if named else "\U0010ffff"  # products of no category come last
