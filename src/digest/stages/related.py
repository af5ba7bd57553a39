"""Which earlier stories a story goes on with: near it, and yet another event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from digest.records import Link
from digest.stages.explain import describe
from digest.stages.judging import RELATED, leads_of
from digest.stages.leads import LEADS, shared_leads
from digest.stages.verdict import probability

if TYPE_CHECKING:
    from digest.stages.groups import Grouping
    from digest.stages.window import Window

Pair = tuple[int, int]
NAMED = 0.4  # of `lead_names`: two rare names, such as a vendor and its product
MOST = 3  # links of a story, the likeliest
LEAD_NAMES = LEADS.index("lead_names")


def find_related(
    window: Window, grouping: Grouping, judged: Mapping[Pair, float]
) -> dict[int, tuple[Link, ...]]:
    """Return the links of each story to earlier ones, by the place of its founding article.

    Two stories are linked where a pair of their articles was not much less likely than to be one
    event, names the same in its leads, and these names are rare: a follow-up, a reaction, an
    earlier or later stage. Without a date neither is the earlier one.

    Args:
        window: the articles.
        grouping: the stories.
        judged: log-odds of the pairs of articles that were judged.
    """
    near = _between(grouping, judged)
    if not near:
        return {}
    pairs = np.array([pair for pair, _ in near.values()], dtype=np.int32)
    named = leads_of(window).measure(pairs)[:, LEAD_NAMES] >= NAMED
    found: dict[int, list[tuple[float, int, Pair]]] = {}
    for kept, (first, later), (pair, odds) in zip(named, near, near.values(), strict=True):
        dated = window.sketches[first].day is not None and window.sketches[later].day is not None
        if kept and dated and shared_leads(*(window.sketches[n] for n in pair)):
            found.setdefault(later, []).append((-odds, first, pair))
    return {later: _links(window, links) for later, links in found.items()}


def _between(grouping: Grouping, judged: Mapping[Pair, float]) -> dict[Pair, tuple[Pair, float]]:
    """Return for each two stories, by founding articles, their likeliest pair of articles."""
    founder = {group: min(members) for group, members in grouping.members.items()}
    found: dict[Pair, tuple[Pair, float]] = {}
    for pair, odds in sorted(judged.items()):
        one, other = (founder[grouping.group_of[n]] for n in pair)
        both = (min(one, other), max(one, other))
        if one != other and odds > RELATED and (both not in found or odds > found[both][1]):
            found[both] = (pair, odds)
    return found


def _links(window: Window, links: list[tuple[float, int, Pair]]) -> tuple[Link, ...]:
    return tuple(
        Link(
            story=window.sketches[first].id,
            score=round(probability(-cost), 4),
            because=describe(window, *pair),
        )
        for cost, first, pair in sorted(links)[:MOST]
    )
