"""The sentences of an article that may be quoted, and the terms that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from digest.records import Article
from digest.stages.data_files import read_data
from digest.stages.leaning import is_personal, leans, says_we
from digest.stages.orders import orders_in
from digest.text import CJK, WORD, count_words, split_sentences

FEWEST_WORDS = 5  #: shorter is a heading, a caption or a fragment
MOST_WORDS = 70  #: longer is a list or a table that lost its lines
CLOSERS = ".!?…。！？｡؟।\"'”’»」』）)]"
BRACKETS = (("「", "」"), ("『", "』"))  #: quotation marks that tell which end they are
MARKS = '"“”„«»'  #: which of these opens and which closes depends on the language
NOWHERE = -1  #: what a sentence leans on that no sentence of the article makes clear
KANA = re.compile(r"[\u3040-\u309f]")
#: What a plural or a case adds, in the order in which it is tried.
ENDINGS = tuple(read_data("function_words.toml")["endings"]["every"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be quoted."""

    text: str
    article: str
    start: int
    end: int
    order: int  #: place among the article's good sentences, from 0
    rank: int  #: place of its article in the story: 0 is the lead
    words: int
    language: str
    terms: frozenset[str]
    #: Where the sentence begins without which this one says little, `NOWHERE` where none helps;
    #: None where it stands alone.
    leans_on: int | None = None
    says_we: bool = False  #: whether it speaks of "us", whom it doesn't name


def good_sentences(article: Article, *, rank: int = 0, language: str = "und") -> list[Sentence]:
    """Return the sentences of an article that may be quoted, in order.

    Left out: boilerplate, whatever follows a heading such as "About Acme" or "Press contact",
    headings, fragments, repetitions and orders to a machine that reads ("ignore the instructions
    above"); and, where there are others, half a quotation.
    """
    orders = orders_in(article.text)
    kept: list[Sentence] = []
    seen: set[str] = set()
    before: int | None = None
    for start, end in split_sentences(article.text):
        text, last, before = article.text[start:end], before, start
        if kept and _matches(text, "heading", whole=True):
            break
        if text in seen or start in orders or not is_quotable(text):
            continue
        seen.add(text)
        place, words = len(kept), count_words(text)
        on = last if place and leans(text, language) else None
        on = NOWHERE if is_personal(text, language) else on
        terms = terms_of(text)
        we = says_we(text, language)
        kept.append(
            Sentence(text, article.id, start, end, place, rank, words, language, terms, on, we)
        )
    return [sentence for sentence in kept if is_balanced(sentence.text)] or kept


def is_balanced(text: str) -> bool:
    """Return whether each quotation that a sentence opens ends in it, and each that ends began."""
    pairs = all(text.count(opening) == text.count(closing) for opening, closing in BRACKETS)
    return pairs and sum(map(text.count, MARKS)) % 2 == 0


def is_quotable(text: str) -> bool:
    """Return whether a sentence is whole, of a fair length and no boilerplate."""
    if not FEWEST_WORDS <= count_words(text) <= MOST_WORDS or text[-1] not in CLOSERS:
        return False
    return not (_matches(text, "start") or _matches(text, "anywhere"))


def _matches(text: str, key: str, *, whole: bool = False) -> bool:
    pattern = boilerplate()[key]
    bare = text.strip(" \t*#•■◆【】").strip()
    if key == "anywhere":
        return bool(pattern.search(bare))
    return bool(pattern.match(bare)) and (not whole or len(bare) < 90)


@cache
def boilerplate() -> dict[str, re.Pattern[str]]:
    """Return the patterns of `data/boilerplate.toml`, one for each of its keys."""
    rows = read_data("boilerplate.toml")
    return {key: re.compile("|".join(f"(?:{row})" for row in rows[key]), re.I) for key in rows}


@cache
def stopwords(language: str | None = None) -> frozenset[str]:
    """Return the function words of a language, or of all of them, lower case."""
    lines = _data("stopwords.txt").splitlines()
    rows = dict(zip(lines[2::2], lines[3::2], strict=True))
    if language is not None:
        return frozenset(rows.get(f"# {language}", "").split())
    return frozenset(word for row in rows.values() for word in row.split())


def _data(name: str) -> str:
    return (resources.files("digest") / "data" / name).read_text("utf-8")


def terms_of(text: str) -> frozenset[str]:
    """Return what a sentence is about: content words, and pairs of Han or Katakana characters."""
    words = [match[0].casefold() for match in WORD.finditer(text)]
    return frozenset([*_words(words), *_pairs(text)])


def _words(words: list[str]) -> Iterator[str]:
    for word in words:
        bare = re.sub(r"['’]s$", "", word).split("’")[-1].split("'")[-1]
        if len(bare) > 1 and not CJK.search(bare) and bare not in stopwords():
            yield stem(bare)


def _pairs(text: str) -> Iterator[str]:
    for first, second in pairwise(text):
        if CJK.match(first) and CJK.match(second) and not KANA.search(first + second):
            yield first + second


def stem(word: str) -> str:
    """Return the word without the commonest endings, so that singular meets plural.

    A light stemmer on purpose: one rule for all languages written with letters, after the "S"
    stemmer of Harman (1991); figures stay as they are.
    """
    if word[0].isdigit() or len(word) < 5:
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
