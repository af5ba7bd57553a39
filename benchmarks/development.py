"""The texts that rules and curves are made with: the sample corpus and the development items."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.classify import article_of, read_corpus, read_sites
from benchmarks.corpora import make_article, read_lines
from benchmarks.launches import SEEN
from digest.records import Article

ITEMS = Path(__file__).parent / "data" / "martech_dev.jsonl"
#: Written and labelled by somebody who had not read the cue phrases.
NEWS = Path(__file__).parent / "data" / "martech_news_dev.jsonl"
#: Many kinds of texts, evenly over the labels; labels are all that is wanted of them.
TOPICS = Path(__file__).parent / "data" / "martech_topics_dev.jsonl"
#: Labels of documents of the shared data, by id.
DOCUMENTS = Path(__file__).parent / "data" / "martech_docs_topics.jsonl"
#: Written for launches; its half `held` is there to judge by.
LAUNCHES = Path(__file__).parent / "data" / "martech_launches.jsonl"
#: Short news written to teach how events are told; nothing is judged by them.
TAUGHT = Path(__file__).parent / "data" / "martech_taught.jsonl"


@dataclass(frozen=True, slots=True)
class Text:
    """An article with what is right of it."""

    article: Article
    language: str
    story: str  #: of the corpus; an item is one by itself
    wanted: dict[str, Any]  #: `labels`, `launches`, …
    corpus: bool  #: whether it is one of the sample corpus


def read_corpus_texts() -> Iterator[Text]:
    """Give the articles of the sample corpus that are not to be dropped."""
    sites = read_sites()
    for row in read_corpus():
        if row.get("drop"):
            continue
        article = article_of(row, sites)
        yield Text(article, row["language"], row["story"], row, True)


def read_item_texts(file: Path = ITEMS, *, half: str = "") -> Iterator[Text]:
    """Give the items of a file of them, those that are off-topic included; of a half alone."""
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        if half and row["half"] != half:
            continue
        article = make_article(
            row["id"],
            row["title"],
            row["text"],
            published=row["published"],
            first_seen=SEEN,
            publisher=row["publisher"],
            voice=row["voice"],
        )
        yield Text(article, row["language"], row["id"], row, False)


def read_document_texts() -> Iterator[Text]:
    """Give the documents that are labelled by id, those that are off-topic included."""
    rows = [json.loads(line) for line in DOCUMENTS.read_text("utf-8").splitlines()]
    wanted = {row["id"]: row for row in rows}
    for row in read_lines("crosslingual/martech-docs.jsonl.xz"):
        if row["id"] in wanted:
            article = make_article(
                row["id"],
                row["title"],
                row["text"],
                published=row["date"],
                first_seen=SEEN,
                voice="vendor",
            )
            yield Text(article, row["language"], row["id"], wanted[row["id"]], False)
