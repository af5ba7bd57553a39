"""What a period means for what we own: tools, renewals, gaps, overlaps, and what it all costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from digest.periods import Period
from digest.records import (
    Entrant,
    Gap,
    OurStack,
    Overlap,
    Product,
    Spend,
    ToolState,
    VendorWatch,
)
from digest.stack import Stack, Tool
from digest.stages.clean import key_of

MOVING = 2  #: products of a category in one period that make it a moving one
MOST_GAPS = 6
NEW = frozenset({"launch", "feature", "integration"})


def look_at_stack(
    stack: Stack,
    period: Period,
    *,
    products: Sequence[Product],
    watch: Sequence[VendorWatch],
    stories: Sequence[Entrant],
    renewal_days: int,
) -> OurStack | None:
    """Return what a period means for a stack; None where the team has said nothing of it.

    Args:
        stack: what the team owns.
        period: the edition's.
        products: what the edition shows of products.
        watch: of vendors.
        stories: and of stories, in order.
        renewal_days: how long before its renewal a tool is spoken of.
    """
    if not stack.tools:
        return None
    tools = tuple(_state(tool, stack, period, watch, stories) for tool in stack.tools)
    due = [
        each for each in tools if each.days_left is not None and 0 <= each.days_left <= renewal_days
    ]
    days = (period.end - period.start).days
    past = [each for each in tools if each.days_left is not None and -days < each.days_left < 0]
    return OurStack(
        currency=stack.currency,
        budget=stack.marketing_budget,
        customer_cost=stack.customer_cost,
        total=_cost(stack.tools),
        tools=tools,
        spend=_spend(stack),
        gaps=_gaps(stack, products),
        overlaps=_overlaps(stack),
        renewals=tuple(each.name for each in sorted(due, key=_nearness)),
        renewed=tuple(each.name for each in sorted(past, key=_nearness)),
    )


def _nearness(tool: ToolState) -> int:
    return tool.days_left or 0


def _state(
    tool: Tool,
    stack: Stack,
    period: Period,
    watch: Sequence[VendorWatch],
    stories: Sequence[Entrant],
) -> ToolState:
    last = (period.end - timedelta(days=1)).date()
    about = next((each for each in watch if each.vendor == tool.vendor), None)
    named = {("tool", tool.name)}
    return ToolState(
        name=tool.name,
        vendor=tool.vendor,
        category=tool.category,
        owner=tool.owner,
        cost=tool.cost,
        renewal=tool.renewal.isoformat() if tool.renewal else None,
        days_left=(tool.renewal - last).days if tool.renewal else None,
        utilisation=tool.utilisation,
        custom=tuple(stack.own_fields(tool).items()),
        stories=tuple(
            each.story
            for each in stories
            if any(named & set(concern.values) for concern in each.concerns)
        ),
        deeds=len(about.deeds) if about else 0,
    )


def _cost(tools: Iterable[Tool]) -> float:
    return round(sum(tool.cost or 0.0 for tool in tools), 2)


def _spend(stack: Stack) -> tuple[Spend, ...]:
    total = _cost(stack.tools)
    rows = []
    known = [tool for tool in stack.tools if tool.cost is not None]  # nothing is guessed
    for category in dict.fromkeys(tool.category for tool in known):
        tools = [tool for tool in known if tool.category == category]
        cost = _cost(tools)
        won, each = stack.customers_won, stack.customer_cost
        per_customer = round(cost / won, 4) if won else None
        rows.append(
            Spend(
                category=category,
                tools=tuple(tool.name for tool in tools),
                cost=cost,
                of_spend=round(cost / total, 4) if total else 0.0,
                of_budget=round(cost / stack.marketing_budget, 4)
                if stack.marketing_budget
                else None,
                per_customer=per_customer,
                of_customer_cost=round(per_customer / each, 4)
                if per_customer is not None and each
                else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.cost, row.category)))


def _gaps(stack: Stack, products: Sequence[Product]) -> tuple[Gap, ...]:
    owned = {tool.category for tool in stack.tools}
    fresh = [each for each in products if each.event in NEW and not _is_feature(each, products)]
    fresh = [each for each in fresh if not stack.owned(each.vendor)]  # theirs we have at hand
    moving = Counter(each.category for each in fresh if each.category)
    rows = []
    for category, number in moving.items():
        if category is None or category in owned or number < MOVING:
            continue
        mine = [each for each in fresh if each.category == category]
        vendors = tuple(dict.fromkeys(each.vendor for each in mine))
        sources = tuple(dict.fromkeys(each.line.citation for each in mine))
        rows.append(Gap(category, number, vendors, sources))
    return tuple(sorted(rows, key=lambda gap: (-gap.launches, gap.category))[:MOST_GAPS])


def _is_feature(one: Product, products: Sequence[Product]) -> bool:
    """Return whether the vendor of what is told is a product itself, as another record says."""
    name = key_of(one.vendor)
    return any(key_of(each.product) == name != key_of(each.vendor) for each in products)


def _overlaps(stack: Stack) -> tuple[Overlap, ...]:
    rows = []
    for category in dict.fromkeys(tool.category for tool in stack.tools if tool.category):
        tools = [tool for tool in stack.tools if tool.category == category]
        if len(tools) > 1:
            rows.append(Overlap(category, tuple(tool.name for tool in tools), _cost(tools)))
    return tuple(rows)
