"""What is written like a name and is none: German nouns, countries, common pairs of characters."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from digest.stages.data_files import read_data

OTHERS = ("en", "fr")  # in whose lists names stand too
GERMAN: Mapping[str, list[str]] = read_data("function_words.toml")["german_nouns"]
ENDING = re.compile(f"(?:{'|'.join(GERMAN['endings'])})(?:{'|'.join(GERMAN['cases'])})?$")
ARTICLE = re.compile(
    rf"\b(?:{'|'.join(GERMAN['articles'])})\s(?:{GERMAN['adjective'][0]}\s){{0,2}}$", re.I
)
VERY = 500  #: of the commonest words
REACH = 120  #: characters before a noun in which its article stands
COUNTRY = re.compile(r"[A-Z]{2}|001|150|019|EU")


def is_ordinary_noun(word: str, before: str, language: str) -> bool:
    """Return whether a capitalised German word is surely a noun and no name.

    It is a common word of the language and of no other (a name is written alike in all:
    "Amazon"), none of the names that we know, and has the ending or the article of a noun.

    Args:
        word: the word.
        before: what stands before it in the sentence.
        language: "de".
    """
    lower = word.casefold()
    if not lower.isalpha() or lower in german_names() or lower in _country_words(language):
        return False
    if not (ENDING.search(lower) or _ends_with_article(before)):
        return False
    return _is_only(lower, language) or any(
        _is_only(lower[cut:], language) and lower[:cut].removesuffix("s") in _words_of(language)
        for cut in range(4, len(lower) - 3)
    )


def is_common_ending(word: str) -> bool:
    """Return whether a German word ends as a noun does, or with one: "Segmentierungswerkzeug"."""
    lower = word.casefold()
    ends = (lower[cut:] for cut in range(1, len(lower) - 3))
    return ENDING.search(lower) is not None or any(_is_only(end, "de") for end in ends)


def is_plain_noun(word: str, text: str) -> bool:
    """Return whether a German text has a frequent noun with its article: "die Oberfläche"."""
    lower, place = word.casefold(), text.find(word)
    known = lower in german_names() or not _is_only(lower, "de")
    return place > 0 and not known and _ends_with_article(text[:place])


def _ends_with_article(before: str) -> bool:
    """Return whether a text ends with an article, maybe with adjectives: "die neue ".

    Looked for near the end alone: from each place of a long text would take its square.
    """
    return ARTICLE.search(before, max(0, len(before) - REACH)) is not None


def _is_only(word: str, language: str) -> bool:
    return word in _words_of(language) and not any(word in _words_of(each) for each in OTHERS)


@cache
def german_names() -> frozenset[str]:
    """Return names that are also German words (`digest/data/german_names.txt`)."""
    text = (resources.files("digest") / "data" / "german_names.txt").read_text("utf-8")
    rows = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for row in rows for word in row.split())


@cache
def _country_words(language: str) -> frozenset[str]:
    return frozenset(word for name in _territories(language)[1] for word in name.split())


@cache
def _words_of(language: str) -> frozenset[str]:
    return frozenset(_lists().get(language, "").split())


def is_frequent(word: str) -> bool:
    """Return whether a word is one of the commonest of some language."""
    return word.casefold() in _every_word()


def is_frequent_in(word: str, language: str) -> bool:
    """Return whether a word is one of the commonest of a language, or of one of its variants."""
    folded = word.casefold()
    return folded in _words_of(language) or folded in _words_of(language.split("-")[0])


def frequent_in(language: str) -> frozenset[str]:
    """Return the commonest words of a language."""
    return _words_of(language)


@cache
def most_frequent(language: str) -> frozenset[str]:
    """Return the very commonest words of a language, among which no vendor is: "roku" in Czech."""
    return frozenset(_lists().get(language, "").split()[:VERY])


def is_compound(word: str, language: str) -> bool:
    """Return whether a word begins or ends with a common one: "Datenschutzbehörde"."""
    lower, known = word.casefold(), _words_of(language)
    cuts = range(4, len(lower) - 3)
    return any(lower[cut:] in known or (cut > 4 and lower[:cut] in known) for cut in cuts)


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for row in _lists().values() for word in row.split())


@cache
def _lists() -> dict[str, str]:
    """Return the commonest words by language (`digest/data/frequent_words.txt.xz`)."""
    file = resources.files("digest") / "data" / "frequent_words.txt.xz"
    rows = lzma.decompress(file.read_bytes()).decode("utf-8").splitlines()
    return dict(row.split(" ", 1) for row in rows if row and not row.startswith("#"))


@cache
def common_pairs() -> frozenset[str]:
    """Return the common pairs of wide characters (`digest/data/common_words.tsv`)."""
    text = (resources.files("digest") / "data" / "common_words.tsv").read_text("utf-8")
    words = (line.split("\t")[0] for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for word in words if len(word) == 2 and ord(word[0]) >= 0x3040)


def territory(text: str, language: str, *, phrases: bool = False) -> frozenset[str]:
    """Return the codes of the countries that a text names; `phrases`: as "code:words said"."""
    pattern, codes = _territories(language.split("-")[0])
    found = {match[1]: codes[match[1].casefold()] for match in pattern.finditer(text)}
    if phrases:
        return frozenset(f"{code}:{said}" for said, code in found.items())
    return frozenset(found.values())


def is_country(name: str, language: str) -> bool:
    """Return whether a name is that of a country or region, and of nothing else."""
    pattern, _ = _territories(language.split("-")[0])
    return pattern.fullmatch(name) is not None


@cache
def small_places() -> frozenset[str]:
    """Return countries and the cities of time zones in small English letters, without accents.

    Left out are those that are words as well: "turkey", "jordan", "chad".
    """
    from babel import Locale
    from babel.core import get_global

    english = Locale("en")
    countries = (name for code, name in english.territories.items() if COUNTRY.fullmatch(code))
    cities = (zone.split("/")[-1] for zone in get_global("zone_territories") if "/" in zone)
    every = {name.lower().replace("_", " ") for name in (*countries, *cities)}
    plain = {name for name in every if name.isascii() and name.replace(" ", "").isalpha()}
    return frozenset(name for name in plain - words_too("places") if len(name) > 3)


@cache
def words_too(kind: str) -> frozenset[str]:
    """Return names that are words without their capital (`digest/data/small_names.toml`).

    Args:
        kind: "vendors" or "places".
    """
    return frozenset(read_data("small_names.toml")[kind])


def _short_countries() -> Iterable[tuple[str, list[str]]]:
    """Return short forms that Babel does not list, by the code of the country or region."""
    found: dict[str, list[str]] = read_data("small_names.toml")["short_countries"]
    return found.items()


@cache
def _territories(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language if language != "und" else "en")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    known = {code: name for code, name in locale.territories.items() if COUNTRY.fullmatch(code)}
    rows = [(name, code) for code, name in known.items()]
    rows += [(name, code) for code, names in _short_countries() for name in names]
    rows.sort(key=lambda row: -len(row[0]))
    each = "|".join(re.escape(name) for name, _ in rows)
    wide = language in ("zh", "ja", "ko")
    pattern = re.compile(f"({each})" if wide else rf"(?<!\w)({each})(?:s|'s|’s)?(?!\w)")
    return pattern, {name.casefold(): code for name, code in reversed(rows)}
