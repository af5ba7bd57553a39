"""Why a story matters to us: one or two plain sentences, each of which its records prove."""

from __future__ import annotations

from collections.abc import Iterator

from digest.records import Entrant, Remark
from digest.stages.concerns import INCIDENTS

MOST = 2  #: sentences
PRODUCTS = frozenset({"launch", "feature", "integration"})
#: What a kind of event means at a tool of ours, the gravest first.
AT_OURS = ("shutdown", "acquisition", "pricing")
#: What a kind of risk means for marketing, in the order of the records' risks.
RISKS = {
    "privacy": "why-privacy",
    "copyright": "why-copyright",
    "bias": "why-bias",
    "security": "why-security",
    "incident": "why-security",
    "search-engine policy": "why-search",
}


def meaning_of(entry: Entrant) -> tuple[Remark, ...]:
    """Return why a story matters, what it is to us first; never empty.

    Every sentence rests on a record: on our list of tools, on an event, a kind of risk, a voice, or
    on what sources state as evidence. Where nothing else speaks for a story, it is told how many
    tell of it.
    """
    found = [*_to_us(entry), *_law(entry), *_how_sure(entry)]
    if not found:
        many = Remark("why-told", (("number", str(entry.publishers)),))
        found.append(many if entry.publishers > 1 else Remark("why-told-once"))
    return tuple(found[:MOST])


def touches_us(entry: Entrant) -> bool:
    """Return whether a story touches our contract or data: then it is told why it matters."""
    return any(part.code == "stake" for part in entry.why)


def is_our_incident(entry: Entrant) -> bool:
    """Return whether what a story tells has befallen a vendor of a tool of ours."""
    return touches_us(entry) and bool(INCIDENTS & set(entry.risks))


def _to_us(entry: Entrant) -> Iterator[Remark]:
    events = {launch.event for launch in entry.launches}
    names = (*_named(entry, "for-owner", "tool"), *_named(entry, "for-users", "tool"))
    tools = tuple(("tool", name) for name in names)
    watched = tuple(("vendor", name) for name in _named(entry, "for-watchers", "vendor"))
    if tools:
        yield Remark(_at_tool(entry, events), tools, from_stack=True)
    elif watched:
        yield Remark(_at_watched(events), watched, from_stack=True)
    elif fields := _named(entry, "for-category", "category"):
        yield Remark("why-field", (("category", fields[0]),), from_stack=True)


def _at_tool(entry: Entrant, events: set[str]) -> str:
    if is_our_incident(entry):
        return "why-incident"
    if touches_us(entry):
        return next((f"why-{each}" for each in AT_OURS if each in events), "why-stake")
    return "why-product" if events & PRODUCTS else "why-owned"


def _at_watched(events: set[str]) -> str:
    if "acquisition" in events:
        return "why-watched-deal"
    return "why-watched-product" if events & PRODUCTS else "why-watched"


def _law(entry: Entrant) -> Iterator[Remark]:
    """Yield what a law or risk bears on; of an incident at a tool of ours that is said."""
    if not entry.policy or is_our_incident(entry):
        return
    yield Remark(next((RISKS[each] for each in RISKS if each in entry.risks), "why-rules"))


def _how_sure(entry: Entrant) -> Iterator[Remark]:
    codes = {part.code: part for part in entry.why}
    if "proved" in codes:
        yield Remark("why-proved")
    if "unproved" in codes:
        yield Remark("why-unproved")
    if "regulator" in codes:
        yield Remark("why-regulator", tuple(("names", each) for each in codes["regulator"].names))
    elif "independent" in codes and entry.publishers > 1:
        yield Remark("why-told-by-others", (("number", str(entry.publishers)),))


def _named(entry: Entrant, code: str, kind: str) -> list[str]:
    found = (value for one in entry.concerns if one.code == code for value in one.values)
    return list(dict.fromkeys(name for of, name in found if of == kind))
