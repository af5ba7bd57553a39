"""Names, numbers and addresses that a translation must not change: found, masked and restored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from digest.stages.data_files import read_data
from digest.text import CJK, make_id

WORD_EDGE = "A-Za-z0-9À-ÖØ-öø-ÿĀ-ſ"  # kana and Han may touch a name: 「Salesforceは」
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”»«)\]、。（）]*[^\s<>\"'“”»«)\].,;:!?、。（）]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)@[A-Za-z0-9_]{2,}",
)
BOTH_GENDERS = "".join(
    f"(?<![a-z]{ending})" for ending in read_data("function_words.toml")["german_nouns"]["genders"]
)
# "HubSpot", "GPT-4o", "iOS18": nobody translates these, whatever the language. Not "KundInnen"
# (German plural), nor "Q3" and "H1" (quarters and halves are named differently elsewhere).
CODED = re.compile(
    rf"(?<![{WORD_EDGE}])(?!(?:[QTHKSP]|KW)\d{{1,2}}(?![{WORD_EDGE}]))"
    rf"(?:[A-Za-z]*[a-z][A-Z][A-Za-z0-9]*{BOTH_GENDERS}"
    rf"|[A-Za-z]{{1,12}}-?\d[A-Za-z0-9]*(?:\.\d+)*)(?![{WORD_EDGE}])"
)
LONG_WORD = re.compile(r"[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]{80,}")
NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,٫٬/:-]\d+)*", re.UNICODE
)
# Words of another script within a text in Latin letters: no model of its language knows them.
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ʯḀ-ỿ]")
OTHER = r"[^\W\d_A-Za-zª-ʯḀ-ỿ\ufb00-\ufb06\uff21-\uff5a][\u0300-\u036f\u0900-\u0903\u093a-\u094f]*"
OTHER_SCRIPT = re.compile(rf"(?<!\w)(?:{OTHER})+(?:[ \u3000・·-](?:{OTHER})+)*(?!\w)")
# Capitals and digits that stand in no text pass best through models that were never told of masks.
PREFIXES = ("XQ", "ZX", "QJ", "XZ")


@dataclass(frozen=True)
class Glossary:
    """Which names stay as they are, and which terms have a translation of the house.

    Args:
        keep: names of vendors, products and people, as they are written.
        terms: source term → language → its translation there; "*" for every language that is not
            written in Chinese characters or kana.
    """

    keep: frozenset[str] = frozenset()
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Return what finds the names and terms in a text, the longest first."""
        names = sorted({*self.keep, *self.terms} - {""}, key=lambda name: (-len(name), name))
        if not names:
            return None
        joined = "|".join(map(re.escape, names))
        return re.compile(rf"(?<![{WORD_EDGE}])(?:{joined})(?![{WORD_EDGE}])")

    @cached_property
    def version(self) -> str:
        """Return what changes with the glossary: a changed one makes translations wait again."""
        terms = [f"{name}={sorted(wanted.items())}" for name, wanted in sorted(self.terms.items())]
        return make_id(*sorted(self.keep), *terms)

    def rendered(self, name: str, to: str) -> str:
        """Return how `name` has to read in `to`."""
        wanted, base = self.terms.get(name, {}), to.split("-")[0]
        other = "" if base in ("zh", "ja") else wanted.get("*", "")
        return wanted.get(to) or wanted.get(base) or other or name


NO_GLOSSARY = Glossary()


def make_glossary(
    vendors: Iterable[Sequence[str]], terms: Mapping[str, Mapping[str, str]] | None = None
) -> Glossary:
    """Return the glossary of the known vendors, to which the user's own terms are added.

    Args:
        vendors: for each all the names under which it is written, the usual one first; one in
            Chinese characters or kana becomes the usual one in a language without them.
        terms: source term → language → translation; a term without any stays as it is.
    """
    keep: set[str] = set()
    known: dict[str, Mapping[str, str]] = {}
    for names in vendors:
        keep.update(names)
        known |= {name: {"*": names[0]} for name in names if CJK.search(name)}
    return Glossary(frozenset(keep | set(terms or ())), known | dict(terms or {}))


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence whose protected parts are masks.

    Args:
        text: what goes to the translator.
        masks: mask → what has to stand there afterwards, in order.
    """

    text: str
    masks: tuple[tuple[str, str], ...] = ()


def find_kept(
    text: str, *, glossary: Glossary = NO_GLOSSARY, numbers: bool = False, foreign: bool = True
) -> list[str]:
    """Return the parts of a sentence that must survive, in order, as they stand in it."""
    return [text[start:end] for start, end in _spans(text, glossary, numbers, foreign)]


def protect(
    text: str, *, to: str, glossary: Glossary = NO_GLOSSARY, numbers: bool = False
) -> Masked:
    """Return the sentence with a mask for each name, address and, on request, number."""
    prefix = next((each for each in PREFIXES if each not in text.upper()), None)
    spans = _spans(text, glossary, numbers, foreign=True) if prefix else []
    pieces: list[str] = []
    masks: list[tuple[str, str]] = []
    position = 0
    for start, end in spans:
        mask = f"{prefix}{len(masks) + 1}"
        masks.append((mask, glossary.rendered(text[start:end], to)))
        pieces += [text[position:start], mask]
        position = end
    return Masked("".join(pieces) + text[position:], tuple(masks))


def restore(text: str, masked: Masked) -> str | None:
    """Return the translation with its masks filled in; None where one is lost or doubled."""
    for mask, value in reversed(masked.masks):  # from the last, so that XQ12 goes before XQ1
        prefix, number = mask[:2], mask[2:]
        loose = re.compile(rf"{prefix[0]}\s?{prefix[1]}[\s-]?{number}(?!\d)", re.I)
        text, found = loose.subn(lambda _: value, text)  # noqa: B023 - called at once
        if found != 1:
            return None
    return text


def _spans(text: str, glossary: Glossary, numbers: bool, foreign: bool) -> list[tuple[int, int]]:
    patterns: Iterable[re.Pattern[str] | None] = (
        ADDRESS,
        LONG_WORD,
        glossary.pattern,
        CODED,
        _foreign(text) if foreign else None,
        NUMBER if numbers else None,
    )
    taken: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(text) if pattern else ():
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
    return sorted(taken)


def _foreign(text: str) -> re.Pattern[str] | None:
    """Return what finds words of another script, where most letters of the text are Latin."""
    if text.isascii() or not OTHER_SCRIPT.search(text):
        return None
    other = sum(map(len, OTHER_SCRIPT.findall(text)))
    return OTHER_SCRIPT if len(LATIN.findall(text)) > other else None
