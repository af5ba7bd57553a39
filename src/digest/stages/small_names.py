"""The names in a generated sentence that have no capital: what is no word of its language.

Strict on purpose: a word in small letters is a word of the language, or one of the proofs', or it
may be a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from digest.stages.data_files import any_of, read_data
from digest.stages.ground import ELIDED, TOKEN, Ground, fold_word, folded, is_known
from digest.stages.judge import SCRIPTS, script_of
from digest.stages.ordinary import most_frequent, small_places, words_too
from digest.stages.plain_words import is_plain_word, is_told, plain_words
from digest.stages.sentences import stopwords
from digest.stages.taxonomy import load_knowledge
from digest.stages.units import find_units

FAMILY = 5  #: letters that words of one family share
WORD = re.compile(r"[^\W\d_]+")
HAS_DIGIT = re.compile(r"\d")  # a name or a figure: told elsewhere
PARTS = re.compile(r"[-'’.&+]")
LETTERS = re.compile(r"(?<!\w)[^\W\d_](?:[ .·_-]{1,2}[^\W\d_](?!\w)){2,}")
#: What a word and an apostrophe are joined with: "they'll", "hasn't".
CONTRACTED = re.compile(rf"(?:{any_of('function_words.toml', 'contracted')})$")
WIDE = frozenset({"ja", "zh"})  #: languages whose sentences have English words in small letters


def small_names(text: str, ground: Ground, base: str) -> Iterator[str]:
    """Yield what may be a name in small letters, or in letters of another script, and is new."""
    found = list(TOKEN.finditer(text))
    every = [match[0] for match in found] if base in WIDE else WORD.findall(text)
    yield from (word for word in every if _is_strange(word, ground, base))
    yield from _known_names(text, found, ground, base)
    if match := LETTERS.search(text):
        yield from () if folded(match[0]) in folded(ground.text) else (match[0],)
    for match in found if base in WIDE or is_told(base) else ():
        if match[0].islower() and not HAS_DIGIT.search(match[0]):
            yield from () if _is_word(match[0], ground, base) else (match[0],)


def _known_names(text: str, found: list[re.Match[str]], ground: Ground, base: str) -> Iterator[str]:
    """Yield known vendors and places in small letters, written in two words as well."""
    for match in found:
        word = fold_word(match[0]) if match[0].islower() else ""
        vendor = (word in _vendors() and word not in most_frequent(base)) or _is_named(match, base)
        if vendor and word not in ground.words:
            yield match[0]
        elif word and not match.start() and is_told(base) and word not in ground.words:
            yield match[0]  # no sentence begins so, save with a name
    for one, other in pairwise(found):
        both = one[0] + other[0]
        if both in _vendors() and both not in folded(ground.text).replace(" ", ""):
            yield text[one.start() : other.end()]
    for match in _places().finditer(text) if base == "en" else ():
        if match[0] not in folded(ground.text):
            yield match[0]


def _is_named(match: re.Match[str], base: str) -> bool:
    """Return whether a name that is a word too stands where a name does: "by apple"."""
    word = match[0]
    before = match.string[max(0, match.start() - 20) : match.start()]
    if word in words_too("vendors"):
        return word not in plain_words(base) or bool(_naming(base, "before_names").search(before))
    here = base == "en" and word in words_too("places")
    return here and bool(_naming(base, "before_places").search(before))


@cache
def _naming(base: str, table: str) -> re.Pattern[str]:
    """Return what stands directly before a name; a common word has an article there."""
    words = read_data("function_words.toml")[table].get(base, ())
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s?$" if words else r"(?!)", re.I)


def _is_strange(word: str, ground: Ground, base: str) -> bool:
    """Return whether a word has letters that the reader's language lacks: "gооgle"."""
    wanted = {SCRIPTS.get(base, "LATIN"), *(("LATIN",) if base in WIDE else ())}
    scripts = {script_of(letter) for letter in word if letter.isalpha()}
    return bool(scripts - wanted) and folded(word) not in folded(ground.text)


def _is_word(token: str, ground: Ground, base: str) -> bool:
    """Return whether a token is made of words of the language or of the proofs."""
    bare = token.replace("’", "'")
    if bare in stopwords(base) or bare in plain_words(base) or is_known(fold_word(token), ground):
        return True
    parts = [part for part in PARTS.split(ELIDED.sub("", CONTRACTED.sub("", bare))) if part]
    return all(_is_part(part, ground, base) for part in parts)


def _is_part(word: str, ground: Ground, base: str) -> bool:
    language = "en" if base in WIDE else base
    if len(word) == 1 or word in stopwords(base) or is_plain_word(word, language):
        return True
    if language == "en" and any(word in words_too(kind) for kind in ("vendors", "places")):
        return True
    if is_known(fold_word(word), ground) or find_units(word):
        return True
    return any(_is_kin(fold_word(word), other) for other in ground.plain_tokens)


def _is_kin(word: str, other: str) -> bool:
    """Return whether two words are of one family, or one begins or ends the other."""
    if min(len(word), len(other)) < FAMILY:
        return False
    return word[:FAMILY] == other[:FAMILY] or other.endswith(word)


@cache
def _places() -> re.Pattern[str]:
    longest = sorted(small_places(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")


@cache
def _vendors() -> frozenset[str]:
    """Return known vendors of one word in small letters, save those that are words as well."""
    names = {name.lower() for vendor in load_knowledge().vendors for name in vendor.names}
    plain = {name for name in names if name.isalpha() and len(name) > 3}
    return frozenset(plain - words_too("vendors"))
