"""Whether two names in different scripts are said alike: "Lumora" and ルモーラ."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib import resources

from digest.stages.clean import key_of
from digest.stages.romanise import in_latin

VOWELS = frozenset("aeiou")
ALIKE = 0.75  #: share of the consonants of two names that they have in the same order, at least
LONGEST = 100  #: consonants of a name; comparing them takes the square of their number
FEWEST = 2  #: consonants below which a name tells too little


def sound_alike(one: str, other: str) -> bool:
    """Return whether two names have nearly the same consonants, each read in Latin letters.

    Of a name with fewer than two consonants too little is heard: all its letters are compared.
    """
    mine, theirs = consonants_of(one), consonants_of(other)
    if min(len(mine), len(theirs)) < FEWEST:
        return key_of(in_latin(one)) == key_of(in_latin(other))
    if max(len(mine), len(theirs)) > LONGEST:
        return mine == theirs
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= ALIKE


@lru_cache(maxsize=10_000)
def consonants_of(name: str) -> str:
    """Return what is heard of a name in every script: its consonants and digits, none twice."""
    said = key_of(in_latin(name))
    for letters, sound in _sounds():
        said = said.replace(letters, sound)
    plain = [sign for sign in said if sign not in VOWELS]
    return "".join(sign for n, sign in enumerate(plain) if n == 0 or sign != plain[n - 1])


@cache
def _sounds() -> tuple[tuple[str, str], ...]:
    """Return what stands for which letters (`digest/data/sounds.txt`)."""
    text = (resources.files("digest") / "data" / "sounds.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((letters, "" if sound == "-" else sound) for letters, sound in rows)
