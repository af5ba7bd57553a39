"""How well events are found: B³ and pairwise F1 on news told by three outlets each.

    python -m benchmarks.stories

All methods get their thresholds and coefficients by the same five folds over stories: fitted on
four, they group all articles, and the fifth's articles are counted. Ours is the stage itself, with
the second model and without, also over the stories of the sample corpus.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np

from digest.backends.encoders import SentenceEncoder
from digest.ports import Encoder
from digest.records import Duplicate, Embedding
from digest.stages.cluster import cluster
from digest.stages.evidence import FEATURES
from digest.stages.recent import RememberingEncoder
from digest.stages.verdict import Verdict

from .cache import CachedEncoder
from .corpora import Corpus, events
from .fit_stories import Lessons, fit_story_verdict, lessons, masks_without
from .fit_verdicts import FLOOR, as_json
from .judging import Bench, fit_verdict, make_bench
from .measures import (
    FOLDS,
    b_cubed_rows,
    codes,
    f1_of_b_cubed,
    f1_of_pairs,
    held_out,
    pair_rows,
    rows_held_out,
)
from .rivals import Labels, MinHashGroups, SemHashGroups, best_setting, linkage
from .sample import DAYS, sample

Method = tuple[Callable[[Any], Any], Callable[[Any], Labels]]


def main() -> None:
    """Print the tables."""
    corpus = events()
    texts = [f"{one.title}\n{one.text}" for one in corpus.articles]
    minilm = CachedEncoder(SentenceEncoder("minilm"))
    for name, (fit, group) in rivals(corpus, texts, minilm.encode(texts)).items():
        print(line(name, corpus.stories, fit=fit, group=group), flush=True)
    bench = make_bench(corpus, minilm, task="cluster", floor=FLOOR, aligned=False)
    fit, group = ours(bench, features=FEATURES, model=minilm.model)
    print(line("Digest, MiniLM as its encoder", bench.stories, fit=fit, group=group), flush=True)
    embedded = CachedEncoder(SentenceEncoder("embedded"))
    known = lessons(embedded, minilm)
    second = RememberingEncoder(SentenceEncoder("minilm"))
    verdicts = [without(known, fold) for fold in range(FOLDS)]
    for name, asked in (("Digest, no second model", None), ("Digest (ships)", second)):
        shown = Shown(corpus, [], embedded, asked)
        print(held_out_row(f"{name}, events", shown, verdicts), flush=True)
        own, copies = sample()
        shown = Shown(own, copies, embedded, asked, days=DAYS)
        print(held_out_row(f"{name}, sample", shown, verdicts), flush=True)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A corpus that the stage itself is run over."""

    corpus: Corpus
    duplicates: list[Duplicate]
    encoder: Encoder
    second: Encoder | None
    days: float = float("inf")

    def group(self, verdict: Verdict) -> Labels:
        """Return the story of each article, by the stage with a verdict of its own."""
        articles = self.corpus.articles
        vectors = self.encoder.encode([f"{one.title}\n{one.text}" for one in articles])
        made = {
            one.id: Embedding(one.id, self.encoder.model, vector)
            for one, vector in zip(articles, vectors, strict=True)
        }
        with NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"cluster": {verdict.model: as_json(verdict)}}, file)
            file.flush()
            stories = cluster(
                articles,
                self.duplicates,
                self.corpus.languages,
                made,
                encoder=self.encoder,
                second=self.second,
                window_days=self.days,
                verdicts=Path(file.name),
            )
        story = {id: one.id for one in stories for id in one.members}
        return codes(story[one.id] for one in articles)


def without(known: Lessons, fold: int) -> Verdict:
    """Return the verdict learned without a fold of the events, the sample and our own vendors."""
    return fit_story_verdict(known, masks_without(known, fold))


def held_out_row(name: str, shown: Shown, verdicts: Sequence[Verdict]) -> str:
    """Return the row of one corpus, each story grouped by the verdict that has not seen it."""
    stories = shown.corpus.stories
    groups = iter([shown.group(verdict) for verdict in verdicts])
    return line(name, stories, fit=lambda seen: None, group=lambda setting: next(groups))


def rivals(corpus: Corpus, texts: Sequence[str], vectors: Any) -> dict[str, Method]:
    """Return what others would use, each with how it is fitted."""
    everyone = np.ones(len(texts), dtype=bool)
    hashes = {size: MinHashGroups(texts, size=size) for size in (1, 2)}
    semantic = SemHashGroups(texts, vectors)
    kinds = ("average", "complete", "single")
    groupings: dict[str, tuple[list[Any], Callable[[Any, Any], Labels]]] = {
        "MinHash (datasketch)": (
            list(product(hashes, np.arange(0.05, 0.7, 0.05).tolist())),
            lambda setting, among: hashes[setting[0]].group(setting[1], among),
        ),
        "SemHash, MiniLM vectors": (np.arange(0.5, 0.95, 0.025).tolist(), semantic.group),
        "MiniLM, best linkage": (
            list(product(kinds, np.arange(0.1, 0.6, 0.02).tolist())),
            lambda setting, among: linkage(vectors, setting, among),
        ),
    }
    return {
        name: (
            lambda seen, g=group, s=settings: best_setting(s, g, seen=seen, stories=corpus.stories),
            lambda setting, g=group: g(setting, everyone),
        )
        for name, (settings, group) in groupings.items()
    }


def ours(bench: Bench, *, features: Sequence[str], model: str) -> Method:
    """Return our verdict with average linkage."""

    def fit(seen: Any) -> Verdict:
        return fit_verdict([bench], [seen], model=model, features=features)

    return fit, bench.group


def line(name: str, stories: Sequence[str], *, fit: Any, group: Any) -> str:
    """Return a method's row of the table."""
    held = held_out(stories, fit=fit, group=group)
    b_cubed = rows_held_out(held, lambda found: b_cubed_rows(found, stories))
    pairs = rows_held_out(held, lambda found: pair_rows(found, stories))
    return f"| {name} | {f1_of_b_cubed(b_cubed)} | {f1_of_pairs(pairs)} |"


if __name__ == "__main__":
    main()
