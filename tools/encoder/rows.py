"""The parallel sentences that the encoder learns from, and the names that CLDR translates."""

from __future__ import annotations

import csv
import lzma
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("en", "de", "es", "fr", "it", "ja", "nl", "pt", "zh-Hans", "zh-Hant")
TRANSLATIONS = LANGUAGES[1:]
RESEARCH_ONLY = "wmt-"  #: the WMT test sets were made for research: no shipped weight learns there
HUMAN = 80  #: a page that declares this share of human translation, or more, counts as human work


@dataclass(frozen=True, slots=True)
class Row:
    """An English sentence and its translations."""

    source: str
    texts: dict[str, str]  #: by language; always with English
    human: frozenset[str] = field(default_factory=frozenset)  #: languages translated by people


def read_rows(path: Path) -> list[Row]:
    """Return the rows of `parallel.tsv.xz` that a shipped model may learn from, in file order."""
    csv.field_size_limit(sys.maxsize)
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [_row(line) for line in lines if not line["source"].startswith(RESEARCH_ONLY)]


def _row(line: dict[str, str]) -> Row:
    texts = {language: line[language] for language in LANGUAGES if line[language]}
    shares = dict(tag.split(":") for tag in line["tags"].split())
    human = {code for code, share in shares.items() if share == "human" or int(share[2:]) >= HUMAN}
    if line["kind"] == "news":
        human = set(texts)
    return Row(line["source"], texts, frozenset(human - {"en"}))


def cldr_rows() -> list[Row]:
    """Return names of countries, languages, currencies, months and days in all languages.

    Source: the Unicode Common Locale Data Repository, as Babel ships it (Unicode licence).
    """
    names = {language: dict(_cldr_names(language)) for language in LANGUAGES}
    rows = []
    for key, english in names["en"].items():
        texts = {code: table[key] for code, table in names.items() if key in table}
        rows.append(Row("cldr", texts | {"en": english}, frozenset(TRANSLATIONS)))
    return rows


def _cldr_names(language: str) -> Iterator[tuple[tuple[str, str], str]]:
    from babel import Locale

    locale = Locale.parse(language, sep="-")
    tables = {
        "territory": locale.territories,
        "language": locale.languages,
        "currency": locale.currencies,
        "month": locale.months["stand-alone"]["wide"],
        "day": locale.days["stand-alone"]["wide"],
    }
    for table, names in tables.items():
        for code, name in names.items():
            yield (table, str(code)), str(name)
