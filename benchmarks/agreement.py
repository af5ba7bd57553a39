"""Whether articles that come one by one, in batches or all at once end in the same groups.

    python -m benchmarks.agreement [documents stream]

A part of the articles is judged as a whole window and gives the background; the others are added.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from pathlib import Path

import numpy as np
from sqlalchemy import select

from digest.backends.encoders import SentenceEncoder
from digest.ports import Encoder
from digest.records import Article, Embedding, Language
from digest.runner import Runner
from digest.stages.cluster import cluster
from digest.stages.dedupe import dedupe
from digest.store import reading
from digest.store.background import load_background
from digest.store.tables import duplicates, near_blocks, story_members

from .corpora import documents
from .measures import ROUNDS, SEED
from .scale import real_items
from .stores import AT, add, judge, open_runner

BASE = 0.8  #: share of the articles that the background is made of
STREAM = 1_500
WAYS = {"one by one": 1, "by fifties": 50}
Groups = dict[str, str]


@dataclass(frozen=True, slots=True)
class Set:
    """Articles to judge, and for some of them the truth about which are one."""

    name: str
    articles: list[Article]
    languages: dict[str, Language]
    truth: Mapping[str, str]
    ignored: Mapping[str, str | None]


def main(*names: str) -> None:
    """Print a row for each set, step and way."""
    encoder = SentenceEncoder("embedded")
    print("| articles | step | way | same background: same group | F1 | full run: F1 | truth: F1 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in names or ("documents", "stream"):
        some = {"documents": all_documents, "stream": stream}[name]()
        full, _ = _judged(some, encoder, size=len(some.articles), base=0)
        _tell(some, "at once", full, full, full)
        behind: dict[str, Groups] = {}
        base = int(BASE * len(some.articles))
        for way, size in WAYS.items():
            found, direct = _judged(some, encoder, size=size, base=base, direct=not behind)
            behind = behind or direct
            _tell(some, way, found, full, behind)


def all_documents() -> Set:
    """Return news and product pages in ten languages, as if of one day."""
    corpora = [documents(name) for name in ("ntrex", "martech-docs")]
    articles = [replace(one, first_seen=AT) for each in corpora for one in each.articles]
    stories = [story for each in corpora for story in each.stories]
    ignored = [group for each in corpora for group in each.ignored]
    ids = [one.id for one in articles]
    languages = {id: one for each in corpora for id, one in each.languages.items()}
    told = dict(zip(ids, stories, strict=True)), dict(zip(ids, ignored, strict=True))
    return Set("documents", articles, languages, *told)


def stream() -> Set:
    """Return the first items of the shared stream."""
    found = islice(real_items(), STREAM)
    articles = [replace(one, first_seen=one.published or AT) for one in found]
    return Set(
        "stream", articles, {one.id: Language(one.id, "en", 1.0) for one in articles}, {}, {}
    )


def _judged(
    some: Set, encoder: Encoder, *, size: int, base: int, direct: bool = False
) -> tuple[dict[str, Groups], dict[str, Groups]]:
    """Return the groups of a store to which `base` articles came first, then `size` at a time.

    With `direct`, also those of all articles in one call, judged by the background of the first.
    """
    articles = list(some.articles)
    random.Random(1).shuffle(articles)
    rest = articles[base:]
    random.Random(size).shuffle(rest)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_runner(Path(folder), encoder=encoder) as runner,
    ):
        for part in _parts([*articles[:base], *rest], base=base, size=size):
            add(runner, part, some.languages)
            judge(runner, about={one.id for one in part})
        return _groups(runner), _direct(some, runner) if direct else {}


def _direct(some: Set, runner: Runner) -> dict[str, Groups]:
    with runner.store.read() as db:
        background = load_background(db)
        embeddings = {one.id: one for one in reading.every(db, Embedding)}
    encoder = runner.tools.encoder
    articles, languages = some.articles, some.languages
    copies = dedupe(articles, languages, embeddings, encoder=encoder, background=background)
    told = cluster(articles, copies, languages, embeddings, encoder=encoder, background=background)
    return {
        "dedupe": {one.id: one.duplicate_of or one.id for one in copies},
        "cluster": {member: one.id for one in told for member in one.members},
    }


def _parts(articles: Sequence[Article], *, base: int, size: int) -> Iterator[Sequence[Article]]:
    if base:
        yield articles[:base]
    for start in range(base, len(articles), size):
        yield articles[start : start + size]


def _groups(runner: Runner) -> dict[str, Groups]:
    with runner.store.read() as db:
        copies = db.execute(select(duplicates.c.id, duplicates.c.duplicate_of)).all()
        members = db.execute(select(story_members.c.article, story_members.c.story)).all()
        blocks = len(db.execute(select(near_blocks.c.block)).all())
    print(f"  {blocks} blocks of the index", file=sys.stderr)
    return {
        "dedupe": {id: first or id for id, first in copies},
        "cluster": {id: str(story) for id, story in members},
    }


def _tell(
    some: Set,
    way: str,
    found: dict[str, Groups],
    full: dict[str, Groups],
    direct: dict[str, Groups],
) -> None:
    for step, groups in found.items():
        same, agreed = agreement(groups, direct[step])
        _, fully = agreement(groups, full[step])
        truth = ""
        if some.truth and step == "dedupe":
            wanted = _pairs(some.truth)
            truth = f"{_f1(_counted(_pairs(groups), some), wanted):.3f}"
        row = (some.name, step, way, _interval(same), f"{agreed:.4f}", f"{fully:.4f}", truth)
        print(f"| {' | '.join(row)} |", flush=True)


def agreement(one: Groups, other: Groups) -> tuple[np.ndarray, float]:
    """Return for each article whether its group is the same in both, and the pairs' F1."""
    here, there = _members(one), _members(other)
    same = np.array([here[one[id]] == there[other[id]] for id in sorted(one)])
    return same, _f1(_pairs(one), _pairs(other))


def _members(groups: Groups) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for id, group in groups.items():
        found.setdefault(group, set()).add(id)
    return {group: frozenset(ids) for group, ids in found.items()}


def _pairs(groups: Mapping[str, str]) -> set[tuple[str, str]]:
    members = _members(dict(groups)).values()
    return {pair for ids in members for pair in combinations(sorted(ids), 2)}


def _counted(pairs: set[tuple[str, str]], some: Set) -> set[tuple[str, str]]:
    """Return the pairs without near-duplicates that are two documents: they count neither way."""
    return {
        (one, other)
        for one, other in pairs
        if some.truth[one] == some.truth[other]
        or some.ignored[one] is None
        or some.ignored[one] != some.ignored[other]
    }


def _f1(found: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> float:
    both = len(found & wanted)
    return 2 * both / max(1, len(found) + len(wanted))


def _interval(same: np.ndarray) -> str:
    draw = np.random.default_rng(SEED)
    rounds = [same[draw.integers(0, len(same), len(same))].mean() for _ in range(ROUNDS)]
    low, high = np.percentile(rounds, [2.5, 97.5])
    return f"{same.mean():.4f} ({low:.4f}–{high:.4f})"


if __name__ == "__main__":
    main(*sys.argv[1:])
