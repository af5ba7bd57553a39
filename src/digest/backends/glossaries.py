"""Reads the user's glossary: names to keep, and terms with a translation of the house."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from digest.errors import ConfigError

SHAPE = 'write "keep: [Name, …]" and "terms: {Term: {en: translation}}"'


def read_glossary(file: Path | None) -> dict[str, dict[str, str]]:
    """Return term → language → translation of `glossary.yaml`; names to keep have no translation.

    Raises:
        ConfigError: where the file is missing, no YAML, or of another shape; names what is wrong.
    """
    if file is None:
        return {}
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        data = YAML(typ="safe").load(file.read_text("utf-8")) or {}
    except FileNotFoundError:
        raise ConfigError(f"no glossary {file}", cure="create it, or unset it") from None
    except (YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict) or set(data) - {"keep", "terms"}:
        raise ConfigError(f"{file}: no glossary", cure=SHAPE)
    return _terms(data.get("terms") or {}, file) | _kept(data.get("keep") or [], file)


def _kept(names: Any, file: Path) -> dict[str, dict[str, str]]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError(f'{file}: "keep" is no list of names', cure=SHAPE)
    return {name: {} for name in names}


def _terms(terms: Any, file: Path) -> dict[str, dict[str, str]]:
    if not isinstance(terms, dict):
        raise ConfigError(f'{file}: "terms" has no term: translations', cure=SHAPE)
    found: dict[str, dict[str, str]] = {}
    for term, wanted in terms.items():
        rows = wanted.items() if isinstance(wanted, dict) else ()
        if not rows or not all(isinstance(v, str) and isinstance(k, str) for k, v in rows):
            raise ConfigError(f'{file}: "{term}" has no language: translation', cure=SHAPE)
        found[str(term)] = dict(rows)
    return found
