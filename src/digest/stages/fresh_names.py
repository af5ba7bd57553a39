"""The names in a generated sentence that its proofs lack, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise

from digest.stages.facts import month_of
from digest.stages.figures import HAN_NUMERALS, HAN_SCALES, is_weekday
from digest.stages.ground import (
    ELIDED,
    KATAKANA,
    TOKEN,
    Ground,
    fold_word,
    folded,
    is_beside,
    is_capital,
    is_known,
)
from digest.stages.ordinary import (
    common_pairs,
    is_ordinary_noun,
    territory,
)
from digest.stages.romanise import in_latin
from digest.stages.sentences import stopwords
from digest.stages.small_names import small_names
from digest.stages.taxonomy import load_knowledge
from digest.stages.units import find_units

NOUNS_WITH_CAPITAL = frozenset({"de", "lb"})
NEAR = 8  #: characters before a word that tell whether it opens a sentence
OPENING = re.compile(r"(?:^|[.!?:;…]\s+|[\"“„«(\[–—-]\s*)$")
#: Han numerals and what they count, which are compared as figures: "三月三日".
NUMERALS = re.compile(
    rf"[{''.join((*HAN_NUMERALS['digits'], *HAN_SCALES))}{''.join(HAN_NUMERALS['dated'])}]+"
)
#: Hiragana; those inside of a word, with no common pair on either side, may be a name's.
HIRAGANA = re.compile(r"[\u3041-\u3096]{3,}")
RARE_KANA = 1
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def new_names(text: str, ground: Ground, language: str) -> Iterator[str]:
    """Yield the names of a sentence that its proofs lack, and what may be one."""
    base = language.split("-")[0]
    yield from _new_vendors(text, ground)
    yield from small_names(text, ground, base)
    yield from _new_words(text, ground, language)
    if base in ("zh", "ja"):
        yield from _new_wide(text, ground)


def _new_vendors(text: str, ground: Ground) -> Iterator[str]:
    """Yield known vendors, in any script, that no proof writes so."""
    known = folded(ground.text)
    for vendor in load_knowledge().vendors:
        for match in vendor.pattern.finditer(text):
            if folded(match[0]) not in known:
                yield match[0]


def _new_words(text: str, ground: Ground, language: str) -> Iterator[str]:
    countries = territory(text, language)
    known = countries & ground.territories
    spared = {fold_word(each) for code in known for each in countries_said(text, language, code)}
    before: re.Match[str] | None = None
    for match in TOKEN.finditer(text):
        if is_name(match[0], language, before=text[: match.start()]):
            word = fold_word(match[0])
            if word not in spared and not is_known(word, ground):
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
    opens = bool(OPENING.search(before, max(0, len(before) - NEAR)))
    return not (plainly and opens and bare.casefold() in (stopwords() | openers()))


@cache
def openers() -> frozenset[str]:
    """Return words that may open a sentence and name nothing (`digest/data/openers.txt`)."""
    text = (resources.files("digest") / "data" / "openers.txt").read_text("utf-8")
    rows = (line.split()[1:] for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for row in rows for word in row)


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
        yield from (name for name in _unknown(run, ground) if not NUMERALS.fullmatch(name))
    for run in HIRAGANA.findall(text):
        yield from _unknown(run, ground, least=RARE_KANA)


def _unknown(run: str, ground: Ground, *, least: int = 2) -> Iterator[str]:
    """Yield what stands in a row of wide characters and is neither common nor in the proofs."""
    covered = [False] * len(run)
    for place, pair in enumerate(map("".join, pairwise(run))):
        if pair in ground.text or pair in common_pairs():
            covered[place] = covered[place + 1] = True
    start = 0
    for place, is_covered in enumerate([*covered, True]):
        if is_covered:
            if place - start >= least:
                yield run[start:place]
            start = place + 1
