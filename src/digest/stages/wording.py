"""The words for an edition's codes: what `edition.json` gives beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digest.records import Edition
from digest.stages.ledger import entrants
from digest.stages.meaning import meaning_of
from digest.stages.sayings import Sayings
from digest.stages.view import notes


@dataclass(frozen=True, slots=True)
class Wording:
    """What the codes of an edition are called in its language, code → words."""

    language: str  #: of the words: the edition's, or "en" where it has no catalogue
    direction: str  #: "ltr" or "rtl"
    period: str  #: "Week 40, 2026"
    days: str  #: "28 September – 4 October 2026"
    sections: Mapping[str, str]
    statuses: Mapping[str, str]
    labels: Mapping[str, str]
    events: Mapping[str, str]
    languages: Mapping[str, str]
    matters: Mapping[str, str]  #: why each story matters, by its id
    reasons: Mapping[str, str]  #: by the `why` of a score's part
    notes: Mapping[str, str]
    counts: Mapping[str, str]
    drops: Mapping[str, str]


def make_wording(edition: Edition) -> Wording:
    """Return the words for every code that the edition uses, in the order of appearance."""
    words = Sayings(edition.language, readable=edition.readable)
    stories = entrants(edition)
    spoken = [*(tag for each in stories for tag in each.languages), *_cited(edition)]
    labels = [*(label for each in stories for label in each.labels), *_categories(edition)]
    return Wording(
        language=words.language,
        direction=words.direction,
        period=words.period(edition.kind, edition.start),
        days=words.days(edition.start, edition.end),
        sections={each.name: words.labels.gettext(each.title) for each in edition.sections},
        statuses={each.status: words.status(each.status) for each in stories},
        labels={label: words.label(label) for label in labels},
        events={each.event: words.event(each.event) for one in stories for each in one.launches},
        languages={tag: words.language_name(tag) for tag in spoken},
        matters={each.story: words.sentences(meaning_of(each)) for each in stories},
        reasons={part.why: words.reason(part) for each in stories for part in each.why},
        notes={note: words.note(note) for each in stories for note in notes(each)},
        counts={name: words.count(name) for name, _ in edition.counts},
        drops={reason: words.drop(reason) for reason, _ in edition.drops},
    )


def _cited(edition: Edition) -> Iterator[str]:
    return (each.language for each in edition.citations)


def _categories(edition: Edition) -> Iterator[str]:
    found = (each.category for story in entrants(edition) for each in story.launches)
    return (category for category in found if category)
