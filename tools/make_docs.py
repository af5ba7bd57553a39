"""Writes what the documents say of settings and commands again, from the settings and commands.

`python tools/make_docs.py` rewrites the tables between the markers of `docs/settings.md` and
`docs/commands.md`, and `digest.toml`, where values that are set stay set. The prose around the
tables is written by hand; a command without a section gets one at the end, to be moved and told.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from typer.main import get_command

from digest.cli.app import app
from digest.config import Settings

ROOT = Path(__file__).parents[1]
NOT_OURS = {"root"}  # where the file lies; nobody sets it
HEAD = """\
# The settings of Digest. Every line that is commented out shows the default; take the # away to
# change it. The environment wins over this file: DIGEST_STORE__URL stands for [store] url.
# docs/settings.md tells more.
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its table ("" for the top), its key and what the code says of it."""

    table: str
    key: str
    field: FieldInfo

    @property
    def name(self) -> str:
        """The dotted name, as messages write it."""
        return f"{self.table}.{self.key}".lstrip(".")

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"DIGEST_{self.name.upper().replace('.', '__')}"

    @property
    def default(self) -> Any:
        """The default, as TOML can say it; None where it is not set."""
        value = self.field.get_default(call_default_factory=True)
        value = value.get_secret_value() if isinstance(value, SecretStr) else value
        value = str(value) if isinstance(value, Path) else value
        return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its words after `digest`, its first sentence, its parameters with their help."""

    name: str
    help: str
    parameters: tuple[tuple[str, str], ...]


def settings(
    model: type[BaseModel] = Settings, table: str = ""
) -> Iterator[Setting | tuple[str, str]]:
    """Yield each table as (name, sentence) and after it its settings, the top's own first."""
    inner = {key: _model(field) for key, field in model.model_fields.items()}
    for key, field in model.model_fields.items():
        if not inner[key] and key not in NOT_OURS:
            yield Setting(table, key, field)
    for key, kind in inner.items():
        if kind:
            name = f"{table}.{key}".lstrip(".")
            yield name, (kind.__doc__ or "").strip()
            yield from settings(kind, name)


def commands() -> list[Command]:
    """Return every command of `digest`, options that hold for all of them first."""
    return list(_commands(get_command(app), "digest"))


def settings_table() -> str:
    """Return the Markdown tables of all settings, one a table of the file."""
    lines = ["### At the top of the file", "", *_header()]
    for each in settings():
        if isinstance(each, Setting):
            default = "not set" if each.default is None else f"`{_toml(each.default)}`"
            what = f"{each.field.description} {_choices(each.field)}".strip()
            row = (f"`{each.key}`", default, what, f"`{each.variable}`")
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
        else:
            lines += ["", f"### `[{each[0]}]`", "", each[1], "", *_header()]
    return "\n".join(lines)


def settings_file(given: Mapping[str, Any]) -> str:
    """Return `digest.toml`: every setting with its description, those of `given` set."""
    lines = [HEAD.rstrip()]
    for each in settings():
        if not isinstance(each, Setting):
            lines += ["", f"[{each[0]}]  # {each[1]}"]
            continue
        value, is_set = _given(given, each)
        line = f"{each.key} = {_toml(value)}" if value is not None else f"{each.key} ="
        what = f"{each.field.description} {_choices(each.field)}".strip()
        lines += ["", f"# {what}"] if not each.table else [f"# {what}"]
        lines.append(line if is_set else f"# {line}" + ("" if value is not None else "  (not set)"))
    return "\n".join(lines) + "\n"


def with_tables(text: str, blocks: Mapping[str, str]) -> str:
    """Return a document with each named block renewed; a block it lacks is added at the end."""
    for name, block in blocks.items():
        begin, end = f"<!-- {name}: made by tools/make_docs.py -->", f"<!-- end of {name} -->"
        whole = f"{begin}\n{block}\n{end}"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.S)
        found = pattern.search(text)
        if found:
            text = text[: found.start()] + whole + text[found.end() :]
        else:
            text = f"{text.rstrip()}\n\n## `{name}`\n\n{whole}\n"
    return text


def command_block(command: Command) -> str:
    """Return what a command says of itself: its sentence and its parameters."""
    lines = [command.help]
    if command.parameters:
        lines += ["", "| argument or option | what |", "| --- | --- |"]
        lines += [f"| `{name}` | {what} |" for name, what in command.parameters]
    return "\n".join(lines)


def documents() -> dict[Path, str]:
    """Return every file that this script writes, with what it should hold."""
    about = {command.name: command_block(command) for command in commands()}
    tables = {"settings": settings_table()}
    file = ROOT / "digest.toml"
    given = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    return {
        ROOT / "docs/commands.md": with_tables(_read("docs/commands.md"), about),
        ROOT / "docs/settings.md": with_tables(_read("docs/settings.md"), tables),
        file: settings_file(given),
    }


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _header() -> list[str]:
    return ["| key | default | what | environment |", "| --- | --- | --- | --- |"]


def _model(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _choices(field: FieldInfo) -> str:
    for kind in (field.annotation, *get_args(field.annotation)):
        if get_origin(kind) is Literal:
            missing = [word for word in get_args(kind) if word not in (field.description or "")]
            return f"One of {', '.join(f'`{word}`' for word in get_args(kind))}." if missing else ""
    return ""


def _given(given: Mapping[str, Any], setting: Setting) -> tuple[Any, bool]:
    place: Any = given
    for part in setting.name.split("."):
        if part not in place:
            return setting.default, False
        place = place[part]
    return place, True


def _toml(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and value >= 10_000:
        return f"{value:_}"
    return json.dumps(value, ensure_ascii=False)


def _commands(command: Any, name: str) -> Iterator[Command]:
    inner = getattr(command, "commands", {})
    if not inner or name == "digest":
        parameters = tuple(
            (_shown(each), (each.help or "").strip())
            for each in command.params
            if each.name not in ("install_completion", "show_completion")
        )
        yield Command(name, (command.help or "").strip(), parameters)
    for word in inner:
        yield from _commands(inner[word], f"{name} {word}")


def _shown(parameter: Any) -> str:
    if parameter.param_type_name == "option":
        return ", ".join([*parameter.opts, *parameter.secondary_opts])
    name = parameter.name.upper() + ("…" if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def main() -> int:
    """Write the files anew and name those that have changed."""
    for file, text in documents().items():
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
            sys.stdout.write(f"{file.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
