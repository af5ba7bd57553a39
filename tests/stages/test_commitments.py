"""What became of a plan."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.records import (
    Article,
    Classification,
    Commitment,
    Language,
    Story,
)
from digest.stages.classify import classify
from digest.stages.commitments import follow_up
from digest.stages.launch_records import find_records
from digest.stages.taxonomy import load_knowledge

from .news import make_article

PLAN = make_article(
    "By the end of September 2026, Cadenza will have an open interface for agents of any supplier. "
    "We also plan to move customers to other data centres by the end of June 2026.",
    id="plan", title="Where Cadenza is going", published="2026-04-14",
    publisher="Norvane", voice="vendor",
)  # fmt: skip
KEPT = make_article(
    "Norvane today opened the interface of its CRM. Norvane has launched Cadenza Agents, the open "
    "interface for agents of any supplier in Cadenza.",
    id="kept", title="Norvane launches Cadenza Agents", published="2026-09-17",
)  # fmt: skip


def followed(*articles: Article, now: datetime) -> tuple[Commitment, ...]:
    """Return what became of the plans of some English articles, each its own story."""
    classes = {}
    languages = {one.id: Language(one.id, "en", 1.0) for one in articles}
    for one in articles:
        found = classify(one, languages[one.id], knowledge=load_knowledge())
        assert isinstance(found, Classification)
        classes[one.id] = found
    by_id = {one.id: one for one in articles}
    stories = [Story(id, (id,), id, (), None, None) for id in by_id]
    records = find_records(stories, by_id, classes, languages)
    plans = [plan for one in classes.values() for plan in one.plans]
    return follow_up(plans, records, by_id, languages, now=now)


def test_later_news_fulfils_a_plan_and_silence_is_told() -> None:
    """The plan that the launch repeats is fulfilled by its sentence; the other one is overdue."""
    agents, centres = followed(PLAN, KEPT, now=datetime(2026, 10, 5, tzinfo=UTC))
    assert (agents.kept, agents.stated) == ("fulfilled", "2026-04-14")
    assert agents.by
    assert "open interface for agents of any supplier" in agents.by.text.replace("\n", " ")
    assert (centres.kept, centres.by) == ("overdue", None)


def test_before_its_day_a_plan_is_open() -> None:
    """Nobody is late before the named time has passed."""
    found = followed(PLAN, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert [one.kept for one in found] == ["open", "open"]


def test_a_plan_does_not_fulfil_itself() -> None:
    """What was said on the same day, or before, is no later news."""
    early = make_article(KEPT.text, id="early", title=KEPT.title, published="2026-04-14")
    found = followed(PLAN, early, now=datetime(2026, 10, 5, tzinfo=UTC))
    assert [one.kept for one in found] == ["overdue", "overdue"]


def test_a_plan_told_twice_is_one() -> None:
    """The vendor's own words go before a paper's."""
    retold = make_article(
        "By the end of September 2026 Cadenza will have an open interface for marketing.",
        id="again", title="Norvane opens up", published="2026-04-14",
        publisher="Norvane", voice="wire",
    )  # fmt: skip
    found = followed(retold, PLAN, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert [one.plan.quote.article for one in found] == ["plan", "plan"]
