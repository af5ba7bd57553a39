"""The words by which Japanese and Chinese sentences are read, from the data files."""

from __future__ import annotations

import re
from functools import cache

from digest.stages.taxonomy import load_knowledge


@cache
def wide_words(key: str) -> re.Pattern[str]:
    """Return the words of a row of `names.toml`, table `wide`, as one group."""
    return re.compile(f"(?:{'|'.join(load_knowledge().names['wide'][key])})")


@cache
def country_first() -> re.Pattern[str]:
    """Return what finds a country's name right before a firm's in other letters."""
    return re.compile(rf"^{wide_words('countries').pattern}(?=[A-Za-zァ-ヶ])")


@cache
def pair_of_parties() -> re.Pattern[str]:
    """Return how a sentence opens with two parties: "アクメとベータは"."""
    joins, ends = wide_words("joins").pattern, wide_words("join_ends").pattern
    return re.compile(rf"^([^、，。：]{{2,20}}?){joins}([^、，。：は]{{2,20}}?)(?={ends})")
