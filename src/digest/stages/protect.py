"""Names, numbers and addresses that a translation must not change: found, masked and restored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

WORD_EDGE = "A-Za-z0-9À-ÖØ-öø-ÿĀ-ſ"  # kana and Han may touch a name: 「Salesforceは」
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”»«)\]、。（）]*[^\s<>\"'“”»«)\].,;:!?、。（）]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)@[A-Za-z0-9_]{2,}",
)
# "HubSpot", "GPT-4o", "iOS18": nobody translates these, whatever the language. Not "KundInnen"
# (German plural), nor "Q3" and "H1" (quarters and halves are named differently elsewhere).
CODED = re.compile(
    rf"(?<![{WORD_EDGE}])(?!(?:[QTHKSP]|KW)\d{{1,2}}(?![{WORD_EDGE}]))"
    rf"(?:[A-Za-z]*[a-z][A-Z][A-Za-z0-9]*(?<![a-z]Innen)(?<![a-z]In)"
    rf"|[A-Za-z]{{1,12}}-?\d[A-Za-z0-9]*(?:\.\d+)*)(?![{WORD_EDGE}])"
)
LONG_WORD = re.compile(r"[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]{80,}")
NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,٫٬/:-]\d+)*", re.UNICODE
)
# Capitals and digits that stand in no text pass best through models that were never told of masks.
PREFIXES = ("XQ", "ZX", "QJ", "XZ")


@dataclass(frozen=True)
class Glossary:
    """Which names stay as they are, and which terms have a translation of the house.

    Args:
        keep: names of vendors, products and people, as they are written.
        terms: source term → language → its translation there.
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

    def rendered(self, name: str, to: str) -> str:
        """Return how `name` has to read in `to`."""
        wanted = self.terms.get(name, {})
        return wanted.get(to) or wanted.get(to.split("-")[0]) or name


NO_GLOSSARY = Glossary()


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence whose protected parts are masks.

    Args:
        text: what goes to the translator.
        masks: mask → what has to stand there afterwards, in order.
    """

    text: str
    masks: tuple[tuple[str, str], ...] = ()


def find_kept(text: str, *, glossary: Glossary = NO_GLOSSARY, numbers: bool = False) -> list[str]:
    """Return the parts of a sentence that must survive, in order, as they stand in it."""
    return [text[start:end] for start, end in _spans(text, glossary, numbers)]


def protect(
    text: str, *, to: str, glossary: Glossary = NO_GLOSSARY, numbers: bool = False
) -> Masked:
    """Return the sentence with a mask for each name, address and, on request, number."""
    prefix = next((each for each in PREFIXES if each not in text.upper()), None)
    spans = _spans(text, glossary, numbers) if prefix else []
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


def _spans(text: str, glossary: Glossary, numbers: bool) -> list[tuple[int, int]]:
    patterns: Iterable[re.Pattern[str] | None] = (
        ADDRESS,
        LONG_WORD,
        glossary.pattern,
        CODED,
        NUMBER if numbers else None,
    )
    taken: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(text) if pattern else ():
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
    return sorted(taken)
