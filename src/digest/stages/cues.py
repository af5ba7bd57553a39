"""Cue phrases: how they are written in the data files, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

LETTER = "0-9A-Za-zÀ-ɏ"
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
CAPITALS = re.compile(r"[A-Z][A-Z0-9&]+")
SPACE = r"[\s\-\u2010-\u2013]+"

Cues = Mapping[str, tuple["Cue", ...]]  #: cue phrases by language


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that speaks for something."""

    phrase: str
    weight: float  #: 0.5 for a weak cue, 1 for a word, 1.3 for a phrase that is hard to mistake
    needle: str  #: lower case; a text without it cannot hold the phrase
    exact: bool  #: whether it is met with its own case only

    def spans(self, text: str, lower: str) -> Iterator[tuple[int, int]]:
        """Give the places of the phrase in `text`, whose lower case is `lower`."""
        if self.needle in lower:
            found = _pattern(self.phrase, self.exact).finditer(text)
            yield from (match.span() for match in found)


def parse_cues(row: str, *, language: str = "") -> tuple[Cue, ...]:
    """Return the cues of a row of a data file: phrases divided by " | "; see taxonomy.toml.

    An English phrase with a capital is a proper name, met with its case only: "Tableau" is a
    product, "tableau" a French table.
    """
    names = language == "en"
    return tuple(_make_cue(phrase.strip(), names) for phrase in row.split(" | ") if phrase.strip())


def _make_cue(phrase: str, names: bool) -> Cue:
    bare = phrase.removeprefix("~")
    long = " " in bare or len(WIDE.findall(bare)) >= 4 or len(bare) >= 14
    weight = 0.5 if phrase.startswith("~") else 1.3 if long else 1.0
    needle = re.split(r"[*\s\-]", bare.lower())[0]
    exact = bool(CAPITALS.fullmatch(bare)) or (names and bare[0].isupper())
    return Cue(bare, weight, needle, exact)


@cache
def _pattern(phrase: str, exact: bool) -> re.Pattern[str]:
    if WIDE.search(phrase):
        return re.compile(re.escape(phrase), re.I)
    words = [re.escape(word).replace(r"\*", f"[{LETTER}]*") for word in re.split(r"[\s-]", phrase)]
    body = SPACE.join(words).replace("'", "['’]")
    plural = "s?" if CAPITALS.fullmatch(phrase) else ""
    return re.compile(rf"(?<![{LETTER}]){body}{plural}(?![{LETTER}])", 0 if exact else re.I)


def cues_for(cues: Cues, language: str) -> tuple[Cue, ...]:
    """Return the cues that count in a language: its own and the English ones."""
    own = tag_of(language, cues)
    return cues.get("en", ()) + (cues[own] if own and own != "en" else ())


def tag_of(language: str, known: Iterable[str]) -> str | None:
    """Return the known tag for a language: itself, its base, or the script meant by a region."""
    tags = set(known)
    if language in tags:
        return language
    base, _, rest = language.partition("-")
    if base == "zh":
        traditional = rest.split("-")[0] in ("Hant", "TW", "HK", "MO")
        script = "zh-Hant" if traditional else "zh-Hans"
        return script if script in tags else None
    return base if base in tags else None
