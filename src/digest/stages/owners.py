"""Whose a product is that closes, where a text says it: "its owner Acme"."""

from __future__ import annotations

from digest.records import Article
from digest.stages.clean import clean_name, key_of
from digest.stages.grammar import Grammar
from digest.stages.names import find_names
from digest.stages.protagonist import find_owner
from digest.text import split_sentences

OPENING = 6  #: sentences that may name an owner
BETWEEN = 4  #: words between "its owner" and the name at most: ", the group"
FARTHEST = 60  #: characters after it in which the name stands


def owner_told(name: str, article: Article, grammar: Grammar) -> str:
    """Return who owns or runs what has a name, as the opening tells it; "" where it does not."""
    if grammar.wide:
        found = find_owner(article, grammar)
        return found if key_of(found) != key_of(name) else ""
    for start, end in split_sentences(article.text)[:OPENING]:
        text = article.text[start:end]
        for match in grammar.owner.finditer(text):
            found = _first(text[match.end() :][:FARTHEST], grammar)
            if found and key_of(found) not in key_of(name):
                return found
    return ""


def _first(rest: str, grammar: Grammar) -> str:
    """Return the name that opens a phrase, after an article or a word for a company at most."""
    names = find_names(rest, grammar, opens=False)
    near = bool(names) and len(rest[: rest.find(names[0])].split()) <= BETWEEN
    return clean_name(names[0]) if near else ""
