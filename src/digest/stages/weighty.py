"""Weighty things that a draft may say only where one of its proofs says the like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from digest.stages.data_files import read_data
from digest.stages.ground import Proof, plain


def weighty(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return what a sentence says of weight and no proof says, in words; "" where nothing.

    That something is free, that somebody bought, left, sued or cheated, and of how many of them.
    Proofs in a language without a row may say anything.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: the sentence's, BCP-47.
    """
    base = language.split("-")[0]
    for name, rows in _classes().items():
        found = rows[base].search(text) if base in rows else None
        if found and not any(_may_say(rows, each) for each in proofs):
            return f"{name} that no source has: {found[0]}"
    return ""


def _may_say(rows: Mapping[str, re.Pattern[str]], proof: Proof) -> bool:
    pattern = rows.get(proof.language.split("-")[0])
    return pattern is None or pattern.search(plain(proof.text)) is not None


@cache
def _classes() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    return {
        name: {base: re.compile(said, re.I) for base, said in rows.items()}
        for name, rows in read_data("weighty.toml").items()
    }
