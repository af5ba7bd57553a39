"""Our own articles on what one vendor does: other events, templates, follow-ups, standing text.

    python -m benchmarks.one_vendor [fit|held]

prints what the stages make of one half of either file; `data/README.md` tells how they were
written. `fit` is learned from, `held` is not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Literal

from digest.backends.encoders import SentenceEncoder
from digest.ports import Encoder
from digest.records import Duplicate, Language, Story
from digest.stages.cluster import cluster
from digest.stages.dedupe import dedupe
from digest.stages.embed import embed

from .corpora import Corpus, make_article
from .judging import Task
from .sample import sample

DATA = Path(__file__).parent / "data"
#: Weeks and look-alikes; days on which two things happen at one vendor.
WEEKS, DAYS = "one_vendor", "vendor_days"
Half = Literal["fit", "held"]
Pair = tuple[str, str]


def one_vendor(half: Half, *, task: Task, files: Sequence[str] = (WEEKS, DAYS)) -> Corpus:
    """Return one half, with the article or the event that each is."""
    texts = [(DATA / f"{name}.jsonl").read_text("utf-8") for name in files]
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    rows = [row for row in rows if row["half"] == half]
    fields = ("title", "text", "published", "publisher")
    return Corpus(
        f"one vendor, {half}",
        [make_article(row["id"], **{name: row[name] for name in fields}) for row in rows],
        {row["id"]: Language(row["id"], row["language"], 1.0) for row in rows},
        [row["event"] if task == "cluster" else row["same"] or row["id"] for row in rows],
        [None] * len(rows),
    )


def main(half: Half = "held") -> None:
    """Print the figures of a half alone and among the sample's articles."""
    encoder, second = SentenceEncoder("embedded"), SentenceEncoder("minilm")
    around = sample()[0]
    for name, some in (("alone", None), ("among the sample", around)):
        for file in (WEEKS, DAYS):
            copies, stories = run(half, encoder, second, file=file, around=some)
            told = tell(one_vendor(half, task="dedupe", files=[file]), copies)
            print(f"| {file} {name}, duplicates | {told} |")
            told = tell(one_vendor(half, task="cluster", files=[file]), stories)
            print(f"| {file} {name}, stories | {told} |", flush=True)


def run(
    half: Half, encoder: Encoder, second: Encoder | None, *, file: str, around: Corpus | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the original and the story of each article, by the stages as they ship."""
    own = one_vendor(half, task="cluster", files=[file])
    articles, spoken = list(own.articles), dict(own.languages)
    if around:
        articles, spoken = [*articles, *around.articles], spoken | around.languages
    made = {o.id: o for o in embed([(a, spoken[a.id]) for a in articles], encoder=encoder)}
    copies: Sequence[Duplicate] = dedupe(articles, spoken, made, encoder=encoder)
    stories: Sequence[Story] = cluster(
        articles, copies, spoken, made, encoder=encoder, second=second
    )
    return (
        {one.id: one.duplicate_of or one.id for one in copies},
        {member: one.id for one in stories for member in one.members},
    )


def tell(corpus: Corpus, found: dict[str, str]) -> str:
    """Return precision and recall over pairs, and the pairs that are wrong."""
    true = set(_pairs({a.id: s for a, s in zip(corpus.articles, corpus.stories, strict=True)}))
    made = set(_pairs({one.id: found[one.id] for one in corpus.articles}))
    hits = len(true & made)
    wrong, missed = sorted(made - true), sorted(true - made)
    return f"{hits}/{len(made)} right, {hits}/{len(true)} found | wrong {wrong} | missed {missed}"


def _pairs(groups: dict[str, str]) -> Iterator[Pair]:
    for one, other in combinations(sorted(groups), 2):
        if groups[one] == groups[other]:
            yield one, other


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]
