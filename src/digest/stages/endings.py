"""The end of a thing that a vendor's notice tells in its title: "Deprecation notice: API v1"."""

from __future__ import annotations

from digest.records import Article, Quote
from digest.stages.clean import key_of
from digest.stages.genre import Genre
from digest.stages.sentences import CLOSERS
from digest.text import count_words, split_sentences

LONGEST = 8  #: words of what ends


def find_ending(article: Article, genre: Genre) -> tuple[str, Quote] | None:
    """Return what ends by a vendor's own notice, and the sentence that says it.

    None where its title tells no end, or no sentence names the thing.
    """
    speaks = article.voice == "vendor" and article.publisher
    met = genre.closing.match(article.title.strip()) if speaks else None
    thing = next((group.strip() for group in met.groups() if group), "") if met else ""
    if not thing or count_words(thing) > LONGEST:
        return None
    for start, end in split_sentences(article.text):
        text = article.text[start:end]
        if text.endswith(tuple(CLOSERS)) and key_of(thing) in key_of(text):
            return thing, Quote(text, article.id, start, end)
    return None
