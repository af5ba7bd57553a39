"""For whom a story is: owners of its tools, of its category, and who answers for law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digest.records import Classification, Remark
from digest.stack import Stack

INCIDENTS = frozenset({"security", "incident", "breach", "outage"})  #: risks that came true
#: Events of what a vendor offers or says: a scanner of weak points, a study on outages.
OFFERS = frozenset({"launch", "feature", "integration", "partnership", "funding", "study"})
#: Who answers for a kind of risk; any other kind is for who answers for law and data protection.
KEEPERS = {
    "security": "for-security",
    "incident": "for-security",
    "search-engine policy": "for-search",
    "copyright": "for-content",
}


def is_incident(known: Classification) -> bool:
    """Return whether an article tells of what went wrong, and not of help against it or of a study.

    A risk of security alone is none where all that its vendors do is to offer or to study.
    """
    events = {launch.event for launch in known.launches}
    if "study" in events and events <= OFFERS:
        return False
    risks = set(known.risks) & INCIDENTS
    return bool(risks - {"security"}) or (bool(risks) and not (events and events <= OFFERS))


def concerns_of(
    labels: Sequence[str],
    vendors: Iterable[str],
    *,
    policy: bool,
    risks: Sequence[str],
    stack: Stack,
) -> tuple[Remark, ...]:
    """Return for whom a story is, the nearest first; where nothing else is known, by its category.

    Args:
        labels: its categories, the best first.
        vendors: our vendors that it is about.
        policy: whether it tells of law, regulation or risk.
        risks: of which kinds.
        stack: what we own.
    """
    found: list[Remark] = []
    watched = [each for each in sorted(set(vendors)) if not stack.owned(each)]
    for vendor in sorted(set(vendors)):
        tools = stack.owned(vendor)
        found += [
            Remark("for-owner", (("owner", tool.owner), ("tool", tool.name)))
            if tool.owner
            else Remark("for-users", (("tool", tool.name),))
            for tool in tools
        ]
    if watched:
        found.append(Remark("for-watchers", tuple(("vendor", each) for each in watched)))
    if policy:
        keepers = dict.fromkeys(KEEPERS.get(risk, "for-law") for risk in risks or ("law",))
        found += [Remark(keeper) for keeper in keepers]
    told = {dict(each.values).get("tool") for each in found}
    asked = {dict(each.values).get("owner") for each in found}
    found += [
        Remark("for-category", (("owner", tool.owner), ("category", tool.category)))
        for tool in stack.tools
        if tool.owner
        and labels
        and tool.category == labels[0]
        and tool.name not in told
        and tool.owner not in asked
    ]
    if not found and labels:
        found.append(Remark("for-buyers", (("category", labels[0]),)))
    return tuple(found)
