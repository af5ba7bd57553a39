"""How often `judge` refuses human translations, and how often it catches spoiled ones."""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Callable
from pathlib import Path

from digest.stages.judge import judge

PAIRS = [
    *((language, "en") for language in ("de", "fr", "es", "it", "ja", "nl", "pt", "zh-Hans")),
    *(("en", language) for language in ("de", "fr", "ja", "zh-Hans")),
]
RNG = random.Random(0)
Spoiler = Callable[[str, str], str | None]


def measure_judging(file: Path, *, pairs: int) -> None:
    """Print a table: human translations refused, spoiled ones caught, by pair of languages."""
    rows = _read(file)
    print("| pair | refused, human |", " | ".join(f"caught, {name}" for name in SPOILERS), "|")
    print("| --- |" + " --- |" * (len(SPOILERS) + 1))
    for language, to in PAIRS:
        found = [(row[language], row[to]) for row in rows if row[language] and row[to]]
        found = [pair for pair in found if len(pair[0]) >= 20]
        chosen = RNG.sample(found, min(pairs, len(found)))
        cells = [_share(chosen, lambda _s, target: target, language, to)]
        cells += [_share(chosen, spoil, language, to) for spoil in SPOILERS.values()]
        print(f"| {language} → {to} |", " | ".join(f"{100 * cell:.1f} %" for cell in cells), "|")


def _share(pairs: list[tuple[str, str]], spoil: Spoiler, language: str, to: str) -> float:
    judged = [
        bool(judge(source, made, language=language, to=to))
        for source, target in pairs
        if (made := spoil(source, target)) is not None
    ]
    return sum(judged) / max(len(judged), 1)


def _read(file: Path) -> list[dict[str, str]]:
    with lzma.open(file, "rt", encoding="utf-8") as stream:
        head = next(stream).rstrip("\n").split("\t")
        rows = (dict(zip(head, line.rstrip("\n").split("\t"), strict=False)) for line in stream)
        return [row for row in rows if row["kind"] != "docs"]


def _looped(_source: str, target: str) -> str:
    words = target.split() if " " in target else list(target)
    glue = " " if " " in target else ""
    return glue.join(words + words[-2:] * RNG.randint(4, 12))


def _other_number(_source: str, target: str) -> str | None:
    found = list(re.finditer(r"\d{2,}", target))
    if not found:
        return None
    match = RNG.choice(found)
    return f"{target[: match.start()]}{int(match[0]) + RNG.randint(1, 8)}{target[match.end() :]}"


SPOILERS: dict[str, Spoiler] = {
    "looped": _looped,
    "left as it was": lambda source, _target: source,
    "three quarters left": lambda s, t: s[: 3 * len(s) // 4] + " " + t[3 * len(t) // 4 :],
    "cut to a quarter": lambda _source, target: target[: len(target) // 4],
    "another number": _other_number,
}
