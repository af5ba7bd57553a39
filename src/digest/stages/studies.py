"""A study that a sentence cites by its title and by who made it, in any order of words."""

from __future__ import annotations

import re

from digest.records import Article
from digest.stages.clean import key_of, readied
from digest.stages.grammar import Grammar
from digest.stages.names import QUOTED, find_names
from digest.stages.ordinary import is_common_ending, is_frequent_in
from digest.stages.sentences import stopwords
from digest.stages.spaced import Found
from digest.stages.taxonomy import load_knowledge
from digest.stages.tense import is_past
from digest.stages.told import Told
from digest.stages.wide import QUOTED as QUOTED_WIDE

TITLE = re.compile(r"[\"“„«‹‘]\s?([^\"“”„«»‹›‘]{3,80}?)\s?[\"”“»›’]")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LONGEST = 8  #: words of a title behind its first name
NEAR = 60  #: characters between a study's title and the word for it
BETWEEN = 2  #: words between "institute" and the name at most
FARTHEST = 50  #: characters after it in which the name stands


def study_in(sentence: str, grammar: Grammar, year: str) -> list[Found]:
    """Return the study of a sentence that cites it: who made it, its title, and "study".

    "Only 3 percent, according to “Visits 2026”, the report that the consultancy Acme released".
    """
    if grammar.condition.match(sentence) or is_past(sentence, grammar, year):
        return []
    for noun in grammar.study.finditer(sentence):
        title = _title(sentence, noun)
        maker = _maker(sentence, title, grammar) if title else ""
        if maker:
            return [(maker, title, "study")]
    return []


def is_cited_aside(told: Told, article: Article, grammar: Grammar, *, lead: int) -> bool:
    """Return whether a study without a title is only cited in news of something else.

    Such a study is news where the first sentence tells it, or where the title names who made it or
    calls it a study; further down it backs what somebody says.

    Args:
        told: what is read.
        article: where it stands.
        grammar: the phrases of its language.
        lead: where the first sentence ends, in characters.
    """
    if told.event != "study" or told.product or told.proof.start < lead:
        return False
    objects = (pattern for event, pattern in grammar.objects if event == "study")
    title = article.title
    called = any(one.search(title) for one in (grammar.study, *objects))
    return not called and key_of(told.vendor) not in key_of(title)


def title_of(product: str, text: str, grammar: Grammar) -> str:
    """Return a study's product where it names or describes it, "" for a mere part of a sentence.

    A title is quoted, has a number, or is a name; "survey on consent banners" says its subject.
    "Study of 2", "menée auprès" and 2000人の are parts of what says whom it asked.

    Args:
        product: what is read as the study.
        text: its sentence.
        grammar: the phrases of its language.
    """
    product = _to_its_year(product, text, grammar)
    quoted = QUOTED_WIDE if grammar.wide else QUOTED
    if any(match[1].strip(" ,.") == product for match in quoted.finditer(readied(text))):
        return product
    if grammar.wide:
        counted = re.search("|".join(load_knowledge().names["wide"]["people"]), product)
        bare = any(pattern.fullmatch(product) for _, pattern in grammar.objects)
        return "" if counted or bare else product
    if grammar.about.search(product) or YEAR.search(product):
        return product
    words = " ".join(find_names(product, grammar, opens=False)).split()
    nouns = (is_frequent_in(word, "de") or is_common_ending(word) for word in words)
    plain = grammar.language == "de" and all(nouns)
    return "" if plain or not words else product


def _to_its_year(product: str, text: str, grammar: Grammar) -> str:
    """Return a title with what it goes on with up to its year: "Barómetro de la Publicidad 2026".

    Between its names stand only words of grammar.
    """
    after = text.partition(product)[2] if product[:1].isupper() and not grammar.wide else ""
    words = after.split()[:LONGEST]
    ends = (n for n, word in enumerate(words) if n and YEAR.match(word))
    rest = words[: next(ends, 0)]
    little = stopwords(grammar.language)
    whole = rest and all(word[0].isupper() or word in little for word in rest)
    if not whole or not rest[-1].isalpha() or rest[-1] in little or after[:1] != " ":
        return product
    return " ".join([product, *rest, words[len(rest)][:4]])


def _title(sentence: str, noun: re.Match[str]) -> str:
    """Return the quoted title beside the word for a study."""
    for match in TITLE.finditer(sentence):
        apart = max(match.start() - noun.end(), noun.start() - match.end())
        name = match[1].strip(" ,.")
        if apart <= NEAR and (name[:1].isupper() or name[:1].isdigit()):
            return name
    return ""


def _maker(sentence: str, title: str, grammar: Grammar) -> str:
    """Return the name after "institute", "consultancy" or the like, or after "by"."""
    for pattern in (grammar.institute, grammar.by):
        for match in pattern.finditer(sentence):
            rest = sentence[match.end() :][:FARTHEST]
            names = [name for name in find_names(rest, grammar, opens=False) if name not in title]
            if names and len(rest[: rest.find(names[0])].split()) <= BETWEEN:
                return names[0]
    return ""
