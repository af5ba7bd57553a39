"""Every number of the trends, against counting by hand."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from digest.periods import parse_period
from digest.records import Article, Classification, Label, QuarterCounts, Story, Trend, Trends
from digest.stages.charts import charts_of
from digest.stages.ours import Ours
from digest.stages.render import render
from digest.stages.sayings import Sayings
from digest.stages.trends import FEWEST, count_quarter, find_trends

from . import edition_sample as sample
from .edition_sample import article

QUARTERS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
#: Source → quarter → label → stories. "steady" and "trade" are read throughout, "gone" is lost,
#: "new" comes, and "noisy" sends twenty times as much in one quarter.
TOLD: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "steady": {
        "2025-Q3": {"CRM": 10, "SEO": 10, "Chat": 3}, "2025-Q4": {"CRM": 11, "SEO": 9, "Chat": 3},
        "2026-Q1": {"CRM": 9, "SEO": 10, "Chat": 4}, "2026-Q2": {"CRM": 10, "SEO": 11, "Chat": 3},
        "2026-Q3": {"CRM": 10, "SEO": 20, "Chat": 3}, "2026-Q4": {"CRM": 30, "SEO": 20, "Voice": 3},
    },
    "trade": {
        "2025-Q3": {"CRM": 5, "Mail": 20}, "2025-Q4": {"CRM": 5, "Mail": 20},
        "2026-Q1": {"CRM": 6, "Mail": 18}, "2026-Q2": {"CRM": 5, "Mail": 20},
        "2026-Q3": {"CRM": 5, "Mail": 21, "Tags": 1},
        "2026-Q4": {"CRM": 15, "Mail": 19, "Voice": 1, "Tags": 2},
    },
    "gone": {"2025-Q3": {"Mail": 9}, "2025-Q4": {"Mail": 9}, "2026-Q1": {"Mail": 2}},
    "new": {"2026-Q4": {"Mail": 60, "Print": 8}},
    "noisy": {"2026-Q2": {"SEO": 6}, "2026-Q3": {"SEO": 6}, "2026-Q4": {"SEO": 120}},
}  # fmt: skip
MONTHS = {"Q1": "02", "Q2": "05", "Q3": "08", "Q4": "11"}


def counted(
    told: Mapping[str, Mapping[str, Mapping[str, int]]], *, renamed: Mapping[str, str] | None = None
) -> list[QuarterCounts]:
    """Return quarters counted from articles, each its own story."""
    found = []
    for name in QUARTERS:
        articles: dict[str, Article] = {}
        known: dict[str, Classification] = {}
        day = f"{name[:4]}-{MONTHS[name[5:]]}-10T08:00:00+00:00"
        for source, quarters in told.items():
            for label, many in quarters.get(name, {}).items():
                for number in range(many):
                    id = f"{source}-{name}-{label}-{number}"
                    articles[id] = article(id, source=source, published=day)
                    said = (renamed or {}).get(label, label)
                    known[id] = Classification(id, (Label(said, 0.9, None),))
        found.append(
            count_quarter(
                parse_period(name),
                [Story(id, (id,), id, (), None, None) for id in articles],
                articles=articles,
                classifications=known,
                ours=Ours(),
            )
        )
    return found


def of(trends: Trends | None, name: str) -> Trend:
    """Return the row of a label."""
    assert trends is not None
    return next(row for row in trends.rows if row.name == name)


def by_hand(name: str, sources: tuple[str, ...]) -> dict[str, float | int]:
    """Return what the last two quarters come to in some sources, counted from `TOLD` alone."""
    now, before = (
        sum(TOLD[source].get(quarter, {}).get(name, 0) for source in sources)
        for quarter in (QUARTERS[-1], QUARTERS[-2])
    )
    all_now, all_before = (
        sum(sum(TOLD[source].get(quarter, {}).values()) for source in sources)
        for quarter in (QUARTERS[-1], QUARTERS[-2])
    )
    low, high = newcombe(now, all_now, before, all_before)
    return {
        "now": now, "before": before,
        "share": round(now / all_now, 4), "share_before": round(before / all_before, 4),
        "low": round(low, 4), "high": round(high, 4),
    }  # fmt: skip


def newcombe(a: int, m: int, b: int, n: int) -> tuple[float, float]:
    """Return Newcombe's interval (1998, method 10), with Wilson's bounds as roots of a square.

    The bounds of a share x/n are the p at which (x/n - p)² = z² p (1 - p) / n.
    """

    def bounds(x: int, n: int) -> tuple[float, float]:
        square, share = 1.96**2, x / n
        first, second, third = 1 + square / n, -(2 * share + square / n), share**2
        root = math.sqrt(max(0.0, second**2 - 4 * first * third))
        return (-second - root) / (2 * first), (-second + root) / (2 * first)

    (low, high), (low_b, high_b) = bounds(a, m), bounds(b, n)
    p, q = a / m, b / n
    return (
        p - q - math.sqrt((p - low) ** 2 + (high_b - q) ** 2),
        p - q + math.sqrt((high - p) ** 2 + (q - low_b) ** 2),
    )


BOTH = ("steady", "trade", "noisy")  #: read in the last quarter and in the one before


@pytest.mark.parametrize("name", ["CRM", "SEO", "Mail", "Voice", "Tags", "Chat"])
def test_every_number_of_a_row_is_what_counting_by_hand_gives(name: str) -> None:
    """Counts, shares and the interval, over the sources that were read in both quarters."""
    row = of(find_trends(counted(TOLD)), name)
    wanted = by_hand(name, BOTH)
    assert {key: getattr(row, key) for key in wanted} == pytest.approx(wanted, abs=1.01e-4)
    assert row.counts == tuple(
        sum(TOLD[source].get(quarter, {}).get(name, 0) for source in TOLD) for quarter in QUARTERS
    )
    assert row.first_seen == next(q for q, many in zip(QUARTERS, row.counts, strict=True) if many)
    shares = []
    for place, quarter in enumerate(QUARTERS):  # each with the last; the last with the one before
        other = QUARTERS[-2] if place == len(QUARTERS) - 1 else QUARTERS[-1]
        both = [s for s in TOLD if quarter in TOLD[s] and other in TOLD[s]]
        told = sum(TOLD[s][quarter].get(name, 0) for s in both)
        shares.append(round(told / sum(sum(TOLD[s][quarter].values()) for s in both), 4))
    assert row.shares == tuple(shares)


def test_growth_is_of_the_share_and_only_where_enough_is_told() -> None:
    """As much more as the one share is above the other; nothing where there are few."""
    trends = find_trends(counted(TOLD))
    ratio = (19 / 210) / (21 / 66)
    assert of(trends, "Mail").growth == pytest.approx(ratio - 1, abs=1.01e-4)
    assert of(trends, "Tags").now + of(trends, "Tags").before < FEWEST
    assert of(trends, "Tags").growth is None
    assert of(trends, "Voice").growth is None


def test_a_growth_that_goes_the_other_way_within_each_source_is_not_told() -> None:
    """In both sources three times as many told of CRM; a third one's flood made its share less."""
    row = of(find_trends(counted(TOLD)), "CRM")
    assert row.share < row.share_before
    assert (row.direction, row.growth) == ("steady", None)


def test_the_head_counts_stories_and_names_what_was_gained_and_lost() -> None:
    """All stories of each quarter; those of the compared sources; the new one by its publisher."""
    trends = find_trends(counted(TOLD), {"new": "New Daily"})
    assert trends is not None
    assert trends.quarters == QUARTERS
    assert trends.stories == tuple(
        sum(sum(TOLD[source].get(quarter, {}).values()) for source in TOLD) for quarter in QUARTERS
    )
    assert (trends.now, trends.before, trends.sources) == (210, 66, 3)
    assert (trends.gained, trends.lost) == (("New Daily",), ())


def test_what_one_noisy_source_sends_is_its_own() -> None:
    """It tells of one label alone, twenty times as much: no rise of it, and no fall of the rest."""
    trends = find_trends(counted(TOLD))
    assert of(trends, "SEO").direction in ("steady", "lone")
    assert of(trends, "Mail").direction not in ("up", "first")  # sixty more are a new feed's
    assert of(trends, "CRM").direction != "down"
    assert of(trends, "Voice").direction == "first"
    assert of(trends, "Chat").direction == "quiet"
    assert of(trends, "Print").direction not in ("first", "up")


def test_a_label_that_the_team_renames_keeps_its_history() -> None:
    """All quarters are counted anew by the new name: the same numbers, nothing first or quiet."""
    old, new = find_trends(counted(TOLD)), find_trends(counted(TOLD, renamed={"CRM": "Kunden"}))
    assert of(new, "Kunden").counts == of(old, "CRM").counts
    assert of(new, "Kunden").direction == of(old, "CRM").direction
    assert new is not None
    assert "CRM" not in {row.name for row in new.rows}


def test_copies_in_several_languages_are_one_story() -> None:
    """A story of three members in three languages counts once, with all sources that told it."""
    day = "2026-11-10T08:00:00+00:00"
    ids = ("a", "b", "c")
    articles = {id: article(id, source=f"source-{id}", published=day) for id in ids}
    known = {id: Classification(id, (Label("CRM", 0.9, None),)) for id in ids}
    counts = count_quarter(
        parse_period("2026-Q4"),
        [Story("a", ids, "a", (), None, None)],
        articles=articles,
        classifications=known,
        ours=Ours(),
    )
    assert (counts.stories, counts.groups) == ((1,), (("source-a", "source-b", "source-c"),))
    assert [(fact.name, fact.stories) for fact in counts.facts] == [("CRM", 1)]


def test_a_charts_words_are_its_tables_numbers() -> None:
    """Who hears the chart read out is told each bar, as the table beside it has it."""
    trends = find_trends(counted(TOLD))
    edition = replace(sample.empty(), trends=trends, layout=("trends", "method"))
    (chart,) = charts_of(edition, Sayings("en"))
    said = re.findall(r"(\w+) (\d+) / (\d+)(?:,|$)", chart.alt.partition(": ")[2])
    assert said == [(row.name, str(row.now), str(row.before)) for row in chart.rows]
    page = re.sub(r"[ \n]*<[^>]+>[ \n]*", " ", str(render(edition, format="html")))
    for name, now, before in said:
        few = f"{name}\xa0{before}\xa0→\xa0{now}"
        assert re.search(rf" {name} [^()]*\b{before} \(\S+%\) +{now} \(", page) or few in page
