"""Copies and near-misses made out of development documents, for calibrating and measuring.

A copy is what a rewriting machine makes of an article: words replaced, sentences reordered and
dropped, one number garbled. A near-miss is another event told from the same template: the text
stays, its names and numbers are others.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from digest.records import Article
from digest.stages.lexicon import column
from digest.stages.mentions import LATIN, fold, names
from digest.stages.rarity import common_shares
from digest.text import CJK, WORD, sentences

from .corpora import LANGUAGES, Corpus

DIGITS = re.compile(r"\d+")
WORDS = re.compile(rf"{LATIN.pattern}|\d+")
FEWEST = 4  # names and numbers, one of them in the title, that make it another event


def rewrite(article: Article, *, seed: int, words: float, pool: Sequence[str]) -> Article:
    """Return a machine-rewritten copy.

    Args:
        article: the original.
        seed: of the random choices.
        words: share of the lower-case words that become others of `pool`.
        pool: words of the same language.
    """
    draw = random.Random(f"{seed} {article.id}")
    told = sentences(article.text or "")
    kept = [one for one in told if len(told) < 4 or draw.random() > 0.15]
    for place in range(0, len(kept) - 1, 3):
        if draw.random() < 0.5:
            kept[place], kept[place + 1] = kept[place + 1], kept[place]
    text = "\n".join(_replace_words(one, draw, share=words, pool=pool) for one in kept)
    title = _replace_words(article.title or "", draw, share=words, pool=pool)
    return replace(
        article,
        id=f"{article.id}~copy{seed}",
        title=title,
        text=_garble(text, draw),
        content_hash="",
    )


def word_pool(articles: Sequence[Article]) -> list[str]:
    """Return the lower-case words of articles, each as often as it occurs."""
    return [
        word
        for article in articles
        for word in WORD.findall(article.text or "")
        if word[0].islower() or CJK.match(word)
    ]


def _replace_words(text: str, draw: random.Random, *, share: float, pool: Sequence[str]) -> str:
    def other(match: re.Match[str]) -> str:
        word = match[0]
        plain = word[0].islower() or CJK.match(word)
        return draw.choice(pool) if plain and pool and draw.random() < share else word

    return WORD.sub(other, text)


def _garble(text: str, draw: random.Random) -> str:
    found = [match for match in DIGITS.finditer(text) if len(match[0]) > 1]
    if not found:
        return text
    match = draw.choice(found)
    return f"{text[: match.start()]}{_other_number(match[0], draw)}{text[match.end() :]}"


def refill(article: Article, *, story: str, seed: int, mentions: Collection[str]) -> Article | None:
    """Return another event in the same words, or None where there is too little to exchange.

    The same name or number becomes the same other one in every language of the story.

    Args:
        article: the original.
        story: seeds the exchange, so that translations are refilled alike.
        seed: of the random choices.
        mentions: folded names of the story's English version: in German, every noun has a capital.
    """
    changed: set[str] = set()

    def exchange(match: re.Match[str]) -> str:
        said, key = match[0], fold(match[0])
        draw = random.Random(f"{seed} {story} {key}")
        if said.isdigit():
            changed.add(said)
            return _other_number(said, draw)
        if len(said) < 3 or key not in mentions or is_common(key):
            return said
        changed.add(key)
        return other_name(said, draw)

    title = WORDS.sub(exchange, article.title or "")
    in_title = len(changed)
    text = WORDS.sub(exchange, article.text or "")
    if not in_title or len(changed) < FEWEST:
        return None
    return replace(article, id=f"{article.id}~other{seed}", title=title, text=text, content_hash="")


def is_common(key: str) -> bool:
    """Return whether a folded name is a common word, too."""
    return bool(common_shares(np.array([column(key)], dtype=np.int32))[0] > 0.05)


def _other_number(digits: str, draw: random.Random) -> str:
    while True:
        first = draw.choice("123456789")
        other = first + "".join(draw.choice("0123456789") for _ in digits[1:])
        if other != digits:
            return other


def other_name(name: str, draw: random.Random) -> str:
    """Return a made-up name of about the same length, with the same first capital."""
    vowels, consonants = "aeiou", "bcdfghklmnprstvwz"
    made = "".join(
        draw.choice(vowels if place % 2 else consonants) for place in range(max(4, len(name)))
    )
    return made.capitalize() if name[0].isupper() else made


def extend(corpus: Corpus, *, seed: int = 0) -> Corpus:
    """Return a corpus with, for each story, a rewritten copy, two near-misses and three notices.

    Copies are in the story, near-misses in one of their own, and notices (the first sentences of
    its articles) in another one; whether a notice is its article counts neither way.
    """
    draw = random.Random(seed)
    grown = Corpus(
        f"{corpus.name}, varied",
        list(corpus.articles),
        dict(corpus.languages),
        list(corpus.stories),
        [near or story for near, story in zip(corpus.ignored, corpus.stories, strict=True)],
    )
    pools = {one: word_pool(spoken_in(corpus, one)) for one in LANGUAGES}
    for story, members in by_story(corpus).items():
        near = corpus.ignored[corpus.stories.index(story)] or story
        one = draw.choice(members)
        pool = pools[corpus.languages[one.id].language]
        copy = rewrite(one, seed=seed, words=draw.choice((0.1, 0.2, 0.3)), pool=pool)
        _add(grown, copy, like=one, story=story, near=near)
        named = english_names(corpus, members)
        for other in draw.sample(members, min(2, len(members))):
            missed = refill(other, story=story, seed=seed, mentions=named)
            if missed:
                _add(grown, missed, like=other, story=f"{story}~other", near=None)
        length = draw.randint(0, 8)
        for other in draw.sample(members, min(3, len(members))):
            notice = shorten(other, sentences_kept=length)
            _add(grown, notice, like=other, story=f"{story}~notice", near=near)
    return grown


def shorten(article: Article, *, sentences_kept: int) -> Article:
    """Return the beginning of an article as one of its own."""
    text = "\n".join(sentences(article.text or "")[:sentences_kept])
    return replace(article, id=f"{article.id}~notice", text=text, content_hash="")


def _add(corpus: Corpus, article: Article, *, like: Article, story: str, near: str | None) -> None:
    add_article(corpus, article, like=like, of=corpus, story=story, near=near)


def add_article(
    corpus: Corpus, article: Article, *, like: Article, of: Corpus, story: str, near: str | None
) -> None:
    """Add an article in the language of another one."""
    corpus.articles.append(article)
    corpus.languages[article.id] = replace(of.languages[like.id], id=article.id)
    corpus.stories.append(story)
    corpus.ignored.append(near)


def by_story(corpus: Corpus) -> dict[str, list[Article]]:
    """Return the articles of each story."""
    stories: dict[str, list[Article]] = {}
    for article, story in zip(corpus.articles, corpus.stories, strict=True):
        stories.setdefault(story, []).append(article)
    return stories


def spoken_in(corpus: Corpus, language: str) -> list[Article]:
    """Return the articles of one language."""
    return [one for one in corpus.articles if corpus.languages[one.id].language == language]


def english_names(corpus: Corpus, members: Sequence[Article]) -> set[str]:
    """Return the folded names that the English ones among some articles mention."""
    english = [one for one in members if corpus.languages[one.id].language == "en"]
    return {name for one in english for name in names(f"{one.title}\n{one.text}")}


def refill_freely(article: Article, *, draw: random.Random, pool: Sequence[str]) -> Article:
    """Return an article of the same form with other names, numbers and half of its words."""
    made: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        said = match[0]
        if said not in made:
            if said.isdigit():
                made[said] = _other_number(said, draw) if len(said) < 9 else said
            elif said[0].isupper():
                made[said] = other_name(said, draw)
            else:
                made[said] = draw.choice(pool) if draw.random() < 0.5 else said
        return made[said]

    return replace(
        article,
        title=WORD.sub(other, article.title),
        text=WORD.sub(other, article.text),
        url=None,
        content_hash="",
    )
