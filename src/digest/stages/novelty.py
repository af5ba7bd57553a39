"""What a story that goes on tells anew: sentences other than those the last edition showed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from digest.records import Article, Language, Quote
from digest.stages.attempts import is_same_language
from digest.stages.sentences import terms_of
from digest.stages.summarise import repeats, summarise
from digest.text import count_words

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
        told: the sentences of these articles that the last edition showed.
        reader: the reader's language: chosen is from articles in it, else in those of the summary.
    """
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
