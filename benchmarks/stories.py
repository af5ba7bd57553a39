"""How well events are found: B³ and pairwise F1 on news told by three outlets each.

    python -m benchmarks.stories

All methods get their thresholds and coefficients by the same five folds over stories: fitted on
four, they group all articles, and the fifth's articles are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np

from digest.backends.encoders import SentenceEncoder
from digest.stages.evidence import FEATURES
from digest.stages.verdict import Verdict

from .cache import CachedEncoder
from .corpora import Corpus, events
from .fit_verdicts import EVENT, FLOOR
from .judging import Bench, fit_verdict, make_bench
from .measures import b_cubed_rows, f1_of_b_cubed, f1_of_pairs, held_out, pair_rows, rows_held_out
from .rivals import Labels, MinHashGroups, SemHashGroups, best_setting, linkage

Method = tuple[Callable[[Any], Any], Callable[[Any], Labels]]


def main() -> None:
    """Print the table."""
    corpus = events()
    texts = [f"{one.title}\n{one.text}" for one in corpus.articles]
    minilm = CachedEncoder(SentenceEncoder("minilm"))
    embedded = CachedEncoder(SentenceEncoder("embedded"))
    for name, (fit, group) in rivals(corpus, texts, minilm.encode(texts)).items():
        print(line(name, corpus.stories, fit=fit, group=group), flush=True)
    for name, encoder, features in (
        ("Digest, MiniLM", minilm, FEATURES),
        ("Digest, embedded encoder", embedded, EVENT),
    ):
        bench = make_bench(corpus, encoder, task="cluster", floor=FLOOR, aligned=features is EVENT)
        fit, group = ours(bench, features=features, model=encoder.model)
        print(line(name, bench.stories, fit=fit, group=group), flush=True)


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
