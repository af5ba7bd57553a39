"""The clauses of a sentence: what one of them says is not said of the next."""

from __future__ import annotations

import re
from functools import cache

from digest.stages.data_files import read_data

#: Signs between clauses; a comma between digits is a number's, and so is a point behind one.
SIGNS = r"(?<!\d),|,(?!\d)|[;:，；：。．！？()（）]|\s[–—-]\s|[!?](?=\s|$)|(?<!\d)\.(?=\s|$)|\.$"
WIDE = ("ja", "zh")


def clauses_of(text: str, language: str, *, joined: bool = True) -> list[tuple[int, int]]:
    """Return where each clause of a sentence begins and ends.

    Args:
        text: the sentence.
        language: BCP-47.
        joined: whether clauses that "and" joins are one.
    """
    pattern = _breaks(language.split("-")[0], joined)
    edges = [0, *(place for match in pattern.finditer(text) for place in match.span()), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in pairs if text[start:end].strip()]


@cache
def _breaks(base: str, joined: bool) -> re.Pattern[str]:
    rows = read_data("function_words.toml")
    words = [*rows["clause_breaks"].get(base, ())]
    words += [] if joined else rows["clause_joints"].get(base, ())
    if base in WIDE:
        return re.compile("|".join((SIGNS, *words)))
    return re.compile(rf"{SIGNS}|\b(?:{'|'.join(words)})\b" if words else SIGNS, re.I)
