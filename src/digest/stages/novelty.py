"""What a story that goes on tells anew: sentences other than those the last edition showed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from digest.ports import Encoder
from digest.records import Article, Language, Quote
from digest.stages.attempts import is_same_language
from digest.stages.retold import retold
from digest.stages.sentences import good_sentences, terms_of
from digest.stages.summarise import repeats, summarise
from digest.text import count_words

PER_ARTICLE = 40  #: sentences read of one article, as for summaries
FEWEST_WORDS = 60  #: room for what is new, where the summary itself was short


def renew(
    story: str,
    quotes: Sequence[Quote],
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    *,
    fresh: Collection[str],
    told: Collection[str],
    reader: str,
    encoder: Encoder | None = None,
) -> tuple[Quote, ...]:
    """Return sentences for a developing story, those of its summary where they are all new.

    Where one of them says again what the last edition showed, sentences are chosen anew: from the
    articles that came since, else from all, what was shown left out, and what it is about weighing
    little. The old ones stay where nothing else is to be had.

    Args:
        story: the story's id.
        quotes: the sentences of its summary.
        articles: the story's articles, the one to show first before the others.
        languages: their languages by id.
        fresh: ids of the articles that came since.
        told: the sentences of these articles that the last edition showed; with their languages,
            sentence → BCP-47, also what says the same in another one is known.
        reader: the reader's language: chosen is from articles in it, else in those of the summary.
        encoder: finds what says the same in another language; without it that goes unseen.
    """
    told = _with_retold(told, articles, languages, encoder)
    known = [terms_of(sentence) for sentence in told]
    if not any(repeats(quote.text, told, known) for quote in quotes):
        return tuple(quotes)
    spoken = {id: each.language for id, each in languages.items()}
    shown = {reader, *(spoken.get(quote.article, "und") for quote in quotes)}
    readable = [each for each in articles if spoken.get(each.id, "und") in shown]
    readable.sort(key=lambda each: not is_same_language(spoken.get(each.id, "und"), reader))
    room = max(FEWEST_WORDS, sum(count_words(quote.text) for quote in quotes))
    for candidates in ([each for each in readable if each.id in fresh], readable):
        chosen = summarise(
            story, candidates, languages, max_words=room, told=told, reader=reader
        ).sentences
        new = tuple(quote for quote in chosen if not repeats(quote.text, told, known))
        if new:
            return new
    return tuple(quotes)


def _with_retold(
    told: Collection[str],
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    encoder: Encoder | None,
) -> Collection[str]:
    """Return what was told, and the articles' sentences that say the same in another language."""
    if encoder is None or not isinstance(told, Mapping) or not told:
        return told
    sentences = [
        sentence
        for article in articles
        if article.id in languages and encoder.knows(languages[article.id].language)
        for sentence in good_sentences(article, language=languages[article.id].language)[
            :PER_ARTICLE
        ]
    ]
    known = {text: language for text, language in told.items() if encoder.knows(language)}
    return {*told, *retold(sentences, known, encoder.encode)}
