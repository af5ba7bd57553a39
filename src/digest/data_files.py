"""Facts that are no code: a TOML file of `digest/data`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from digest.errors import ConfigError


@cache
def read_data(name: str) -> Mapping[str, Any]:
    """Return the tables of a file of `digest/data`.

    Args:
        name: "numerals.toml".

    Raises:
        ConfigError: where the file is broken; names it.
    """
    text = (resources.files("digest") / "data" / name).read_text("utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"digest/data/{name}: not valid TOML: {error}") from error
