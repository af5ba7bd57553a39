from __future__ import annotations

from digest.stages.groups import Grouping


def test_the_mean_of_all_pairs_decides() -> None:
    """A doubtful article joins where the group as a whole is for it."""
    grouping = Grouping(3)
    grouping.link({(0, 1): 5.0, (0, 2): -1.0, (1, 2): 3.0})
    assert grouping.groups() == [[0, 1, 2]]


def test_a_chain_breaks_where_the_ends_disagree() -> None:
    """Two strong neighbours don't carry an end that contradicts."""
    grouping = Grouping(3)
    grouping.link({(0, 1): 5.0, (0, 2): -8.0, (1, 2): 3.0})
    assert grouping.groups() == [[0, 1], [2]]


def test_an_unjudged_pair_counts_against() -> None:
    """Three links to one member of a large group are not enough."""
    grouping = Grouping(4)
    grouping.join([(0, 1), (1, 2)])
    grouping.link({(0, 3): 2.0})
    assert grouping.groups() == [[0, 1, 2], [3]]


def test_a_light_article_holds_nobody_back() -> None:
    """A line that is near one member only counts by its weight, in any order of the pairs."""
    pairs = {(0, 1): 5.0, (0, 2): 3.0, (1, 2): -4.0}
    even, light = Grouping(3), Grouping(3, weights=[1.0, 0.4, 1.0])
    even.link(pairs)
    light.link(dict(reversed(pairs.items())))
    assert even.groups() == [[0, 1], [2]]
    assert light.groups() == [[0, 1, 2]]


def test_what_is_kept_apart_stays_apart() -> None:
    """A cannot-link beats a certainty and every verdict, also through others."""
    grouping = Grouping(3, cannot=[(0, 2)])
    assert grouping.join([(0, 1), (1, 2)]) == [(1, 2)]
    grouping.link({(1, 2): 8.0})
    assert grouping.groups() == [[0, 1], [2]]


def test_a_group_spans_no_more_than_the_window() -> None:
    """Days apart are no link, however sure; an undated article fits anywhere."""
    grouping = Grouping(4, spans=[1.0, 5.0, 9.0, None], window=5.0)
    grouping.link({(0, 1): 5.0, (0, 2): 4.0, (1, 2): 4.0, (0, 3): 3.0, (1, 3): 3.0, (2, 3): 1.0})
    assert grouping.groups() == [[0, 1, 3], [2]]


def test_a_copy_grows_apart() -> None:
    """What a copy joins, the original doesn't."""
    grouping = Grouping(3)
    twin = grouping.copy()
    twin.join([(0, 1)])
    assert grouping.groups() == [[0], [1], [2]]
    assert twin.groups() == [[0, 1], [2]]
