"""Names in letters that a reader reads: the team's and the articles' own, none is transcribed."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from babel.core import get_global

from digest.records import LaunchRecord
from digest.stages.attempts import is_same_language
from digest.stages.catalogues import locale_of
from digest.stages.clean import is_wide
from digest.stages.words import TWO_SIDED

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


def readable_products(
    records: Iterable[LaunchRecord], language: str, *, taken: Iterable[str] = ()
) -> tuple[tuple[str, str], ...]:
    """Return (product, its name for the reader) where an article calls it by one that fits better.

    That is the name in articles of the reader's language; else one in letters that the reader
    reads. A name that two records would say differently stays, and so do what an editor wrote and
    the companies of a deal.

    Args:
        records: with what their articles call their products.
        language: BCP-47 tag of the reader.
        taken: names that are said otherwise already, such as those of vendors.
    """
    known, vendors = _scripts(language), set(taken)
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.review in ("edited", "added") or record.event in TWO_SIDED:
            continue
        best = _best(record, language, known)
        for name in dict.fromkeys([record.product, *(name for name, _ in record.names)]):
            if name and name not in vendors:
                found[name].add(best if _is_better(best, name, known) else name)
    single = ((name, *best) for name, best in found.items() if len(best) == 1)
    return tuple((name, best) for name, best in single if name != best)


def _best(record: LaunchRecord, language: str, known: frozenset[str]) -> str:
    """Return what to call a record's product, its own name where no other fits the reader."""
    own = [name for name, tag in record.names if is_same_language(tag, language)]
    for names in (own, [name for name, _ in record.names]):
        read = [name for name in names if _reads(name, known)]
        if read:
            return record.product if record.product in read else _commonest(read)
    return record.product


def _commonest(names: Sequence[str]) -> str:
    counts = Counter(names)
    return max(names, key=lambda name: (counts[name], -names.index(name)))


def _is_better(best: str, name: str, known: frozenset[str]) -> bool:
    """Return whether the reader is to see another name: one that can be read, or of its letters."""
    return not _reads(name, known) or (is_wide(best) and not is_wide(name))


def _reads(name: str, scripts: frozenset[str]) -> bool:
    letters = (unicodedata.name(sign, "") for sign in name if sign.isalpha())
    return all(letter.split(" ")[0] in scripts for letter in letters)


@cache
def _scripts(language: str) -> frozenset[str]:
    locale = locale_of(language)
    likely = get_global("likely_subtags").get(str(locale), "").split("_")
    script = locale.script or next((part for part in likely if len(part) == 4), "")
    return READ.get(script, frozenset()) | {"LATIN"}
