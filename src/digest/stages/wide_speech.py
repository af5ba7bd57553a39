"""Who is quoted in Japanese and Chinese, as in `speech.py`: by what stands before "said"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from digest.stages.data_files import read_data
from digest.stages.ground import Proof, plain
from digest.stages.sentences import terms_of

SIGNS = "，。；：、！？「」“”,;:"
BLANK = re.compile(rf"[\s{SIGNS}]*")

Speech = tuple[str, frozenset[str]]


def other_speaker_wide(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return whom a sentence has say what another says in its proofs; "" where nobody.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: "ja", "zh-Hans" or "zh-Hant".
    """
    base = language.split("-")[0]
    if base not in read_data("doers.toml")["wide"]:
        return ""
    own = [plain(each.text) for each in proofs if each.language.split("-")[0] == base]
    known = [speech for each in own for speech in speeches_of(each, base)]
    for speaker, terms in speeches_of(text, base) if known else ():
        mine = _said_by(speaker, known)
        others = frozenset[str]().union(*(each for _, each in known)) - mine
        if not any(_is_same(speaker, who) for who, _ in known) or (
            len(terms & others) > len(terms & mine)
        ):
            return f"a speaker who says something else: {speaker}"
    return ""


def _said_by(speaker: str, known: Sequence[Speech]) -> frozenset[str]:
    return frozenset[str]().union(*(each for who, each in known if _is_same(speaker, who)))


def _is_same(one: str, other: str) -> bool:
    """Return whether two names may be one person's: "首席执行官周岚" and "周岚"."""
    return one.endswith(other) or other.endswith(one)


def speeches_of(text: str, base: str) -> list[Speech]:
    """Return each speaker of a sentence with the terms of what is said, before or behind."""
    found: list[Speech] = []
    marks = list(_said(base).finditer(text))
    done = 0
    for place, match in enumerate(marks):
        if "what" in match.groupdict():
            found.append((match["who"], terms_of(match["what"])))
            continue
        end = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        behind = text[match.end() : end]
        before = text[done : match.start()]
        is_last = BLANK.fullmatch(behind) is not None
        found.append((match["who"], terms_of(before if is_last else behind)))
        done = end
    return found


@cache
def _said(base: str) -> re.Pattern[str]:
    row: str = read_data("doers.toml")["wide"][base]["said"]
    return re.compile(row.replace("SIGNS", SIGNS))
