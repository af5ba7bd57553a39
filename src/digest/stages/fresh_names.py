"""The names in a generated sentence that its proofs lack, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise

from digest.stages.data_files import any_of, read_data
from digest.stages.facts import month_of
from digest.stages.figures import is_weekday
from digest.stages.ground import (
    ELIDED,
    KATAKANA,
    TOKEN,
    Ground,
    fold_word,
    folded,
    is_beside,
    is_capital,
)
from digest.stages.ordinary import (
    common_pairs,
    frequent_in,
    is_frequent_in,
    is_ordinary_noun,
    small_places,
    territory,
    words_too,
)
from digest.stages.romanise import in_latin
from digest.stages.sentences import stem, stopwords
from digest.stages.spelled import number_words
from digest.stages.taxonomy import load_knowledge
from digest.stages.units import find_units

#: Languages in which a rare word in small letters where a name may stand has to be a source's:
#: "led by karl ottens".
SMALL_RARE = frozenset({"en"})
NAMING = re.compile(rf"\b(?:{any_of('function_words.toml', 'before_names')})\s(?:(\w+)\s)?$")
FAMILY = 5  #: letters that words of one family share
PREFIXES: tuple[str, ...] = tuple(read_data("function_words.toml")["prefixes"]["en"])
NOUNS_WITH_CAPITAL = frozenset({"de", "lb"})
OPENING = re.compile(r"(?:^|[.!?:;…]\s+|[\"“„«(\[–—-]\s*)$")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def new_names(text: str, ground: Ground, language: str) -> Iterator[str]:
    """Yield the names of a sentence that its proofs lack, and what may be one."""
    base = language.split("-")[0]
    yield from _new_vendors(text, ground)
    yield from _new_small(text, ground, base)
    yield from _new_words(text, ground, language)
    if base in ("zh", "ja"):
        yield from _new_wide(text, ground)


def _new_vendors(text: str, ground: Ground) -> Iterator[str]:
    """Yield known vendors, in any script, that no proof writes so."""
    for vendor in load_knowledge().vendors:
        for match in vendor.pattern.finditer(text):
            if folded(match[0]) not in folded(ground.text):
                yield match[0]


def _new_small(text: str, ground: Ground, base: str) -> Iterator[str]:
    """Yield known vendors, and in English places, that are written in small letters."""
    for match in TOKEN.finditer(text):
        if match[0] in _small_vendors() and fold_word(match[0]) not in ground.words:
            yield match[0]
    for match in _small_places().finditer(text) if base == "en" else ():
        if match[0] not in folded(ground.text):
            yield match[0]
    for match in TOKEN.finditer(text) if base in SMALL_RARE else ():
        before = NAMING.search(text, 0, match.start())
        if before and before[1] not in stopwords(base) and is_rare(match[0], base):
            yield from () if _is_known(fold_word(match[0]), ground) else (match[0],)


def is_rare(word: str, base: str) -> bool:
    """Return whether a word in small letters is none of the commonest, nor of their family."""
    if not (word.isascii() and word.isalpha() and word.islower() and len(word) > 3):
        return False
    if word in number_words(base) or is_frequent_in(word, base) or word[:FAMILY] in _families(base):
        return False
    return not any(is_frequent_in(word.removeprefix(each), base) for each in PREFIXES)


@cache
def _families(base: str) -> frozenset[str]:
    return frozenset(word[:FAMILY] for word in frequent_in(base) if len(word) >= FAMILY)


@cache
def _small_places() -> re.Pattern[str]:
    longest = sorted(small_places(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")


@cache
def _small_vendors() -> frozenset[str]:
    """Return known vendors of one word in small letters, save those that are words as well."""
    names = {name.lower() for vendor in load_knowledge().vendors for name in vendor.names}
    plain = {name for name in names if name.isascii() and name.isalpha() and len(name) > 3}
    return frozenset(plain - words_too("vendors"))


def _new_words(text: str, ground: Ground, language: str) -> Iterator[str]:
    countries = territory(text, language)
    known = countries & ground.territories
    spared = {fold_word(each) for code in known for each in countries_said(text, language, code)}
    before: re.Match[str] | None = None
    for match in TOKEN.finditer(text):
        if is_name(match[0], language, before=text[: match.start()]):
            word = fold_word(match[0])
            if word not in spared and not _is_known(word, ground):
                yield match[0]
            elif before and is_beside(before, match) and not _is_pair(before[0], match[0], ground):
                yield f"{before[0]} {match[0]}"
            before = match
        else:
            if before and is_beside(before, match) and re.fullmatch(r"\d{1,3}(?:\.\d+)*", match[0]):
                pair = (fold_word(before[0]), fold_word(match[0]))
                if pair not in ground.pairs and before[0].casefold() not in MAY_COUNT:
                    yield f"{before[0]} {match[0]}"  # another version
            before = None


@cache
def _titled() -> re.Pattern[str]:
    """Return what finds a name of two characters with what follows names of firms and persons."""
    behind = "|".join(load_knowledge().names["titled"])
    return re.compile(rf"([\u3400-\u9fff\u30a1-\u30fc]{{2}})(?={behind})")


#: Written like names before a number that they count: "USD 40".
MAY_COUNT = frozenset({"usd", "eur", "gbp", "jpy", "cny", "krw", "inr", "rmb", "chf"})


def countries_said(text: str, language: str, code: str) -> Iterator[str]:
    """Yield the words under which a text names a country."""
    for phrase in territory(text, language, phrases=True):
        if phrase.startswith(f"{code}:"):
            yield from phrase.removeprefix(f"{code}:").split()


def is_name(word: str, language: str, *, before: str) -> bool:
    """Return whether a word may be a name, `before` being what stands before it."""
    bare = ELIDED.sub("", word)
    if not any(letter.isalpha() for letter in bare):
        return False
    base = language.split("-")[0]
    if bare.casefold() in stopwords(base) and not bare[1:].isupper():
        return False
    if not is_capital(bare):
        return False
    if month_of(bare) or is_weekday(bare) or find_units(bare):
        return False  # compared as dates and figures: "Prozent" names nobody
    if base == "en" and bare == "I":
        return False
    plainly = bare[1:].islower() and not any(letter.isdigit() for letter in bare)
    if base in NOUNS_WITH_CAPITAL and plainly and is_ordinary_noun(bare, before, base):
        return False
    opens = bool(OPENING.search(before))
    return not (plainly and opens and bare.casefold() in (stopwords() | openers()))


@cache
def openers() -> frozenset[str]:
    """Return words that may open a sentence and name nothing (`digest/data/openers.txt`)."""
    text = (resources.files("digest") / "data" / "openers.txt").read_text("utf-8")
    rows = (line.split()[1:] for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for row in rows for word in row)


def _is_known(word: str, ground: Ground) -> bool:
    if word in ground.words or stem(word) in ground.words:
        return True
    parts = [part for part in re.split(r"[-&/+]", word) if part]
    return len(parts) > 1 and all(part in ground.words for part in parts)


def _is_pair(before: str, word: str, ground: Ground) -> bool:
    """Return whether two names beside each other may stand so: "John Smith" is neither's name."""
    pair = (fold_word(before), fold_word(word))
    return pair in ground.pairs or pair[0] in ground.alone or pair[1] in ground.alone


def _new_wide(text: str, ground: Ground) -> Iterator[str]:
    for run in KATAKANA.findall(text):
        common = all(pair in common_pairs() for pair in map("".join, pairwise(run)))
        if run not in ground.text and in_latin(run) not in ground.words and not common:
            yield run
    for match in _titled().finditer(text):
        if match[1] not in ground.text:
            yield match[1]
    for run in HAN.findall(text):
        yield from _unknown(run, ground)


def _unknown(run: str, ground: Ground) -> Iterator[str]:
    """Yield what stands in a row of Han characters and is neither common nor in the proofs."""
    covered = [False] * len(run)
    for place, pair in enumerate(map("".join, pairwise(run))):
        if pair in ground.text or pair in common_pairs():
            covered[place] = covered[place + 1] = True
    start = 0
    for place, is_covered in enumerate([*covered, True]):
        if is_covered:
            if place - start >= 2:
                yield run[start:place]
            start = place + 1
