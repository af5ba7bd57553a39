"""Characters that nobody sees: those that shape words and emoji stay, padding goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: Scripts whose letters a joiner or non-joiner shapes (Unicode 15, core specification, 9 and 12 to
#: 16): Arabic and its kin, those of India and South-East Asia, Mongolian.
SHAPED = (
    "\u0600-\u085f\u0860-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010aff\U00011000-\U00011fff\U0001e900-\U0001e95f"
)
#: What an emoji is made of that a joiner joins (UTS 51): symbols, their variation, flags' tags.
EMOJI = "\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
#: Padding: soft hyphen, zero-width space, word joiner, byte order mark, grapheme joiner, and
#: joiners where there is nothing to join.
INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u034f]+"
    f"|\u200c(?![{SHAPED}])|(?<![{SHAPED}\u200c])\u200c"
    f"|(?<![{SHAPED}{EMOJI}])\u200d|(?<=[{EMOJI}])\u200d(?![{EMOJI}])"
)
#: What stands for kept characters where a tool would cut all that is not printed: letters of a
#: script of the bronze age (Anatolian hieroglyphs), one each.
KEPT = ("\u200c", "\u200d", *map(chr, range(0xE0020, 0xE0080)))
HIDE = {ord(sign): 0x14500 + place for place, sign in enumerate(KEPT)}
SHOW = {there: here for here, there in HIDE.items()}
ANY_KEPT = re.compile(f"[{''.join(KEPT)}]")


def holds_kept(tree: Any) -> bool:
    """Return whether a tree's text has a character that a tool would cut and a reader needs."""
    return any(ANY_KEPT.search(text) for text in tree.itertext())


def hide(tree: Any) -> None:
    """Put letters in place of such characters in a tree's text, until `show`."""
    for node in _elements(tree):
        node.text = INVISIBLE.sub("", node.text).translate(HIDE) if node.text else node.text
        node.tail = INVISIBLE.sub("", node.tail).translate(HIDE) if node.tail else node.tail


def show(text: str) -> str:
    """Return a text with the characters that `hide` has hidden."""
    return text.translate(SHOW)


def _elements(tree: Any) -> Iterator[Any]:
    yield from (node for node in tree.iter() if isinstance(node.tag, str))
