"""What the classifier knows, loaded once: labels, topics, known vendors and launch phrases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from typing import Any

from digest.stages.cues import LETTER, WIDE, Cues, CueTable, parse_cues
from digest.stages.data_files import read_data
from digest.stages.needles import Needles
from digest.text import make_id

#: The data files that the classifier reads: where one changes, articles are classified again.
FILES = (
    "topics.toml",
    "taxonomy.toml",
    "vendors.toml",
    "launches.toml",
    "names.toml",
    "function_words.toml",
    "numerals.toml",
    "dates.toml",
    "datelines.toml",
    "times.toml",
    "availability.toml",
    "claims.toml",
    "hearsay.toml",
    "help.toml",
    "manuals.toml",
    "plans.toml",
    "outcomes.toml",
    "wares.toml",
    "small_names.toml",
    "policy.toml",
    "acts.toml",
    "places.toml",
    "genre.toml",
    "events.toml",
    "orders.toml",
    "events.json",
    "events.npz",
    "roles.json",
    "certainty.json",
    "labels.json",
    "labels.npz",
    "abbreviations.txt",
    "abbreviations_before_number.txt",
    "common_words.tsv",
    "frequent_words.txt.xz",
    "german_names.txt",
    "measures.toml",
    "month_names.txt",
    "months.txt",
    "number_names.txt",
    "number_words.txt",
    "stopwords.txt",
    "units.txt",
    "weekdays.txt",
)


@dataclass(frozen=True, slots=True)
class Category:
    """A label of the taxonomy."""

    name: str
    group: str
    description: str
    examples: tuple[str, ...]
    cues: Cues


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor of the gazetteer, with all the names under which it is written."""

    name: str
    names: tuple[str, ...]
    pattern: re.Pattern[str]


class Vendors(tuple[Vendor, ...]):
    """The vendors of the gazetteer, of which those that a text may name are soon found."""

    @cached_property
    def _names(self) -> tuple[Needles, list[int]]:
        rows = [(name, place) for place, vendor in enumerate(self) for name in vendor.names]
        return Needles(name for name, _ in rows), [place for _, place in rows]

    @cached_property
    def named(self) -> Mapping[str, Vendor]:
        """The vendors by each of their names; the first where two share one."""
        return {name: vendor for vendor in reversed(self) for name in vendor.names}

    def near(self, text: str) -> list[Vendor]:
        """Return the vendors one of whose names a text has, be it in a longer word, in order."""
        needles, places = self._names
        return [self[place] for place in sorted({places[n] for n in needles.found_in(text)})]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All facts that the classifier reads from `digest/data`."""

    categories: tuple[Category, ...]
    domain: Cues  #: what makes an article a matter of the digest
    policy: Cues  #: what makes it a matter of regulation, privacy, copyright or security
    vendors: Vendors
    launches: Mapping[str, Any]  #: phrases of `launches.toml` by language
    names: Mapping[str, Any]  #: what is no part of a name: `names.toml`
    times: Mapping[str, Any]  #: how times are named: `times.toml`, by language
    availability: Mapping[str, Any]  #: phrases of `availability.toml` by language
    claims: Mapping[str, Any]  #: phrases of `claims.toml` by language
    hearsay: Mapping[str, Any]  #: what sounds like an event: `hearsay.toml`, by language
    manuals: Mapping[str, Any]  #: how documentation tells of AI: `manuals.toml`, by language
    plans: Mapping[str, Any]  #: phrases of `plans.toml` by language
    outcomes: Mapping[str, Any]  #: phrases of `outcomes.toml` by language
    genre: Mapping[str, Any]  #: how what is no news is written: `genre.toml`, by language
    events: Mapping[str, Cues]  #: of each kind of event, by language: `events.toml`
    risks: Mapping[str, Cues]  #: of each kind of risk, by language: `policy.toml`
    help: Mapping[str, Any]  #: what is on offer against an incident: `help.toml`, by language
    halts: Cues  #: of halts, recalls and suspensions, by language: `policy.toml`
    places: Mapping[str, Cues]  #: of each jurisdiction, by language: `policy.toml`
    version: str = ""  #: changes with every change of the data files


@cache
def load_knowledge() -> Knowledge:
    """Return the shipped knowledge; the files are read once.

    Raises:
        ConfigError: where a data file is broken; names the file.
    """
    topics, policy = read_data("topics.toml"), read_data("policy.toml")
    return Knowledge(
        categories=tuple(_category(row) for row in read_data("taxonomy.toml")["label"]),
        domain=_cues(topics["domain"]),
        policy=_cues(topics["policy"]),
        vendors=Vendors(make_vendor(row) for row in read_data("vendors.toml")["vendors"]),
        launches=read_data("launches.toml"),
        names=read_data("names.toml"),
        times=read_data("times.toml"),
        availability=read_data("availability.toml"),
        claims=read_data("claims.toml"),
        hearsay=read_data("hearsay.toml"),
        manuals=read_data("manuals.toml"),
        plans=read_data("plans.toml"),
        outcomes=read_data("outcomes.toml"),
        genre=read_data("genre.toml"),
        events={name: _cues(rows) for name, rows in read_data("events.toml").items()},
        risks={name: _cues(rows) for name, rows in policy["risk"].items()},
        help=read_data("help.toml"),
        halts=_cues(policy["halt"]),
        places={name: _cues(rows) for name, rows in policy["place"].items()},
        version=_version(*FILES),
    )


def _version(*names: str) -> str:
    folder = resources.files("digest") / "data"
    return make_id(*(sha256((folder / name).read_bytes()).hexdigest() for name in names))


def _category(row: Mapping[str, Any]) -> Category:
    return Category(
        name=row["name"],
        group=row["group"],
        description=row["description"],
        examples=tuple(row["examples"]),
        cues=_cues(row["cues"]),
    )


def _cues(rows: Mapping[str, str]) -> Cues:
    return CueTable({tag: parse_cues(row, language=tag) for tag, row in rows.items()})


def make_vendor(row: str) -> Vendor:
    """Return the vendor of a row: its name, then its other names, divided by " | "."""
    names = tuple(name.strip() for name in row.split(" | "))
    parts = (
        re.escape(name)
        if WIDE.search(name)
        else rf"(?<![{LETTER}.]){re.escape(name)}(?![{LETTER}])"
        for name in sorted(names, key=len, reverse=True)
    )
    return Vendor(names[0], names, re.compile("|".join(parts)))
