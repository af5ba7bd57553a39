"""Which stories an edition shows, where, and which limit holds the others back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from digest.config_editions import Rank
from digest.records import Edition, LaunchRecord
from digest.stages.findings import Known
from digest.stages.render import render

from . import edition_sample as sample


def corpus(*stories: tuple[str, str, float]) -> sample.Corpus:
    """Return stories, each with its vendor, its kind of event or "policy", and its score."""
    made = sample.Corpus()
    for n, (vendor, event, score) in enumerate(stories):
        paper = sample.outlet(f"s{n}", f"Paper {n}", f"{vendor} moves", f"{vendor} moves on.")
        is_policy = event == "policy"
        launch = None if is_policy else (vendor, f"Product {n}", event, "CRM")
        sample.add(made, paper, score=score, launch=launch, policy=is_policy)
    return made


def order(edition: Edition) -> list[tuple[str, list[str]]]:
    opening = [("opening", [edition.opening.story])] if edition.opening else []
    return opening + [(s.name, [e.story for e in s.entries]) for s in edition.sections]


WEEK = [
    ("Acme", "launch", 9.0),
    ("Bravo", "funding", 8.0),
    ("Delta", "policy", 7.0),
    ("Echo", "launch", 6.0),
    ("Golf", "launch", 5.0),
    ("Hotel", "policy", 4.0),
    ("India", "launch", 3.0),
]


def test_the_page_begins_with_what_matters_most() -> None:
    """No section hides the second story of the week behind the lesser ones of another."""
    assert order(corpus(*WEEK).compile("2026-W47")) == [
        ("opening", ["s0"]),
        ("developments", ["s1", "s2", "s3"]),
        ("products", ["s4", "s6"]),
        ("policy", ["s5"]),
    ]


def test_where_the_settings_leave_them_out_all_stand_in_their_sections() -> None:
    """Sections and their order are the settings'."""
    edition = corpus(*WEEK).compile("2026-W47", layout=("opening", "policy", "products", "market"))
    assert order(edition) == [
        ("opening", ["s0"]),
        ("policy", ["s2", "s5"]),
        ("products", ["s3", "s4", "s6"]),
        ("market", ["s1"]),
    ]


def test_the_jurisdiction_of_the_best_story_comes_first() -> None:
    """Stories of one jurisdiction stand together, and those of none come last."""
    made = corpus(*((name, "policy", 9.0 - n) for n, name in enumerate("ABCDE")))
    for id, places in {"s1": ("US",), "s2": ("DE",), "s3": ("US",)}.items():
        known = made.classifications[id]
        made.classifications[id] = replace(known, jurisdictions=places)
    edition = made.compile("2026-W47", layout=("opening", "policy"))
    assert order(edition) == [("opening", ["s0"]), ("policy", ["s1", "s3", "s2", "s4"])]
    lines = str(render(edition, format="md")).splitlines()
    places = ("**United States**", "**Germany**", "**No jurisdiction named**")
    assert [line for line in lines if line in places] == list(places)


def limited(edition: Edition) -> dict[str, int]:
    return {name: many for name, many in edition.counts if name.startswith("over") and many}


@pytest.mark.parametrize(
    ("caps", "shown", "why"),
    [
        ({"per_vendor": 2}, ["s0", "s1", "s6"], {"over the limit of one vendor": 4}),
        ({"per_section": 1}, ["s0", "s1", "s2", "s3", "s4"], {"over the limit of a section": 2}),
        ({"top": 3}, ["s0", "s1", "s2"], {"over the limit of the edition": 4}),
    ],
)
def test_limits_hold_and_are_counted(caps, shown, why) -> None:
    """What a limit holds back is not shown, and the page says how many it were."""
    stories = [("Acme", "launch", 9.0 - n) for n in range(6)] + [("Bravo", "launch", 1.0)]
    wide = {"per_vendor": 20, "per_section": 20, "top": 20, **caps}
    edition = corpus(*stories).compile("2026-W47", caps=Rank(**wide))
    assert [story for _, stories in order(edition) for story in stories] == shown
    assert limited(edition) == why


@pytest.mark.parametrize("vendor", ["HubSpot", "Sendloom"])
def test_the_limit_of_a_vendor_counts_whom_a_story_is_about(vendor: str) -> None:
    """Fined, sued, breached: without a launch, and whether or not a list has the vendor."""
    made = sample.Corpus()
    told = [
        (f"{vendor} breach exposes lists", f"Hackers stole lists from {vendor}, it said."),
        (f"Regulator CNIL fines {vendor}", f"The regulator CNIL has fined {vendor} for its mails."),
        (f"{vendor} sued over newsletters", f"A publisher has sued {vendor} in California."),
        ("Berlin fines a shop", "The court in Berlin has fined a shop for its newsletters."),
    ]
    for n, (title, text) in enumerate(told):
        paper = sample.outlet(f"s{n}", f"Paper {n}", title, text)
        sample.add(made, paper, score=9.0 - n, policy=True)
    edition = made.compile("2026-W47", caps=Rank(per_vendor=2))
    assert [story for _, stories in order(edition) for story in stories] == ["s0", "s1", "s3"]
    assert limited(edition) == {"over the limit of one vendor": 1}


def test_an_authority_is_no_vendor_that_a_limit_holds_back() -> None:
    """What one authority decides in a week may be told whole."""
    made = sample.Corpus()
    for n, shop in enumerate(("Hobbin", "Velta", "Ostler", "Tamarind")):
        text = f"The Information Commissioner's Office has fined {shop}. {shop} may appeal."
        title = f"Information Commissioner's Office fines {shop}"
        sample.add(
            made, sample.outlet(f"s{n}", f"Paper {n}", title, text), score=9.0 - n, policy=True
        )
    edition = made.compile("2026-W47", caps=Rank(per_vendor=2))
    assert limited(edition) == {}


def test_one_source_does_not_crowd_out_the_rest() -> None:
    """At most so many stories are led by one source."""
    made = corpus(*((f"Vendor {n}", "launch", 9.0 - n) for n in range(5)))
    for id in ("s0", "s1", "s2", "s3"):
        made.articles[id] = replace(made.articles[id], source="one")
    edition = made.compile("2026-W47", caps=Rank(per_source=2))
    led = Counter(made.articles[story].source for _, stories in order(edition) for story in stories)
    assert led["one"] == 2
    assert limited(edition) == {"over the limit of one source": 2}


def test_a_narrow_section_closes_only_itself() -> None:
    """A limit below the number of stories at the top takes no place from those that follow."""
    edition = corpus(*WEEK).compile("2026-W47", caps=Rank(per_section=1))
    assert order(edition) == [
        ("opening", ["s0"]),
        ("developments", ["s1", "s2", "s3"]),
        ("products", ["s4"]),
        ("policy", ["s5"]),
    ]


def launched(story: str, made: sample.Corpus, day: str) -> LaunchRecord:
    known = made.classifications[story]
    first = known.launches[0]
    return LaunchRecord(
        id=f"r-{story}",
        vendor=first.vendor,
        product=first.product,
        event=first.event,
        category=first.category,
        announced=day,
        announced_from="published",
        availability="",
        evidence=first.evidence,
        stories=(story,),
        articles=(story,),
        publishers=("Paper",),
        languages=("en",),
        confidence=0.9,
    )


@pytest.mark.parametrize(
    ("day", "section"),
    [("2026-11-18", "products"), ("2026-11-11", "products"), ("2026-09-30", "other")],
)
def test_what_was_announced_long_ago_is_no_product_news(day: str, section: str) -> None:
    """A report that lists a launch of the quarter before brings nothing new; a late paper does."""
    made = corpus(("Acme", "policy", 9.0), ("Bravo", "launch", 5.0))
    known = Known(records=(launched("s1", made, day),))
    edition = made.compile("2026-W47", layout=("opening", "products", "other"), known=known)
    assert order(edition) == [("opening", ["s0"]), (section, ["s1"])]


def test_what_went_wrong_stands_with_the_risks() -> None:
    """An incident is a risk though no law is named; a vendor's launch stays one."""
    made = corpus(("Acme", "policy", 9.0), ("Bravo", "launch", 5.0), ("Delta", "policy", 4.0))
    for id, policy in (("s1", False), ("s2", False)):
        made.classifications[id] = replace(
            made.classifications[id], policy=policy, risks=("incident",)
        )
    edition = made.compile("2026-W47", layout=("opening", "products", "policy", "other"))
    assert order(edition) == [("opening", ["s0"]), ("products", ["s1"]), ("policy", ["s2"])]


def test_products_told_at_length_stand_by_their_score() -> None:
    """The table above them has the categories."""
    made = corpus(*((name, "launch", 9.0 - n) for n, name in enumerate("ABCD")))
    known = made.classifications["s1"]
    other = replace(known.launches[0], category="SEO")
    made.classifications["s1"] = replace(known, launches=(other,))
    made.classifications["s3"] = replace(
        made.classifications["s3"],
        launches=(replace(made.classifications["s3"].launches[0], category="SEO"),),
    )
    edition = made.compile("2026-Q4", layout=("opening", "products"))
    assert order(edition) == [("opening", ["s0"]), ("products", ["s1", "s2", "s3"])]
