"""Rows of a data file, whatever their language; `read_data` itself is everybody's."""

from __future__ import annotations

from collections.abc import Mapping

from digest.data_files import read_data

__all__ = ["any_of", "read_data", "rows_of"]


def rows_of(name: str, table: str) -> tuple[str, ...]:
    """Return the rows of all languages of a table, in the file's order, each once."""
    rows: Mapping[str, list[str]] = read_data(name)[table]
    return tuple(dict.fromkeys(row for every in rows.values() for row in every))


def any_of(name: str, table: str) -> str:
    """Return a regular expression's alternatives: the rows of all languages of a table."""
    return "|".join(rows_of(name, table))
