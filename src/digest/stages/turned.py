"""What a generated sentence turns round: which way something goes, and a time told from today."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from digest.data_files import read_data
from digest.stages.ground import Proof, plain

OPPOSITE = {"up": "down", "down": "up"}


def turned(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return what a sentence turns round, in words; "" where nothing.

    "Cuts its price" rests on no sentence that says "raises its price" alone; "next week" on none
    that names no such week. Proofs in a language without cues may say anything.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: the sentence's, BCP-47.
    """
    for way, other in OPPOSITE.items():
        said = _says(_ways()[way], text, language)
        is_opposed = any(_says(_ways()[other], plain(p.text), p.language) for p in proofs)
        if said and is_opposed and not any(_may_say(_ways()[way], each) for each in proofs):
            return f"a direction that no source has: {said}"
    for rows in _whens().values():
        said = _says(rows, text, language)
        if said and not any(_may_say(rows, each) for each in proofs):
            return f"a number or date that no source has: {said}"
    return ""


def _says(rows: Mapping[str, re.Pattern[str]], text: str, language: str) -> str:
    pattern = rows.get(language.split("-")[0])
    found = pattern.search(text) if pattern else None
    return found[0] if found else ""


def _may_say(rows: Mapping[str, re.Pattern[str]], proof: Proof) -> bool:
    language = proof.language.split("-")[0]
    if language not in _ways()["up"] or language not in rows:
        return True  # nothing tells how it would say so
    return bool(_says(rows, plain(proof.text), proof.language))


@cache
def _ways() -> dict[str, dict[str, re.Pattern[str]]]:
    return {way: _compiled(_rows()[way]) for way in OPPOSITE}


@cache
def _whens() -> dict[str, dict[str, re.Pattern[str]]]:
    return {name: _compiled(row) for name, row in _rows()["when"].items()}


@cache
def _rows() -> Mapping[str, dict[str, dict[str, str]]]:
    rows: Mapping[str, dict[str, dict[str, str]]] = read_data("turned.toml")
    return rows


def _compiled(row: Mapping[str, object]) -> dict[str, re.Pattern[str]]:
    return {language: re.compile(str(said), re.I) for language, said in row.items()}
