"""How else the articles of a launch record call its product: in other letters, or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from digest.records import Article, Language
from digest.stages.clean import POSSESSIVE, clean_name, is_wide, key_of, script_of
from digest.stages.grammar import grammar_for
from digest.stages.romanise import in_latin
from digest.stages.sentences import stopwords
from digest.stages.tellings import Telling
from digest.stages.voting import is_quoted

Name = tuple[str, str]  #: a name, and the language of the article that writes it
NUMBERED = re.compile(r"(?P<name>\D+?)\s*(?P<number>[\d.]*)")  #: 潮汐2
FEWEST = 4  #: Latin letters below which a word in a text may be there by chance
WORDS = 2  #: before the noun, at most, in what a headline calls a thing


def other_names(
    product: str,
    event: str,
    *,
    tellings: Sequence[Telling],
    told: Sequence[Article],
    languages: Mapping[str, Language],
) -> tuple[Name, ...]:
    """Return what a record's articles call its product, each name once with its language.

    Its tellings' names come first. For one in Han characters or kana follow the words of its
    articles that spell it in Latin letters (潮汐: "Chaoxi"); for mere words in Han characters that
    no article puts in quotation marks, what a headline in a language with spaces calls the same
    kind of thing (智能体接口: "agent interface").

    Args:
        product: the record's name of it.
        event: the record's.
        tellings: of one thing, the founding article's first.
        told: the record's articles, in their order.
        languages: of the articles, by id.
    """
    said = [(_name_in(one), _tag(one.article, languages)) for one in tellings]
    names = [name for name in dict.fromkeys(said) if name[0]]
    if is_wide(product) and not _are_some_latin(names):
        names += _spelled(product, told, languages)
    if script_of(product) == "han" and not _are_some_latin(names):
        texts = [f"{one.title}\n{one.text}" for one in told]
        if not is_quoted([name for name, _ in names], texts):
            names += _described(event, told, languages)
    return tuple(dict.fromkeys(names))


def _name_in(one: Telling) -> str:
    return clean_name(one.launch.product) or one.launch.product


def _tag(article: Article, languages: Mapping[str, Language]) -> str:
    return languages[article.id].language if article.id in languages else "und"


def _are_some_latin(names: Sequence[Name]) -> bool:
    return any(name and not is_wide(name) for name, _ in names)


def _spelled(
    product: str, told: Sequence[Article], languages: Mapping[str, Language]
) -> Iterator[Name]:
    """Give the words of articles that spell a name in Latin letters, with its number."""
    parts = NUMBERED.fullmatch(product)
    latin = key_of(in_latin(parts["name"])) if parts else ""
    if parts is None or len(latin) < FEWEST or is_wide(latin):
        return
    number = rf"\s?{re.escape(parts['number'])}" if parts["number"] else ""
    spelling = re.compile(rf"(?<!\w){latin}{number}(?!\w)", re.I)
    for article in told:
        found = (match[0] for match in spelling.finditer(f"{article.title}\n{article.text}"))
        name = next((each for each in found if each[0].isupper()), "")
        if name:
            yield name, _tag(article, languages)


def _described(
    event: str, told: Sequence[Article], languages: Mapping[str, Language]
) -> Iterator[Name]:
    """Give what headlines call a thing of an event's kind: "Acme's agent interface is here"."""
    for article in told:
        grammar = grammar_for(_tag(article, languages))
        if grammar is None or grammar.wide:
            continue
        owned = POSSESSIVE.match(article.title)
        title = owned[2] if owned else article.title
        kinds = (pattern for kind, pattern in grammar.objects if kind == event)
        match = next(filter(None, (pattern.search(title) for pattern in kinds)), None)
        before = _words_before(title[: match.start()], grammar.language) if match else []
        if match and before:
            yield " ".join([*before, match[0]]), _tag(article, languages)


def _words_before(text: str, language: str) -> list[str]:
    """Return the last common words of a text, up to one that is no part of a description."""
    kept: list[str] = []
    for word in reversed(text.split()):
        if len(kept) == WORDS or not word.isalpha() or not word.islower():
            break
        if word in stopwords(language):
            break
        kept.insert(0, word)
    return kept
