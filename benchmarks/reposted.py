"""How copies are found that stand between other sentences, or are cut off, and what is not.

    python -m benchmarks.reposted

Of each development document one version is taken, in one language. Whoever re-posts it cuts it off,
puts sentences of another article before and behind it, and gives it another title. Beside these
stand other launches from the same text and releases of which the lower part is the same
(`templates.py`). Counted are the pairs that `dedupe` joins, with the verdict that ships.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digest.backends.encoders import SentenceEncoder
from digest.records import Article
from digest.stages.dedupe import dedupe
from digest.text import sentences

from .cache import CachedEncoder
from .corpora import LANGUAGES, Corpus, documents
from .measures import share_of
from .staged import stage_corpus
from .templates import templates
from .variants import add_article, spoken_in

#: Endings of the ids, and what they are.
KINDS = (
    ("~frame", "cut, or between other sentences: found"),
    ("~launch", "another launch from the same text: merged"),
)


def main() -> None:
    """Print the table."""
    encoder = CachedEncoder(SentenceEncoder("embedded"))
    print("| measure | news | product pages |\n| --- | --- | --- |")
    found = [measure(name, encoder) for name in ("ntrex", "martech-docs")]
    for kind, (_, words) in enumerate(KINDS):
        print(f"| {words} | {found[0][kind]} | {found[1][kind]} |", flush=True)


def measure(name: str, encoder: CachedEncoder) -> list[str]:
    """Return the share of each kind that is in one group with what it was made of."""
    staged = stage_corpus(add_frames(documents(name)), encoder)
    corpus = staged.corpus
    made = dedupe(corpus.articles, staged.languages, staged.embeddings, encoder=encoder)
    group = {one.id: one.duplicate_of or one.id for one in made}
    figures = []
    for ending, _ in KINDS:
        ids = [id for id in group if id.endswith(ending)]
        hits = [group[id] == group[id.removesuffix(ending)] for id in ids]
        rows = np.stack([np.array(hits, dtype=float), np.ones(len(ids))], axis=1)
        figures.append(f"{share_of(rows)}, of {len(ids)}")
    return figures


def add_frames(corpus: Corpus, *, seed: int = 1) -> Corpus:
    """Return `templates` of a corpus, with a re-posted copy of each document."""
    draw = random.Random(f"frames {seed}")
    made = templates(corpus)
    spoken = {one: spoken_in(corpus, one) for one in LANGUAGES}
    for one, story, near in list(zip(made.articles, made.stories, made.ignored, strict=True)):
        if "~" not in one.id:
            lenders = spoken[corpus.languages[one.id].language]
            copy = frame_copy(one, draw=draw, lenders=lenders)
            add_article(made, copy, like=one, of=corpus, story=story, near=near)
    return made


def frame_copy(article: Article, *, draw: random.Random, lenders: Sequence[Article]) -> Article:
    """Return a copy as others re-post it: cut off, or between sentences of their own.

    Their own ones are another article's; they are fewer than what is left of the text.
    """
    told = sentences(article.text)
    kept = told[: max(2, round(len(told) * draw.uniform(0.4, 1)))]
    before, after = (
        sentences(draw.choice(lenders).text)[: draw.randint(0, min(4, len(kept) // 3))]
        for _ in range(2)
    )
    title = article.title if draw.random() < 0.5 else draw.choice(kept)
    text = "\n".join([*before, *kept, *after])
    return replace(article, id=f"{article.id}~frame", title=title, text=text, content_hash="")


if __name__ == "__main__":
    main()
