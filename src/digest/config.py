"""The settings: `digest.toml`, then the environment (`DIGEST_STORE__URL=…`), each key checked."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import (
    BaseModel,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from digest.config_delivery import Delivery
from digest.config_editions import Audience, Editions, Rank, Schedule, Summarise, Writer
from digest.config_sections import (
    Cluster,
    Dedupe,
    Fetch,
    Imap,
    Languages,
    Models,
    Store,
    Taxonomy,
    Web,
    nearest,
)
from digest.errors import ConfigError
from digest.records import EditionKind

FILE = "digest.toml"
SECRET = re.compile(r"password|key|secret|token")


class Settings(BaseSettings):
    """All settings; every field has a default, so that an empty file is a valid one."""

    model_config = SettingsConfigDict(
        env_prefix="DIGEST_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    now: datetime | None = Field(None, description="Fixes the present, for tests and samples.")
    sources: Path = Field(Path("sources.yaml"), description="The list of sources.")
    stack: Path | None = Field(
        None, description="YAML file of the tools we own and the vendors we watch."
    )
    audiences: tuple[Audience, ...] = Field(
        (),
        description="Further readers, each a table `[[audiences]]` with the keys of `[audience]`.",
    )
    store: Store = Field(default_factory=Store)
    fetch: Fetch = Field(default_factory=Fetch)
    imap: Imap = Field(default_factory=Imap)
    languages: Languages = Field(default_factory=Languages)
    models: Models = Field(default_factory=Models)
    taxonomy: Taxonomy = Field(default_factory=Taxonomy)
    dedupe: Dedupe = Field(default_factory=Dedupe)
    cluster: Cluster = Field(default_factory=Cluster)
    rank: Rank = Field(default_factory=Rank)
    summarise: Summarise = Field(default_factory=Summarise)
    writer: Writer = Field(default_factory=Writer)
    audience: Audience = Field(default_factory=Audience)
    schedule: Schedule = Field(default_factory=Schedule)
    editions: Editions = Field(default_factory=Editions)
    delivery: Delivery = Field(default_factory=Delivery)
    web: Web = Field(default_factory=Web)
    root: Path = Field(Path("."), exclude=True, description="Where relative paths start.")

    @field_validator("now")
    @classmethod
    def _with_offset(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("needs an offset, such as 2026-10-05T06:00:00+00:00")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file."""
        return env_settings, init_settings

    @field_validator("audiences")
    @classmethod
    def _told_apart(cls, value: tuple[Audience, ...], info: ValidationInfo) -> tuple[Audience, ...]:
        names = [each.name for each in value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f'two audiences are called "{twice}"')
        return value

    @model_validator(mode="after")
    def _own_name(self) -> Settings:
        if self.audience.name in {each.name for each in self.audiences}:
            raise ValueError(
                f'[audience] and one of [[audiences]] are both called "{self.audience.name}"'
            )
        return self

    @property
    def readers(self) -> tuple[Audience, ...]:
        """All audiences, that of `[audience]` first."""
        return (self.audience, *self.audiences)

    def sections(self, kind: EditionKind, audience: Audience) -> tuple[str, ...]:
        """Return the sections of an audience's edition, in order."""
        if kind == "weekly":
            return audience.weekly_sections or self.editions.weekly_sections
        return audience.quarterly_sections or self.editions.quarterly_sections

    def path(self, value: Path) -> Path:
        """Return a path of the settings as an absolute one."""
        return (self.root / value.expanduser()).resolve()


def load_settings(file: Path | None = None) -> Settings:
    """Return the settings of `file`, or of `digest.toml` here, or the defaults where there is none.

    Raises:
        ConfigError: where the file is missing, is no TOML, or a key or value is wrong; the message
            names file, line and key, and the nearest known key.
    """
    if file is None:
        found = Path(os.environ.get("DIGEST_CONFIG", FILE))
        file = found if found.exists() or "DIGEST_CONFIG" in os.environ else None
    values = _read(file) if file else {}
    text = file.read_text("utf-8") if file else ""
    name = str(file) if file else "the environment"
    _refuse_unknown_env()
    _refuse_unknown(values, Settings, text=text, name=name)
    values["root"] = file.parent.resolve() if file else Path.cwd()
    try:
        return Settings(**values)
    except ValidationError as error:
        raise ConfigError(_first_problem(error, text=text, name=name)) from error
    except SettingsError as error:
        cure = 'write lists and tables as JSON, such as ["cmo@acme.example"]'
        raise ConfigError(f"the environment: {error}", cure=cure) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"no settings file {file}", cure="create it, or leave --config out"
        ) from None
    except OSError as error:
        raise ConfigError(f"cannot read the settings file {file}: {error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from error


def _refuse_unknown(
    values: dict[str, Any], model: type[BaseModel], *, text: str, name: str, prefix: str = ""
) -> None:
    known = {key for key in model.model_fields if key != "root"}
    for key, value in values.items():
        if key not in known:
            places = [f"{prefix}{other}" for other in known] + _all_keys()
            hint = nearest(f"{prefix}{key}", places)
            raise ConfigError(f'{name}{_line_of(text, key)}: unknown key "{prefix}{key}"{hint}')
        inner = _model_of(model.model_fields[key].annotation)
        if inner and isinstance(value, dict):
            _refuse_unknown(value, inner, text=text, name=name, prefix=f"{prefix}{key}.")


def _refuse_unknown_env() -> None:
    known = {"DIGEST_CONFIG"} | {
        f"DIGEST_{key.upper().replace('.', '__')}"
        for key in [*_all_keys(), *set(Settings.model_fields) - {"root"}]
    }
    for variable in os.environ:
        if variable.startswith("DIGEST_") and variable not in known:
            raise ConfigError(f'unknown variable "{variable}"{nearest(variable, known)}')


def _all_keys(model: type[BaseModel] = Settings, prefix: str = "") -> list[str]:
    keys: list[str] = []
    for key, field in model.model_fields.items():
        inner = _model_of(field.annotation)
        keys += _all_keys(inner, f"{prefix}{key}.") if inner else [f"{prefix}{key}"]
    return [key for key in keys if key != "root"]


def _model_of(annotation: Any) -> type[BaseModel] | None:
    if get_origin(annotation) is tuple:
        return None  # a list of tables: the environment sets it as a whole, as JSON
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def _line_of(text: str, key: str) -> str:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf'\s*(\[+\s*)?(["\w.-]+\.)?"?{re.escape(key)}"?\s*(=|\.|\])', line):
            return f" line {number}"
    return ""


def _first_problem(error: ValidationError, *, text: str, name: str) -> str:
    problem = error.errors()[0]
    place = ".".join(str(part) for part in problem["loc"])
    line = _line_of(text, str(problem["loc"][-1])) if problem["loc"] else ""
    message = problem["msg"].removeprefix("Value error, ")
    shown = "(not shown)" if SECRET.search(place) else repr(problem["input"])
    return f'{name}{line}: "{place}" is {shown}: {message}'
