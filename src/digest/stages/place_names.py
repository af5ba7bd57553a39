"""The names of countries in the languages of the data files, from CLDR."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from digest.stages.cues import Cues, CueTable, parse_cues

#: The languages of the data files, and how CLDR calls them.
LOCALES: Mapping[str, str] = {
    tag: tag.replace("-", "_")
    for tag in ("en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "zh-Hant")
}
#: Codes of ours that CLDR writes in another way.
CLDR: Mapping[str, str] = {"UK": "GB"}


def country_rows(codes: Iterable[str]) -> dict[str, Cues]:
    """Return the names of countries as weak cues by language; a code that CLDR lacks has none.

    German adds an ending to a name that owns something ("Dänemarks"): names of one word are stems.
    """
    from babel import Locale

    names = {tag: Locale.parse(locale).territories for tag, locale in LOCALES.items()}
    found: dict[str, Cues] = {}
    for code in codes:
        said = {tag: names[tag].get(CLDR.get(code, code)) for tag in LOCALES}
        rows = {tag: _row(tag, name) for tag, name in said.items() if name}
        found[code] = CueTable({tag: parse_cues(row, language=tag) for tag, row in rows.items()})
    return found


def _row(tag: str, name: str) -> str:
    stem = "*" if tag == "de" and " " not in name else ""
    return f"~{name.split(' (')[0].strip()}{stem}"
