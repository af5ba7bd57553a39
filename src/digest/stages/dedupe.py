"""Duplicates: the same article again, re-posted, syndicated, translated or rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from digest.records import Duplicate
from digest.stages.believed import may_be_one
from digest.stages.certain import find_certainties
from digest.stages.explain import Evidence, explain
from digest.stages.groups import Grouping
from digest.stages.judging import Judge
from digest.stages.linking import link
from digest.stages.patience import collecting_seldom
from digest.stages.verdict import load_verdict, log_odds, verdicts_version
from digest.stages.window import Window, make_window

if TYPE_CHECKING:
    from digest.ports import Encoder
    from digest.records import Article, Background, Embedding, Language

VERSION = f"6-{verdicts_version()}"
WINDOW_DAYS = 30.0
BRIEF = 40  # words under which a text says so little that it takes more to be another's copy …
MORE = 2.0  # … by so many log-odds: 0.88 instead of 0.5
LEAST = 20  # words under which two texts are the same for certain or not at all


@collecting_seldom()
def dedupe(
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    embeddings: Mapping[str, Embedding],
    *,
    encoder: Encoder,
    threshold: float = 0.5,
    window_days: float = WINDOW_DAYS,
    verdicts: Path | None = None,
    cannot: Iterable[tuple[str, str]] = (),
    background: Background | None = None,
) -> list[Duplicate]:
    """Return for each article, in the order given, whether it is an earlier one again.

    Certainties come first (address, `hreflang`, hash, wording), then the verdict over candidates
    whose vectors mean something. The result doesn't depend on the articles' order. What an editor
    keeps apart is no copy. Whom an editor joins need not be one: they tell one event (`cluster`).

    Args:
        articles: a whole window; an id that comes twice is answered twice.
        languages: by article id; an article without one is of an unknown language.
        embeddings: by article id; those of another model are not used.
        encoder: makes sentence vectors for the candidates, and knows languages.
        threshold: probability above which two articles are the same.
        window_days: between two copies, at most; certainties hold beyond it.
        verdicts: the user's own, made by `digest calibrate`.
        cannot: pairs of ids that an editor separated.
        background: what is common and what is rare, where the articles are a few of many.
    """
    window = make_window(articles, languages, embeddings, encoder=encoder, background=background)
    verdict = load_verdict("dedupe", encoder.model, own=verdicts)
    judge = Judge(window, verdict, encoder=encoder, days=window_days)
    reasons = find_certainties(window.sketches, believed=partial(may_be_one, judge))
    grouping = Grouping(
        len(window.sketches),
        cannot=window.pairs(cannot),
        spans=[one.day for one in window.sketches],
        window=window_days,
    )
    grouping.join((left, right) for left, right, _ in reasons)
    among = [n for n, one in enumerate(window.sketches) if one.length >= LEAST]
    limit = log_odds(threshold)
    limits = [limit + MORE * (one.length < BRIEF) for one in window.sketches]
    judged = link(judge, grouping, among=among, limit=limits)
    evidence = Evidence((), reasons, judged)
    found = _records(window, grouping, evidence=evidence, encoder=encoder)
    return [found[article.id] for article in articles]


def _records(
    window: Window, grouping: Grouping, *, evidence: Evidence, encoder: Encoder
) -> dict[str, Duplicate]:
    found = {}
    spoken = {one: encoder.knows(one) for one in {sketch.language for sketch in window.sketches}}
    for group in grouping.groups():
        for member in group:
            sketch = window.sketches[member]
            score, because = explain(window, member, group=group, evidence=evidence)
            found[sketch.id] = Duplicate(
                id=sketch.id,
                duplicate_of=None if member == group[0] else window.sketches[group[0]].id,
                language_supported=spoken[sketch.language],
                score=score,
                because=because,
            )
    return found
