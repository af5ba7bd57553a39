"""Which stories lead an edition, and which limits give way."""

from __future__ import annotations

from digest.config_editions import Rank
from digest.records import Edition
from digest.stages.findings import Known
from digest.stages.ledger import entrants

from .edition_sample import Corpus, add, outlet
from .test_findings import record


def _week(*stories: tuple[str, str, str, float], sources: int = 99) -> Corpus:
    """Return stories as (id, vendor, event or "policy", points), told by `sources` in turn."""
    corpus = Corpus()
    for number, (id, vendor, event, points) in enumerate(stories):
        text = f"{vendor} has news number {number} for its customers."
        source = f"Paper {number % sources}"
        lead = outlet(id, source, f"{vendor} {number}", text)
        known = (vendor, f"Thing {number}", event, "CRM") if event != "policy" else None
        add(corpus, lead, score=points, launch=known, policy=event == "policy")
    return corpus


def _order(edition: Edition) -> list[tuple[str, list[str]]]:
    opening = [("opening", [edition.opening.story])] if edition.opening else []
    return opening + [(each.name, [one.story for one in each.entries]) for each in edition.sections]


def test_one_vendor_does_not_take_the_whole_top() -> None:
    """Two of its stories lead, the third stands in its section; another's is next."""
    corpus = _week(
        ("a1", "Acme", "launch", 9.0),
        ("a2", "Acme", "acquisition", 8.5),
        ("a3", "Acme", "funding", 8.0),
        ("b1", "Bravo", "study", 7.0),
        ("c1", "Charlie", "policy", 6.0),
    )
    found = dict(_order(corpus.compile("2026-W47")))
    assert (found["opening"], found["developments"]) == (["a1"], ["a2", "b1", "c1"])
    assert found["market"] == ["a3"]


def test_what_has_less_than_half_the_points_does_not_lead() -> None:
    """Of three stories of one vendor the third leads after all: there is nothing near it."""
    corpus = _week(
        ("a1", "Acme", "launch", 9.0),
        ("a2", "Acme", "acquisition", 8.5),
        ("a3", "Acme", "funding", 8.0),
        ("b1", "Bravo", "study", 3.9),
        ("c1", "Charlie", "policy", 3.8),
    )
    found = dict(_order(corpus.compile("2026-W47")))
    assert found["developments"] == ["a2", "a3", "b1"]
    assert found["policy"] == ["c1"]


def test_one_kind_of_story_does_not_take_the_whole_top() -> None:
    """Of five stories of policy two lead a weekly; the others stand under policy."""
    policy = [(f"p{n}", f"Vendor {n}", "policy", 9.0 - n / 10) for n in range(5)]
    more = [("l1", "Lumora", "launch", 7.0), ("s1", "Sand", "study", 6.0)]
    found = dict(_order(_week(*policy, *more).compile("2026-W47")))
    assert (found["opening"], found["developments"]) == (["p0"], ["p1", "l1", "s1"])
    assert found["policy"] == ["p2", "p3", "p4"]


def test_a_section_that_would_be_empty_gets_its_best_story() -> None:
    """A source that has told enough tells one more there, and no second."""
    stories = [(f"l{n}", f"Vendor {n}", "launch", 9.0 - n / 10) for n in range(6)]
    studies = [("s1", "Sand", "study", 2.0), ("s2", "Silt", "study", 1.0)]
    edition = _week(*stories, *studies, sources=1).compile("2026-W47", caps=Rank(per_source=5))
    found = dict(_order(edition))
    assert found["research"] == ["s1"]
    assert dict(edition.counts)["over the limit of one source"] == 2


def test_a_story_of_several_sources_counts_for_one_with_room() -> None:
    """The source that leads it has told enough, the other has not."""
    stories = [(f"l{n}", f"Vendor {n}", "launch", 9.0 - n / 10) for n in range(5)]
    corpus = _week(*stories, sources=1)
    lead = outlet("two", "Paper 0", "Sand buys", "Sand has bought a rival in the north.")
    other = outlet("two-b", "Paper 7", "Sand buys", "Sand has bought a rival, we hear.")
    add(corpus, lead, other, score=1.0)
    edition = corpus.compile("2026-W47", caps=Rank(per_source=5))
    assert "two" in {each.story for each in entrants(edition)}
    assert dict(edition.counts)["over the limit of one source"] == 0


def test_an_old_launch_gives_way_to_a_new_one() -> None:
    """What a report lists again was announced before the period: points are taken off it."""
    corpus = _week(("old", "Acme", "launch", 5.0), ("new", "Bravo", "launch", 3.5))
    article = corpus.articles["old"]
    known = Known((record(article, article.text, vendor="Acme", announced="2026-07-07"),))
    edition = corpus.compile("2026-W47", known=known)
    assert edition.opening is not None
    assert edition.opening.story == "new"
    old = next(each for each in entrants(edition) if each.story == "old")
    assert [part.points for part in old.why if part.code == "announced-before"] == [-2.0]
