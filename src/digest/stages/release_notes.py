"""New things in the notes on a release, which no sentence with a subject tells."""

from __future__ import annotations

from collections.abc import Iterator

from digest.records import Article, Quote
from digest.stages.genre import Genre
from digest.stages.grammar import Grammar
from digest.stages.names import find_names, head_of
from digest.text import split_sentences

LONGEST = 6  #: words of a heading that may name a thing …
SHORTEST = 3  #: … and of one that ends like a sentence


def read_notes(article: Article, grammar: Grammar, genre: Genre) -> Iterator[tuple[Quote, str]]:
    """Give each sentence that opens as a new thing ("You can now …"), and what the thing is called.

    Its name is the short heading right before it, else a name in the sentence, else what the
    sentence says that can be done.
    """
    before = ""
    for start, end in split_sentences(article.text):
        text = article.text[start:end]
        match = genre.news.match(text.lstrip("-–•*· "))
        if match:
            rest = text.lstrip("-–•*· ")[match.end() :].rstrip(" .!。")
            labelled = match[0].rstrip().endswith((":", "："))
            if labelled and grammar.now.search(rest):
                continue  # a sentence of its own: "New: Acme now supports passkeys"
            product = _thing(rest, grammar) if labelled else before or _thing(rest, grammar)
            if product:
                yield Quote(text, article.id, start, end), product
        before = _heading(text, genre)


def _heading(text: str, genre: Genre) -> str:
    """Return what a heading names, "" where a line is none or names no thing."""
    bare = text.strip(" .:-–•*·")
    most = SHORTEST if text.endswith((".", "!")) else LONGEST
    short = len(bare.split()) <= most and bare[:1].isupper()
    return bare if short and not genre.heading.fullmatch(bare) else ""


def _thing(rest: str, grammar: Grammar) -> str:
    head = head_of(rest, grammar)
    names = find_names(head, grammar, opens=False)
    return names[0] if names else head
