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


def rows_of(name: str, table: str) -> tuple[str, ...]:
    """Return the rows of all languages of a table, in the file's order, each once."""
    rows: Mapping[str, list[str]] = read_data(name)[table]
    return tuple(dict.fromkeys(row for every in rows.values() for row in every))


def any_of(name: str, table: str) -> str:
    """Return a regular expression's alternatives: the rows of all languages of a table."""
    return "|".join(rows_of(name, table))
