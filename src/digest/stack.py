"""The stack: what a team owns and whom it watches, read from `stack.yaml` with mistakes named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from digest.config_sections import nearest
from digest.errors import ConfigError

CURRENCY = r"^[A-Z]{3}$"  #: ISO 4217


class Part(BaseModel):
    """A block of the file; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Tool(Part):
    """A tool that the team pays for or runs."""

    name: str = Field(min_length=1, description="What the team calls it.")
    vendor: str = Field(min_length=1, description="Who makes it.")
    aliases: tuple[str, ...] = Field((), description="Other names of the tool and its vendor.")
    owner: str = Field("", description="The team or person that answers for it.")
    category: str = Field("", description="A label of the taxonomy.")
    cost: float | None = Field(None, ge=0, description="Of a year, in the file's currency.")
    renewal: date | None = Field(None, description="Day on which the contract is renewed.")
    utilisation: float | None = Field(
        None, ge=0, le=1, description="Share of the paid functions in use: 0.62."
    )
    custom: dict[str, str] = Field(
        default_factory=dict, description="Fields of the team's own, declared in `custom_fields`."
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which news may speak of it: its own, its vendor's, the aliases."""
        return tuple(dict.fromkeys((self.name, self.vendor, *self.aliases)))


class WatchedVendor(Part):
    """A vendor whose news the team wants to see, though it owns nothing of theirs."""

    vendor: str = Field(min_length=1, description="What it is called.")
    aliases: tuple[str, ...] = Field((), description="Other names, of its products too.")
    category: str = Field("", description="A label of the taxonomy.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which news may speak of it."""
        return tuple(dict.fromkeys((self.vendor, *self.aliases)))


class Stack(Part):
    """Everything in the file."""

    currency: str = Field("EUR", pattern=CURRENCY, description="ISO 4217 code of all sums.")
    marketing_budget: float | None = Field(None, gt=0, description="Of a year, with all costs.")
    customers_won: int | None = Field(None, gt=0, description="New customers of a year.")
    acquisition_cost: float | None = Field(
        None, gt=0, description="Cost of a new customer; budget by customers won if left out."
    )
    custom_fields: dict[str, str] = Field(
        default_factory=dict, description="Name and meaning of each field of the team's own."
    )
    tools: tuple[Tool, ...] = Field((), description="Tools owned.")
    watched: tuple[WatchedVendor, ...] = Field((), description="Vendors watched.")

    @model_validator(mode="after")
    def _consistent(self) -> Stack:
        _refuse_twice("tool", [tool.name for tool in self.tools])
        _refuse_twice("watched vendor", [each.vendor for each in self.watched])
        for tool in self.tools:
            for key in tool.custom:
                if key not in self.custom_fields:
                    hint = nearest(key, self.custom_fields)
                    cure = "declare it under custom_fields"
                    raise ValueError(
                        f'{tool.name}: "{key}" is no declared custom field{hint}; {cure}'
                    )
        return self

    def __hash__(self) -> int:
        """Return a hash by identity: what is looked up by a stack is kept for one stack."""
        return id(self)

    @cached_property
    def vendors(self) -> dict[str, tuple[str, ...]]:
        """Every vendor owned or watched with all the names under which news speaks of it."""
        found: dict[str, tuple[str, ...]] = {}
        for tool in self.tools:
            found[tool.vendor] = (*found.get(tool.vendor, (tool.vendor,)), *tool.names)
        for each in self.watched:
            found[each.vendor] = (*found.get(each.vendor, ()), *each.names)
        return {vendor: tuple(dict.fromkeys(names)) for vendor, names in found.items()}

    @cached_property
    def aliases(self) -> dict[str, str]:
        """The vendor behind each name: "Sendwell" → "Brindlemail"."""
        return {name: vendor for vendor, names in self.vendors.items() for name in names}

    @property
    def customer_cost(self) -> float | None:
        """What a new customer costs: as given, or the budget divided by the customers won."""
        if self.acquisition_cost is not None:
            return self.acquisition_cost
        if self.marketing_budget is None or self.customers_won is None:
            return None
        return self.marketing_budget / self.customers_won

    def owned(self, vendor: str) -> tuple[Tool, ...]:
        """Return the tools of a vendor that the team owns."""
        return tuple(tool for tool in self.tools if tool.vendor == vendor)


def load_stack(file: Path, *, categories: tuple[str, ...] = ()) -> Stack:
    """Return what a file says of the team's tools and the vendors it watches.

    Args:
        file: `stack.yaml`.
        categories: the labels that a category may be; not checked where empty.

    Raises:
        ConfigError: where the file is missing, is no YAML or has mistakes: all of them in one
            message, each with line, place and the nearest known key or label.
    """
    values = _read(file)
    problems = [*_unknown_keys(values, Stack, ())]
    stack: Stack | None = None
    if not problems:
        try:
            stack = Stack.model_validate(_plain(values))
        except ValidationError as error:
            problems = [_problem(each) for each in error.errors()]
    if stack:
        problems = [*_unknown_categories(stack, categories)]
    if problems or stack is None:
        lines = [f"{_line(values, place)}{words}" for place, words in problems]
        many = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
        raise ConfigError("\n  ".join([f"{file}: {many}", *lines]), id=str(file))
    return stack


Place = tuple[str | int, ...]


def _unknown_keys(values: Any, kind: type[BaseModel], place: Place) -> Iterator[tuple[Place, str]]:
    if not isinstance(values, Mapping):
        yield place, f"{_name(place)} is no list of keys and values"
        return
    for key in values:
        if key not in kind.model_fields:
            hint = nearest(str(key), kind.model_fields)
            yield (*place, key), f'{_name(place)}unknown key "{key}"{hint}'
    if kind is Stack:
        for key, inner in (("tools", Tool), ("watched", WatchedVendor)):
            rows = values.get(key) or ()
            if isinstance(rows, list):
                for number, row in enumerate(rows):
                    yield from _unknown_keys(row, inner, (key, number))


def _unknown_categories(stack: Stack, categories: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    named: list[tuple[Place, str, str]] = [
        (("tools", number, "category"), each.category, each.name)
        for number, each in enumerate(stack.tools)
    ]
    named += [
        (("watched", number, "category"), each.category, each.vendor)
        for number, each in enumerate(stack.watched)
    ]
    for place, category, name in named:
        if category and categories and category not in categories:
            yield place, f'{name}: no category "{category}"{nearest(category, categories)}'


def _problem(error: Any) -> tuple[Place, str]:
    place = tuple(error["loc"])
    message = error["msg"].removeprefix("Value error, ")
    if not place:
        return place, message
    given = "" if error["type"] == "missing" else f" is {error['input']!r}"
    return place, f'{_name(place[:-1])}"{place[-1]}"{given}: {message}'


def _name(place: Place) -> str:
    if len(place) < 2:
        return f"{place[0]}: " if place else ""
    return f"{place[0]}, no. {int(place[1]) + 1}: " if isinstance(place[1], int) else ""


def _line(values: Any, place: Place) -> str:
    """Return "line 12: ", where the file says what is wrong; "" where that cannot be told."""
    node, line = values, None
    for part in place:
        marks = getattr(node, "lc", None)
        try:
            known = marks.data.get(part) if marks is not None and marks.data else None
        except AttributeError:
            known = None
        line = known[0] + 1 if known else line
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            break
    return f"line {line}: " if line else ""


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return tuple(_plain(each) for each in value)
    return value


def _read(file: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML().load(file.read_text("utf-8")) or {}
    except FileNotFoundError:
        cure = "create it (docs/stack.md), or leave `stack` out of digest.toml"
        raise ConfigError(f"no stack file {file}", cure=cure) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the stack file {file}: {error}") from error
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        cure = "quote values that hold a colon or #, and indent with spaces"
        raise ConfigError(f"{file}{line}: not valid YAML: {what}", cure=cure) from error


def _refuse_twice(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'the {what} "{name}" stands there twice')


NOTHING = Stack()  #: where no file is set
