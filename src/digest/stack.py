"""The stack: what a team owns and whom it watches, read from `stack.yaml` with mistakes named."""

from __future__ import annotations

from collections.abc import Mapping
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

from digest.errors import ConfigError
from digest.stack_file import plain, read_values
from digest.stack_mistakes import (
    Found,
    in_one_word,
    line_of,
    only_known,
    problem,
    unknown_categories,
    unknown_keys,
)
from digest.stack_sense import disagreements

CURRENCY = r"^[A-Z]{3}$"  #: ISO 4217
DECIMALS = 3  #: that no sum of money has, save where a point parts the thousands
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
        raise ValueError("a name has letters or digits; write one")
    return name


def _other(name: str) -> str:
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
    """Refuse yes, no and texts where a number is wanted: Python would read "0.5" and 1."""
    if isinstance(value, (bool, str)):
        raise ValueError("has to be a number")
    return value


def _no_thousands(value: Any) -> Any:
    """Refuse a sum with three decimals: "61.700" is 61,700 to half of Europe, and 61.7 to YAML."""
    width, before = getattr(value, "_width", None), getattr(value, "_prec", None)
    if isinstance(width, int) and isinstance(before, int) and width - before - 1 == DECIMALS:
        raise ValueError("has three decimals")
    return _no_yes(value)


Sum = Annotated[float, BeforeValidator(_no_thousands)]
Number = Annotated[float, BeforeValidator(_no_yes)]
Whole = Annotated[int, BeforeValidator(_no_yes)]
Name = Annotated[str, AfterValidator(_named)]
OtherName = Annotated[str, AfterValidator(_other)]
Own = Annotated[dict[str, str], BeforeValidator(_said)]


class Tool(Part):
    """A tool that the team pays for or runs."""

    name: Name = Field(description="What the team calls it.")
    vendor: Name = Field(description="Who makes it.")
    aliases: tuple[OtherName, ...] = Field(
        (), description="Other names of the tool and its vendor."
    )
    owner: str = Field("", description="The team or person that answers for it.")
    category: str = Field("", description="A label of the taxonomy.")
    cost: Sum | None = Field(None, ge=0, description="Of a year, in the file's currency.")
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
    aliases: tuple[OtherName, ...] = Field((), description="Other names, of its products too.")
    category: str = Field("", description="A label of the taxonomy.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which news may speak of it."""
        return tuple(dict.fromkeys((self.vendor, *self.aliases)))


class Stack(Part):
    """Everything in the file."""

    currency: str = Field("EUR", pattern=CURRENCY, description="ISO 4217 code of all sums.")
    marketing_budget: Sum | None = Field(None, gt=0, description="Of a year, with all costs.")
    customers_won: Whole | None = Field(None, gt=0, description="New customers of a year.")
    acquisition_cost: Sum | None = Field(
        None, gt=0, description="Cost of a new customer; budget by customers won if left out."
    )
    custom_fields: Own = Field(
        default_factory=dict,
        description="Name and meaning of each field of the team's own.",
    )
    tools: tuple[Tool, ...] = Field((), description="Tools owned.")
    watched: tuple[WatchedVendor, ...] = Field((), description="Vendors watched.")

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

    def own_fields(self, tool: Tool) -> dict[str, str]:
        """Return a tool's fields of the team's own: yes and no, where that is wanted, as one word.

        That is "true" or "false", however the file says it.
        """
        return {
            key: in_one_word(value, self.custom_fields.get(key, ""))
            for key, value in tool.custom.items()
        }

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
    except ValidationError as error:
        found = [problem(each, values) for each in error.errors()]
        problems += [each for each in found if each[0] not in {place for place, _ in problems}]
    told = {place for place, _ in problems}
    more = [*disagreements(values), *unknown_categories(values, categories)]
    problems += [each for each in more if each[0] not in told]
    if problems or stack is None:
        lines = [f"{line_of(values, place)}{words}" for place, words in problems]
        many = f"{len(lines)} problem{'s' if len(lines) > 1 else ''}"
        raise ConfigError("\n  ".join([f"{file}: {many}", *lines]), id=str(file))
    return stack


NOTHING = Stack()  #: where no file is set
