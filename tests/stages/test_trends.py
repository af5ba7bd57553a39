"""Trends: told only where more than chance and more than a new feed explains them."""

from __future__ import annotations

import pytest

from digest.periods import parse_period
from digest.records import Classification, Fact, Label, QuarterCounts, Story
from digest.stages.ours import Ours
from digest.stages.shares import difference
from digest.stages.trends import count_quarter, find_trends

from .edition_sample import article


def quarter(name: str, rows: dict[str, dict[str, int]], stories: dict[str, int]) -> QuarterCounts:
    """Return counts: source → label → stories, and source → all its stories."""
    groups = tuple((source,) for source in sorted(stories))
    facts = tuple(
        Fact("label", label, groups.index((source,)), number)
        for source, labels in rows.items()
        for label, number in labels.items()
    )
    return QuarterCounts(name, groups, tuple(stories[source] for (source,) in groups), facts)


def directions(*quarters: QuarterCounts) -> dict[str, str]:
    trends = find_trends(quarters)
    assert trends is not None
    return {row.name: row.direction for row in trends.rows}


def test_a_rise_is_told_where_chance_does_not_explain_it() -> None:
    """Forty of a hundred after ten is a rise; twelve after ten is none."""
    before = quarter("2026-Q2", {"a": {"CRM": 10, "SEO": 10}}, {"a": 100})
    now = quarter("2026-Q3", {"a": {"CRM": 40, "SEO": 12}}, {"a": 100})
    assert directions(before, now) == {"CRM": "up", "SEO": "steady"}
    assert directions(now, before)["CRM"] == "down"


def test_a_new_feed_is_no_trend() -> None:
    """What only a source says that was not read before changes no share."""
    before = quarter("2026-Q2", {"a": {"CRM": 10}}, {"a": 100})
    now = quarter("2026-Q3", {"a": {"CRM": 10}, "b": {"CRM": 90}}, {"a": 100, "b": 90})
    trends = find_trends([before, now])
    assert trends is not None
    (row,) = trends.rows
    assert (row.counts, row.now, row.before, row.direction) == ((10, 100), 10, 10, "steady")
    assert (trends.sources, trends.gained) == (1, ("b",))


def test_few_stories_tell_nothing() -> None:
    """Two after one is double, and told as too few."""
    before = quarter("2026-Q2", {"a": {"CRM": 1}}, {"a": 20})
    now = quarter("2026-Q3", {"a": {"CRM": 2}}, {"a": 20})
    assert directions(before, now) == {"CRM": "few"}


def test_first_seen_and_gone_quiet_are_told() -> None:
    """Both need two stories from a source that was read in both quarters."""
    before = quarter("2026-Q2", {"a": {"CRM": 3, "SEO": 1}}, {"a": 20})
    now = quarter("2026-Q3", {"a": {"PR": 2, "Print": 1}}, {"a": 20})
    assert directions(before, now) == {"CRM": "quiet", "PR": "first", "Print": "few"}


def test_the_first_quarter_compares_with_nothing() -> None:
    """Its counts are shown, and no direction is told."""
    assert directions(quarter("2026-Q3", {"a": {"CRM": 9}}, {"a": 20})) == {"CRM": "alone"}
    assert find_trends([]) is None


def test_the_interval_is_newcombes() -> None:
    """His own example, 56/70 against 48/80, gives 0.0524 to 0.3339 by method 10."""
    low, high = difference((56, 70), (48, 80))
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=1e-3)


def test_a_story_counts_once_however_many_tell_it() -> None:
    """Three articles of two sources on one event are one story of both."""
    members = [
        article("a", source="one"),
        article("b", source="two"),
        article("c", source="two"),
    ]
    known = {
        each.id: Classification(each.id, (Label("CRM", 0.9, None),), policy=True)
        for each in members
    }
    story = Story("a", ("a", "b", "c"), "a", ("P",), None, None)
    counts = count_quarter(
        parse_period("2026-Q4"),
        [story],
        articles={each.id: each for each in members},
        classifications=known,
        ours=Ours(),
    )
    assert counts.groups == (("one", "two"),)
    assert counts.stories == (1,)
    facts = {(fact.kind, fact.name): fact.stories for fact in counts.facts}
    assert facts == {("label", "CRM"): 1, ("topic", "policy"): 1}


def test_growth_is_of_the_share_and_needs_five_stories() -> None:
    """Twice as many of twice as many stories is none; four stories tell none, nor does a first."""
    before = quarter("2026-Q2", {"a": {"CRM": 10, "SEO": 4, "Ads": 2}}, {"a": 100})
    now = quarter("2026-Q3", {"a": {"CRM": 20, "SEO": 16, "Ads": 2, "PR": 9}}, {"a": 200})
    trends = find_trends([before, now])
    assert trends is not None
    assert {row.name: row.growth for row in trends.rows} == {
        "CRM": 0.0,
        "SEO": 1.0,
        "Ads": None,
        "PR": None,
    }


def test_earlier_quarters_are_told_by_the_sources_read_now() -> None:
    """Each quarter's share leaves out what only sources said that are not read any more."""
    first = quarter("2026-Q1", {"a": {"CRM": 5}, "old": {"CRM": 50}}, {"a": 50, "old": 50})
    second = quarter("2026-Q2", {"a": {"SEO": 5}}, {"a": 50})
    third = quarter("2026-Q3", {"a": {"CRM": 10, "SEO": 5}}, {"a": 50})
    trends = find_trends([first, second, third])
    assert trends is not None
    rows = {row.name: (row.shares, row.first_seen) for row in trends.rows}
    assert rows["CRM"] == ((0.1, 0.0, 0.2), "2026-Q1")
    assert rows["SEO"] == ((0.0, 0.1, 0.1), "2026-Q2")


def test_the_last_share_of_the_line_is_the_one_that_is_compared() -> None:
    """A source that is new in the last quarter raises neither: it is compared with nothing."""
    before = quarter("2026-Q2", {"a": {"CRM": 10}}, {"a": 50})
    now = quarter("2026-Q3", {"a": {"CRM": 10}, "b": {"CRM": 30}}, {"a": 50, "b": 30})
    trends = find_trends([before, now])
    assert trends is not None
    assert [(row.name, row.share, row.shares) for row in trends.rows] == [("CRM", 0.2, (0.2, 0.2))]


def test_sources_that_are_not_compared_are_called_by_their_publishers() -> None:
    """A reader does not know what the settings call them."""
    before = quarter("2026-Q2", {"a": {"CRM": 1}, "c": {"CRM": 1}}, {"a": 9, "c": 1})
    now = quarter("2026-Q3", {"a": {"CRM": 1}, "b": {"CRM": 1}}, {"a": 9, "b": 1})
    trends = find_trends([before, now], {"b": "The Ledger"})
    assert trends is not None
    assert (trends.gained, trends.lost) == (("The Ledger",), ("c",))


def test_a_source_that_was_added_late_is_no_trend() -> None:
    """It was read in both quarters, a week of the one before; its own share has not changed."""
    before = quarter("2026-Q2", {"a": {"CRM": 10}, "b": {"CRM": 5}}, {"a": 100, "b": 5})
    now = quarter("2026-Q3", {"a": {"CRM": 10}, "b": {"CRM": 90}}, {"a": 100, "b": 90})
    for quarters in ([before, now], [now, before]):  # and one that is lost early
        trends = find_trends(quarters)
        assert trends is not None
        (row,) = trends.rows
        assert (row.direction, row.growth) == ("steady", None)


def test_a_rise_within_one_large_source_is_told() -> None:
    """That another source is read for longer hides none."""
    before = quarter("2026-Q2", {"a": {"CRM": 10}, "b": {"CRM": 5}}, {"a": 100, "b": 5})
    now = quarter("2026-Q3", {"a": {"CRM": 40}, "b": {"CRM": 9}}, {"a": 100, "b": 90})
    assert directions(before, now) == {"CRM": "up"}


def test_what_moves_in_one_of_several_sources_is_told_as_that() -> None:
    """One paper's campaign is no trend of all; what two of three tell more often is one."""
    before = quarter(
        "2026-Q2", {each: {"CRM": 10, "SEO": 5} for each in "abc"}, dict.fromkeys("abc", 50)
    )
    rows = {"a": {"CRM": 40, "SEO": 15}, "b": {"CRM": 10, "SEO": 15}, "c": {"CRM": 10, "SEO": 5}}
    now = quarter("2026-Q3", rows, dict.fromkeys("abc", 50))
    assert directions(before, now) == {"CRM": "lone", "SEO": "up"}
    assert directions(now, before) == {"CRM": "lone", "SEO": "down"}


def test_what_was_hardly_read_before_makes_no_first_sight() -> None:
    """A feed of which one story was read cannot have told what it tells in ninety; nor go quiet."""
    before = quarter("2026-Q2", {"a": {"SEO": 9}, "b": {"SEO": 1}}, {"a": 100, "b": 1})
    now = quarter("2026-Q3", {"a": {"SEO": 9}, "b": {"CRM": 40, "SEO": 9}}, {"a": 100, "b": 90})
    assert directions(before, now)["CRM"] == "few"
    assert directions(now, before).get("CRM") is None
    both = quarter("2026-Q3", {"a": {"SEO": 9, "CRM": 2}, "b": {"SEO": 1}}, {"a": 100, "b": 1})
    assert directions(before, both)["CRM"] == "first"


def test_what_only_a_new_feed_says_of_a_shared_story_is_no_trend() -> None:
    """The old source tells the same stories as ever; the new one adds a topic to each."""
    members = [article("a", source="old"), article("b", source="new")]
    known = {
        "a": Classification("a", (Label("CRM", 0.9, None),)),
        "b": Classification("b", (Label("CRM", 0.9, None),), policy=True),
    }
    counts = count_quarter(
        parse_period("2026-Q4"),
        [Story("a", ("a", "b"), "a", ("P",), None, None)],
        articles={each.id: each for each in members},
        classifications=known,
        ours=Ours(),
    )
    told = {fact.name: counts.groups[fact.group] for fact in counts.facts}
    assert told == {"CRM": ("new", "old"), "policy": ("new",)}
    assert sum(counts.stories) == 1


def test_six_quarters_of_a_steady_source_beside_feeds_that_come_and_go_tell_no_trend() -> None:
    """One is renamed, one dies, one is new, one doubles what it sends: no label rises or falls."""
    rows = [
        {"b": 30}, {"b": 30, "c": 20}, {"b2": 30, "c": 3},
        {"b2": 60}, {"b2": 60, "d": 80}, {"b2": 15, "d": 160},
    ]  # fmt: skip
    names = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    quarters = [
        quarter(
            name,
            {"a": {"CRM": 10}, **{feed: {"CRM": number} for feed, number in feeds.items()}},
            {"a": 100, **feeds},
        )
        for name, feeds in zip(names, rows, strict=True)
    ]
    for last in range(2, len(quarters) + 1):
        assert directions(*quarters[:last]) == {"CRM": "steady"}
