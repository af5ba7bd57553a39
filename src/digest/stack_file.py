"""Reads the YAML of a stack file, with the line of what is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from digest.errors import ConfigError

DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", re.ASCII)


def plain(value: Any) -> Any:
    """Return what YAML read as plain mappings and tuples."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return tuple(plain(each) for each in value)
    return value


def read_values(file: Path) -> Any:
    """Return what a file says, with the line of each value.

    Raises:
        ConfigError: where it is missing, no YAML, or has a day that the calendar lacks.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = file.read_text("utf-8")
        return YAML().load(text) or {}
    except FileNotFoundError:
        cure = "create it (docs/stack.md), or leave `stack` out of digest.toml"
        raise ConfigError(f"no stack file {file}", cure=cure) from None
    except (OSError, UnicodeDecodeError) as error:
        cure = "give a file of text in UTF-8 that may be read"
        raise ConfigError(f"cannot read the stack file {file}: {error}", cure=cure) from error
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        cure = "quote values that hold a colon or #, and indent with spaces"
        if what.startswith("found duplicate key"):
            cure = "leave one of the two lines"
            what = what.split(" with value ")[0]
        raise ConfigError(f"{file}{line}: not valid YAML: {what}", cure=cure) from error
    except ValueError as error:
        cure = "write a day of the calendar: 2026-12-31"
        raise ConfigError(f"{file}{_no_day(text)}: {error}", cure=cure) from error


def _no_day(text: str) -> str:
    """Return where a text has what is written like a day and is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        for match in DAY.finditer(line):
            try:
                date(*map(int, match.groups()))
            except ValueError:
                return f" line {number}: no day {match[0]}"
    return ""
