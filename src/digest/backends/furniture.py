"""The phrases of `digest/data/furniture.toml`: what pages say that is not their article."""

from __future__ import annotations

import re
from functools import cache

from digest.data_files import read_data


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return the pattern of one list of phrases, such as "error_title" or "paywall"."""
    words: list[str] = read_data("furniture.toml")[name]
    return re.compile("|".join(f"(?:{word})" for word in words), re.I)
