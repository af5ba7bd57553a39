"""The list of sources: `sources.yaml` read with all its mistakes named, and written with care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields, replace
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

from digest.config_sections import nearest
from digest.errors import ConfigError, InputError
from digest.opml import read_opml, write_opml
from digest.records import NO_RULES, SiteRules, Source
from digest.source_checks import KINDS, NEEDED, VOICES, wrong_rules, wrong_value
from digest.text import url_key

KEYS = tuple(field.name for field in fields(Source))


def load_sources(file: Path) -> list[Source]:
    """Return the sources of a file, in its order; a newsletter's path is made absolute.

    Relative paths start at the file's folder.

    Raises:
        ConfigError: where the file is missing, is no YAML or has mistakes: all of them in one
            message, each with line, source and cure.
    """
    blocks = _blocks(_read_yaml(file), file)
    problems: list[str] = []
    found: list[Source] = []
    names: dict[str, int] = {}
    for line, block in blocks:
        wrong = [f"line {at}: {words}" for at, words in _problems(block, line)]
        name = block.get("name") if isinstance(block, dict) else None
        if isinstance(name, str) and name in names:
            first = names[name]
            wrong.append(f'line {line}: name "{name}" is taken by line {first}; choose another')
        elif isinstance(name, str):
            names[name] = line
        problems += wrong
        if not wrong:
            found.append(_source(block, folder=file.parent))
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        raise ConfigError("\n  ".join([f"{file}: {count}", *problems]), id=str(file))
    return found


def find_source(sources: Iterable[Source], name: str) -> Source:
    """Return the source called `name`.

    Raises:
        InputError: where there is none; the message names the nearest.
    """
    known = {source.name: source for source in sources}
    if name not in known:
        raise InputError(
            f'no source "{name}"{nearest(name, known)}', cure="`digest sources list` shows all"
        )
    return known[name]


def add_source(file: Path, source: Source) -> None:
    """Write one more source at the end of a file; comments and order of the rest stay.

    The file is made where there is none. Fields at their defaults are left out.

    Raises:
        ConfigError: where the file has mistakes.
        InputError: where the name or the address is already there, or the source has a mistake.
    """
    known = load_sources(file) if file.exists() else []
    _refuse(source, known)
    _append(file, [source])


def pause_source(file: Path, name: str, *, paused: bool) -> None:
    """Write into a file whether a source is read; all else in it stays as it is.

    Raises:
        ConfigError: where the file has mistakes.
        InputError: where there is no such source.
    """
    find_source(load_sources(file), name)
    document = _read_yaml(file)
    block = next(each for each in document["sources"] if each["name"] == name)
    if paused:
        block["paused"] = True
    else:
        block.pop("paused", None)
    _write(file, document)


def import_opml(file: Path, opml: Path) -> list[Source]:
    """Write an OPML list's feeds into a file of sources, and return those that were new.

    Feeds already there, by address, are left out; a name that is taken gets a number.

    Raises:
        InputError: where the OPML file cannot be read or lists no feed.
        ConfigError: where the file of sources has mistakes.
    """
    known = load_sources(file) if file.exists() else []
    added: list[Source] = []
    for source in read_opml(opml):
        there = [*known, *added]
        if wrong_value("url", source.url, kind=source.kind):
            continue
        if any(same_place(source.url, other.url) for other in there):
            continue
        added.append(replace(source, name=_free_name(source.name, there)))
    if added:
        _append(file, added)
    return added


def export_opml(sources: Iterable[Source]) -> str:
    """Return an OPML 2.0 list of the sources that have a web address."""
    return write_opml(sources)


def _refuse(source: Source, known: Iterable[Source]) -> None:
    for other in known:
        if other.name == source.name:
            raise InputError(f'a source "{source.name}" is there already', cure="choose a new name")
        if same_place(other.url, source.url):
            raise InputError(f'{source.url} is there already, as "{other.name}"')
    for key, value in asdict(source).items():
        if said := wrong_value(key, value, kind=source.kind):
            raise InputError(f'source "{source.name}": "{key}" is {value!r}: {said}')


def _free_name(name: str, known: Iterable[Source]) -> str:
    taken = {source.name for source in known}
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(free for free in names if free not in taken)


def _append(file: Path, sources: Iterable[Source]) -> None:
    document = _read_yaml(file) if file.exists() else None
    if document is None:
        document = {"sources": []}
    document["sources"] = document["sources"] or []
    document["sources"] += [_block(source) for source in sources]
    _write(file, document)


def _write(file: Path, document: Any) -> None:
    writer = _yaml()
    writer.indent(mapping=2, sequence=4, offset=2)
    fresh = file.with_name(f".{file.name}.new")
    with fresh.open("w", encoding="utf-8") as out:
        writer.dump(document, out)
    fresh.replace(file)  # whole or not at all: a list cut short would lose sources


def _block(source: Source) -> dict[str, Any]:
    found = {key: getattr(source, key) for key in _told(source)}
    if source.extract != NO_RULES:
        rules = {key: getattr(source.extract, key) for key in _told(source.extract)}
        found["extract"] = rules | ({"remove": [*rules["remove"]]} if "remove" in rules else {})
    return found


def _told(record: Source | SiteRules) -> list[str]:
    """Return the names of the fields that are not at their defaults."""
    return [field.name for field in fields(record) if getattr(record, field.name) != field.default]


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100
    return yaml


def _read_yaml(file: Path) -> Any:
    from ruamel.yaml.error import YAMLError

    try:
        return _yaml().load(file.read_text("utf-8"))
    except FileNotFoundError:
        cure = "create it, or set `sources` in digest.toml"
        raise ConfigError(f"no file of sources {file}", cure=cure) from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8: {error}", cure="save it as UTF-8") from error
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        cure = "quote values that hold a colon or #, and indent with spaces"
        raise ConfigError(f"{file}{line}: not valid YAML: {what}", cure=cure) from error


def _blocks(document: Any, file: Path) -> list[tuple[int, Any]]:
    if document is None:
        return []
    # ruamel's own lists and mappings know their lines; they are lists and dicts besides.
    if not isinstance(document, dict) or "sources" not in document:
        cure = "begin with `sources:`, then one `- name: …` a source"
        raise ConfigError(f'{file} line 1: no list "sources"', cure=cure)
    for key in document:
        if key != "sources":
            line = _line(document, key)
            raise ConfigError(f'{file} line {line}: unknown key "{key}"; only "sources" is known')
    blocks = document["sources"] or []
    if not isinstance(blocks, list):
        raise ConfigError(
            f'{file} line {_line(document, "sources")}: "sources" is no list',
            cure="begin each source with `- name:`",
        )
    return [(_line(blocks, number), block) for number, block in enumerate(blocks)]


def _problems(block: Any, line: int) -> Iterator[tuple[int, str]]:
    if not isinstance(block, dict):
        yield line, f"{block!r} is no source; write `- name: …` and its keys below"
        return
    who = f'source "{block.get("name", "?")}": '
    for key in block:
        at = _line(block, key)
        if key not in KEYS:
            yield at, f'{who}unknown key "{key}"{nearest(key, KEYS)}'
        elif key == "extract":
            for rule, said in wrong_rules(block[key], kind=str(block.get("kind"))):
                place = at if rule is None else _line(block[key], rule)
                yield place, f"{who}extract: {said}"
        elif said := wrong_value(str(key), block[key], kind=str(block.get("kind"))):
            yield at, f'{who}"{key}" is {block[key]!r}: {said}'
    for key in NEEDED:
        if key not in block:
            yield line, f"{who}no {key}; add `{key}: {_example(key)}`"


def _line(node: Any, key: Any) -> int:
    places = node.lc
    return int((places.item(key) if isinstance(node, list) else places.key(key))[0]) + 1


def _example(key: str) -> str:
    examples = {"kind": " | ".join(KINDS), "voice": " | ".join(VOICES), "name": "short-name"}
    return examples.get(key) or {"url": "https://…", "publisher": "who speaks"}[key]


def _source(block: dict[str, Any], *, folder: Path) -> Source:
    values = {str(key): value for key, value in block.items()}
    values = {key: str(v) if isinstance(v, str | date) else v for key, v in values.items()}
    if "extract" in values:
        values["extract"] = _rules(values["extract"])
    if values["kind"] == "newsletter" and not values["url"].startswith("imap://"):
        values["url"] = str((folder / Path(values["url"]).expanduser()).resolve())
    return Source(**values)


def _rules(block: dict[str, Any]) -> SiteRules:
    removed = tuple(str(each) for each in block.get("remove") or ())
    given = {str(key): str(value) for key, value in block.items() if value and key != "remove"}
    return SiteRules(**given, remove=removed)


def same_place(first: str, second: str) -> bool:
    """Return whether two sources' addresses are one."""
    try:
        return url_key(first) == url_key(second)
    except ValueError:
        return first == second
