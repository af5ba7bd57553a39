"""The sentences of a story's articles, one of which proves a record that an editor adds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from digest.errors import InputError
from digest.records import Article, Language, Quote, Story
from digest.store import reading
from digest.text import split_sentences

MOST = 80  #: sentences of one article that are offered: what a vendor did stands near the top


@dataclass(frozen=True, slots=True)
class Citable:
    """An article with the sentences that can be cited."""

    article: Article
    language: str
    sentences: tuple[Quote, ...]


def citable(db: Connection, story: Story) -> list[Citable]:
    """Return the articles of a story with their sentences, the lead first."""
    articles: dict[str, Article] = reading.records(db, Article, story.members)
    languages: dict[str, Language] = reading.records(db, Language, story.members)
    ordered = sorted(story.members, key=lambda id: id != story.lead)
    return [
        Citable(
            articles[id], languages[id].language if id in languages else "und", _of(articles[id])
        )
        for id in ordered
        if id in articles
    ]


def sentence_at(db: Connection, story: Story, article: str, start: int) -> Quote:
    """Return the sentence of an article of the story that begins at a code point.

    Raises:
        InputError: where no sentence begins there, or the article is none of the story's.
    """
    found = (
        each
        for one in citable(db, story)
        if one.article.id == article
        for each in one.sentences
        if each.start == start
    )
    quote = next(found, None)
    if quote is None:
        raise InputError("no such sentence", cure="choose a sentence of the story's articles")
    return quote


def _of(article: Article) -> tuple[Quote, ...]:
    spans = split_sentences(article.text)[:MOST]
    return tuple(Quote(article.text[a:b], article.id, a, b) for a, b in spans)
