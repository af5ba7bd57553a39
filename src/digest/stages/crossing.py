"""Names that two texts share though their languages or scripts differ, and those that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from digest.stages.clean import is_common_word, is_wide, key_of, script_of
from digest.stages.cues import LETTER
from digest.stages.data_files import rows_of
from digest.stages.ordinary import is_common_ending, is_country, is_frequent, territory
from digest.stages.romanise import KANA, heard_in, in_latin
from digest.stages.sounds import consonants_of, sound_alike
from digest.stages.taxonomy import load_knowledge
from digest.text import months, weekdays

Names = Literal["shared", "other", "unnamed", "none"]
WORD = re.compile(rf"(?<![{LETTER}\d])(?:[a-z]{{1,2}}[A-Z]|[A-ZÀ-Þ])[{LETTER}\d&+-]+")
QUOTED = re.compile(r"[「『《“\"„«]\s?([^」』》”\"“»、。,.]{2,24}?)\s?[」』》”\"“»]")
OPENERS = " \"“”„«»'‘’([-–—¿¡"  #: signs before a sentence's first word
COUNTED = re.compile(r" \d{1,2}(?![\d%:]|[.,]\d)")  #: of a version: "Keel 5"
KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{3,}")
ENDINGS = rows_of("function_words.toml", "word_endings")  #: "Connectors" is none of a name
KIND = 4  #: letters of an abbreviation for a kind of thing: "CRM", "SMS", "DAM"
FEWEST = 3  #: characters of a Chinese company's name that is longer than its own first word
HEARD = 3  #: consonants from which two scripts' names may be told to be one
#: Share of the letters of a name in kana and of one in Latin letters that they have in one order.
#: "kurarurinku" and "klarlink" have 0.63, "amaneku" and "monaco", with the same consonants, 0.46.
ALIKE = 0.55


def names_of_things(text: str, language: str, without: Iterable[str] = ()) -> frozenset[str]:
    """Return what a sentence names beside its vendors: no country, time or kind of thing.

    Written with a capital or in quotation marks. What opens the sentence, and all of German, whose
    nouns have capitals, are names only where they are no words of a language.

    Args:
        text: a sentence.
        language: BCP-47.
        without: the names of its vendors.
    """
    vendors = [key_of(name) for name in without if name]
    is_german = language.split("-")[0] == "de"
    quoted = [match[1] for match in QUOTED.finditer(text) if is_wide(text) or is_named(match[1])]
    found = [name for each in quoted for name in re.split(r"[（）()/／]", each) if name]
    for match in WORD.finditer(text):
        opens = is_german or not text[: match.start()].strip(OPENERS)
        counted = COUNTED.match(text, match.end())
        if counted or not (opens and _is_word(match[0], language)):
            found.append(f"{match[0]}{counted[0]}" if counted else match[0])
    return frozenset(
        name
        for name in found
        if not _is_kind(name, language)
        and not any(key_of(name) in vendor or is_heard_as(name, vendor) for vendor in vendors)
    )


def is_named(quoted: str) -> bool:
    """Return whether what stands in quotation marks has a capital, as a name has."""
    return quoted[:1].isupper()


def countries_of(text: str, language: str) -> frozenset[str]:
    """Return the codes of the countries that a sentence names."""
    return frozenset(code for code in territory(text, language) if len(code) == len("US"))


def rare(names: Iterable[str], language: str) -> frozenset[str]:
    """Return those names that are no words of a language: two of these are two things."""
    return frozenset(name for name in names if not _is_word(name, language))


def is_another_edition(name: str, plan: str, text: str) -> bool:
    """Return whether a sentence has a plan's name as a part of a longer one: "Nova Pro" of "Nova".

    Args:
        name: that both have.
        plan: its sentence.
        text: the other one.
    """
    longer = re.search(rf"{re.escape(name)} ((?:[A-ZÀ-Þ]|\d)[{LETTER}\d]*)", text)
    return longer is not None and longer[1] not in plan


def shared(names: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Return those names that are among others, in whatever script."""
    told = list(others)
    return frozenset(name for name in names if any(is_heard_as(name, other) for other in told))


@lru_cache(maxsize=50_000)
def is_heard_as(name: str, other: str) -> bool:
    """Return whether two names are one: the same letters, or nearly the same sounds.

    Of Han characters the reading counts, so that a name is the same in both ways of writing
    Chinese and in Japanese.
    """
    mine, theirs = key_of(in_latin(name)), key_of(in_latin(other))
    if mine == theirs:
        return True
    if {script_of(name), script_of(other)} != {"kana", "latin"}:
        return False
    said, heard = consonants_of(name), consonants_of(other)
    if min(len(said), len(heard)) < HEARD:
        return False
    if said != heard and (min(len(said), len(heard)) == HEARD or not sound_alike(name, other)):
        return False
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= ALIKE


def kind_of_names(
    plan: str, text: str, languages: tuple[str, str], without: Sequence[str]
) -> Names:
    """Return whether a sentence names a plan's thing ("shared"), another one, or none.

    Args:
        plan: its sentence.
        text: the other sentence.
        languages: of the two.
        without: what their vendor is called.

    Returns:
        "unnamed" where only the plan names a thing, "none" where it names nothing either. Two
        sentences that name countries and none in common are of two things.
    """
    mine, theirs = (
        names_of_things(one, language, without)
        for one, language in zip((plan, text), languages, strict=True)
    )
    both = shared(theirs, mine)
    german = languages[1].split("-")[0] == "de"
    if any(german or not is_another_edition(name, plan, text) for name in both):
        return "shared"
    here, there = (
        countries_of(one, language) for one, language in zip((plan, text), languages, strict=True)
    )
    apart = bool(here and there) and not here & there
    if both or apart or (rare(mine, languages[0]) and rare(theirs, languages[1])):
        return "other"
    return "unnamed" if mine else "none"


class Hearing:
    """Finds vendors in an article's opening by names in another script.

    クラルリンク is Klarlink; 擎木科技 is Qingmu and 擎木網路: a Chinese company without what it is.

    Args:
        called: all names of each vendor, by the vendor's key.
    """

    def __init__(self, called: Mapping[str, Iterable[str]]) -> None:
        self._kana: dict[str, list[tuple[str, str]]] = {}
        self._latin: dict[str, list[tuple[str, str]]] = {}
        self._han: dict[str, list[tuple[str, str]]] = {}
        self._read: dict[str, list[tuple[str, str]]] = {}
        for key, names in called.items():
            for name in filter(None, names):
                self._add(key, name)

    def _add(self, key: str, name: str) -> None:
        if not is_wide(name):
            self._latin.setdefault(consonants_of(name), []).append((key, name))
        elif KANA.fullmatch(name):
            self._kana.setdefault(consonants_of(name), []).append((key, name))
        else:
            bare = bare_company(name)
            if len(bare) > 1 and in_latin(bare).isascii():
                self._read.setdefault(in_latin(bare), []).append((key, name))
            if len(name) > FEWEST:
                self._read.setdefault(in_latin(name[:2]), []).append((key, name))
            if bare != name and len(bare) > 1:
                self._han.setdefault(in_latin(bare), []).append((key, bare))

    def find(self, head: str) -> frozenset[tuple[str, str]]:
        """Return the keys of the vendors that a text names in another script, with that name."""
        found = set()
        if self._kana or self._read:
            for word in set(WORD.findall(head)):
                near = self._kana.get(consonants_of(word), ()) if self._kana else ()
                found |= {(key, word) for key, name in near if is_heard_as(name, word)}
                if key_of(word) in self._read and not _is_word(word, "zh"):
                    found |= {(key, word) for key, _ in self._read[key_of(word)]}
        for name in set(KATAKANA.findall(head)) if self._latin else ():
            near = self._latin.get(consonants_of(name), ())
            found |= {(key, name) for key, other in near if is_heard_as(name, other)}
        if self._han:
            for said in heard_in(head) & self._han.keys():
                found |= set(self._han[said])
        return frozenset(found)


def bare_company(name: str) -> str:
    """Return a Chinese company's name without its last word: 擎木 of 擎木科技."""
    ends = load_knowledge().names["companies"]
    return next((name.removesuffix(end) for end in ends if name.endswith(end)), name)


def _is_kind(name: str, language: str) -> bool:
    """Return whether a name with a capital is a country, a time or a kind of thing: "CRM"."""
    if name.isupper() and len(name) <= KIND and not is_wide(name):
        return True
    folded = name.casefold()
    return is_country(name, language) or folded in months() | weekdays()


def _is_word(name: str, language: str) -> bool:
    if is_wide(name):
        return is_frequent(name) or is_common_word(name)
    stems = (name, *(name.removesuffix(end) for end in ENDINGS if name.endswith(end)))
    if any(is_frequent(stem) or is_common_word(stem) for stem in stems):
        return True
    return language.split("-")[0] == "de" and any(map(is_common_ending, stems))
