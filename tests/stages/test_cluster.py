from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from digest.records import Article, Duplicate, Story, Via
from digest.stages.cluster import cluster, weight_of
from digest.stages.explain import Evidence, explain
from digest.stages.verdict import Logistic, Verdict
from digest.stages.window import make_window

from .likeness import WordEncoder, article, embedded, spoken

EVENT = "Harbor buys Quayside for 40 million euros to add call tracking to its dashboard"
OTHER = "Regulator in Lisbon fines an advertiser over cookies that nobody agreed to"


@pytest.fixture(autouse=True)
def _verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge the tests' encoder by its cosine alone: the same above 0.7."""
    verdict = Verdict("words@1", 0.4, Logistic(-14.0, {"cosine": 20.0}), None)
    monkeypatch.setattr("digest.stages.cluster.load_verdict", lambda task, model, own=None: verdict)


def run(
    *articles: Article,
    copies: dict[str, str] | None = None,
    languages: dict[str, str] | None = None,
    **options: Any,
) -> list[Story]:
    encoder = WordEncoder()
    duplicates = [
        Duplicate(one.id, (copies or {}).get(one.id), True, None, "same text") for one in articles
    ]
    return cluster(
        articles,
        duplicates,
        spoken(articles, **(languages or {})),
        embedded(articles, encoder),
        encoder=encoder,
        **options,
    )


def members(stories: list[Story]) -> list[tuple[str, ...]]:
    return [story.members for story in stories]


def test_the_same_event_is_one_story() -> None:
    """Articles that tell one event are together, others apart, with the evidence in words."""
    stories = run(article("a", EVENT), article("b", f"{EVENT}, both say"), article("c", OTHER))
    assert members(stories) == [("a", "b"), ("c",)]
    assert stories[0].id == "a"
    assert [one.article for one in stories[0].evidence] == ["b"]
    assert "cosine" in stories[0].evidence[0].because


def test_an_articles_reason_is_the_pair_that_speaks_for_it() -> None:
    """One that is unlike the founder is told by the member that it is like."""
    odds = {(0, 1): 3.0, (0, 2): -2.0, (1, 2): 5.0}
    window = make_window([article(id, EVENT) for id in "abc"], {}, {}, encoder=WordEncoder())
    evidence = Evidence((), (), odds)
    said = [explain(window, n, group=(0, 1, 2), evidence=evidence) for n in (1, 2)]
    assert [score for score, _ in said] == [0.9526, 0.9933]
    assert [because.endswith("(compared with b)") for _, because in said] == [False, True]


def test_a_duplicate_goes_with_its_original() -> None:
    """A copy is in its original's story even where its vector says nothing."""
    stories = run(
        article("a", EVENT), article("b", "Kauppa"), article("c", OTHER), copies={"b": "a"}
    )
    assert members(stories) == [("a", "b"), ("c",)]
    assert stories[0].evidence[0].because == "the same article as a: same text"


def test_an_editors_split_and_join_hold() -> None:
    """Must-link and cannot-link pairs win, also for a duplicate and its original."""
    one, two, three = article("a", EVENT), article("b", EVENT), article("c", OTHER)
    assert members(run(one, two, three, cannot=[("a", "b")])) == [("a",), ("b",), ("c",)]
    assert members(
        run(one, two, three, copies={"b": "a"}, cannot=[("b", "a")], must=[("c", "a")])
    ) == [("a", "c"), ("b",)]


def test_two_copies_of_one_article_that_are_kept_apart_are_in_two_stories() -> None:
    """The first of them stays with the original, whatever `dedupe` says of the other."""
    one, two, three = (article(id, EVENT) for id in "abc")
    told = run(three, two, one, copies={"c": "a", "b": "a"}, cannot=[("b", "c")])
    assert members(told) == [("a", "b"), ("c",)]


def test_an_article_whose_id_is_empty_is_nobodys_original() -> None:
    """No original is None, which is another thing than the id of no letters."""
    told = run(article("", EVENT), article("b", OTHER), article("c", "Kauppa"))
    assert members(told) == [("",), ("b",), ("c",)]


@pytest.mark.parametrize("seed", range(5))
def test_a_split_holds_whatever_comes_later(seed: int) -> None:
    """Copies, retellings and an earlier article of the same event join either side, never both."""
    first = [article(id, EVENT) for id in "abcd"]
    split = [(one, other) for one in "cd" for other in "ab"]
    later = [
        article("e", f"{EVENT}, both say"),
        article("f", f"{EVENT}, again"),
        article("g", EVENT),
        article("h", EVENT, published="2026-01-01T00:00:00+00:00"),
    ]
    known = members(run(*first, cannot=split, must=[("c", "d")]))
    for count in range(1, len(later) + 1):
        window = [*first, *later[:count]]
        random.Random(seed).shuffle(window)
        copies = {"f": "c", "g": "a"}
        found = members(run(*window, cannot=split, must=[("c", "d")], copies=copies))
        sides = [{"a", "b", "g"} & set(story) for story in found]
        others = [{"c", "d", "f"} & set(story) for story in found]
        assert not any(one and other for one, other in zip(sides, others, strict=True))
        assert {frozenset(one) & {"a", "b"} for one in sides} == {frozenset("ab"), frozenset()}
        assert {frozenset(one) & {"c", "d"} for one in others} == {frozenset("cd"), frozenset()}
    assert known == [("a", "b"), ("c", "d")]


def test_two_entries_of_a_report_are_two_stories() -> None:
    """Its editors listed two products, however alike; ours may join them all the same."""
    report = Via("https://report.example/q3", "Report", page=7)
    two = [replace(article(id, EVENT), via=report, published_from="report") for id in ("a", "b")]
    assert members(run(*two, article("c", EVENT))) in ([("a", "c"), ("b",)], [("a",), ("b", "c")])
    assert members(run(*two, must=[("b", "a")])) == [("a", "b")]


def test_a_line_of_a_report_has_little_say() -> None:
    """What it leaves out speaks against no other article of its story."""
    assert weight_of(28, entry=True) < weight_of(28) / 2 < weight_of(28) < weight_of(400) == 1


def test_time_parts_what_words_would_join() -> None:
    """The same words a month later are another event; an undated article fits any date."""
    first = article("a", EVENT, published="2026-10-01")
    later = article("b", EVENT, published="2026-10-20T10:00:00+00:00")
    undated = article("c", EVENT)
    assert members(run(first, later)) == [("a",), ("b",)]
    assert members(run(first, undated)) == [("a", "c")]


def test_a_chain_grows_no_story() -> None:
    """Neighbours alike, ends unlike: the ends are never in one story."""
    words = [f"word{n}" for n in range(60)]
    chain = [article(f"{n:02}", " ".join(words[n * 4 : n * 4 + 20])) for n in range(10)]
    together = next(story for story in run(*chain) if "00" in story.members)
    assert "09" not in together.members


def test_the_lead_speaks_the_readers_language() -> None:
    """Language first, then what is free to read, then the voice, then the length."""
    german = article("a", EVENT, "x " * 900)
    wire = article("b", EVENT, "x " * 300, voice="wire")
    press = article("c", EVENT, "x " * 200)
    paid = article("d", EVENT, "x " * 500, paywalled=True)
    articles = (german, wire, press, paid)
    together: dict[str, Any] = {
        "must": [("a", "b"), ("a", "c"), ("a", "d")],
        "languages": {"a": "de"},
    }
    assert [story.lead for story in run(*articles, **together)] == ["c"]
    assert [story.lead for story in run(*articles, **together, language="de")] == ["a"]


def test_publishers_count_once_and_wires_as_one() -> None:
    """Two feeds of one publisher are one voice; so are several wires."""
    stories = run(
        article("a", EVENT, publisher="Marktblick"),
        article("b", EVENT, publisher="marktblick"),
        article("c", EVENT, publisher="Wire One", voice="wire"),
        article("d", EVENT, publisher="Wire Two", voice="wire"),
    )
    assert [story.publishers for story in stories] == [("Marktblick", "Wire One")]


def test_every_article_is_in_exactly_one_story_in_any_order() -> None:
    """Nothing is lost or doubled, and the order of the articles changes nothing."""
    articles = [article(f"{n}", f"{EVENT} {n % 3} {OTHER[: n * 3]}") for n in range(12)]
    stories = run(*articles)
    assert sorted(one.id for one in articles) == sorted(m for s in stories for m in s.members)
    assert stories == run(*reversed(articles))


def test_nothing_makes_no_story() -> None:
    """An empty window is no error."""
    assert run() == []


def test_a_follow_up_is_linked_to_the_story_that_it_goes_on_with() -> None:
    """What is near, and names the same, is no member but a link of the later story."""
    text = "Quellix sells Tarnow, a planner that Borsen and Welmar use in every shop of theirs."
    after = "Quellix halts Tarnow, a planner that Borsen and Welmar use: it had lost their orders."
    stories = run(
        article("a", "Now Quellix sells Tarnow", text, published="2026-10-01"),
        article("b", "Now Quellix halts Tarnow", after, published="2026-10-03"),
        article("c", OTHER, published="2026-10-02"),
        threshold=0.9999,
    )
    assert members(stories) == [("a",), ("c",), ("b",)]
    linked = {story.id: [link.story for link in story.related] for story in stories}
    assert linked == {"a": [], "b": ["a"], "c": []}
    link = stories[2].related[0]
    assert 0.2 < link.score < 0.9999
    assert "both begin with" in link.because
