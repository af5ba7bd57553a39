"""Finds who wrote an article, in what the page says and in what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from digest.backends.linked_data import texts
from digest.backends.markup import brief_text, clean, text_of
from digest.text import normalise

METAS = (
    *("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl"),
    *("sailthru.author", "citation_author", "og:author"),
)
NAMED = './/*[@itemprop="author" or @property="author" or @property="schema:author"]'
LABELS = ("twitter:label1", "twitter:label2")  # as plug-ins write them: "Written by", and who
BY = re.compile(
    r"^(?:(?:written |text )?by|von|par|por|di|da|door|av|af|przez|od|от|text(?:e|o)?:?"
    r"|autor(?:in|a|ka)?|author|auteure?|autore|автор|yazan|penulis|tác giả"
    r"|作者|撰文|文|記者|著者|執筆|取材・文)[:：\s]\s*",
    re.I,
)
AFTER = re.compile(r"\s*\([^)]*\)\s*$|\s*(?:記者|기자|編集部員)$")
ADDRESS = re.compile(r"https?://|www\.|@\w+\.|\.html?\b|/")
BETWEEN = re.compile(
    r"\s*[;|、，]\s*|\s+/\s+|\s*,\s+(?!(?:jr|sr|phd|md|esq|m\.d|ph\.d)\b)"
    r"|\s+(?:and|und|et|y|e|en|og|och|&)\s+(?=[^\W\d_])",
    re.I,
)
# Where pages show their authors: words in class, rel and itemprop, and in the author's address.
MARK = re.compile(r"author|byline|autor(?!i[sz])|auteur|verfasser|redakteur|reporter-name", re.I)
NOT_HERE = re.compile(
    r"comment|related|teaser|recommend|avatar|bio|footer|social|share|follow", re.I
)
LINK = re.compile(
    r"/(?:authors?|autor(?:en|es|i|e)?|auteurs?|redaktion|staff|people|profiles?|contributors?"
    r"|journalists?|columnists?|reporters?|redakteure?|autor[a-z]*)/[^/]",
    re.I,
)
# A byline that is not marked as one: "14.03.2025 | Autor: Jörg Weiß", "By Ann Lee, March 14, 2025".
NAME = r"(?:[^\W\d_a-z][\w.'’-]*|(?:de|da|di|van|von|der|den|del|la|le|dos|af|al|bin)\b)"
WRITTEN = re.compile(
    r"(?:^|[|·•,]\s*)(?i:by|von|par|por|di|door|av|af|autor(?:in|a|ka)?\s?:|auteure?\s?:|autore\s?:"
    r"|автор\s?:|text\s?:|written by)\s+"
    rf"({NAME}(?:\s{NAME}){{1,3}})\s*(?=$|[|·•,(–])"
)
WRITING = re.compile(
    r"^(?:written|by|verfasst|geschrieben|von|écrit|par|escrito|por|scritto|da|geschreven|door"
    r"|author|autor|auteur|автор|skrivet|av|yazan|執筆者|作者|글쓴이)\b",
    re.I,
)
LINE = 120  # characters of a byline with its date, at most
PEOPLE = 8  #: shown names, at most: more is a list of the staff
TEXT = 150  #: characters from which a paragraph is the article's own


def authors_of(
    tree: Any, *, article: dict[str, Any], metas: dict[str, list[str]], names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the authors' names: of JSON-LD, else of meta elements, else as the page shows them.

    A statement that names nobody but the site itself (`names`) counts only where no other does.
    """
    sites = {normalise(name) for name in names}
    weak: tuple[str, ...] = ()
    for told in _statements(tree, article, metas):
        found = clean_names(told)
        if found and not sites.issuperset(map(normalise, found)):
            return found
        weak = weak or found
    return weak


def clean_names(told: list[str]) -> tuple[str, ...]:
    """Return names one by one, without "By", notes in brackets and addresses; none twice."""
    names: dict[str, str] = {}
    for text in told[:30]:
        for part in BETWEEN.split(unescape(text)[:300]):
            name = AFTER.sub("", BY.sub("", clean(part))).strip(" ,.-–:|")
            if name and len(name) < 80 and not ADDRESS.search(name) and _has_letters(name):
                names.setdefault(normalise(name), name)
    return tuple(names.values())


def _statements(
    tree: Any, article: dict[str, Any], metas: dict[str, list[str]]
) -> Iterator[list[str]]:
    yield texts(article.get("author")) or texts(article.get("creator"))
    yield [name for key in METAS[:1] for name in metas.get(key, ())]
    yield [name for key in METAS[1:] for name in metas.get(key, ())]
    yield [text_of(node) for node in tree.xpath(NAMED)[:PEOPLE]]
    yield _shown(tree)
    yield _labelled(metas)
    yield _written(tree)


def _labelled(metas: dict[str, list[str]]) -> list[str]:
    """Return what stands below a label that says who has written: cards of messages have such."""
    told = ((metas.get(name, [""])[0], metas.get(name.replace("label", "data"))) for name in LABELS)
    return next((data for label, data in told if data and WRITING.search(label)), [])


def _written(tree: Any) -> list[str]:
    """Return the name in the first short text at the headline that says by whom it is."""
    below = False
    for node in tree.iter("h1", "p", "div", "span", "li", "em", "small", "b", "strong"):
        below = below or node.tag == "h1"
        if below and node.tag == "p" and len(text_of(node)) > TEXT:
            return []
        text = brief_text(node, most=LINE) if below and node.tag != "h1" else ""
        if text and (found := WRITTEN.search(text)):
            return [found[1]]
    return []


def _shown(tree: Any) -> list[str]:
    """Return the names in the page's first byline: short texts in places marked so."""
    found: list[str] = []
    for node in tree.iter("a", "span", "div", "p", "li", "address", "cite"):
        if found and node.tag == "p" and len(text_of(node)) > TEXT:
            break  # the article has begun: what follows are boxes about people
        text = text_of(node) if len(node) < 4 and _is_innermost(node) else ""
        if text and len(text) < 60 and not any(map(str.isdigit, text)) and _looks_like_name(text):
            found.append(text)
    return found if len(found) <= PEOPLE else []


def _is_innermost(node: Any) -> bool:
    return _is_marked(node) and not any(
        _is_marked(inner) for inner in node.iterdescendants("a", "span", "li", "cite")
    )


def _is_marked(node: Any) -> bool:
    words = f"{node.get('class') or ''} {node.get('rel') or ''} {node.get('itemprop') or ''}"
    if NOT_HERE.search(words):
        return False
    if node.tag == "a" and LINK.search(node.get("href") or ""):
        return True
    return bool(MARK.search(words))


def _looks_like_name(text: str) -> bool:
    words = BY.sub("", text).split()
    return (
        1 <= len(words) <= 8 and not words[0][:1].islower() and not text.endswith((".", ":", "!"))
    )


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))
