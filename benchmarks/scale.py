"""How long a window takes, and how much memory: embedded, deduplicated and put into stories.

    python -m benchmarks.scale 10000 100000 400000

Each size runs in a process of its own. The items are the real ones of the shared stream, then
generated ones: a real item's text with its names, numbers and many words replaced, or sentences of
another language; one in ten is a copy of an earlier one under another title. Processor time and
memory are those of both processes, the load is that of the machine in the minutes of the run.
"""

from __future__ import annotations

import html
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.backends.encoders import SentenceEncoder
from digest.records import Article, Duplicate, Language, Story
from digest.stages.cluster import cluster
from digest.stages.dedupe import dedupe
from digest.stages.embed import embed
from digest.text import content_hash

from .corpora import LANGUAGES, make_article, parallel_rows, read_lines
from .cost import Watch, processor_time
from .variants import refill_freely, word_pool

WEEKS = ("2026-W20", "2026-W21", "2026-W22")
COPIES = 0.1
BATCH = 1_000


def main(*sizes: str) -> None:
    """Print a row for each size."""
    if len(sizes) == 1:
        measure(int(sizes[0]))
        return
    print("| items | embed | dedupe | cluster | together | processor time | memory | load |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for size in sizes:
        subprocess.run([sys.executable, "-m", "benchmarks.scale", size], check=True)


def measure(size: int) -> None:
    """Print the row of one size."""
    articles, languages = make_items(size)
    spent, load = processor_time(), os.getloadavg()[0]
    with Watch() as watch:
        found, stories, steps = measure_stages(articles, languages)
    spent, load = processor_time() - spent, (load + os.getloadavg()[0]) / 2
    merged = sum(one.duplicate_of is not None for one in found)
    told = " | ".join(f"{step:.1f} s" for step in (*steps, sum(steps), spent))
    print(f"| {size:,} | {told} | {watch.peak / 1e9:.2f} GB | {load:.1f} |", flush=True)
    print(f"  {merged:,} duplicates, {len(stories):,} stories", file=sys.stderr, flush=True)


def measure_stages(
    articles: Sequence[Article], languages: Mapping[str, Language]
) -> tuple[list[Duplicate], list[Story], list[float]]:
    """Return the duplicates and stories of a window, and the seconds of its three steps."""
    encoder = SentenceEncoder("embedded")
    encoder.encode(["warm"])
    marks = [time.perf_counter()]
    embeddings = {
        one.id: one
        for start in range(0, len(articles), BATCH)
        for one in embed(
            [(each, languages[each.id]) for each in articles[start : start + BATCH]],
            encoder=encoder,
        )
    }
    marks.append(time.perf_counter())
    found = dedupe(articles, languages, embeddings, encoder=encoder)
    marks.append(time.perf_counter())
    stories = cluster(articles, found, languages, embeddings, encoder=encoder)
    marks.append(time.perf_counter())
    return found, stories, [later - earlier for earlier, later in pairwise(marks)]


def make_items(size: int) -> tuple[list[Article], dict[str, Language]]:
    """Return `size` items with their languages, spread over four weeks."""
    draw = random.Random(7)
    real = list(real_items())[:size]
    pool = word_pool(real[:2_000])
    foreign = list(foreign_texts(draw, count=max(0, (size - len(real)) // 2)))
    articles = list(real)
    spoken = ["en"] * len(real)
    while len(articles) < size:
        n = len(articles)
        if draw.random() < COPIES:
            place = draw.randrange(n)
            one = articles[place]
            title = f"{draw.choice(pool)} {one.title}"
            made, language = replace(one, id=f"g{n:07}", title=title), spoken[place]
        elif foreign and draw.random() < 0.5:
            language, text = foreign.pop()
            made = make_article(f"g{n:07}", text[:80], text, published=_day(draw))
        else:
            made = refill_freely(draw.choice(real), draw=draw, pool=pool)
            made, language = replace(made, id=f"g{n:07}", published=_day(draw)), "en"
        articles.append(made)
        spoken.append(language)
    articles = [replace(one, content_hash=content_hash(one.title, one.text)) for one in articles]
    languages = {
        one.id: Language(one.id, language, 1.0)
        for one, language in zip(articles, spoken, strict=True)
    }
    return articles, languages


def real_items() -> Iterator[Article]:
    """Yield the shared stream's items, each id once."""
    seen = set()
    for week in WEEKS:
        for row in read_lines(f"stream/{week}.ndjson.xz"):
            if row["id"] not in seen:
                seen.add(row["id"])
                yield make_article(
                    str(row["id"]),
                    _plain(row["title"]),
                    _plain(row["description"]),
                    published=row["pubDate"],
                    publisher=row["source"] or "",
                    url=row["link"],
                )


def _plain(text: str | None) -> str:
    return re.sub(r"<[^>]*>", " ", html.unescape(text or ""))


def foreign_texts(draw: random.Random, *, count: int) -> Iterator[tuple[str, str]]:
    """Yield texts of three sentences in the other languages."""
    told: dict[str, list[str]] = {language: [] for language in LANGUAGES[1:]}
    for row in parallel_rows(60_000):
        for language, sentences in told.items():
            if row.get(language):
                sentences.append(row[language])
    for _ in range(count):
        language = draw.choice(list(told))
        yield language, " ".join(draw.choice(told[language]) for _ in range(3))


def _day(draw: random.Random) -> str:
    return f"2026-05-{draw.randint(4, 31):02}T{draw.randrange(24):02}:00:00+00:00"


if __name__ == "__main__":
    main(*sys.argv[1:])
