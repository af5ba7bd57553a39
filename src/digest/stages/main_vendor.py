"""Whom an article is about, whatever happened to them: its main vendors, known or not."""

from __future__ import annotations

from digest.records import Article
from digest.stages.authorities import is_authority
from digest.stages.grammar import grammar_for
from digest.stages.protagonist import find_protagonist, is_maker
from digest.stages.taxonomy import Knowledge
from digest.text import split_sentences


def main_vendors(article: Article, language: str, knowledge: Knowledge) -> frozenset[str]:
    """Return the vendors that an article is about, by the names of the gazetteer.

    Those that its title names, else its first sentence; where the gazetteer knows none, the name
    that title and text share, if it may be a vendor's and is no authority's.

    Args:
        article: of whatever kind: a fine, a breach and an outage are about a vendor, too.
        language: of the article.
        knowledge: has the gazetteer, and the names of authorities.
    """
    first = next((article.text[start:end] for start, end in split_sentences(article.text)), "")
    for text in (article.title, first):
        known = {one.name for one in knowledge.vendors.near(text) if one.pattern.search(text)}
        if known:
            return frozenset(known)
    grammar = grammar_for(language)
    name = find_protagonist(article, grammar)
    if grammar is None or not name or not is_maker(name, article, grammar, knowledge):
        return frozenset()
    is_public = is_authority(name, article.title, language, knowledge)
    return frozenset() if is_public else frozenset({name})
