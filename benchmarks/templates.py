"""Development documents as one language has them: copies, other launches, and standing text.

Of each document one version is taken. Its rewritten copy is the same article. The same text with
another name throughout is another launch from the template, and two documents' beginnings with one
paragraph below them are two releases of one vendor.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from digest.records import Article
from digest.stages.mentions import fold
from digest.text import sentences

from .corpora import Corpus
from .variants import (
    WORDS,
    add_article,
    by_story,
    english_names,
    is_common,
    other_name,
    rewrite,
    spoken_in,
    word_pool,
)

BEFORE_STANDING, STANDING = 4, 6  # sentences of a release's own and of its standing text


def templates(corpus: Corpus, *, seed: int = 1) -> Corpus:
    """Return one version of each document with a copy, another launch, and sometimes a release."""
    draw = random.Random(f"templates {seed}")
    made = Corpus(f"{corpus.name}, templates", [], {}, [], [])
    stories = list(by_story(corpus).items())
    for place, (story, members) in enumerate(stories):
        one = draw.choice(members)
        language = corpus.languages[one.id].language
        near = corpus.ignored[corpus.stories.index(story)] or story
        add_article(made, one, like=one, of=corpus, story=story, near=near)
        pool = word_pool(spoken_in(corpus, language))
        copy = rewrite(one, seed=seed, words=draw.choice((0.05, 0.1, 0.2)), pool=pool)
        add_article(made, copy, like=one, of=corpus, story=story, near=near)
        launch = relaunch(one, story=story, mentions=english_names(corpus, members))
        if launch:
            add_article(made, launch, like=one, of=corpus, story=f"{story}~launch", near=None)
        _add_releases(made, corpus, [one, *stories[place - 1][1]], draw=draw, language=language)
    return made


def _add_releases(
    made: Corpus, corpus: Corpus, near: Sequence[Article], *, draw: random.Random, language: str
) -> None:
    """Add the beginnings of two documents with one paragraph of a third below them."""
    told = [one for one in near if corpus.languages[one.id].language == language]
    if len(told) < 2 or draw.random() < 0.3:
        return
    lender = draw.choice(spoken_in(corpus, language))
    standing = sentences(lender.text)[-STANDING:]
    for one in (told[0], told[-1]):
        text = "\n".join([*sentences(one.text)[:BEFORE_STANDING], *standing])
        id = f"{one.id}~under~{lender.id}"
        release = replace(one, id=id, text=text, content_hash="")
        add_article(made, release, like=one, of=corpus, story=id, near=None)


def relaunch(article: Article, *, story: str, mentions: Collection[str]) -> Article | None:
    """Return another launch from the same template: one name of the title is another throughout.

    None where the title has no rare name that stands in the text, too.
    """
    said = [word for word in WORDS.findall(article.title) if not word.isdigit() and len(word) > 2]
    rare = [word for word in said if fold(word) in mentions and not is_common(fold(word))]
    found = [word for word in rare if len(_whole(word).findall(article.text)) > 1]
    if not found:
        return None
    other = other_name(found[0], random.Random(f"launch {story} {fold(found[0])}"))
    title, text = (_whole(found[0]).sub(other, one) for one in (article.title, article.text))
    return replace(article, id=f"{article.id}~launch", title=title, text=text, content_hash="")


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")
