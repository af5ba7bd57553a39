"""The settings: `digest.toml`, then the environment (`DIGEST_STORE__URL=…`), each key checked."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from pydantic import (
    BaseModel,
    Field,
    ValidationError,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from digest.config_sections import (
    Audience,
    Cluster,
    Dedupe,
    Delivery,
    Editions,
    Fetch,
    Imap,
    Languages,
    Models,
    Rank,
    Schedule,
    Store,
    Summarise,
    nearest,
)
from digest.errors import ConfigError

FILE = "digest.toml"
SECRET = re.compile(r"password|key|secret|token")


class Settings(BaseSettings):
    """All settings; every field has a default, so that an empty file is a valid one."""

    model_config = SettingsConfigDict(
        env_prefix="DIGEST_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    now: datetime | None = Field(None, description="Fixes the present, for tests and samples.")
    sources: Path = Field(Path("sources.yaml"), description="The list of sources.")
    store: Store = Field(default_factory=Store)
    fetch: Fetch = Field(default_factory=Fetch)
    imap: Imap = Field(default_factory=Imap)
    languages: Languages = Field(default_factory=Languages)
    models: Models = Field(default_factory=Models)
    dedupe: Dedupe = Field(default_factory=Dedupe)
    cluster: Cluster = Field(default_factory=Cluster)
    rank: Rank = Field(default_factory=Rank)
    summarise: Summarise = Field(default_factory=Summarise)
    audience: Audience = Field(default_factory=Audience)
    schedule: Schedule = Field(default_factory=Schedule)
    editions: Editions = Field(default_factory=Editions)
    delivery: Delivery = Field(default_factory=Delivery)
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
