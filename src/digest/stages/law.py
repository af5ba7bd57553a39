"""What tells policy from what is sold for it: acts, offices and places, from the data files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from digest.stages.cues import Cue, CueRow, Cues, CueTable, cues_for, parse_cues, tag_of
from digest.stages.data_files import read_data
from digest.stages.place_names import country_rows
from digest.stages.taxonomy import load_knowledge

SURE = 1.0  #: weight of a cue that names a law or an authority, and no country in passing


@dataclass(frozen=True)
class Law:
    """All that is known of acts, of who acts, and of places."""

    acts: Cues  #: what is done, and by itself makes news one of policy: "fined", "data breach"
    deeds: Cues  #: what is one where an authority does it: "orders", "publishes"
    offices: Cues  #: who has power, by a common noun
    risks: Mapping[str, Cues]  #: of each kind of risk
    links: Mapping[str, re.Pattern[str]]  #: what may stand between an office and a place
    helps: Mapping[str, re.Pattern[str]]  #: between a place that acts and what it does
    after: Mapping[str, re.Pattern[str]]  #: what follows a place that acts, in wide scripts
    places: Mapping[str, Cues]  #: of each jurisdiction: its names, adjectives and authorities
    lands: frozenset[str]  #: names of countries and states, which act themselves
    cities: Mapping[str, CueRow]  #: of each jurisdiction: cities, in any language

    def authorities(self, language: str) -> CueRow:
        """Return what names an authority, a court or a law of any place."""
        if language not in self._offices:
            rows = (cues_for(each, language) for each in self.places.values())
            sure = dict.fromkeys(cue for row in rows for cue in row if cue.weight >= SURE)
            self._offices[language] = CueRow(sure)
        return self._offices[language]

    @cached_property
    def _offices(self) -> dict[str, CueRow]:
        return {}

    @cached_property
    def _known(self) -> dict[str, tuple[CueRow, Mapping[Cue, str]]]:
        return {}

    def named(self, language: str) -> tuple[CueRow, Mapping[Cue, str]]:
        """Return the words for places that count in a language, and whose each of them is."""
        if language not in self._known:
            of: dict[Cue, str] = {}
            for code, rows in self.places.items():
                weak = (cue for cue in cues_for(rows, language) if cue.weight < SURE)
                for cue in (*weak, *self.cities.get(code, ())):
                    of.setdefault(cue, code)
            self._known[language] = CueRow(of), of
        return self._known[language]


@cache
def load_law() -> Law:
    """Return what is known of acts, offices and places; the files are read once.

    Raises:
        ConfigError: where a data file is broken; names the file.
    """
    acts, places = read_data("acts.toml"), read_data("places.toml")
    known = load_knowledge().places
    more = {code: _table(rows) for code, rows in places["place"].items()}
    codes = tuple(dict.fromkeys((*known, *more)))
    countries = country_rows(code for code in codes if len(code) == len("UK"))
    return Law(
        acts=_table(acts["act"]),
        deeds=_table(acts["deed"]),
        offices=_table(acts["office"]),
        risks={
            kind: _joined(rows, _table(acts["kind"].get(kind, {})))
            for kind, rows in load_knowledge().risks.items()
        },
        links={tag: _between(row) for tag, row in acts["link"].items()},
        helps={tag: _between(row) for tag, row in acts["helps"].items()},
        after={tag: _any_of(row) for tag, row in acts["acts_after"].items()},
        places={
            code: _joined(known.get(code, {}), more.get(code, {}), countries.get(code, {}))
            for code in codes
        },
        lands=frozenset(_lands(countries, known, more)),
        cities={
            code: CueRow(parse_cues(row, language="en")) for code, row in places["city"].items()
        },
    )


def pattern_for(patterns: Mapping[str, re.Pattern[str]], language: str) -> re.Pattern[str] | None:
    """Return the pattern of a language, None where it has none."""
    tag = tag_of(language, patterns)
    return patterns[tag] if tag else None


def _table(rows: Mapping[str, str]) -> Cues:
    return CueTable({tag: parse_cues(row, language=tag) for tag, row in rows.items()})


def _joined(*tables: Cues) -> Cues:
    """Return cues of several tables as one; one phrase counts once in a language."""
    tags = dict.fromkeys(tag for table in tables for tag in table)
    return CueTable({tag: _once(cue for t in tables for cue in t.get(tag, ())) for tag in tags})


def _lands(*tables: Mapping[str, Cues]) -> Iterable[str]:
    """Give the names of countries, and what is weak of a state: its name."""
    for place, table in enumerate(tables):
        for code, rows in table.items():
            if not place or "-" in code:
                cues = (cue for row in rows.values() for cue in row)
                yield from (cue.phrase for cue in cues if cue.weight < SURE)


def _once(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    known: dict[str, Cue] = {}
    for cue in cues:
        known.setdefault(cue.phrase.rstrip("*").lower(), cue)
    return tuple(known.values())


def _between(row: str) -> re.Pattern[str]:
    words = "|".join(re.escape(each.strip()) for each in row.split(" | "))
    return re.compile(rf"\s+(?:(?:{words})(?:\s+|['’]))?", re.I)


def _any_of(row: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(each.strip()) for each in row.split(" | ")))
