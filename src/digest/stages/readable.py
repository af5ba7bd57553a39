"""Vendors' names in letters that a reader reads: the team's own, nothing is transcribed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from babel.core import get_global

from digest.stages.catalogues import locale_of

#: The scripts that readers of a CLDR script read, as Unicode names their letters; Latin letters
#: are read everywhere.
READ: Mapping[str, frozenset[str]] = {
    "Jpan": frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    "Hans": frozenset({"CJK"}),
    "Hant": frozenset({"CJK"}),
    "Kore": frozenset({"HANGUL", "CJK"}),
    "Cyrl": frozenset({"CYRILLIC"}),
    "Arab": frozenset({"ARABIC"}),
    "Grek": frozenset({"GREEK"}),
    "Hebr": frozenset({"HEBREW"}),
}


def readable_names(
    vendors: Mapping[str, Iterable[str]], language: str
) -> tuple[tuple[str, str], ...]:
    """Return (name, the first of its other names that the reader can read) where its own is not.

    Args:
        vendors: their names with the other names that the team has given them.
        language: BCP-47 tag of the reader.
    """
    known = _scripts(language)
    found = []
    for vendor, names in vendors.items():
        if not _reads(vendor, known):
            other = next((name for name in names if _reads(name, known)), "")
            found += [(vendor, other)] if other else []
    return tuple(found)


def _reads(name: str, scripts: frozenset[str]) -> bool:
    letters = (unicodedata.name(sign, "") for sign in name if sign.isalpha())
    return all(letter.split(" ")[0] in scripts for letter in letters)


@cache
def _scripts(language: str) -> frozenset[str]:
    locale = locale_of(language)
    likely = get_global("likely_subtags").get(str(locale), "").split("_")
    script = locale.script or next((part for part in likely if len(part) == 4), "")
    return READ.get(script, frozenset()) | {"LATIN"}
