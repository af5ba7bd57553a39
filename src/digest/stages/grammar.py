"""The phrases of `launches.toml`, compiled: how one language says that something happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from digest.stages.cues import tag_of
from digest.stages.sought import Phrases
from digest.stages.taxonomy import load_knowledge

NOTHING = re.compile(r"(?!)")
#: The order in which events are looked for: what has a form of its own before what has many forms.
ORDER = (
    "funding",
    "acquisition",
    "pricing",
    "partnership",
    "integration",
    "study",
    "shutdown",
    "feature",
    "launch",
)


#: Keys of `launches.toml` whose phrases are met anywhere in a sentence.
INSIDE = (
    *("unsure", "past", "now", "company", "we", "cut"),
    *("inverted", "paper", "closes", "new", "joins", "denials"),
    *("plan", "owner", "study", "institute", "about"),
    *("pronoun", "source", "town", "firms"),
    *(
        "named",
        "kinds",
        "behind",
        "using",
        "fresh",
        "explains",
        "says",
        "little",
        "articles",
        "revenue",
        "reported",
    ),
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language says that a vendor did something; the keys are those of `launches.toml`."""

    language: str
    events: Phrases
    passive: Phrases
    objects: tuple[tuple[str, re.Pattern[str]], ...]
    refuse: re.Pattern[str]
    unsure: re.Pattern[str]
    past: re.Pattern[str]
    now: re.Pattern[str]
    condition: re.Pattern[str]
    company: re.Pattern[str]
    we: re.Pattern[str]
    inverted: re.Pattern[str]
    cut: re.Pattern[str]
    by: re.Pattern[str]
    bare: re.Pattern[str]
    paper: re.Pattern[str]
    closes: re.Pattern[str]
    new: re.Pattern[str]
    joins: re.Pattern[str]
    denials: re.Pattern[str]
    plan: re.Pattern[str]
    owner: re.Pattern[str]
    study: re.Pattern[str]
    institute: re.Pattern[str]
    about: re.Pattern[str]
    pronoun: re.Pattern[str]
    source: re.Pattern[str]
    named: re.Pattern[str]
    kinds: re.Pattern[str]
    behind: re.Pattern[str]
    using: re.Pattern[str]
    fresh: re.Pattern[str]
    explains: re.Pattern[str]
    says: re.Pattern[str]
    little: re.Pattern[str]
    articles: re.Pattern[str]
    revenue: re.Pattern[str]
    of: re.Pattern[str]
    town: re.Pattern[str]
    firms: re.Pattern[str]
    reported: re.Pattern[str]
    reported_as: str
    whole: tuple[tuple[str, str], ...]
    generic: frozenset[str]
    strip: frozenset[str]
    drops: bool
    turns: bool

    @property
    def wide(self) -> bool:
        """Whether the language writes without spaces."""
        return self.language in ("ja", "zh-Hans", "zh-Hant")


def grammar_for(language: str) -> Grammar | None:
    """Return the grammar of a language, or None where there are no phrases for it."""
    tag = tag_of(language, load_knowledge().launches)
    return _grammar(tag) if tag else None


@cache
def _grammar(tag: str) -> Grammar:
    rows = load_knowledge().launches[tag]
    wide = tag in ("ja", "zh-Hans", "zh-Hant")
    tail = "" if wide else r"(?![\w])"
    words = {key: _any(rows.get(key, ()), before="", after=tail) for key in ("refuse", "condition")}
    edge = "" if wide else r"(?<!\w)"
    inside = {key: _any(rows.get(key, ()), before=edge, after=tail) for key in INSIDE}
    return Grammar(
        language=tag,
        events=_phrases(rows.get("events", {}), wide),
        passive=_phrases(rows.get("passive", {}), wide),
        objects=_objects(rows.get("objects", {}), wide),
        by=re.compile(rf"(?<!\w){rows['by']}(?!\w)", re.I) if "by" in rows else NOTHING,
        of=re.compile(rf"(?:{'|'.join(rows['of'])})(?:\s+|(?<=['’]))", re.I)
        if "of" in rows
        else NOTHING,
        reported_as=str(rows.get("reported_as", "")),
        whole=tuple(rows.get("whole", {}).items()),
        bare=re.compile(rows["bare"], re.I) if "bare" in rows else NOTHING,
        generic=_folded(rows.get("generic", ())),
        strip=_folded(rows.get("strip", ())),
        drops=bool(rows.get("drops")),
        turns=bool(rows.get("turns")),
        **words,
        **inside,
    )


def _any(rows: Sequence[str], *, before: str, after: str) -> re.Pattern[str]:
    body = "|".join(f"(?:{row})" for row in rows)
    return re.compile(rf"{before}(?:{body}){after}", re.I) if rows else NOTHING


def _phrases(rows: Mapping[str, Sequence[str]], wide: bool) -> Phrases:
    edge = ("", "") if wide else (r"(?<![\w’'-])", r"(?!\w)")
    kinds = sorted(rows.items(), key=lambda pair: ORDER.index(pair[0]))
    several = {event: [_dotted(row) for row in told] for event, told in kinds}
    return Phrases(several, before=edge[0], after=edge[1])


def _dotted(row: str) -> str:
    """Let "up to the next full stop" pass over the one in "Acme 1.4"."""
    return re.sub(r"\[\^\.;(,?)\]", r"(?:[^.;\1]|\\.(?=\\d))", row)


def _objects(rows: Mapping[str, str], wide: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    edge = ("", "") if wide else (r"(?<!\w)", r"(?!\w)")
    return tuple(
        (event, re.compile(f"{edge[0]}(?:{row}){edge[1]}", re.I)) for event, row in rows.items()
    )


def _folded(words: Iterable[Any]) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in words)
