"""Reads the YAML of a stack file, with the line of what is none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from digest.errors import ConfigError


@lru_cache(maxsize=1)
def _constructor() -> Any:
    """Return YAML's reader of values, to which a day that the calendar lacks is a text."""
    from ruamel.yaml.constructor import RoundTripConstructor

    class Constructor(RoundTripConstructor):
        def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
            try:
                return super().construct_yaml_timestamp(node, values)
            except ValueError:
                return node.value

    tag = "tag:yaml.org,2002:timestamp"
    Constructor.add_constructor(tag, Constructor.construct_yaml_timestamp)
    return Constructor


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
        ConfigError: where it is missing or no YAML. What is written like a day and is none
            (2026-02-30) is a text.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        text = file.read_text("utf-8")
        reader = YAML()
        reader.Constructor = _constructor()
        return reader.load(text) or {}
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
