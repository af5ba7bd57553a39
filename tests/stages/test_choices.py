"""What editors chose becomes a small, bounded part of later scores, and nothing else does."""

from __future__ import annotations

import pytest

from digest.stages.choices import Chosen, judge_stories, learn_choices, moved_up
from digest.stages.curation import Curation

SEO = ("label", "SEO")
ACME = ("vendor", "Acme")
SCORES = {"a": 9.0, "b": 7.0, "c": 5.0, "d": 3.0}


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((-1,), {SEO: -0.333}),
        ((-1, -1), {SEO: -0.5}),
        ((1,), {SEO: 0.333}),
        ((1, -1), {}),
        ((0, 0, 0), {}),
        ((-1, 0, 0, 0, 0, 0, 0, 0), {SEO: -0.1}),
        ((-1,) * 98, {SEO: -0.98}),
    ],
)
def test_a_choice_counts_among_what_was_seen(verdicts, expected):
    """One says a little, more say more, never the whole; what editors let stand counts against."""
    assert learn_choices([Chosen((SEO,), each) for each in verdicts]) == expected


def test_each_kind_of_a_story_is_counted():
    """A story left out tells of its label and of its vendor; another one of the vendor alone."""
    chosen = [Chosen((SEO, ACME), -1), Chosen((ACME,), 1), Chosen((ACME,), 1)]
    assert learn_choices(chosen) == {SEO: -0.333, ACME: 0.2}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("abcd", []),
        ("cabd", ["c"]),
        ("bcda", []),
        ("dbca", ["d"]),
        ("badc", ["b", "d"]),
        ("", []),
        ("xcab", ["c"]),
    ],
    ids=["as scored", "one up", "one down", "first and last", "two pairs", "none", "unknown"],
)
def test_what_an_order_moves_up(order, expected):
    """The fewest that explain it: what stands higher since another went down was not moved."""
    assert moved_up(order, SCORES) == expected


def test_a_verdict_on_each_story():
    """Taken in, moved up, left out, or shown and let stand."""
    curation = Curation(included=frozenset("e"), excluded=frozenset("a"), order=("d", "b", "c"))
    verdicts = judge_stories(curation, SCORES)
    assert verdicts == {"a": -1, "b": 0, "c": 0, "d": 1, "e": 1}


def test_of_a_draft_only_what_was_decided_counts():
    """Nobody has published it: what else it might have shown is no choice."""
    curation = Curation(excluded=frozenset("a"), order=("d", "b"))
    assert judge_stories(curation, {}) == {"a": -1}
