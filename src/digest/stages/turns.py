"""Which headlines go on with an earlier event: an appeal, a completion, a reaction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.stages.lexicon import is_wide
from digest.stages.mentions import NAME, fold, without_accents

WORD = re.compile(r"[^\W_]+")
SUCCESSOR = re.compile(rf"({NAME}) ([2-9]|1\d)(?![\w%]|[.,:]\d)")
WIDE = ("zh", "ja")
NO_TURNS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Cues:
    """The words of a language that say so, with their kinds."""

    whole: dict[str, frozenset[str]]
    beginnings: dict[str, frozenset[str]]
    begins: tuple[str, ...]
    together: dict[tuple[str, ...], str]
    every: re.Pattern[str]  #: finds all that has one of them, and some that has none


def find_turns(text: str, language: str) -> frozenset[str]:
    """Return how a text goes on with something earlier: "appeal", "comparison" and the like."""
    base = language.split("-")[0]
    cues = _cues(base)
    if base in WIDE:
        kinds = (kinds for word, kinds in cues.whole.items() if word in text)
        both = (kind for words, kind in cues.together.items() if all(one in text for one in words))
        return NO_TURNS.union(both, *kinds)
    plain = without_accents(text.casefold())
    if not cues.every.search(plain):
        return NO_TURNS  # as of most texts: what follows takes ten times as long
    said = set(WORD.findall(plain))
    found = frozenset(kind for words, kind in cues.together.items() if said.issuperset(words))
    for word in {fold(word) for word in WORD.findall(text)}:
        if word in cues.whole:
            found |= cues.whole[word]
        if word.startswith(cues.begins):
            begun = (kinds for part, kinds in cues.beginnings.items() if word.startswith(part))
            found = found.union(*begun)
    return found


@cache
def _cues(base: str) -> _Cues:
    lines = (resources.files("digest") / "data" / "turns.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    whole: dict[str, frozenset[str]] = {}
    beginnings: dict[str, frozenset[str]] = {}
    together: dict[tuple[str, ...], str] = {}
    for kind, language, *words in rows:
        for word in words if language == base else ():
            if "+" in word:
                together[tuple(word.split("+"))] = kind
                continue
            said = word if is_wide(word[0]) else fold(word)
            into, key = (beginnings, said[:-1]) if said.endswith("*") else (whole, said)
            into[key] = into.get(key, NO_TURNS) | {kind}
    every = re.compile(_any_of({*whole, *beginnings, *(words[-1] for words in together)}))
    return _Cues(whole, beginnings, tuple(beginnings), together, every)


def _any_of(words: Iterable[str]) -> str:
    """Return an expression for words at the beginning of a word, by their first letters: faster."""
    tree: dict[str, list[str]] = {}
    for word in sorted(words):
        tree.setdefault(word[:1], []).append(word[1:])
    firsts = "".join(map(re.escape, tree))
    rest = "|".join(
        f"(?<={re.escape(first)})(?:{'|'.join(map(re.escape, some))})"
        for first, some in tree.items()
    )
    return rf"[{firsts}](?<![^\W_].)(?:{rest})" if tree else r"(?!)"


def find_successors(text: str) -> frozenset[tuple[str, str]]:
    """Return the names in a text that a small number follows: ("Storyboard", "2")."""
    return frozenset(SUCCESSOR.findall(text))
