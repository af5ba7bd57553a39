"""Cue phrases: how they are written in the data files, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, overload

from digest.stages.needles import Needles

LETTER = "0-9A-Za-zÀ-ɏ"
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
CAPITALS = re.compile(r"[A-Z][A-Z0-9&]+")
#: What stands before a word, behind it, and behind the beginning of one.
BEFORE = re.compile(rf"(?<![{LETTER}])", re.I)
AFTER = re.compile(rf"(?![{LETTER}])", re.I)
STEM = re.compile(rf"[{LETTER}]*(?![{LETTER}])", re.I)
SPACE = r"[\s\-\u2010-\u2013]+"

# Letters that a pattern takes for others although their lower cases differ ("ı", "ſ", "ς"), and
# alphabets that have such.
ODD = re.compile(
    r"[\u00b5\u0131\u017f\u0345\u0370-\u03ff\u0430-\u04ff\u1c80-\u1c8f\u1e61\u1e9b\u1f00-\u1fff]"
    r"|[\ufb05\ufb06\ua640-\ua69f]"
)

Form = Literal["word", "stem", "wide", "phrase"]
Cues = Mapping[str, Sequence["Cue"]]  #: cue phrases by language


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that speaks for something."""

    phrase: str
    weight: float  #: 0.5 for a weak cue, 1 for a word, 1.3 for a phrase that is hard to mistake
    needle: str  #: lower case; a text without it cannot hold the phrase
    exact: bool  #: whether it is met with its own case only
    form: Form  #: how it is met
    rest: tuple[str, ...]  #: lower case; what else a text must have

    def spans(self, text: str, lower: str) -> Iterator[tuple[int, int]]:
        """Give the places of the phrase in `text`, whose lower case is `lower`."""
        if self.needle not in lower:
            return
        if not self.needle or "'" in self.needle or not _is_even(text, lower):
            found = _pattern(self.phrase, self.exact).finditer(text)
            yield from (match.span() for match in found)
        elif all(part in lower for part in self.rest):
            place = lower.find(self.needle)
            while place >= 0:
                end = self._end_at(text, place)
                if end:
                    yield place, end
                place = lower.find(self.needle, end or place + 1)

    def _end_at(self, text: str, place: int) -> int:
        """Return where the phrase ends whose first letters stand at a place, 0 if it is another.

        No pattern is made for a single word: there are thousands, and making one takes longer than
        all else that is done with it.
        """
        end = place + len(self.needle)
        if self.form == "wide":
            return end
        if self.form == "phrase":
            found = _pattern(self.phrase, self.exact).match(text, place)
        elif BEFORE.match(text, place):
            found = (STEM if self.form == "stem" else AFTER).match(text, end)
        else:
            return 0
        return found.end() if found else 0


class CueRow(Sequence[Cue]):
    """Cues that count together, of which those that stand in a text are soon found."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._cues = tuple(cues)
        self._needles = Needles(cue.needle for cue in self._cues)

    def __len__(self) -> int:
        return len(self._cues)

    @overload
    def __getitem__(self, place: int) -> Cue: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Cue]: ...
    def __getitem__(self, place: int | slice) -> Cue | Sequence[Cue]:
        return self._cues[place]

    def __iter__(self) -> Iterator[Cue]:
        return iter(self._cues)

    def present_in(self, lower: str) -> list[Cue]:
        """Return the cues whose needle a lower-case text has, in order."""
        return [self._cues[place] for place in self._needles.found_in(lower)]


class CueTable(dict[str, Sequence[Cue]]):
    """Cue phrases by language, with what counts in each of them made once."""

    def __init__(self, rows: Mapping[str, Sequence[Cue]]) -> None:
        super().__init__(rows)
        self._rows: dict[str, CueRow] = {}

    def row(self, language: str) -> CueRow:
        """Return the cues that count in a language, as `cues_for`."""
        if language in self._rows:
            return self._rows[language]  # it is its own tag
        own = tag_of(language, self) or ""
        if own not in self._rows:
            self._rows[own] = _row(self, own)
        return self._rows[own]


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
    _, *rest = (part for part in re.split(r"[*\s\-'’]+", bare.lower()) if part)
    return Cue(bare, weight, needle, exact, _form(bare, needle, exact), tuple(rest))


def _form(phrase: str, needle: str, exact: bool) -> Form:
    if exact or phrase.lower() not in (needle, f"{needle}*"):
        return "phrase"
    if WIDE.search(phrase):
        return "wide" if phrase.lower() == needle else "phrase"
    return "stem" if phrase.endswith("*") else "word"


@cache
def _pattern(phrase: str, exact: bool) -> re.Pattern[str]:
    if WIDE.search(phrase):
        return re.compile(re.escape(phrase), re.I)
    words = [re.escape(word).replace(r"\*", f"[{LETTER}]*") for word in re.split(r"[\s-]", phrase)]
    body = SPACE.join(words).replace("'", "['’]")
    plural = "s?" if CAPITALS.fullmatch(phrase) else ""
    return re.compile(rf"(?<![{LETTER}]){body}{plural}(?![{LETTER}])", 0 if exact else re.I)


def cues_for(cues: Cues, language: str) -> CueRow:
    """Return the cues that count in a language: its own and the English ones."""
    if isinstance(cues, CueTable):
        return cues.row(language)
    return _row(cues, tag_of(language, cues) or "")


def _row(cues: Cues, own: str) -> CueRow:
    return CueRow((*cues.get("en", ()), *(cues[own] if own not in ("", "en") else ())))


@lru_cache(maxsize=4)
def _is_even(text: str, lower: str) -> bool:
    """Return whether each place of a text is that of its lower case, which tells all its cases."""
    return len(text) == len(lower) and ODD.search(lower) is None


def tag_of(language: str, known: Iterable[str]) -> str | None:
    """Return the known tag for a language: itself, its base, or the script meant by a region."""
    tags = known if isinstance(known, Mapping) else set(known)
    if language in tags:
        return language
    base, _, rest = language.partition("-")
    if base == "zh":
        traditional = rest.split("-")[0] in ("Hant", "TW", "HK", "MO")
        script = "zh-Hant" if traditional else "zh-Hans"
        return script if script in tags else None
    return base if base in tags else None
