"""What editors make of launch records, laid over what articles tell: pure."""

from __future__ import annotations

from dataclasses import replace

from digest.records import Classification, Decision, Launch, Quote, Story
from digest.stages.reviews import KIND, Reviewed, read_review, review_launches, write_review

NAMES = (("new", "acme", "nova"),)
LAUNCH = Launch(
    "Acme", "Nova", "launch", "CRM", Quote("Acme launches Nova.", "a", 0, 19), "2026-11-01"
)
REVIEW = Reviewed("edited", NAMES, "Acme", "Nova 2", "feature", "", "2026-11-02", "beta")
STORIES = [Story("a", ("a", "b"), "a", ("Journal",), "2026-11-01", "2026-11-01")]


def decision(reviewed: Reviewed, subject: str = "a") -> Decision:
    """Return what an editor decided on a record."""
    value = write_review(reviewed)
    return Decision("d", KIND, subject, "record", "ada", "2026-11-03", value=value)


def classed(*launches: Launch) -> dict[str, Classification]:
    """Return two articles of one story that tell the same."""
    return {id: Classification(id, (), launches=launches) for id in ("a", "b")}


def test_a_review_is_read_as_it_was_written() -> None:
    """Every field of it."""
    assert read_review(write_review(REVIEW)) == REVIEW


def test_a_correction_is_in_every_article_of_the_story() -> None:
    """Also in one that joined later; the sentence that proves it stays."""
    found, marks = review_launches(classed(LAUNCH), STORIES, [decision(REVIEW)])
    for id in ("a", "b"):
        (launch,) = found[id].launches
        assert (launch.product, launch.event, launch.category) == ("Nova 2", "feature", None)
        assert (launch.announced, launch.announced_from) == ("2026-11-02", "editor")
        assert launch.evidence == LAUNCH.evidence
        assert marks[id, "new", "acme", "nova2"] == "edited"


def test_what_is_rejected_is_told_no_more() -> None:
    """The other launches of the article are."""
    other = replace(LAUNCH, product="Orion")
    rejected = replace(REVIEW, review="rejected")
    found, marks = review_launches(classed(LAUNCH, other), STORIES, [decision(rejected)])
    assert found["a"].launches == (other,)
    assert marks == {}


def test_the_last_review_holds() -> None:
    """Whoever made the first."""
    both = [
        decision(replace(REVIEW, review="rejected")),
        decision(replace(REVIEW, review="confirmed")),
    ]
    found, marks = review_launches(classed(LAUNCH), STORIES, both)
    assert found["a"].launches == (LAUNCH,)
    assert set(marks.values()) == {"confirmed"}


def test_a_review_is_of_its_own_story_and_names() -> None:
    """Neither another story's article nor another product of this one is touched."""
    apart = [Story("a", ("a",), "a", (), "", ""), Story("b", ("b",), "b", (), "", "")]
    found, _ = review_launches(classed(LAUNCH), apart, [decision(REVIEW)])
    assert found["a"].launches != (LAUNCH,)
    assert found["b"].launches == (LAUNCH,)
    other = replace(REVIEW, names=(("new", "acme", "orion"),))
    assert review_launches(classed(LAUNCH), STORIES, [decision(other)])[0] == classed(LAUNCH)


def test_nothing_reviewed_changes_nothing() -> None:
    """Not even what is there is copied record by record."""
    known = classed(LAUNCH)
    assert review_launches(known, STORIES, []) == (known, {})
