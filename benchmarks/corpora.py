"""Labelled articles for measuring duplicates and stories, read from the shared data."""

from __future__ import annotations

import csv
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from digest.records import Article, Language

DATA = Path(__file__).parents[1] / "../shared/data"
#: The ten languages of the embedded encoder.
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "zh-Hant")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles, the story of each, and the groups within which a merge counts neither way."""

    name: str
    articles: list[Article]
    languages: dict[str, Language]
    stories: list[str]
    ignored: list[str | None]


def read_lines(path: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON lines of a file of the shared data."""
    with lzma.open(DATA / path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def make_article(id: str, title: str, text: str, **fields: Any) -> Article:
    """Return an article of which only title and text are known."""
    empty: dict[str, Any] = {
        "source": "", "url": None, "authors": (), "published": None, "published_from": "",
        "first_seen": "", "language_hint": None, "site": "", "publisher": "",
        "voice": "independent",
    }  # fmt: skip
    return Article(id=id, title=title, text=text, **{**empty, **fields})


def documents(name: str, *, languages: tuple[str, ...] = LANGUAGES) -> Corpus:
    """Return `ntrex` or `martech-docs`: documents in several languages, undated."""
    rows = [
        row
        for row in read_lines(f"crosslingual/{name}.jsonl.xz")
        if _code(row["language"]) in languages
    ]
    return Corpus(
        name,
        [make_article(row["id"], row["title"], row["text"]) for row in rows],
        {row["id"]: Language(row["id"], _code(row["language"]), 1.0) for row in rows},
        [row["story"] for row in rows],
        [row.get("neardup_group") for row in rows],
    )


def events() -> Corpus:
    """Return `neus`: events, each told by three outlets, in English, undated."""
    articles, stories = [], []
    for row in read_lines("stories/neus.jsonl.xz"):
        for place, told in enumerate(row["articles"]):
            articles.append(make_article(f"{row['id']}.{place}", told["title"], told["text"]))
            stories.append(row["id"])
    spoken = {one.id: Language(one.id, "en", 1.0) for one in articles}
    return Corpus("neus", articles, spoken, stories, [None] * len(articles))


def _code(language: str) -> str:
    return {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}.get(language, language)


def parallel_rows(count: int) -> Iterator[dict[str, str]]:
    """Yield the first rows of the parallel sentences."""
    with lzma.open(DATA / "parallel/parallel.tsv.xz", "rt", encoding="utf-8", newline="\n") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        yield from islice(rows, count)
