"""Which earlier stories a story goes on with: near it, and yet another event."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digest.records import Link
from digest.stages.explain import describe
from digest.stages.facts import weight_of
from digest.stages.gist import (
    gist_of,
    shared_facts,
    shared_leads,
    shared_quotes,
    spelled_names,
)
from digest.stages.judging import RELATED, Judge, leads_of
from digest.stages.leads import part_of
from digest.stages.lexicon import column
from digest.stages.mentions import fold
from digest.stages.side_by_side import together
from digest.stages.verdict import load_verdict, probability
from digest.stages.window import make_window
from digest.text import WORD

if TYPE_CHECKING:
    from digest.ports import Encoder
    from digest.records import Article, Background, Embedding, Language
    from digest.stages.groups import Grouping
    from digest.stages.sketch import Sketch
    from digest.stages.window import Window

Pair = tuple[int, int]
Judgement = tuple[Pair, float]  #: with its log-odds
NAMED = 0.4  # of what `lead_names` measures: two rare names, such as a vendor and its product
MOST = 3  # links of a story, the likeliest
TRIED = 8  # pairs of articles of two stories that are read for names, the likeliest


@dataclass(frozen=True, slots=True)
class Followed:
    """Two articles of which the later goes on with the event of the earlier, by their ids."""

    earlier: str
    later: str
    score: float  #: probability, that it comes later left aside
    because: str


@dataclass(frozen=True, slots=True)
class Follower:
    """Finds what goes on with what over a longer time than that of one event.

    Args:
        encoder: makes sentence vectors, and knows languages.
        window_days: within which two may be one event.
        reach: days between two articles of which one goes on with the other, at most.
        own: the user's own verdicts.
    """

    encoder: Encoder
    window_days: float
    reach: float
    own: Path | None = None

    def find(
        self,
        articles: Sequence[Article],
        languages: Mapping[str, Language],
        embeddings: Mapping[str, Embedding],
        *,
        own: Container[str],
        background: Background | None = None,
    ) -> list[Followed]:
        """Return the pairs of one of a window's `own` articles, by id, and one beyond it.

        Whatever stories they are in.
        """
        window = make_window(
            articles, languages, embeddings, encoder=self.encoder, background=background
        )
        verdict = load_verdict("cluster", self.encoder.model, own=self.own)
        judge = Judge(window, verdict, encoder=self.encoder, days=self.window_days)
        inside = np.array([one.id in own for one in window.sketches], dtype=bool)
        likely = judge.loosely(range(len(inside)), reach=self.reach, own=inside)
        return [
            Followed(
                window.sketches[first].id,
                window.sketches[later].id,
                round(probability(likely[first, later]), 4),
                describe(window, first, later),
            )
            for first, later in _named(window, sorted(likely))
        ]


def find_related(
    window: Window,
    grouping: Grouping,
    judged: Mapping[Pair, float],
    *,
    loosely: Mapping[Pair, float],
) -> dict[int, tuple[Link, ...]]:
    """Return the links of each story to earlier ones, by the place of its founding article.

    Two stories are linked where a pair of their articles was not much less likely than to be one
    event, names the same in its leads, and these names are rare or quoted: a follow-up, a
    reaction, an earlier or later stage. Or where a pair is likely, its times left aside. Without a
    date neither is the earlier one.

    Args:
        window: the articles.
        grouping: the stories.
        judged: log-odds of the pairs of articles that were judged.
        loosely: likewise, of likely pairs, that one of the two comes later left aside.
    """
    likely = {pair: odds for pair, odds in judged.items() if odds > RELATED}
    near = _between(grouping, {**loosely, **likely})
    dated = {both for both in near if all(window.sketches[n].day is not None for n in both)}
    found: dict[int, list[Link]] = {}
    for first, later in sorted(dated):
        for pair, odds in _named_of(window, near[first, later]):
            score = round(probability(odds), 4)
            link = Link(window.sketches[first].id, score, describe(window, *pair))
            found.setdefault(later, []).append(link)
    return {later: likeliest(links) for later, links in found.items()}


def likeliest(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links to keep, each earlier story once, the likeliest first."""
    best: dict[str, Link] = {}
    for link in sorted(links, key=lambda one: (-one.score, one.story, one.because)):
        best.setdefault(link.story, link)
    return tuple(best.values())[:MOST]


def _between(grouping: Grouping, judged: Mapping[Pair, float]) -> dict[Pair, list[Judgement]]:
    """Return for each two stories, by founding articles, their pairs, the likeliest first."""
    found: dict[Pair, list[Judgement]] = {}
    for pair, odds in sorted(judged.items(), key=lambda each: (-each[1], each[0])):
        one, other = (min(grouping.members(grouping.group_of[n])) for n in pair)
        if one != other:
            found.setdefault((min(one, other), max(one, other)), []).append((pair, odds))
    return found


def _named_of(window: Window, near: Sequence[Judgement]) -> list[Judgement]:
    """Return the likeliest pair of two stories that names the same, if any of the first ones does.

    Which two articles are likeliest hangs on their wording: one may name whom the other does not.
    """
    return next(([each] for each in near[:TRIED] if _named(window, [each[0]])), [])


def _named(window: Window, pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that name the same in their leads: rare names, or one that both quote.

    Chinese and Japanese quote what is named by its maker; the maker itself has no mark.
    """
    found = []
    for pair in pairs:
        both = window.sketches[pair[0]], window.sketches[pair[1]]
        if _named_by_leads(window, pair) or shared_quotes(*both):
            found.append(pair)
    return found


def _named_by_leads(window: Window, pair: Pair) -> bool:
    """Return whether two leads share rare names; of one alone, a day or an amount as well.

    "The Data Office UK" are three words and one name: of one regulator or institute much is told
    that has nothing to do with each other. Of a thing that is all of a title, as in a report, not.
    """
    both = window.sketches[pair[0]], window.sketches[pair[1]]
    names, weights = shared_leads(*both), leads_of(window).shared(*pair)
    if not names or part_of(sum(weights.values())) < NAMED:
        return False
    leads = [gist_of(each).lead for each in both]
    spelled = {fold(word) for lead in leads for word in spelled_names(lead)}
    known = {name for name in spelled if column(name) in weights}.union(names)
    groups = [group for group in together(known, leads) if not group.isdisjoint(names)]
    most = [max(weights.get(column(name), 0.0) for name in group) for group in groups]
    if part_of(sum(most)) >= NAMED or any(
        _is_title(group, each) for group in groups for each in both
    ):
        return True
    return any(weight_of(fact) >= 1 for fact in shared_facts(*both))


def _is_title(name: Collection[str], article: Sketch) -> bool:
    return {fold(word) for word in WORD.findall(article.title)} <= set(name)
