"""What rose, fell, came up and went quiet, told from counted quarters with a guard for chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from digest.periods import Period
from digest.records import (
    Article,
    Classification,
    Direction,
    Fact,
    QuarterCounts,
    Story,
    Trend,
    TrendKind,
    Trends,
)
from digest.stages.ledger import member_of
from digest.stages.ours import Ours
from digest.stages.shares import BySource, Z, difference, share

VERSION = "2"
FEWEST = 5  #: stories in both quarters together, below which no growth is told
HEARD = 2  #: stories from the compared sources that make a first sight or a silence worth telling
MOST = 12  #: rows of one kind
ORDER: Mapping[Direction, int] = {
    "up": 0,
    "down": 0,
    "first": 1,
    "quiet": 1,
    "lone": 1,
    "steady": 2,
    "few": 3,
    "alone": 3,
}


def count_quarter(
    period: Period,
    stories: Iterable[Story],
    *,
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    ours: Ours,
) -> QuarterCounts:
    """Return what a quarter's stories were about; a story counts by its members of that quarter.

    A fact counts by the sources that told it, which may be fewer than those of its story: what only
    a new feed says of a story that all tell is no trend.
    """
    zone = ZoneInfo(period.timezone)
    told: Counter[tuple[str, ...]] = Counter()
    facts: Counter[tuple[TrendKind, str, tuple[str, ...]]] = Counter()
    for story in stories:
        found = (articles[id] for id in story.members if id in articles)
        members = [each for each in found if member_of(each, zone).at in period]
        if not members:
            continue
        group = tuple(sorted({each.source for each in members}))
        told[group] += 1
        for fact, sources in _tellers(members, classifications, ours).items():
            facts[(*fact, tuple(sorted(sources)))] += 1
    groups = sorted({*told, *(group for _, _, group in facts)})
    place = {group: number for number, group in enumerate(groups)}
    return QuarterCounts(
        id=period.name,
        groups=tuple(groups),
        stories=tuple(told[group] for group in groups),
        facts=tuple(
            Fact(kind, name, place[group], number)
            for (kind, name, group), number in sorted(facts.items())
        ),
    )


def _tellers(
    members: Sequence[Article], classifications: Mapping[str, Classification], ours: Ours
) -> dict[tuple[TrendKind, str], set[str]]:
    """Return by which sources each fact of a story is told."""
    found: dict[tuple[TrendKind, str], set[str]] = {}
    for each in members:
        known = classifications.get(each.id)
        facts: set[tuple[TrendKind, str]] = {("vendor", name) for name in ours.about(each, known)}
        for fact in facts | (_facts(known, ours) if known else set()):
            found.setdefault(fact, set()).add(each.source)
    return found


def _facts(known: Classification, ours: Ours) -> set[tuple[TrendKind, str]]:
    found: set[tuple[TrendKind, str]] = {("label", label.name) for label in known.labels[:1]}
    found |= {("vendor", ours.vendor_of(launch.vendor)) for launch in known.launches}
    found |= {("event", launch.event) for launch in known.launches}
    found |= {("topic", risk) for risk in known.risks}
    found |= {("jurisdiction", place) for place in known.jurisdictions}
    if known.claims:
        found.add(("topic", "claims"))
    if known.policy:
        found.add(("topic", "policy"))
    return {(kind, name) for kind, name in found if name}


def find_trends(
    quarters: Sequence[QuarterCounts], publishers: Mapping[str, str] | None = None
) -> Trends | None:
    """Return how the last of some quarters differs from those before; None where there is none.

    Shares are compared with the quarter before over the sources read in both. A rise or a fall is
    told where the 95 % interval of the difference of two shares leaves nought out, and where the
    share has moved as surely within the sources: one that was read for longer is no trend. What
    moved in one of several sources alone is told as such.

    Args:
        quarters: counted, the oldest first.
        publishers: by source, to name those that are new or lost; a source without one has its own.
    """
    if not quarters:
        return None
    last = quarters[-1]
    before = quarters[-2] if len(quarters) > 1 else None
    common = last.sources & before.sources if before else frozenset()
    now_all = _stories(last, common)
    before_all = _stories(before, common) if before else 0
    keys = sorted({(fact.kind, fact.name) for each in quarters for fact in each.facts})
    counted = [_by_key(each) for each in quarters]
    now = _by_key(last, common)
    then = _by_key(before, common) if before else Counter[tuple[TrendKind, str]]()
    sources = BySource(last, before, common) if before else None
    rows = [
        _trend(
            key,
            tuple(each[key] for each in counted),
            (now[key], now_all),
            (then[key], before_all),
            is_known=tuple(sum(each.stories) > 0 for each in quarters[:-1]),
            sources=sources,
        )
        for key in keys
    ]
    return Trends(
        quarters=tuple(each.id for each in quarters),
        stories=tuple(sum(each.stories) for each in quarters),
        now=now_all,
        before=before_all,
        sources=len(common),
        gained=_named(last.sources - before.sources, publishers) if before else (),
        lost=_named(before.sources - last.sources, publishers) if before else (),
        rows=tuple(_with_history(_worth(rows), quarters)),
    )


def _named(sources: Iterable[str], publishers: Mapping[str, str] | None) -> tuple[str, ...]:
    names = publishers or {}
    return tuple(sorted({names.get(each, each) for each in sources}))


def _trend(
    key: tuple[TrendKind, str],
    counts: tuple[int, ...],
    now: tuple[int, int],
    before: tuple[int, int],
    *,
    is_known: Sequence[bool],
    sources: BySource | None,
) -> Trend:
    low, high = difference(now, before)
    direction = _direction(counts, now, before, (low, high), is_known=any(is_known))
    is_borne = sources is None or _is_borne(key, direction, sources)
    if sources and is_borne and direction in ("up", "down"):
        direction = "lone" if sources.is_lone(key, rising=direction == "up") else direction
    growth = _growth(now, before) if is_borne else None
    if growth and sources and sources.shift(key) * growth < 0:
        growth = None  # within the sources it went the other way: one of them was read far more
    return Trend(
        kind=key[0],
        name=key[1],
        counts=counts,
        now=now[0],
        before=before[0],
        share=share(now),
        share_before=share(before),
        low=round(low, 4),
        high=round(high, 4),
        direction=direction if is_borne else "few" if direction in ("first", "quiet") else "steady",
        growth=growth,
    )


def _is_borne(key: tuple[TrendKind, str], direction: Direction, sources: BySource) -> bool:
    """Return whether a direction holds within the sources, however much was read of each."""
    if direction in ("first", "quiet"):
        return sources.heard(key, now=direction == "first") >= HEARD
    shift = sources.shift(key) if direction in ("up", "down") else 0.0
    return direction not in ("up", "down") or (shift if direction == "up" else -shift) >= Z


def _growth(now: tuple[int, int], before: tuple[int, int]) -> float | None:
    """Return by how much a share has grown; None where there are too few stories to tell."""
    if now[0] + before[0] < FEWEST or not (before[0] and now[1]):
        return None
    return round((now[0] / now[1]) / (before[0] / before[1]) - 1, 4)


def _with_history(rows: Iterable[Trend], quarters: Sequence[QuarterCounts]) -> Iterator[Trend]:
    """Yield rows with what each quarter told, from the sources read in it and in the last one.

    The last is told of as the row's own share is: from the sources read in it and the one before.
    """
    compared = quarters[-2] if len(quarters) > 1 else quarters[-1]
    others = [*quarters[:-1], compared]
    both = [each.sources & quarters[-1].sources for each in others]
    told = [_by_key(each, sources) for each, sources in zip(quarters, both, strict=True)]
    alls = [_stories(each, sources) for each, sources in zip(quarters, both, strict=True)]
    for row in rows:
        key = (row.kind, row.name)
        shares = (
            share((each[key], all)) if all else None for each, all in zip(told, alls, strict=True)
        )
        seen = (each.id for number, each in zip(row.counts, quarters, strict=True) if number)
        yield replace(row, first_seen=next(seen, ""), shares=tuple(shares))


def _direction(
    counts: tuple[int, ...],
    now: tuple[int, int],
    before: tuple[int, int],
    interval: tuple[float, float],
    *,
    is_known: bool,
) -> Direction:
    if not is_known:
        return "alone"
    if counts[-1] and not any(counts[:-1]):
        return "first" if now[0] >= HEARD else "few"
    if not counts[-1]:
        return "quiet" if len(counts) > 1 and before[0] >= HEARD else "few"
    if not (now[1] and before[1]):
        return "alone"
    if now[0] + before[0] < FEWEST:
        return "few"
    if interval[0] > 0:
        return "up"
    return "down" if interval[1] < 0 else "steady"


def _stories(counts: QuarterCounts, sources: frozenset[str]) -> int:
    return sum(
        number
        for group, number in zip(counts.groups, counts.stories, strict=True)
        if sources & set(group)
    )


def _by_key(
    counts: QuarterCounts, sources: frozenset[str] | None = None
) -> Counter[tuple[TrendKind, str]]:
    kept = [sources is None or bool(sources & set(group)) for group in counts.groups]
    found: Counter[tuple[TrendKind, str]] = Counter()
    for fact in counts.facts:
        if kept[fact.group]:
            found[fact.kind, fact.name] += fact.stories
    return found


def _worth(rows: Iterable[Trend]) -> list[Trend]:
    """Return the rows worth telling, at most so many of a kind: what moved, then what is large."""
    told: Counter[TrendKind] = Counter()
    kept = []
    for row in sorted(rows, key=_weight):
        if (row.counts[-1] or row.direction == "quiet") and told[row.kind] < MOST:
            told[row.kind] += 1
            kept.append(row)
    return kept


def _weight(row: Trend) -> tuple[float, ...] | tuple[float, float, float, str, str]:
    return (
        ORDER[row.direction],
        -abs(row.share - row.share_before) if row.direction in ("up", "down") else 0.0,
        -max(row.counts[-1], row.before),
        row.kind,
        row.name,
    )
