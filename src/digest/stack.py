"""The stack: what a team owns and whom it watches, read from `stack.yaml` with mistakes named."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from digest.config_sections import nearest
from digest.errors import ConfigError
from digest.stack_file import plain, read_values
from digest.stack_mistakes import (
    Found,
    line_of,
    misplaced,
    only_known,
    problem,
    unknown_categories,
    unknown_keys,
    wrong_customs,
)

CURRENCY = r"^[A-Z]{3}$"  #: ISO 4217
EARLIEST = date(2000, 1, 1)  #: an earlier renewal is a slip of the pen


class Part(BaseModel):
    """A block of the file; an unknown key is an error, one without a value is left out."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
    )

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, values: Any) -> Any:
        if not isinstance(values, Mapping):
            return values
        return {key: value for key, value in values.items() if value is not None}


def _named(name: str) -> str:
    """Refuse a name that would be found in every text, or in none."""
    if not any(letter.isalnum() for letter in name):
        raise ValueError("a name has letters or digits; leave it out")
    return name


def _said(values: Any) -> Any:
    """Return a team's own fields as texts: numbers, days and yes or no as they are written."""
    if not isinstance(values, Mapping):
        return values
    return {str(key): _in_words(value) for key, value in values.items()}


def _in_words(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def _no_yes(value: Any) -> Any:
    """Refuse yes and no where a number is wanted: Python would count them as 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("has to be a number")
    return value


Number = Annotated[float, BeforeValidator(_no_yes)]
Whole = Annotated[int, BeforeValidator(_no_yes)]
Name = Annotated[str, AfterValidator(_named)]
Own = Annotated[dict[str, str], BeforeValidator(_said)]


class Tool(Part):
    """A tool that the team pays for or runs."""

    name: Name = Field(description="What the team calls it.")
    vendor: Name = Field(description="Who makes it.")
    aliases: tuple[Name, ...] = Field((), description="Other names of the tool and its vendor.")
    owner: str = Field("", description="The team or person that answers for it.")
    category: str = Field("", description="A label of the taxonomy.")
    cost: Number | None = Field(None, ge=0, description="Of a year, in the file's currency.")
    renewal: date | None = Field(
        None, ge=EARLIEST, description="Day on which the contract is renewed."
    )
    utilisation: Number | None = Field(
        None, ge=0, le=1, description="Share of the paid functions in use: 0.62."
    )
    custom: Own = Field(
        default_factory=dict, description="Fields of the team's own, declared in `custom_fields`."
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which news may speak of it: its own, its vendor's, the aliases."""
        return tuple(dict.fromkeys((self.name, self.vendor, *self.aliases)))


class WatchedVendor(Part):
    """A vendor whose news the team wants to see, though it owns nothing of theirs."""

    vendor: Name = Field(description="What it is called.")
    aliases: tuple[Name, ...] = Field((), description="Other names, of its products too.")
    category: str = Field("", description="A label of the taxonomy.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which news may speak of it."""
        return tuple(dict.fromkeys((self.vendor, *self.aliases)))


class Stack(Part):
    """Everything in the file."""

    currency: str = Field("EUR", pattern=CURRENCY, description="ISO 4217 code of all sums.")
    marketing_budget: Number | None = Field(None, gt=0, description="Of a year, with all costs.")
    customers_won: Whole | None = Field(None, gt=0, description="New customers of a year.")
    acquisition_cost: Number | None = Field(
        None, gt=0, description="Cost of a new customer; budget by customers won if left out."
    )
    custom_fields: Own = Field(
        default_factory=dict,
        description="Name and meaning of each field of the team's own.",
    )
    tools: tuple[Tool, ...] = Field((), description="Tools owned.")
    watched: tuple[WatchedVendor, ...] = Field((), description="Vendors watched.")

    @model_validator(mode="after")
    def _consistent(self) -> Stack:
        _refuse_twice("tool", [tool.name for tool in self.tools])
        _refuse_twice("watched vendor", [each.vendor for each in self.watched])
        for tool in self.tools:
            _refuse_twice("alias", tool.aliases, f"{tool.name}: ")
        for each in self.watched:
            _refuse_twice("alias", each.aliases, f"{each.vendor}: ")
        _refuse_shared(self.vendors)
        _refuse_unknown(self.currency)
        for tool in self.tools:
            for key in tool.custom:
                if key not in self.custom_fields:
                    hint = nearest(key, self.custom_fields)
                    told = f'{tool.name}: "{key}" is no declared custom field{hint}'
                    raise misplaced(key, f"{told}; declare it under custom_fields")
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
    values = read_values(file)
    rows: dict[str, type[Part]] = {"tools": Tool, "watched": WatchedVendor}
    problems: list[Found] = [*unknown_keys(values, Stack, rows)]
    stack: Stack | None = None
    try:
        stack = Stack.model_validate(plain(only_known(values, Stack, rows)))
        problems += wrong_customs(stack.tools, stack.custom_fields)
    except ValidationError as error:
        found = [problem(each, values) for each in error.errors()]
        problems += [each for each in found if each[0] not in {place for place, _ in problems}]
    problems += unknown_categories(values, categories)
    if problems or stack is None:
        lines = [f"{line_of(values, place)}{words}" for place, words in problems]
        many = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
        raise ConfigError("\n  ".join([f"{file}: {many}", *lines]), id=str(file))
    return stack


def _refuse_twice(what: str, names: Sequence[str], whose: str = "") -> None:
    for name in names:
        if names.count(name) > 1:
            raise misplaced(name, f'{whose}the {what} "{name}" stands there twice')


def _refuse_shared(vendors: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse a name, in whatever case, that stands for two vendors: news would go to either."""
    owner: dict[str, str] = {}
    for vendor, names in vendors.items():
        for name in names:
            other = owner.setdefault(_key(name), vendor)
            if other == vendor:
                continue
            if _key(other) == _key(vendor):
                raise misplaced(
                    vendor,
                    f'"{other}" and "{vendor}" are one vendor in two spellings; write one of them',
                )
            raise misplaced(
                name, f'"{name}" stands for {other} and for {vendor}; leave it to one of them'
            )


def _key(name: str) -> str:
    """Return a name as it is compared: without case, and wide letters as plain ones."""
    return unicodedata.normalize("NFKC", name).casefold()


def _refuse_unknown(currency: str) -> None:
    from babel.numbers import list_currencies

    if currency not in list_currencies():
        raise ValueError(f'"currency": ISO 4217 knows no "{currency}"; write EUR, USD, GBP, …')


NOTHING = Stack()  #: where no file is set
