"""Speed and memory beside others: our two stages, SemHash, and MiniLM with a linkage.

    python -m benchmarks.speed 2000 10000

All read the same items of the shared stream, each in a process of its own, one after the other.
SemHash runs over its own default static model where that can be had, and over our vectors; the
linkage needs all products of its vectors and is left out above `MOST` items.
"""

from __future__ import annotations

import subprocess
import sys
import time

import numpy as np

from digest.backends.encoders import SentenceEncoder

from .cost import Watch, processor_time
from .scale import make_items, measure_stages

MOST = 5_000


def main(*arguments: str) -> None:
    """Print a row for each method and size."""
    if arguments and arguments[0] in METHODS:
        _measure(arguments[0], int(arguments[1]))
        return
    print("| items | method | wall clock | processor time | memory | groups of several |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    for size in arguments:
        for name in METHODS:
            if name != "minilm" or int(size) <= MOST:
                subprocess.run([sys.executable, "-m", "benchmarks.speed", name, size], check=True)


def _measure(name: str, size: int) -> None:
    title, method = METHODS[name]
    articles, languages = make_items(size)
    started, spent = time.perf_counter(), processor_time()
    with Watch() as watch:
        groups = method(articles, languages)
    wall, spent = time.perf_counter() - started, processor_time() - spent
    several = int((np.unique(groups, return_counts=True)[1] > 1).sum())
    cost = f"{wall:.1f} s | {spent:.1f} s | {watch.peak / 1e9:.2f} GB"
    print(f"| {size:,} | {title} | {cost} | {several:,} |", flush=True)


def _ours(articles, languages):  # type: ignore[no-untyped-def]
    _, stories, _ = measure_stages(articles, languages)
    story_of = {member: n for n, story in enumerate(stories) for member in story.members}
    return [story_of[one.id] for one in articles]


def _semhash(articles, languages):  # type: ignore[no-untyped-def]
    from .rivals import SemHashGroups

    texts = [f"{one.title}\n{one.text}" for one in articles]
    vectors = SentenceEncoder("embedded").encode(texts)
    return SemHashGroups(texts, vectors).group(0.9, np.ones(len(texts), dtype=bool))


def _minilm(articles, languages):  # type: ignore[no-untyped-def]
    from .rivals import linkage

    vectors = SentenceEncoder("minilm").encode([f"{one.title}\n{one.text}" for one in articles])
    return linkage(vectors, ("average", 0.4), np.ones(len(vectors), dtype=bool))


METHODS = {
    "ours": ("Digest: embed, duplicates and stories, with reasons", _ours),
    "semhash": ("SemHash over our vectors: near-duplicates alone", _semhash),
    "minilm": ("MiniLM and average linkage: groups alone", _minilm),
}

if __name__ == "__main__":
    main(*sys.argv[1:])
