"""The papers of the review meeting: agenda, questions for each vendor, decisions, from records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.records import (
    Claimed,
    Deed,
    Entrant,
    OurStack,
    Pack,
    Promise,
    Questions,
    Remark,
    ToolState,
    VendorWatch,
)

MOST_QUESTIONS = 5  #: to one vendor
MOST_LAWS = 4  #: rules that ask for a decision
IDLE = 0.5  #: share of paid functions in use, below which it is asked about
#: The question that a deed of a vendor gives rise to.
ASKED = {
    "pricing": "ask-price",
    "incident": "ask-incident",
    "acquisition": "ask-acquisition",
    "acquired": "ask-acquisition",
    "shutdown": "ask-shutdown",
    "policy": "ask-policy",
}
#: The question that a plan gives rise to of which something has become, or nothing in time.
ASKED_OF = {
    "overdue": "ask-overdue",
    "partly": "ask-partly",
    "moved": "ask-moved",
    "cancelled": "ask-cancelled",
}
#: The decision that a deed of a vendor asks for at each tool of its that we own.
DECIDED = {
    "incident": "decide-incident",
    "shutdown": "decide-shutdown",
    "acquired": "decide-acquisition",
    "acquisition": "decide-acquired-by",
    "pricing": "decide-pricing",
}
PRODUCTS = frozenset({"launch", "feature", "integration"})


@dataclass(frozen=True, slots=True)
class Papers:
    """What an edition has found, from which the pack is made."""

    stories: Sequence[Entrant]  #: in order, the opening first
    claims: Sequence[Claimed]
    watch: Sequence[VendorWatch]
    stack: OurStack | None
    soon: str = ""  #: the last day of the period after this one, ISO 8601


def make_pack(papers: Papers) -> Pack:
    """Return agenda, questions and decisions; each rests on sources or on our own list of tools."""
    decisions = tuple(_decisions(papers))
    questions = [
        Questions(watch.vendor, tuple(_questions(watch, papers)[:MOST_QUESTIONS]))
        for watch in papers.watch
    ]
    return Pack(
        agenda=tuple(_agenda(papers, decisions)),
        questions=tuple(each for each in questions if each.questions),
        decisions=decisions,
    )


def _agenda(papers: Papers, decisions: Sequence[Remark]) -> Iterable[Remark]:
    if papers.stories:
        first = papers.stories[0]
        yield Remark("agenda-one-thing", (("headline", first.headline),), first.citations[:3])
    owned = [each for each in papers.watch if each.relation == "owned" and each.deeds]
    if owned:
        tools = tuple(("tools", tool) for each in owned for tool in each.tools)
        yield Remark("agenda-tools", tools, _cited(d for each in owned for d in each.deeds))
    every = [promise for each in papers.watch for promise in each.promises]
    due = [each for each in every if each.kept == "overdue" or _is_near(each, papers.soon)]
    if due:
        vendors = tuple(("vendors", name) for name in dict.fromkeys(p.vendor for p in due))
        yield Remark("agenda-plans", vendors, tuple(dict.fromkeys(p.line.citation for p in due)))
    bare = [each for each in papers.claims if not each.backing]
    if bare:
        vendors = tuple(("vendors", name) for name in dict.fromkeys(c.vendor for c in bare))
        sources = tuple(dict.fromkeys(each.line.citation for each in bare))
        yield Remark("agenda-claims", vendors, sources)
    laws = [each for each in papers.stories if each.policy]
    if laws:
        places = dict.fromkeys(place for each in laws for place in each.jurisdictions)
        topics = dict.fromkeys(topic for each in laws for topic in each.risks)
        values = [("topics", topic) for topic in topics]
        values += [("places", place) for place in places]
        code = "agenda-risks" if topics else "agenda-policy" if places else "agenda-policy-plain"
        code += "-places" if topics and places else ""
        yield Remark(code, tuple(values), tuple(dict.fromkeys(each.citations[0] for each in laws)))
    if papers.stack:
        yield from _stack_agenda(papers.stack)
    if decisions:
        yield Remark("agenda-decisions", (("number", str(len(decisions))),))


def _is_near(promise: Promise, soon: str) -> bool:
    due = promise.moved_to or promise.due
    return promise.kept in ("open", "moved") and due is not None and due <= soon


def _stack_agenda(stack: OurStack) -> Iterable[Remark]:
    if stack.renewals:
        tools = tuple(("tools", name) for name in stack.renewals)
        yield Remark("agenda-renewals", tools, from_stack=True)
    if stack.renewed:
        tools = tuple(("tools", name) for name in stack.renewed)
        yield Remark("agenda-renewed", tools, from_stack=True)
    if stack.total:
        cost = (("cost", f"{stack.total} {stack.currency}"), ("number", str(len(stack.tools))))
        yield Remark("agenda-spend", cost, from_stack=True)
    open_ones = [*(gap.category for gap in stack.gaps), *(o.category for o in stack.overlaps)]
    if open_ones:
        sources = tuple(dict.fromkeys(n for gap in stack.gaps for n in gap.citations))
        values = tuple(("categories", name) for name in open_ones)
        yield Remark("agenda-gaps", values, sources, from_stack=True)


def _cited(deeds: Iterable[Deed]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(deed.line.citation for deed in deeds))


def _questions(watch: VendorWatch, papers: Papers) -> list[Remark]:
    """Return what to ask, the most pressing first: what is cut off are plans and claims."""
    late = [each for each in watch.promises if each.kept in ASKED_OF]
    rest = [each for each in watch.promises if each.kept not in ASKED_OF]
    found = [*_of_deeds(watch), *_of_promises(late)]
    mine = [each for each in _tools(papers.stack) if each.vendor == watch.vendor]
    found += [
        Remark("ask-use", (("tool", tool.name), ("share", str(tool.utilisation))), from_stack=True)
        for tool in mine
        if tool.utilisation is not None and tool.utilisation < IDLE
    ]
    found += _of_promises(rest)
    found += [
        Remark("ask-evidence", (), (claim.line.citation,), line=claim.line)
        for claim in papers.claims
        if claim.vendor == watch.vendor and not claim.backing
    ]
    if watch.relation == "owned" and watch.is_silent:
        found.append(Remark("ask-strategy", from_stack=True))
    return found


def _of_deeds(watch: VendorWatch) -> Iterable[Remark]:
    asked = set()
    for deed in sorted(watch.deeds, key=lambda each: each.kind not in ASKED):
        code = ASKED.get(deed.kind, "")
        if not code and deed.kind in PRODUCTS and watch.relation == "owned":
            code = "ask-product"
        product = deed.product or (watch.tools[0] if watch.tools else watch.vendor)
        if code and (code, product) not in asked:
            asked.add((code, product))
            values = (("product", product),) if code == "ask-product" else ()
            yield Remark(code, values, (deed.line.citation,), line=deed.line)


def _of_promises(promises: Iterable[Promise]) -> Iterable[Remark]:
    for each in promises:
        if each.kept in ("fulfilled", "late"):
            continue
        due = each.moved_to or each.due
        code = ASKED_OF.get(each.kept) or ("ask-open" if due else "ask-when")
        values = (("day", due),) if due and code in ("ask-overdue", "ask-open") else ()
        yield Remark(code, values, (each.line.citation,), line=each.line)


def _decisions(papers: Papers) -> Iterable[Remark]:
    by_vendor = {each.vendor: each for each in papers.watch}
    for tool in _tools(papers.stack):
        deeds = by_vendor[tool.vendor].deeds if tool.vendor in by_vendor else ()
        yield from _of_tool(tool, deeds)
    if papers.stack:
        yield from _of_stack(papers.stack)
    laws = [each for each in papers.stories if each.policy and not _is_incident(each, papers)]
    for story in laws[:MOST_LAWS]:
        yield Remark("decide-policy", (("headline", story.headline),), story.citations[:3])


def _is_incident(story: Entrant, papers: Papers) -> bool:
    """Return whether a story is of what befell a tool of ours: that has a decision of its own."""
    owned = (deed for each in papers.watch if each.relation == "owned" for deed in each.deeds)
    cited = {deed.line.citation for deed in owned if deed.kind == "incident"}
    return not cited.isdisjoint(story.citations)


def _of_tool(tool: ToolState, deeds: Sequence[Deed]) -> Iterable[Remark]:
    for kind, code in DECIDED.items():
        found = [deed for deed in deeds if deed.kind == kind]
        if found:
            values = (("tool", tool.name), ("vendor", tool.vendor))
            yield Remark(code, values, _cited(found), line=found[0].line)


def _of_stack(stack: OurStack) -> Iterable[Remark]:
    tools = {tool.name: tool for tool in stack.tools}
    for name in stack.renewals:
        tool = tools[name]
        values = [("tool", name), ("day", tool.renewal or "")]
        code = "decide-renewal"
        if tool.cost is not None and tool.utilisation is not None:
            code = "decide-renewal-cost"
            cost = f"{tool.cost} {stack.currency}"
            values += [("cost", cost), ("share", str(tool.utilisation))]
        yield Remark(code, tuple(values), from_stack=True)
    for name in stack.renewed:
        values = [("tool", name), ("day", tools[name].renewal or "")]
        yield Remark("decide-renewed", tuple(values), from_stack=True)
    for overlap in stack.overlaps:
        values = [("category", overlap.category), *(("tools", name) for name in overlap.tools)]
        yield Remark("decide-overlap", tuple(values), from_stack=True)
    for gap in stack.gaps[:3]:
        values = [("category", gap.category), ("number", str(gap.launches))]
        yield Remark("decide-gap", tuple(values), gap.citations)


def _tools(stack: OurStack | None) -> tuple[ToolState, ...]:
    return stack.tools if stack else ()
