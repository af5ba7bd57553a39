"""Makes `src/digest/data/pinyin.txt` again: how common Han characters are read in Mandarin.

    pip install pypinyin==0.55.0 && python tools/make_pinyin.py

Of the readings of a character the commonest one, without its tone, as names are written abroad.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

FILE = Path(__file__).parents[1] / "src/digest/data/pinyin.txt"
HEAD = """# How Han characters are read in Mandarin, without tones: a syllable, its characters.
# Those of GB 2312, Big5's common ones and JIS X 0208's first level. Made by tools/make_pinyin.py
# from pypinyin 0.55.0 (MIT licence, (c) 2016 mozillazg and others), whose readings follow the
# Unihan database of Unicode; stages/romanise.py reads it.
"""
COMMON = (("gb2312", b"\xb0\xa1", b"\xf7\xfe"), ("big5", b"\xa4\x40", b"\xc6\x7e"))
JAPANESE = (b"\xb0\xa1", b"\xcf\xd3")  # of EUC-JP


def main() -> None:
    """Write the table."""
    from pypinyin import lazy_pinyin

    syllables: dict[str, list[str]] = defaultdict(list)
    for sign in sorted(_characters()):
        said = unicodedata.normalize("NFD", lazy_pinyin(sign)[0])
        plain = "".join(c for c in said if c.isascii() and c.isalpha())
        if plain and plain != sign:
            syllables[plain].append(sign)
    lines = [f"{name} {''.join(signs)}" for name, signs in sorted(syllables.items())]
    FILE.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


def _characters() -> set[str]:
    ranges = (*COMMON, ("euc_jp", *JAPANESE))
    return {sign for name, first, last in ranges for sign in _between(name, first, last)}


def _between(encoding: str, first: bytes, last: bytes) -> set[str]:
    every = ((high, low) for high in range(first[0], last[0] + 1) for low in range(0x40, 0xFF))
    pairs = (bytes(pair) for pair in every if first <= bytes(pair) <= last)
    signs = (pair.decode(encoding, "ignore") for pair in pairs)
    return {sign for sign in signs if len(sign) == 1 and "\u4e00" <= sign <= "\u9fff"}


if __name__ == "__main__":
    main()
