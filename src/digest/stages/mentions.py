"""Names and numbers that a text mentions, in a form that stays the same across languages.

Numbers are written out (`1.500`, `1,500` and `1 500` are 1500; `3 Millionen`, `3 million` and
`300万` are 3000000), names are folded (no case, no accents, no genitive).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from digest.stages.data_files import read_data

# Words that multiply the number before them. Chinese and Japanese ones follow without a space.
SCALES = {
    word: 10**noughts
    for words in read_data("numerals.toml")["scales"].values()
    for word, noughts in words.items()
}
WIDE_SCALES = "".join(word for word in SCALES if word[0] >= "\u3400")
# Begins with a character class, like all that is looked for here: `re` skips fast to the next one.
# No number is a digit within a word ("B2B") or behind a point; Chinese and Japanese have no spaces.
NUMBER = re.compile(
    r"(?P<digits>\d(?<!(?:[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\.)\d)"
    r"(?:\d{0,2}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d*(?:[.,]\d+)*))"
    rf"(?:(?P<wide>[{WIDE_SCALES}])"
    r"|(?P<scale>(?:[ \u00a0\u202f][^\W\d_]|[^\W\d_])[^\W\d_]{0,9})\b)?"
)
# Digits, and signs that NFKC writes as digits: ², ½, ①, ㉑ and the like.
DIGIT = re.compile(
    r"[\d\u00b2-\u00be\u2070-\u249b\u24ea-\u24ff\u2776-\u2793\u3248-\u33fe\U0001f100-\U0001f10a]"
)
GROUPED = re.compile(r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+")
# A name: a capital, an inner capital, or letters after a digit. "++": no other way is tried.
LETTER = r"A-Za-z0-9\u00c0-\u024f"  # Latin: in Chinese and Japanese, a name ends where they begin
CAPITAL = r"A-Z\u00c0-\u00d6\u00d8-\u00de"
PLAIN = rf"[{CAPITAL}][{LETTER}_&’'\-]*+|[0-9]++[A-Za-z][{LETTER}]*+"
NAME = rf"(?<![{LETTER}])(?:{PLAIN}|[a-z]++[A-Z0-9][{LETTER}]*+)"
LATIN = re.compile(NAME)
# Accents, and the marks of kana; what else may be a combining mark: nothing in these ranges is.
MARKS = re.compile("[\u0300-\u034e\u0350-\u036f\u3099\u309a]+")
UNSURE = re.compile("[^\0-\u02ff\u0370-\u0482\u2000-\u20cf\u3040-\u3098\u309b-\u9fff\uff00-\uffff]")
PLURAL = re.compile(r"[a-z]{4}s\Z")
# A name behind an ending, with what may open a sentence between them, begins one. The text gets a
# line break before it: that ends, too.
ENDING, OPENING = r".!?:;•|\n", r"\s{0,40}+[\"'“„«(\[]*+"  # of many empty lines, each would be one
NAMED = re.compile(rf"([{ENDING}]{OPENING})?({NAME})")
# The same in a third of the time, save for names that begin with a small letter. Groups: a name,
# with what opens a sentence before it; the name alone, where something does; a capital or digit
# behind a small letter, which may be within such a name.
NAMED_FAST = re.compile(
    rf"([{CAPITAL}0-9{ENDING}](?:(?<=[{CAPITAL}])(?<![{LETTER}].)[{LETTER}_&’'\-]*+"
    rf"|(?<=[0-9])(?<![{LETTER}].)[0-9]*+[A-Za-z][{LETTER}]*+"
    rf"|(?<=[{ENDING}]){OPENING}((?<![{LETTER}])(?:{PLAIN}))"
    r"|(?<=[a-z][A-Z0-9])(?<=(.))))",
    re.S,
)


def numbers(text: str) -> dict[str, int]:
    """Return how often each number is mentioned, in plain decimal writing."""
    found: dict[str, int] = {}
    if not DIGIT.search(text):
        return found
    for match in NUMBER.finditer(unicodedata.normalize("NFKC", text)):
        value = _value(match["digits"])
        scale = match["wide"] or _scale(match["scale"] or "")
        number = _scaled(value, SCALES.get(scale, 1))
        found[number] = found.get(number, 0) + 1
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


def names(text: str) -> dict[str, int]:
    """Return how often each name is mentioned, folded.

    A word that begins a sentence counts only where it also stands within one, or where an inner
    capital or digit shows that it is a name.
    """
    found: dict[str, int] = {}
    initial: list[str] = []
    for word, opening in _named(f"\n{text}"):
        name, marked = _name(word)
        if opening and not marked:
            initial.append(name)
        elif name:
            found[name] = found.get(name, 0) + 1
    for name in initial:
        if name in found:
            found[name] += 1
    return found


def _named(text: str) -> list[tuple[str, bool]]:
    """Return what is written like a name, and whether it opens a sentence."""
    found = NAMED_FAST.findall(text)
    if any(hidden for _, _, hidden in found):
        return [(name, bool(opening)) for opening, name in NAMED.findall(text)]
    return [(opening or name, bool(opening)) for name, opening, _ in found]


@lru_cache(maxsize=100_000)
def _name(word: str) -> tuple[str, bool]:
    """Return the folded name, "" where there is none, and whether its writing shows that it is."""
    bare = word.rstrip("-'’&_")
    return (fold(bare), not bare[1:].islower()) if len(bare) > 1 else ("", False)


def forget_names() -> None:
    """Let go of how names are written and folded, as is remembered of the latest."""
    _name.cache_clear()
    fold.cache_clear()


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a name without case, accents and genitive."""
    plain = without_accents(word.casefold())
    if plain.endswith("'s"):
        return plain[:-2]
    if plain.endswith("'") or (plain.endswith("s") and PLURAL.search(plain)):
        return plain[:-1]
    return plain


def without_accents(text: str) -> str:
    """Return a text in compatible signs (NFKD), each without what is combined with it."""
    if text.isascii():
        return text
    bare = MARKS.sub("", unicodedata.normalize("NFKD", text))
    if UNSURE.search(bare):
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return bare.replace("’", "'")
