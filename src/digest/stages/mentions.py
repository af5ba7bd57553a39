"""Names and numbers that a text mentions, in a form that stays the same across languages.

Numbers are written out (`1.500`, `1,500` and `1 500` are 1500; `3 Millionen`, `3 million` and
`300万` are 3000000), names are folded (no case, no accents, no genitive).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

# Words that multiply the number before them. Chinese and Japanese ones follow without a space.
SCALES = {
    **dict.fromkeys(("thousand", "tausend", "mille", "mil", "mila", "duizend", "千"), 10**3),
    **dict.fromkeys(("million", "millions", "millionen", "mio", "m", "mn", "millones"), 10**6),
    **dict.fromkeys(("millón", "milioni", "milione", "milhões", "milhão", "miljoen"), 10**6),
    **dict.fromkeys(("billion", "billions", "bn", "milliarde", "milliarden", "mrd"), 10**9),
    **dict.fromkeys(("milliard", "milliards", "miliardi", "miliardo", "miljard"), 10**9),
    **dict.fromkeys(("万", "萬"), 10**4),
    **dict.fromkeys(("亿", "億"), 10**8),
}
NUMBER = re.compile(
    r"(?<![\w.])(?P<digits>\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"(?:(?P<wide>[万萬亿億千])|(?P<scale>(?:[ \u00a0\u202f][^\W\d_]|[^\W\d_])[^\W\d_]{0,9})\b)?"
)
# Digits, and signs that NFKC writes as digits: ², ½, ①, ㉑ and the like.
DIGIT = re.compile(
    r"[\d\u00b2-\u00be\u2070-\u249b\u24ea-\u24ff\u2776-\u2793\u3248-\u33fe\U0001f100-\U0001f10a]"
)
GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
# A name: a capital, an inner capital, or letters after a digit.
LETTER = r"A-Za-z0-9\u00c0-\u024f"  # Latin: in Chinese and Japanese, a name ends where they begin
LATIN = re.compile(
    rf"(?<![{LETTER}])(?:[A-Z\u00c0-\u00d6\u00d8-\u00de][{LETTER}_&’'\-]*|[a-z]+[A-Z0-9][{LETTER}]*"
    rf"|\d+[A-Za-z][{LETTER}]*)"
)
PLURAL = re.compile(r"[a-z]{4}s\Z")
# A name behind a word and a space stands within a sentence; behind an ending, with what may open
# a sentence between them, it begins one. The text gets a line break before it: that ends, too.
NAMED = re.compile(rf"(?<=\w )({LATIN.pattern})|([.!?:;•|\n]\s*[\"'“„«(\[]*)?({LATIN.pattern})")


def numbers(text: str) -> Counter[str]:
    """Return how often each number is mentioned, in plain decimal writing."""
    found: Counter[str] = Counter()
    if not DIGIT.search(text):
        return found
    for match in NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        value = _value(match["digits"])
        scale = match["wide"] or _scale(match["scale"] or "")
        found[_scaled(value, SCALES.get(scale, 1))] += 1
    return found


def _scale(word: str) -> str:
    """Return the scale word; a lone "m" after a space means metres."""
    return "" if word.casefold().endswith(" m") else word.strip().casefold()


def _value(digits: str) -> str:
    grouped = GROUPED.match(digits)
    if grouped and len(set(re.sub(r"\d", "", grouped[0]))) == 1:
        whole = re.sub(r"\D", "", grouped[0])
        rest = digits[grouped.end() :].lstrip(".,")
        return f"{whole}.{rest}" if rest else whole
    return re.sub(r"[^\d.]", "", digits.replace(",", "."))


def _scaled(value: str, scale: int) -> str:
    if value.count(".") > 1:  # a version or a date
        return value
    whole, _, part = value.partition(".")
    part = part.rstrip("0") if scale > 1 else part
    digits = len(str(scale)) - 1
    moved = (whole + part[:digits].ljust(digits, "0")).lstrip("0") or "0"
    rest = part[digits:]
    return f"{moved}.{rest}" if rest else moved


def names(text: str) -> Counter[str]:
    """Return how often each name is mentioned, folded.

    A word that begins a sentence counts only where it also stands within one, or where an inner
    capital or digit shows that it is a name.
    """
    inside: list[str] = []
    initial: list[str] = []
    for within, opening, other in NAMED.findall(f"\n{text}"):
        name, marked = _name(within or other)
        if name:
            (initial if opening and not marked else inside).append(name)
    found = Counter(inside)
    for name in initial:
        if name in found:
            found[name] += 1
    return found


@lru_cache(maxsize=100_000)
def _name(word: str) -> tuple[str, bool]:
    """Return the folded name, "" where there is none, and whether its writing shows that it is."""
    bare = word.rstrip("-'’&_")
    return (fold(bare), not bare[1:].islower()) if len(bare) > 1 else ("", False)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a name without case, accents and genitive."""
    plain = word.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")
    if plain.endswith("'s"):
        return plain[:-2]
    if plain.endswith("'") or (plain.endswith("s") and PLURAL.search(plain)):
        return plain[:-1]
    return plain
