"""The fonts of this machine that write a language, for charts."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache

#: Fonts that have a script's letters, the most usual first; the first that is there is taken.
FONTS: dict[str, tuple[str, ...]] = {
    "ja": ("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "IPAexGothic", "MS Gothic"),
    "zh-Hans": ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "SimHei"),
    "zh-Hant": ("Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", "PMingLiU"),
    "ko": ("Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic"),
    "ar": ("Noto Sans Arabic", "SF Arabic", "Segoe UI", "DejaVu Sans"),
}
BASE = ("Noto Sans", "DejaVu Sans")
#: Files of such fonts; others that came since are of no use here.
WANTED = re.compile(
    r"noto|cjk|gothic|hiragino|pingfang|yahei|simhei|jheng|mingliu|arab|dejavu", re.I
)


@cache
def fonts_for(language: str) -> tuple[str, ...]:
    """Return the installed fonts that write a language, those of other scripts after them."""
    there = _installed()
    mine = [name for name in FONTS.get(language, ()) if name in there][:1]
    others = [
        next((name for name in names if name in there), "")
        for tag, names in FONTS.items()
        if tag != language
    ]
    base = [name for name in BASE if name in there]
    return tuple(dict.fromkeys(filter(None, [*base[:1], *mine, *others, *base])))


def missing_font(language: str) -> str:
    """Return a font to install so that charts can write a language; "" where one is there."""
    wanted = FONTS.get(language)
    if wanted is None or any(name in _installed() for name in wanted):
        return ""
    return wanted[0]


def lacking(text: str, language: str) -> str:
    """Return the letters of a text that none of a language's fonts has, each once, in order."""
    known = frozenset[int]().union(*(_letters(name) for name in fonts_for(language)))
    return "".join(dict.fromkeys(s for s in text if not s.isspace() and ord(s) not in known))


@cache
def _letters(name: str) -> frozenset[int]:
    from matplotlib.font_manager import fontManager, get_font

    return frozenset(get_font(fontManager.findfont(name)).get_charmap())


@cache
def _installed() -> frozenset[str]:
    """Return the names of the installed fonts, those among them that came after the last list.

    The library keeps its list of fonts for good, and would never see one that is installed because
    `digest doctor` said so.
    """
    from matplotlib.font_manager import findSystemFonts, fontManager

    known = {str(entry.fname) for entry in fontManager.ttflist}
    for path in sorted(set(findSystemFonts()) - known):
        if WANTED.search(path):
            with suppress(RuntimeError, OSError):  # a broken file is no font
                fontManager.addfont(path)
    return frozenset(entry.name for entry in fontManager.ttflist)
