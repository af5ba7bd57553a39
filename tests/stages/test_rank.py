"""A story's score: a table of cases, each of which changes one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.config_editions import Rank
from digest.records import Article, Claim, Classification, Proof, Quote, Score, Via
from digest.stack import Stack, Tool, WatchedVendor
from digest.stages.ours import Ours
from digest.stages.publishers import count_publishers
from digest.stages.rank import rank

from .news import make_article, make_label, make_launch, make_story

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
WEIGHTS = Rank(per_publisher=2, launch=3, policy=2, independent=1, owned=4, watched=1)
OURS = Ours(
    Stack(
        tools=(Tool(name="Beacon", vendor="Acme Cloud"),),
        watched=(WatchedVendor(vendor="Gantrel"),),
    )
)
LEDGER = make_article(id="a", publisher="The Ledger")
OBSERVER = make_article(id="b", publisher="Observer")
VENDOR = make_article(id="v", publisher="Acme", voice="vendor")
WIRE = make_article(id="w", publisher="PressRail", voice="wire")
OTHER_WIRE = make_article(id="x", publisher="NewsRail", voice="wire")
REGULATOR = make_article(id="r", publisher="CNIL", voice="regulator")
UNDATED = make_article(id="u", publisher="Acme", voice="vendor", published=None)
OWNED = make_article(id="o", publisher="The Ledger", title="Beacon by Acme Cloud costs more")
WATCHED = make_article(id="g", publisher="The Ledger", title="What Gantrel does next")
THIRD = make_article(id="c", publisher="Courier")
FOURTH = make_article(id="d", publisher="Kurier")
SENTENCE = Quote("It was trained on 4 million photographs.", "a", 0, 40)
PRICE = replace(make_launch("pricing", article="o"), vendor="Acme Cloud")
CLAIM = Claim("Acme", "", SENTENCE, (Proof("data", SENTENCE),))
FUTURE = make_article(id="f", publisher="Acme", voice="vendor", published="2026-12-24")


def weigh(*members: Article, **known: Classification) -> Score:
    articles = {member.id: member for member in members}
    return rank(make_story(*members), articles, known, weights=WEIGHTS, now=NOW, ours=OURS)


def about(id: str, **fields: object) -> Classification:
    return replace(Classification(id, ()), **fields)  # type: ignore[arg-type]


CASES = [
    ("a vendor alone", (VENDOR,), {}, {}),
    ("an independent voice", (LEDGER,), {}, {"voice": 1}),
    ("a regulator", (REGULATOR,), {}, {"voice": 1}),
    ("two publishers", (LEDGER, OBSERVER), {}, {"publishers": 2, "voice": 1}),
    ("two wires count once", (WIRE, OTHER_WIRE), {}, {}),
    ("two wires beside a paper", (LEDGER, WIRE, OTHER_WIRE), {}, {"publishers": 2, "voice": 1}),
    (
        "a launch told by a paper",
        (LEDGER,),
        {"a": about("a", launches=(make_launch(),))},
        {"voice": 1, "event": 3},
    ),
    (
        "a launch told by its vendor alone",
        (VENDOR,),
        {"v": about("v", launches=(make_launch(article="v"),))},
        {"event": 3, "evidence": -1},
    ),
    (
        "a feature weighs half a launch",
        (LEDGER,),
        {"a": about("a", launches=(make_launch("feature"),))},
        {"voice": 1, "event": 1.5},
    ),
    (
        "the weightiest event counts",
        (LEDGER,),
        {"a": about("a", launches=(make_launch("study"), make_launch("acquisition")))},
        {"voice": 1, "event": 3},
    ),
    ("policy", (VENDOR,), {"v": about("v", policy=True)}, {"policy": 2}),
    (
        "a known vendor alone is worth nothing",
        (VENDOR,),
        {"v": about("v", mentions=("Adobe",))},
        {},
    ),
    ("a vendor that we watch", (WATCHED,), {}, {"voice": 1, "ours": 1}),
    ("a vendor whose tool we own", (OWNED,), {}, {"voice": 1, "ours": 4}),
    (
        "the price of a tool that we own",
        (OWNED,),
        {"o": about("o", launches=(PRICE,))},
        {"voice": 1, "event": 2.4, "ours": 4, "stake": 3},
    ),
    (
        "an incident at a tool that we own",
        (OWNED,),
        {"o": about("o", policy=True)},
        {"voice": 1, "policy": 2, "ours": 4, "stake": 3},
    ),
    (
        "an incident that no law is named for",
        (OWNED,),
        {"o": about("o", risks=("incident",))},
        {"voice": 1, "ours": 4, "stake": 3},
    ),
    (
        "a claim with evidence stated",
        (LEDGER,),
        {"a": about("a", claims=(CLAIM,))},
        {"voice": 1, "evidence": 0.5},
    ),
    (
        "four publishers are two doublings",
        (LEDGER, OBSERVER, THIRD, FOURTH),
        {},
        {"publishers": 4, "voice": 1},
    ),
    (
        "the surest label",
        (VENDOR,),
        {"v": about("v", labels=(make_label("SEO", 0.6), make_label("CRM", 0.4)))},
        {"relevance": 0.6},
    ),
    ("no date", (UNDATED,), {}, {"date": -1}),
    ("a date in the future", (FUTURE,), {}, {"date": -5}),
]


@pytest.mark.parametrize(("members", "known", "expected"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_each_part_is_worth_what_the_settings_say(members, known, expected):
    """Parts of nought points are left out, all others have their points."""
    score = weigh(*members, **known)
    assert expected == {part.name: part.points for part in score.parts}


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_total_is_the_sum_of_the_parts(case):
    """What is shown adds up."""
    score = weigh(*case[1], **case[2])
    assert round(sum(part.points for part in score.parts), 4) == score.total


def test_independent_voice_stands_above_vendor_and_wire():
    """The same launch weighs more where a paper tells it."""
    told = [
        weigh(one, **{one.id: about(one.id, launches=(make_launch(article=one.id),))}).total
        for one in (LEDGER, VENDOR, WIRE)
    ]
    assert told[0] > max(told[1:])


def test_each_further_publisher_adds_less():
    """One story on thirty sites does not bury all others: a doubling counts, not a site."""
    many = [make_article(id=f"m{n}", publisher=f"Paper {n}") for n in range(32)]
    points = [weigh(*many[:number]).parts[0].points for number in (2, 4, 8, 16, 32)]
    assert points == [2, 4, 6, 8, 10]


def test_publisher_of_two_feeds_counts_once():
    """Corroboration counts publishers, not feeds."""
    twice = replace(LEDGER, id="a2", source="another-feed")
    assert count_publishers([LEDGER, twice]) == ("The Ledger",)


@pytest.mark.parametrize("url", ["https://kestrivo.example/new", "https://kestrivo.example/faq"])
def test_a_newsletters_link_has_the_voice_of_its_page(url):
    """A vendor's page is none of an independent voice, by whatever way it was reached."""
    own = replace(VENDOR, url="https://kestrivo.example/new", publisher="Kestrivo")
    linked = replace(
        own, id="l", url=url, voice="independent", via=Via("<n1@brief.example>", "Brief")
    )
    assert weigh(linked, own).parts == ()


@pytest.mark.parametrize(
    ("url", "points"),
    [
        ("https://www.acme.example/nova", {"event": 3, "evidence": -1}),
        ("https://blog.acme.example/nova", {"event": 3, "evidence": -1}),
        ("https://tidings.example/nova", {"event": 3}),
    ],
    ids=["its vendor's", "its vendor's blog", "somebody's"],
)
def test_a_site_of_which_nothing_is_known_is_no_independent_voice(url, points):
    """That a newsletter links to it says nothing; a vendor's own page rests on its own word."""
    linked = make_article(
        id="l", url=url, publisher="l", voice="unknown", via=Via("<n1@brief.example>", "Brief")
    )
    score = weigh(linked, l=about("l", launches=(make_launch(article="l"),)))
    assert {part.name: part.points for part in score.parts} == points


def test_missing_member_is_not_counted():
    """A member whose article is gone neither counts nor breaks the score."""
    score = rank(
        make_story(LEDGER, OBSERVER), {"a": LEDGER}, {}, weights=WEIGHTS, now=NOW, ours=OURS
    )
    assert {part.name: part.points for part in score.parts} == {"voice": 1}


def test_parts_say_why_in_words():
    """A reader sees who told it and what happened."""
    score = weigh(LEDGER, OBSERVER, a=about("a", launches=(make_launch("acquisition"),)))
    assert {part.name: part.why for part in score.parts} == {
        "publishers": "told by Observer, The Ledger",
        "voice": "an independent voice: Observer, The Ledger",
        "event": "acquisition: Acme – Nova",
    }
