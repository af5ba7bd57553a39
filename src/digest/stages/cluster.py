"""Stories: one event, told by one or more articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digest.records import Joined, Link, Story
from digest.stages.explain import Evidence, explain
from digest.stages.groups import Grouping
from digest.stages.judging import RELATED, Judge
from digest.stages.linking import link
from digest.stages.patience import collecting_seldom
from digest.stages.related import find_related
from digest.stages.report_entries import entries_apart, is_report_entry
from digest.stages.telling import make_story
from digest.stages.verdict import load_verdict, log_odds, verdicts_version
from digest.stages.window import Window, make_window

if TYPE_CHECKING:
    from digest.ports import Encoder
    from digest.records import Article, Background, Duplicate, Embedding, Language

VERSION = f"8-{verdicts_version()}"
WINDOW_DAYS = 7.0
RELATED_DAYS = 183.0
SECOND_TEXTS = 1_000
HEARD = 40.0  # words from which an article counts as much as any longer one
ENTRY = 0.25  # of that, for a report's entry: an undated line, which leaves out all but the product


@collecting_seldom()
def cluster(
    articles: Sequence[Article],
    duplicates: Sequence[Duplicate],
    languages: Mapping[str, Language],
    embeddings: Mapping[str, Embedding],
    *,
    encoder: Encoder,
    threshold: float = 0.5,
    window_days: float = WINDOW_DAYS,
    related_days: float = RELATED_DAYS,
    language: str = "en",
    verdicts: Path | None = None,
    second: Encoder | None = None,
    second_texts: int = SECOND_TEXTS,
    must: Iterable[tuple[str, str]] = (),
    cannot: Iterable[tuple[str, str]] = (),
    background: Background | None = None,
) -> list[Story]:
    """Return the stories of a window, by the founding article's date and id.

    Every article is in exactly one story, a duplicate in its original's. Originals are joined by
    average linkage over the verdict: a story's founding article and members all have a say, so
    that a chain grows no story, and the articles' order doesn't matter.

    Args:
        articles: a whole window.
        duplicates: of these articles; one whose original is missing is an original.
        languages: by article id.
        embeddings: by article id; those of another model are not used.
        encoder: makes sentence vectors for the candidates, and knows languages.
        threshold: probability above which two articles tell the same event.
        window_days: between a story's first and last original, at most.
        related_days: between a story and an earlier one that it is linked to, at most.
        language: the reader's; a member in it leads.
        verdicts: the user's own, made by `digest calibrate`.
        second: another model, asked about undecided pairs of English articles.
        second_texts: articles that it reads, at most.
        must: pairs of ids that an editor joined.
        cannot: pairs of ids that an editor separated.
        background: what is common and what is rare, where the articles are a few of many.
    """
    window = make_window(articles, languages, embeddings, encoder=encoder, background=background)
    must = list(must)
    apart = window.pairs([*cannot, *entries_apart(articles, must)])
    joined = window.pairs(must)
    entries = {one.id for one in articles if is_report_entry(one)}
    original = _originals(window, duplicates, apart=apart)
    grouping = Grouping(
        len(window.sketches),
        cannot=_onto(original, apart),
        spans=[one.day for one in window.sketches],
        window=window_days,
        weights=[weight_of(one.length, entry=one.id in entries) for one in window.sketches],
    )
    grouping.join(_onto(original, joined))
    verdict = load_verdict("cluster", encoder.model, own=verdicts)
    among = sorted(set(original))
    judge = Judge(
        window, verdict, encoder=encoder, days=window_days, second=second, most=second_texts
    )
    limit = log_odds(threshold)
    judged = link(judge, grouping, among=among, onto=original, limit=limit, related=RELATED)
    loosely = judge.loosely(among, original, reach=related_days)
    judge.close()
    related = find_related(window, grouping, judged, loosely=loosely)
    return _stories(
        _Telling(window, original, {one.id: one for one in articles}, languages, language, related),
        grouping,
        evidence=Evidence(joined, (), judged, notes=judge.notes()),
        duplicates={one.id: one for one in duplicates},
    )


def weight_of(words: int, *, entry: bool = False) -> float:
    """Return how much an article counts among a story's: what is short leaves out much."""
    return min(1.0, (words + 1) / HEARD) * (ENTRY if entry else 1.0)


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is needed to write the groups down as stories."""

    window: Window
    original: list[int]  #: place of the original of each place
    articles: Mapping[str, Article]
    languages: Mapping[str, Language]
    language: str
    related: Mapping[int, tuple[Link, ...]]  #: earlier stories, by founding article's place


def _originals(
    window: Window, duplicates: Sequence[Duplicate], *, apart: Iterable[tuple[int, int]]
) -> list[int]:
    """Return the place of each article's original: its own, where it is no duplicate.

    A copy that is kept apart from its original, or from an earlier copy of it, is one by itself.
    """
    original = list(range(len(window.sketches)))
    copies: dict[int, list[int]] = {}
    for one in duplicates:
        if one.duplicate_of is not None:  # "" is an id like any other
            place, first = window.place.get(one.id), window.place.get(one.duplicate_of)
            if place is not None and first is not None:
                copies.setdefault(first, []).append(place)
    forbidden = {frozenset(pair) for pair in apart}
    for first, places in copies.items():
        together = [first]
        for place in sorted(places):
            if all(frozenset((place, other)) not in forbidden for other in together):
                together.append(place)
                original[place] = first
    return original


def _onto(original: Sequence[int], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pairs of articles as pairs of their originals, earlier first, without loops."""
    moved = {tuple(sorted((original[left], original[right]))) for left, right in pairs}
    return sorted((left, right) for left, right in moved if left != right)


def _stories(
    telling: _Telling,
    grouping: Grouping,
    *,
    evidence: Evidence,
    duplicates: Mapping[str, Duplicate],
) -> list[Story]:
    copies: dict[int, list[int]] = {}
    for place, first in enumerate(telling.original):
        copies.setdefault(first, []).append(place)
    found = []
    for group in grouping.groups():
        if telling.original[group[0]] == group[0]:
            members = sorted(place for first in group for place in copies[first])
            members.remove(group[0])
            found.append(
                _story(telling, group, [group[0], *members], evidence=evidence, same=duplicates)
            )
    return found


def _story(
    telling: _Telling,
    group: Sequence[int],
    members: Sequence[int],
    *,
    evidence: Evidence,
    same: Mapping[str, Duplicate],
) -> Story:
    ids = [telling.window.sketches[place].id for place in members]
    copies = {id for id, place in zip(ids, members, strict=True) if place not in group}
    return make_story(
        [telling.articles[id] for id in ids],
        copies=copies,
        languages=telling.languages,
        language=telling.language,
        related=telling.related.get(group[0], ()),
        evidence=[
            Joined(
                id,
                same[id].score,
                f"the same article as {same[id].duplicate_of}: {same[id].because}",
            )
            if id in copies
            else Joined(id, *explain(telling.window, place, group=group, evidence=evidence))
            for id, place in zip(ids[1:], members[1:], strict=True)
        ],
    )
