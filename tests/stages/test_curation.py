"""Editors' decisions in an edition: they hold, they can be told from what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from digest.config_editions import Rank
from digest.records import Decision, Edition, Quote
from digest.stages.curation import (
    Sentence,
    correct,
    read_curation,
    read_sentences,
    write_labels,
    write_sentences,
)
from digest.stages.ledger import entrants
from digest.stages.proofs import check_citations
from digest.stages.render import render

from .edition_sample import Corpus, add, article

WEEK = "2026-W47"
EDITION = "weekly-2026-W47-cmo"


def corpus() -> Corpus:
    """Five stories of one article each, the best first; story c has two articles."""
    made = Corpus()
    for place, id in enumerate("abcde"):
        members = [article(id)] if id != "c" else [article("c"), article("c2")]
        add(made, *members, score=9.0 - place)
    return made


def said(kind: str, subject: str, value: str = "", **more: Any) -> Decision:
    return Decision(
        f"{kind}-{subject}",
        kind,
        subject,
        more.pop("object", ""),
        "ada",
        "now",
        value=value,
        **more,
    )


def shown(edition: Edition) -> list[str]:
    return [each.story for each in entrants(edition)]


def headline_of(edition: Edition, story: str) -> str:
    return next(each.headline for each in entrants(edition) if each.story == story)


def texts(made: Corpus) -> dict[str, str]:
    return {id: each.text for id, each in made.articles.items()}


def test_what_is_left_out_makes_room_and_what_is_included_takes_none() -> None:
    """Of two places the first is freed for the next best; the included story comes besides."""
    made = corpus()
    caps = Rank(top=2)
    assert shown(made.compile(WEEK, caps=caps)) == ["a", "b"]
    decisions = [said("exclude", "a", edition=EDITION), said("include", "e", edition=EDITION)]
    assert shown(made.compile(WEEK, caps=caps, decisions=decisions)) == ["b", "c", "e"]


def test_the_last_word_on_a_story_holds() -> None:
    """An inclusion after an exclusion wins, and the reverse."""
    made = corpus()
    there = said("include", "a")
    out = said("exclude", "a")
    assert "a" in shown(made.compile(WEEK, decisions=[out, there]))
    assert "a" not in shown(made.compile(WEEK, decisions=[there, out]))


def test_editors_order_and_sections_hold() -> None:
    """The first of the order opens the edition; numbers of sources follow the order."""
    made = corpus()
    decisions = [
        said("order", EDITION, "d\nb\na"),
        said("section", "a", "policy"),
        said("section", "b", "market"),
    ]
    edition = made.compile(WEEK, decisions=decisions)
    assert shown(edition)[0] == "d"
    assert {section.name: [e.story for e in section.entries] for section in edition.sections} == {
        "policy": ["a"],
        "market": ["b"],
        "developments": ["c"],
        "other": ["e"],
    }
    assert [each.number for each in edition.citations] == [1, 2, 3, 4, 5, 6]
    assert edition.citations[0].article == "d"


def test_a_decision_is_about_the_story_that_its_article_is_in_now() -> None:
    """A merge does not lose a headline that was written for a story that is gone."""
    made = corpus()
    edition = made.compile(WEEK, decisions=[said("headline", "c2", "Ours")])
    assert headline_of(edition, "c") == "Ours"


def test_edited_words_are_marked_and_the_original_stays() -> None:
    """Every format says whose words they are; the proof is still compared with the article."""
    made = corpus()
    found = entrants(made.compile(WEEK))[0]
    sentence = Sentence(found.lines[0].original, "An editor says it shorter.")
    decisions = [
        said("headline", "a", "A better headline"),
        said("summary", "a", write_sentences([sentence])),
        said("note", "a", "Watch this one."),
        said("label", "a", write_labels(["CRM"])),
    ]
    edition = made.compile(WEEK, decisions=decisions)
    first = entrants(edition)[0]
    assert (first.headline, first.headline_original) == ("A better headline", "Title of a")
    assert first.edited == ("headline", "summary", "labels")
    assert first.labels == ("CRM",)
    assert [(each.text, each.edited, each.original) for each in first.lines] == [
        ("An editor says it shorter.", True, found.lines[0].original)
    ]
    assert check_citations(edition, texts(made)) == []
    for format in ("html", "md", "mail"):
        text = render(edition, format=format)
        page = text if isinstance(text, str) else text.decode("utf-8", "replace")
        if format != "mail":  # quoted-printable breaks lines
            assert "An editor says it shorter." in page
            assert "In the editor’s words: headline, summary, labels" in page
            assert "Watch this one." in page
            assert "First sentence of a." in page


def test_an_edited_sentence_whose_original_is_gone_is_not_published() -> None:
    """Without a proof there is no citation; one that has moved is found where it is now."""
    made = corpus()
    gone = Sentence(Quote("Never said.", "a", 0, 11), "Words")
    moved = Sentence(Quote("Second sentence of a.", "a", 0, 21), "Other words")
    edition = made.compile(WEEK, decisions=[said("summary", "a", write_sentences([gone, moved]))])
    assert [line.text for line in entrants(edition)[0].lines] == ["Other words"]
    assert check_citations(edition, texts(made)) == []


def test_a_sentence_left_as_it_was_is_no_editors() -> None:
    """Taking one of two sentences out leaves the other one verbatim and unmarked."""
    made = Corpus()
    said_twice = [("a", "First sentence of a."), ("a", "Second sentence of a.")]
    add(made, article("a"), quoted=said_twice)
    lines = entrants(made.compile(WEEK))[0].lines
    assert len(lines) == 2
    kept = [Sentence(lines[-1].original)]
    edition = made.compile(WEEK, decisions=[said("summary", "a", write_sentences(kept))])
    assert entrants(edition)[0].lines == lines[-1:]


def test_the_pack_names_a_story_by_its_edited_headline() -> None:
    """The agenda's "one thing to know" has the editors' words, as the opening has."""
    edition = corpus().compile("2026-Q4", decisions=[said("headline", "a", "Ours")])
    assert edition.pack is not None
    named = [
        value for each in edition.pack.agenda for kind, value in each.values if kind == "headline"
    ]
    assert named == ["Ours"]


def test_the_lead_that_was_picked_lends_its_headline() -> None:
    """Its source is cited first."""
    made = corpus()
    edition = made.compile(WEEK, decisions=[said("lead", "c", object="c2")])
    (entrant,) = [each for each in entrants(edition) if each.story == "c"]
    assert entrant.headline == "Title of c2"
    assert edition.citations[entrant.citations[0] - 1].article == "c2"


def test_a_lead_that_went_to_another_story_is_none() -> None:
    """After a split the decision says nothing about the story that is left."""
    stories = [replace(corpus().stories[2], members=("c",))]
    assert read_curation([said("lead", "c", object="c2")], stories).lead == {}


def test_without_decisions_an_edition_is_as_it_was() -> None:
    """Curation changes nothing that nobody decided."""
    made = corpus()
    assert made.compile(WEEK, decisions=[said("comment", "a", "?")]) == made.compile(WEEK)


def test_sentences_come_back_as_they_went() -> None:
    """Line breaks and quotation marks survive the decision's value."""
    kept = (Sentence(Quote('He said "no".\n', "a", 0, 13), "日本語"),)
    assert read_sentences(write_sentences(kept)) == kept


def test_a_published_edition_tells_its_corrections() -> None:
    """The note stands on the page; a withdrawal before it."""
    edition = corpus().compile(WEEK)
    decisions = [
        replace(said("correction", EDITION, "It was Tuesday."), at="2026-11-24T08:00:00+00:00"),
        said("withdraw", EDITION, "Wrong numbers."),
        said("correction", "another", "None of ours."),
    ]
    corrected = correct(edition, decisions)
    page = str(render(corrected, format="html"))
    assert "It was Tuesday." in page
    assert "Wrong numbers." in page
    assert "None of ours." not in page
    assert page.index("This edition has been withdrawn") < page.index("Correction")
