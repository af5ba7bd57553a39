"""Nothing that a limit leaves out of an article goes unsaid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.records import Classification, Cut
from digest.report import RunReport
from digest.stages.cuts import CUTS, Cuts, count_cuts, cuts_of
from digest.stages.grammar import grammar_for
from digest.stages.parties import MOST, set_scene
from digest.stages.slots import LONGEST_NAME, MANY, fill_slots
from digest.stages.taxonomy import load_knowledge
from digest.stages.told import MOST as COMPARED
from digest.stages.told import Told, merge
from digest.tracing import WORDS

from .edition_sample import full_corpus
from .news import make_article, make_launch, read

NAMES = [f"Nova{sign}" for sign in "abcdefghijklmno"]


@pytest.mark.parametrize(
    ("sentence", "kept", "cut"),
    [
        ("Acme today launched {}, a CRM.", 12, Cut("launches", 3)),
        ("Acme will launch {} in 2027.", 8, Cut("plans", 7)),
    ],
)
def test_what_is_over_the_limit_of_an_article_is_counted(
    sentence: str, kept: int, cut: Cut
) -> None:
    """Launches and plans: as many as there were are told or counted."""
    text = "Acme sells a CRM. " + " ".join(sentence.format(name) for name in NAMES)
    found = read(text, title="Acme and its CRM")
    assert (len(found.launches) + len(found.plans), found.cut) == (kept, (cut,))


def test_what_is_over_the_limit_of_notes_is_counted() -> None:
    """Forty new things are told."""
    items = "".join(f"- Report {number} by hour\n" for number in range(45))
    found = read(
        f"What's new\n{items}", title="CRM release notes", publisher="Acme", voice="vendor"
    )
    assert (len(found.launches), found.cut) == (40, (Cut("launches", 5),))


def test_claims_over_the_limit_are_counted() -> None:
    """One a product, four an article."""
    told = "Acme today launched {}, a CRM that writes mails with artificial intelligence."
    text = " ".join(told.format(name) for name in NAMES[:7])
    found = read(text, title="Acme launches seven CRMs")
    assert (len(found.claims), found.cut) == (4, (Cut("claims", 3),))


def test_names_that_are_not_weighed_are_counted() -> None:
    """Those beyond the first hundred, and one that is too long to be a name."""
    grammar, knowledge, cuts = grammar_for("en"), load_knowledge(), Cuts()
    assert grammar is not None
    names = [f"Vel{one}{two}ix" for one in "abcdefghijkl" for two in "aeioubdfgk"]
    article = make_article(f"They met {', '.join(names)}.", title="A fair")
    fill_slots(article, "funding", grammar, knowledge, cuts)
    assert cuts["names"] == len(names) - MANY
    many = make_article(". ".join(f"They met {', '.join(names[p::3])}" for p in range(3)) + ".")
    cuts = Cuts()
    set_scene(many, grammar, knowledge, cuts)
    assert cuts["names"] == len(names) - MOST
    cuts = Cuts()
    long = make_article(f"Then X{'q' * LONGEST_NAME} raised ten million euros.", title="A round")
    fill_slots(long, "funding", grammar, knowledge, cuts)
    assert cuts["names"] == 1


def test_things_that_are_not_compared_are_counted() -> None:
    """Each once, however often it is told."""
    proof = make_launch().evidence
    told = [Told("Acme", f"Nova{n}", "launch", proof, True, False) for n in range(COMPARED + 4)]
    cuts = Cuts()
    merge([*told, *told], cuts)
    assert cuts["launches"] == 4


def test_counts_are_told_in_words() -> None:
    """Of all articles together; a run's report has what is more than nothing."""
    known = [Classification("a", (), cut=cuts_of(Cuts(launches=3, names=0)))]
    counts = count_cuts([*known, *known, "no classification"])
    assert counts == dict.fromkeys(CUTS.values(), 0) | {CUTS["launches"]: 6}
    report = RunReport()
    report.cut.update(counts)
    assert report.as_json()["cut"] == {"launches over the limit of an article": 6}


def test_why_tells_what_was_left_out_of_an_article() -> None:
    """Beside its launches."""
    known = Classification("a", (), cut=(Cut("plans", 2), Cut("orders", 1)))
    assert WORDS[Classification](known, "a", {}) == (
        "classify",
        "unclassified",
        ["2 plans over the limit of an article", "1 sentences left out: orders to a machine"],
    )


def test_an_edition_says_what_was_left_out_of_its_articles() -> None:
    """Among what was read, under "sources and method"."""
    corpus = full_corpus()
    id = next(iter(corpus.classifications))
    before = dict(corpus.compile("2026-Q4").counts)[CUTS["launches"]]
    known = corpus.classifications[id]
    corpus.classifications[id] = replace(known, cut=(Cut("launches", 3),))
    assert (before, dict(corpus.compile("2026-Q4").counts)[CUTS["launches"]]) == (0, 3)
