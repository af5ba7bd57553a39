"""Which headlines go on with an earlier event: an appeal, a comparison."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from digest.stages.lexicon import is_wide
from digest.stages.mentions import fold

WORD = re.compile(r"[^\W_]+")
WIDE = ("zh", "ja")


def find_turns(text: str, language: str) -> frozenset[str]:
    """Return the kinds of going on with something that a text says: "appeal", "comparison"."""
    base = language.split("-")[0]
    if base in WIDE:
        return frozenset(kind for kind, word in _words(base) if word in text)
    said = {fold(word) for word in WORD.findall(text)}
    return frozenset(
        kind
        for kind, word in _words(base)
        if word in said or (word.endswith("*") and any(one.startswith(word[:-1]) for one in said))
    )


@cache
def _words(base: str) -> tuple[tuple[str, str], ...]:
    """Return kind and word, for a language."""
    lines = (resources.files("digest") / "data" / "turns.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return tuple(
        (row[0], word if is_wide(word[0]) else fold(word))
        for row in rows
        if row[1] == base
        for word in row[2:]
    )
