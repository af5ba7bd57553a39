"""Events told in several languages, made of documents and their translations, for calibrating.

A retelling takes some sentences of one language version, 60 to 150 words, under the document's
title or under one of its sentences: two of them share the event's names, numbers and a few
sentences by chance. Beside some stands the same text with other names and numbers: another event.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from digest.records import Article
from digest.text import sentences

from .corpora import Corpus, documents, events
from .variants import by_story, english_names, refill

TELLERS = 4  # retellings of a document, each in another language
MISSED = 2  # of them, those that are told of another event too
READ = 40  # sentences of a document
FEWEST = 6  # sentences that a document needs


def retellings(name: str, *, seed: int = 0) -> Corpus:
    """Return the retellings of `ntrex` or `martech-docs`."""
    base, draw = documents(name), random.Random(f"{seed} {name}")
    made = Corpus(f"{name}, retold", [], {}, [], [])
    near = {
        one.id: group or story
        for one, group, story in zip(base.articles, base.ignored, base.stories, strict=True)
    }
    for story, members in by_story(base).items():
        named = english_names(base, members)
        tellers = draw.sample(members, min(TELLERS, len(members)))
        for count, one in enumerate(tellers):
            told = _retell(one, draw, wide=base.languages[one.id].language[:2] in ("zh", "ja"))
            if told is None:
                continue
            _add(made, told, like=one, of=base, story=story, ignored=near[one.id])
            other = refill(told, story=story, seed=seed, mentions=named)
            if other and count < MISSED:
                _add(made, other, like=one, of=base, story=f"{story}~other", ignored=None)
    return made


def _retell(article: Article, draw: random.Random, *, wide: bool) -> Article | None:
    told = [one for one in sentences(article.text) if one.strip() != article.title.strip()]
    if len(told) < FEWEST:
        return None
    wanted, share = draw.randint(60, 150), draw.choice((0.3, 0.5, 0.7))
    chosen = [one for one in told[:READ] if draw.random() < share] or told[:3]
    if draw.random() < 0.5:
        draw.shuffle(chosen)
    kept = list(_up_to(chosen, wanted, wide=wide))
    title = article.title if draw.random() < 0.5 else kept.pop(0)[:120]
    if not kept:
        return None
    return replace(
        article, id=f"{article.id}~retold", title=title, text="\n".join(kept), content_hash=""
    )


def _up_to(told: list[str], words: int, *, wide: bool) -> Iterator[str]:
    """Yield sentences until there are enough words; two characters are one in Chinese."""
    count = 0.0
    for one in told:
        yield one
        count += len(one) / 2 if wide else len(one.split())
        if count >= words:
            return


def _add(
    made: Corpus, article: Article, *, like: Article, of: Corpus, story: str, ignored: str | None
) -> None:
    made.articles.append(article)
    made.languages[article.id] = replace(of.languages[like.id], id=article.id)
    made.stories.append(story)
    made.ignored.append(ignored)


def events_with_misses(*, seed: int = 0, share: float = 0.34) -> Corpus:
    """Return `neus` with, for some events, one article told of another event (`~other`)."""
    base, draw = events(), random.Random(seed)
    made = replace(base, articles=list(base.articles), stories=list(base.stories))
    for story, members in by_story(base).items():
        if draw.random() < share:
            one = draw.choice(members)
            other = refill(one, story=story, seed=seed, mentions=english_names(base, members))
            if other:
                _add(made, other, like=one, of=base, story=f"{story}~other", ignored=None)
    made.ignored[:] = [None] * len(made.articles)
    return made
