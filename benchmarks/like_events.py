"""Events with like surroundings, each told twice: does `cluster` keep them apart, and them whole?

    python -m benchmarks.like_events [fit|held]

Each pair of a group alone in its window, the group alone, the half as one window, and among the
sample's articles, by the stages as they ship; `data/README.md` tells how the articles were written.
`fit` is learned from, `held` is not.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from digest.backends.encoders import SentenceEncoder
from digest.ports import Encoder
from digest.records import Language
from digest.stages.cluster import cluster
from digest.stages.embed import embed

from .corpora import Corpus, make_article
from .one_vendor import Half, Pair
from .sample import sample

DATA = Path(__file__).parent / "data/like_events.jsonl"


def like_events(half: Half) -> Corpus:
    """Return the articles of one half with their events; an id begins with its group's name."""
    rows = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["half"] == half]
    fields = ("title", "text", "published", "publisher")
    return Corpus(
        f"like events, {half}",
        [make_article(row["id"], **{name: row[name] for name in fields}) for row in rows],
        {row["id"]: Language(row["id"], row["language"], 1.0) for row in rows},
        [row["event"] for row in rows],
        [None] * len(rows),
    )


def main(half: Half = "held") -> None:
    """Print how many pairs of one event are together and how many of two are apart."""
    encoder, second = SentenceEncoder("embedded"), SentenceEncoder("minilm")
    corpus = like_events(half)
    groups: dict[str, list[str]] = defaultdict(list)
    for one in corpus.articles:
        groups[one.id[:3]].append(one.id)
    pairs = [pair for ids in groups.values() for pair in combinations(ids, 2)]
    everyone = [one.id for one in corpus.articles]
    for name, windows, around in (
        ("each pair alone", [[*pair] for pair in pairs], None),
        ("each group alone", [*groups.values()], None),
        ("one window", [everyone], None),
        ("among the sample", [everyone], sample()[0]),
    ):
        made = {
            pair
            for ids in windows
            for pair in told_as_one(corpus, ids, encoder, second, around=around)
        }
        print(f"| {name} | {tell(corpus, pairs, made)} |", flush=True)


def told_as_one(
    corpus: Corpus,
    ids: Sequence[str],
    encoder: Encoder,
    second: Encoder | None,
    *,
    around: Corpus | None = None,
) -> Iterator[Pair]:
    """Yield the pairs of some articles that the stage puts into one story."""
    chosen = set(ids)
    articles = [one for one in corpus.articles if one.id in chosen]
    spoken = {id: corpus.languages[id] for id in ids}
    if around:
        articles, spoken = [*articles, *around.articles], spoken | around.languages
    made = {o.id: o for o in embed([(a, spoken[a.id]) for a in articles], encoder=encoder)}
    for story in cluster(articles, [], spoken, made, encoder=encoder, second=second):
        yield from combinations(sorted(chosen.intersection(story.members)), 2)


def tell(corpus: Corpus, pairs: Sequence[Pair], made: set[Pair]) -> str:
    """Return the pairs of a group that are rightly together or apart, and those that are not."""
    event = {one.id: story for one, story in zip(corpus.articles, corpus.stories, strict=True)}
    same = [pair for pair in pairs if event[pair[0]] == event[pair[1]]]
    other = [pair for pair in pairs if event[pair[0]] != event[pair[1]]]
    missed = [pair for pair in same if pair not in made]
    wrong = [pair for pair in other if pair in made]
    mixed = [pair for pair in made if pair not in set(pairs)]
    return (
        f"{len(same) - len(missed)}/{len(same)} | {len(other) - len(wrong)}/{len(other)} | "
        f"{len(mixed)} | missed {' '.join(map('+'.join, missed))} | "
        f"wrong {' '.join(map('+'.join, wrong))}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])  # type: ignore[arg-type]
