"""What editors want of an edition, laid over what the steps have found: pure, and the last word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from digest.records import (
    Correction,
    Decision,
    Edition,
    Quote,
    Story,
    Translated,
    Translation,
)
from digest.stages.reviews import KIND, read_review

if TYPE_CHECKING:
    from digest.stages.ledger import Telling
    from digest.stages.limits import Choice

#: What is decided on a story for every edition, and what on a story in one edition.
OF_STORY = ("headline", "summary", "note", "label", "lead")
IN_EDITION = ("include", "exclude", "section")
#: What an edition is made of; besides them there are links, comments and assignments.
KINDS = (*OF_STORY, *IN_EDITION, "order")
AFTER = ("correction", "withdraw")  #: what is said of a published edition


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a summary as an editor left it.

    Args:
        original: the verbatim sentence of an article, which stays one click away.
        text: the editor's words for it; "" where the sentence is shown as it was found.
    """

    original: Quote
    text: str = ""


@dataclass(frozen=True, slots=True)
class Curation:
    """The decisions that hold for one edition, by story."""

    headline: Mapping[str, str] = field(default_factory=dict)
    summary: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    label: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lead: Mapping[str, str] = field(default_factory=dict)
    section: Mapping[str, str] = field(default_factory=dict)
    included: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()  #: stories of whose launch records some are an editor's
    order: tuple[str, ...] = ()  #: stories, the opening first; others come after


def read_curation(decisions: Iterable[Decision], stories: Iterable[Story]) -> Curation:
    """Return what decisions mean for the stories as they are now; the last of a kind holds.

    A decision names an article. It is about the story that the article is in, whatever merges and
    splits there were since; an empty headline, note, label or summary takes the earlier one back.

    Args:
        decisions: those that stand, in the order in which they were made.
        stories: the stories.
    """
    story_of = {member: story.id for story in stories for member in story.members}
    last: dict[str, dict[str, Decision]] = {kind: {} for kind in KINDS}
    order: tuple[str, ...] = ()
    corrected = set()
    for each in decisions:
        if each.kind == KIND and each.subject in story_of:
            if read_review(each.value).review in ("edited", "added"):
                corrected.add(story_of[each.subject])
        elif each.kind == "order":
            places = (story_of.get(id) for id in each.value.split())
            order = tuple(dict.fromkeys(place for place in places if place))
        elif each.kind in last and each.subject in story_of:
            story = story_of[each.subject]
            if each.kind in ("include", "exclude"):
                last["include"].pop(story, None)
                last["exclude"].pop(story, None)
            last[each.kind][story] = each
    words = {kind: _values(last[kind]) for kind in OF_STORY}
    return Curation(
        headline=words["headline"],
        summary={id: read_sentences(text) for id, text in words["summary"].items()},
        note=words["note"],
        label={id: read_labels(text) for id, text in words["label"].items()},
        lead={
            id: each.object for id, each in last["lead"].items() if story_of.get(each.object) == id
        },
        section=_values(last["section"]),
        included=frozenset(id for id, each in last["include"].items() if each.value != "no"),
        excluded=frozenset(last["exclude"]),
        corrected=frozenset(corrected),
        order=order,
    )


def _values(found: Mapping[str, Decision]) -> dict[str, str]:
    return {id: each.value for id, each in found.items() if each.value}


def read_labels(value: str) -> tuple[str, ...]:
    """Return the labels of a decision: one a line; a line of one dash alone is none at all."""
    return tuple(line for line in value.splitlines() if line != "-")


def write_labels(labels: Iterable[str]) -> str:
    """Return labels as a decision keeps them."""
    return "\n".join(labels) or "-"


def read_sentences(value: str) -> tuple[Sentence, ...]:
    """Return the sentences that `write_sentences` wrote."""
    found: list[dict[str, Any]] = json.loads(value)
    return tuple(Sentence(Quote(**each["original"]), each["text"]) for each in found)


def write_sentences(sentences: Iterable[Sentence]) -> str:
    """Return a summary as a decision keeps it; none at all takes the editor's summary back."""
    rows = [
        {
            "original": {
                "text": each.original.text,
                "article": each.original.article,
                "start": each.original.start,
                "end": each.original.end,
            },
            "text": each.text,
        }
        for each in sentences
    ]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def lead_with(
    stories: Sequence[Story], translations: Mapping[str, Translation], curation: Curation
) -> tuple[tuple[Story, ...], dict[str, Translation]]:
    """Return stories led by the article that an editor picked, and translations that agree.

    The translate step lends a story the headline of a member in the reader's language; where an
    editor picked a lead, that article's own headline is shown.
    """
    led = tuple(
        replace(s, lead=curation.lead[s.id]) if s.id in curation.lead else s for s in stories
    )
    fitting = dict(translations)
    none = Translated("", "", ok=False, language="und", article="")
    for id, lead in curation.lead.items():
        known = fitting.get(id) or Translation(id, "", "", none, (), ())
        if known.title.article != lead:
            fitting[id] = replace(known, title=none)
    return led, fitting


def curate(
    tellings: Sequence[Telling],
    curation: Curation,
    *,
    choose: Callable[[Sequence[Telling]], Choice],
) -> Choice:
    """Return what an edition shows, in the editors' order.

    What is left out makes room for the next best; what an editor includes is held back by no limit,
    and takes no other story's place.
    """
    choice = choose([each for each in tellings if each.story.id not in curation.excluded])
    there = {each.story.id for each in choice.shown}
    wanted = curation.included - curation.excluded - there
    more = [each for each in tellings if each.story.id in wanted]
    place = {id: number for number, id in enumerate(curation.order)}
    shown = sorted((*choice.shown, *more), key=lambda each: place.get(each.story.id, len(place)))
    return replace(choice, shown=tuple(shown))


def correct(edition: Edition, decisions: Iterable[Decision]) -> Edition:
    """Return a published edition with what was said of it since; the record that is kept stays.

    Args:
        edition: as it was frozen.
        decisions: those about it that stand, in the order in which they were made.
    """
    found = [each for each in decisions if each.subject == edition.id]
    notes = [Correction(each.at, each.value) for each in found if each.kind == "correction"]
    last = next((each for each in reversed(found) if each.kind == "withdraw"), None)
    return replace(
        edition,
        corrections=tuple(notes),
        withdrawn=last.value or last.reason if last else "",
        withdrawn_at=last.at if last else "",
    )
