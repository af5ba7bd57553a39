"""The phrases of `digest/data/furniture.toml`: what pages say that is not their article."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return the pattern of one list of phrases, such as "error_title" or "paywall"."""
    text = (resources.files("digest") / "data" / "furniture.toml").read_text("utf-8")
    words: list[str] = tomllib.loads(text)[name]
    return re.compile("|".join(f"(?:{word})" for word in words), re.I)
