"""Names of Chinese and Japanese texts as Latin letters write them."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
HAN = re.compile(r"[\u4e00-\u9fff]+")
SYLLABLE = re.compile(r".[ァィゥェォャュョ]?")
LENGTHS = (2, 3, 4)  # characters of a name
LETTERS = 5  # fewer are a name by chance: "Nike", "Mali", "Dalí" all have their characters


def in_latin(name: str) -> str:
    """Return a name in kana or in Han characters as Latin letters write it, any other as it is.

    `ツムギ` is tsumugi, `潮汐` chaoxi. Han characters are read in Mandarin, so that a name is the
    same in traditional, simplified and Japanese forms.
    """
    if HAN.fullmatch(name):
        return "".join(_readings().get(sign, sign) for sign in name)
    if not KANA.fullmatch(name):
        return name
    plain = "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in name)
    said = "".join(_kana().get(part, part) for part in SYLLABLE.findall(plain))
    return re.sub(r"(.)ー", r"\1", re.sub(r"ッ(.)", r"\1\1", said))


def heard_in(text: str) -> set[str]:
    """Return all that may be a name in Han characters, as Mandarin is written in Latin letters.

    A name has no mark in Chinese, so every run of two to four characters may be one.
    """
    readings = _readings()
    found = set()
    for run in HAN.findall(text):
        said = [readings.get(sign, "") for sign in run]
        for size in LENGTHS:
            found |= {"".join(said[n : n + size]) for n in range(len(said) - size + 1)}
    return {one for one in found if len(one) >= LETTERS}


@cache
def _kana() -> dict[str, str]:
    """Return what each syllable of katakana is in Latin letters."""
    return dict(line.split() for line in _lines("kana.txt"))


@cache
def _readings() -> dict[str, str]:
    """Return what each common Han character is in Latin letters."""
    rows = (line.split() for line in _lines("pinyin.txt"))
    return {sign: said for said, signs in rows for sign in signs}


def _lines(name: str) -> list[str]:
    lines = (resources.files("digest") / "data" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
