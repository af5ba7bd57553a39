"""The parallel sentences that a starter package may learn from, and those that it is judged by."""

from __future__ import annotations

import csv
import hashlib
import lzma
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.train_translation.languages import LANGUAGES, TARGET

RESEARCH_ONLY = "wmt-"  #: the WMT test sets were made for research: no shipped weight learns there
HELD_OUT = "flores-dev"  #: news that only judges; its licence (CC BY-SA) binds no weights then
EVERYDAY = "tatoeba"  #: short sentences of everyday life: many, and far from the news
BLOCK = 40  #: rows in a row of one source: about a page of documentation
HELD_SHARE = 0.012  #: of such pages are kept for judging
HUMAN_SHARE = 80  #: a page that declares this share of human translation, or more, is human work
SOME_SHARE = 20  #: below it, people hardly looked at the page


Judges = list[tuple[str, str]]  #: texts and their English


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its English.

    Args:
        language: of the source, as the data names it.
        source: the sentence.
        target: its English.
        weight: how often it is learned in an epoch, on average.
        page: number of the page that it stands on; neighbours of one page may be joined.
        held: whether it judges instead of being learned.
    """

    language: str
    source: str
    target: str
    weight: float = 1.0
    page: int = 0
    held: bool = False


def read_pairs(
    path: Path, *, languages: tuple[str, ...] = LANGUAGES, every: int = 1
) -> Iterator[Pair]:
    """Give every pair of `parallel.tsv.xz` whose licence allows it, in file order.

    Whole pages are held out, so that no neighbour of a judging sentence is learned.

    Args:
        path: the file.
        languages: sources that are wanted.
        every: every so many pages only, from everywhere in the file; for a smoke run.
    """
    for number, line in enumerate(_lines(path)):
        page = number // BLOCK
        if line["source"].startswith(RESEARCH_ONLY) or page % every:
            continue
        held = line["source"] == HELD_OUT or _is_held(line["source"], page)
        shares = dict(tag.split(":") for tag in line["tags"].split())
        for language in languages:
            if line[language]:
                weight = _weight(line, shares.get(language, ""))
                yield Pair(language, line[language], line[TARGET], weight, page, held)


def read_judges(
    path: Path, *, languages: tuple[str, ...] = LANGUAGES
) -> dict[str, tuple[Judges, Judges]]:
    """Return for each language what judges, a text and its English: documentation, and FLORES."""
    found: dict[str, tuple[Judges, Judges]] = {language: ([], []) for language in languages}
    for number, line in enumerate(_lines(path)):
        if line["source"] == HELD_OUT or _is_held(line["source"], number // BLOCK):
            for language in languages:
                if line[language] and not line["source"].startswith(RESEARCH_ONLY):
                    kind = line["source"] == HELD_OUT
                    found[language][kind].append((line[language], line[TARGET]))
    return found


def _lines(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _is_held(source: str, page: int) -> bool:
    digest = hashlib.blake2b(f"{source} {page}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") < HELD_SHARE * 2**32


def _weight(line: dict[str, str], tag: str) -> float:
    """Return more for people's work than for a machine's that they hardly looked at."""
    if line["kind"] == "news":
        return 0.7 if line["source"].startswith(EVERYDAY) else 2.0
    share = 100 if tag == "human" else int(tag[2:] or 0) if tag.startswith("ht") else 0
    return 2.0 if share >= HUMAN_SHARE else 1.0 if share >= SOME_SHARE else 0.7


def balance(pairs: list[Pair]) -> dict[str, float]:
    """Return a factor for each language, so that a rare one is not drowned (square root)."""
    totals: dict[str, float] = {}
    for pair in pairs:
        totals[pair.language] = totals.get(pair.language, 0.0) + pair.weight
    mean = sum(totals.values()) / max(len(totals), 1)
    return {language: (mean / total) ** 0.5 for language, total in totals.items()}
