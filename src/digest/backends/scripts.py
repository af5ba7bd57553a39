"""Which writing systems a text uses, and what that alone says about its language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Blocks of letters with their script, from the Unicode Character Database (Blocks.txt).
BLOCKS = (
    (0x41, 0x5A, "Latin"), (0x61, 0x7A, "Latin"), (0xAA, 0xAA, "Latin"), (0xBA, 0xBA, "Latin"),
    (0xC0, 0xD6, "Latin"), (0xD8, 0xF6, "Latin"), (0xF8, 0x2AF, "Latin"),
    (0x370, 0x373, "Greek"), (0x376, 0x37D, "Greek"), (0x386, 0x3FF, "Greek"),
    (0x400, 0x481, "Cyrillic"), (0x48A, 0x52F, "Cyrillic"), (0x531, 0x587, "Armenian"),
    (0x5D0, 0x5F2, "Hebrew"), (0x620, 0x65F, "Arabic"), (0x66E, 0x6D5, "Arabic"),
    (0x6EE, 0x6FF, "Arabic"), (0x710, 0x74A, "Syriac"), (0x750, 0x77F, "Arabic"),
    (0x780, 0x7B1, "Thaana"), (0x7CA, 0x7EA, "Nko"), (0x8A0, 0x8FF, "Arabic"),
    (0x900, 0x963, "Devanagari"), (0x971, 0x97F, "Devanagari"), (0x980, 0x9E3, "Bengali"),
    (0x9F0, 0x9F1, "Bengali"), (0xA01, 0xA5E, "Gurmukhi"), (0xA70, 0xA75, "Gurmukhi"),
    (0xA81, 0xAE3, "Gujarati"), (0xB01, 0xB63, "Odia"), (0xB82, 0xBD7, "Tamil"),
    (0xC00, 0xC63, "Telugu"), (0xC80, 0xCE3, "Kannada"), (0xD00, 0xD63, "Malayalam"),
    (0xD81, 0xDF3, "Sinhala"), (0xE01, 0xE4E, "Thai"), (0xE81, 0xEDF, "Lao"),
    (0xF00, 0xF1F, "Tibetan"), (0xF40, 0xFBC, "Tibetan"), (0x1000, 0x103F, "Myanmar"),
    (0x1050, 0x108F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x137C, "Ethiopic"), (0x13A0, 0x13FD, "Cherokee"), (0x1401, 0x167F, "Canadian"),
    (0x1780, 0x17D3, "Khmer"), (0x1820, 0x18AA, "Mongolian"), (0x1C5A, 0x1C7D, "OlChiki"),
    (0x1C90, 0x1CBF, "Georgian"), (0x1E00, 0x1EFF, "Latin"), (0x1F00, 0x1FFF, "Greek"),
    (0x2C60, 0x2C7F, "Latin"), (0x2D30, 0x2D67, "Tifinagh"), (0x2DE0, 0x2DFF, "Cyrillic"),
    (0x3005, 0x3007, "Han"), (0x3041, 0x3096, "Kana"), (0x309D, 0x309F, "Kana"),
    (0x30A1, 0x30FA, "Kana"), (0x30FC, 0x30FF, "Kana"), (0x3105, 0x312F, "Bopomofo"),
    (0x3131, 0x318E, "Hangul"), (0x31F0, 0x31FF, "Kana"), (0x3400, 0x4DBF, "Han"),
    (0x4E00, 0x9FFF, "Han"), (0xA000, 0xA48C, "Yi"), (0xA640, 0xA69F, "Cyrillic"),
    (0xA720, 0xA7FF, "Latin"), (0xA980, 0xA9CD, "Javanese"), (0xAC00, 0xD7A3, "Hangul"),
    (0xF900, 0xFAFF, "Han"), (0xFB50, 0xFDFB, "Arabic"), (0xFE70, 0xFEFC, "Arabic"),
    (0x20000, 0x323AF, "Han"),
)  # fmt: skip

# Scripts that, in today's press, write one language: no statistics needed.
ONE_LANGUAGE = {
    "Greek": "el", "Armenian": "hy", "Hebrew": "he", "Syriac": "syr", "Thaana": "dv", "Nko": "nqo",
    "Bengali": "bn", "Gurmukhi": "pa", "Gujarati": "gu", "Odia": "or", "Tamil": "ta",
    "Telugu": "te", "Kannada": "kn", "Malayalam": "ml", "Sinhala": "si", "Thai": "th", "Lao": "lo",
    "Tibetan": "bo", "Myanmar": "my", "Georgian": "ka", "Hangul": "ko", "Ethiopic": "am",
    "Cherokee": "chr", "Canadian": "iu", "Khmer": "km", "Mongolian": "mn", "OlChiki": "sat",
    "Tifinagh": "zgh", "Kana": "ja", "Bopomofo": "zh-Hant", "Yi": "ii", "Javanese": "jv",
}  # fmt: skip

# A Han character, kana or Hangul syllable says as much as so many Latin letters: the ratio in the
# 63 NTREX documents in English (97,966 letters), Chinese (33,743), Korean (44,901), Japanese.
LETTERS = {"Han": 2.9, "Kana": 1.6, "Hangul": 2.2}
SHORT = 200  #: letters up to which a text is like a headline, full of brand names in Latin letters
BRANDS = 2.0  #: how much more another script counts than Latin in a short text
KANJI = 12  #: characters; Japanese headlines without a single kana are no longer
KANA = 0.04  #: share of kana from which Han is Japanese (real sentences: 0.28 at least)


def count_scripts(text: str) -> dict[str, int]:
    """Return how many letters of each script the text has; other characters are not counted."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts, ends, names = _bounds()
    place = np.searchsorted(starts, codes, side="right") - 1
    inside = (place >= 0) & (codes <= ends[np.maximum(place, 0)])
    found = np.bincount(place[inside], minlength=len(starts))
    counts: dict[str, int] = {}
    for index in np.flatnonzero(found):
        counts[names[index]] = counts.get(names[index], 0) + int(found[index])
    return counts


def main_script(counts: dict[str, int]) -> tuple[str, float]:
    """Return the script that carries most of the text, and its share (0-1); "" without letters.

    Han and kana are judged together: "Kana" where there is enough kana to be Japanese.
    """
    weights = {name: count * LETTERS.get(name, 1.0) for name, count in counts.items()}
    if not weights:
        return "", 0.0
    if sum(counts.values()) <= SHORT:
        weights = {n: w if n == "Latin" else w * BRANDS for n, w in weights.items()}
    east = weights.pop("Han", 0.0) + weights.pop("Kana", 0.0)
    if east:
        kana, han = counts.get("Kana", 0), counts.get("Han", 0)
        weights["Kana" if kana > KANA * (kana + han) else "Han"] = east
    best = max(weights, key=lambda name: (weights[name], name))
    return best, weights[best] / sum(weights.values())


def han_variant(text: str) -> tuple[str, float]:
    """Return "zh-Hans" or "zh-Hant", or "ja" where only Japan writes so, and the evidence (0-1).

    Source of the variants: OpenCC's tables, character by character.
    """
    simplified, traditional, japanese = _variants()
    s, t, j = (sum(map(chars.__contains__, text)) for chars in (simplified, traditional, japanese))
    if j > max(s, t):
        return "ja", j / (s + t + j)
    if s == t:  # 台 and 里 are Traditional as well; what is Traditional alone is never Simplified
        return ("zh-Hant" if t else "zh-Hans"), 0.5
    return ("zh-Hans" if s > t else "zh-Hant"), max(s, t) / (s + t)


def could_be_japanese(text: str) -> bool:
    """Return whether a text of Han characters is so short that Japanese may do without kana in it.

    And whether Japan's standard (JIS X 0208) has every one of them.
    """
    han = [character for character in text if character >= "\u3400"]
    try:
        "".join(han).encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return len(han) <= KANJI


def plain_letters(text: str) -> str:
    """Return the text without typographic variants of letters (full-width, bold, ligatures)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", HALVES.sub(" ", text))


HALVES = re.compile("[\ud800-\udfff]")  #: half characters, which no library can encode
LATIN_WORDS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ʯḀ-ỿ]+")


@cache
def _bounds() -> tuple[NDArray[np.uint32], NDArray[np.uint32], tuple[str, ...]]:
    import numpy as np

    starts, ends, names = zip(*BLOCKS, strict=True)
    return np.array(starts, np.uint32), np.array(ends, np.uint32), names


@cache
def _variants() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    from opencc import OpenCC

    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    lines = "\n".join(characters)
    to_simplified, to_traditional, from_japanese = (
        OpenCC(name).convert(lines).split("\n") for name in ("t2s", "s2t", "jp2t")
    )
    simplified = {c for c, other in zip(characters, to_traditional, strict=True) if c != other}
    traditional = {c for c, other in zip(characters, to_simplified, strict=True) if c != other}
    japanese = {c for c, other in zip(characters, from_japanese, strict=True) if c != other}
    return (
        frozenset(simplified - traditional),
        frozenset(traditional - simplified),
        frozenset(japanese - simplified - traditional),
    )
