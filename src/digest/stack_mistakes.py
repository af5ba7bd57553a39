"""What is wrong in a stack file, in words: where it stands and what it has to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from pydantic import BaseModel

from digest.config_sections import nearest

Place = tuple[str | int, ...]
Found = tuple[Place, str]
LONGEST = 60  #: characters of a value that are shown
#: What the value of a key has to be.
WANTED = {
    "tools": "a list, each tool after a dash of its own",
    "watched": "a list, each after a dash of its own: - vendor: Acme",
    "aliases": "a list: [Acme, Acme Cloud]",
    "cost": "a number of 0 or more without a currency or a sign for thousands: 61700",
    "marketing_budget": "a number above 0 without a currency or a sign for thousands: 2600000",
    "acquisition_cost": "a number above 0 without a currency or a sign for thousands: 140",
    "customers_won": "a whole number above 0: 18400",
    "utilisation": "a share from 0 to 1: 0.62",
    "renewal": "a day: 2026-12-31",
    "currency": "a code of ISO 4217 in capitals: EUR",
    "custom": "your own fields, each with its value: {data_location: Sweden}",
    "custom_fields": "names with their meaning: {data_location: where our data are kept}",
    "category": "one label of the taxonomy",
}


#: What the values of a team's own field have to be, where its meaning begins with such a word.
TYPES = {"number": "a number: 12", "day": "a day: 2026-12-31", "yes or no": "yes or no"}
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: How yes and no may be written: YAML 1.2 reads the first pair as words, the second as such.
YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False}


class Renewed(Protocol):
    """What is renewed: a tool."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def renewal(self) -> date | None:
        """The day on which its contract is renewed."""


def unknown_keys(
    values: Any, kind: type[BaseModel], rows: Mapping[str, type[BaseModel]], place: Place = ()
) -> Iterator[Found]:
    """Yield the keys that a block does not know.

    Args:
        values: the block.
        kind: what it has to be.
        rows: by key, what each entry of the block's lists has to be.
        place: where the block stands.
    """
    if not isinstance(values, Mapping):
        where = _name(place) or "the file: "
        example = "- name: Acme" if "name" in kind.model_fields else "- vendor: Acme"
        example = example if place else "tools: and below it - name: Acme"
        yield place, f"{where}{shown(values)} is no list of keys and values; write {example}"
        return
    where = _title(values) or _name(place)
    for key in values:
        if key not in kind.model_fields:
            hint = nearest(str(key), kind.model_fields)
            if not hint:
                own = "; a field of your own stands under custom"
                known = ", ".join(kind.model_fields)
                hint = f"; known are {known}{own if 'custom' in kind.model_fields else ''}"
            yield (*place, key), f'{where}unknown key "{key}"{hint}'
    for key, inner in rows.items():
        found = values.get(key)
        for number, row in enumerate(found if isinstance(found, list) else ()):
            yield from unknown_keys(row, inner, {}, (key, number))


def only_known(values: Any, kind: type[BaseModel], rows: Mapping[str, type[BaseModel]]) -> Any:
    """Return a block without its unknown keys, which hide no other mistake so."""
    if not isinstance(values, Mapping):
        return values
    kept = {key: value for key, value in values.items() if key in kind.model_fields}
    for key, inner in rows.items():
        if isinstance(kept.get(key), list):
            kept[key] = [only_known(row, inner, {}) for row in kept[key]]
    return kept


def unknown_categories(values: Any, categories: tuple[str, ...]) -> Iterator[Found]:
    """Yield the tools and watched vendors of a file whose category is none of those known."""
    folded = {each.casefold(): each for each in categories}
    for key in ("tools", "watched"):
        rows = values.get(key) if isinstance(values, Mapping) else None
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            said = row.get("category") if isinstance(row, Mapping) else None
            category = said.strip() if isinstance(said, str) else ""
            if category and categories and category not in categories:
                near = nearest(folded.get(category.casefold(), category), categories)
                near = near or "; write a label of the taxonomy, or leave it out"
                place = (key, number)
                told = f'{_title(row) or _name(place)}no category "{category}"{near}'
                yield (*place, "category"), told


def typed(value: Any, meaning: str) -> bool:
    """Return whether a field's value is of the type that its meaning begins with, if any."""
    kind = meaning.split(":")[0].strip().casefold()
    said = value if isinstance(value, str) else shown(value)
    said = said.strip()
    if kind not in TYPES or value is None or not said:
        return True
    if kind == "number":
        return bool(NUMBER.fullmatch(said))
    return is_day(said) if kind == "day" else said.casefold() in YES_OR_NO


def in_one_word(value: str, meaning: str) -> str:
    """Return "true" or "false" for yes or no, where a meaning wants that; else the value."""
    wanted = meaning.split(":")[0].strip().casefold() == "yes or no"
    said = YES_OR_NO.get(value.strip().casefold()) if wanted else None
    return value if said is None else shown(said)


def is_day(text: str) -> bool:
    """Return whether a text is a day of the calendar: 2026-12-31."""
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def past_renewals(tools: Iterable[Renewed], today: date) -> list[str]:
    """Return a note for each tool whose renewal has passed: nothing is told of the next one."""
    return [
        f"{tool.name}: its renewal, {tool.renewal}, has passed; write the next one"
        for tool in tools
        if tool.renewal and tool.renewal < today
    ]


def shown(value: Any) -> str:
    """Return a value as YAML writes it, no longer than a line."""
    if isinstance(value, bool):
        told = "true" if value else "false"
    elif isinstance(value, datetime):
        told = value.isoformat(" ")
    elif isinstance(value, str):
        told = f'"{value}"'
    elif isinstance(value, Mapping):
        told = "{" + ", ".join(f"{key}: {shown(each)}" for key, each in value.items()) + "}"
    elif isinstance(value, (list, tuple)):
        told = "[" + ", ".join(map(shown, value)) + "]"
    else:
        told = "nothing" if value is None else str(value)
    return told if len(told) <= LONGEST else f"{told[:LONGEST]}…"


def problem(error: Any, values: Any = None) -> Found:
    """Return where an error of pydantic's stands, and what it is in words.

    Args:
        error: one of a `ValidationError`.
        values: what the file says.
    """
    place = tuple(error["loc"])
    if not place:
        return place, _words(error)
    key = next(part for part in reversed(place) if isinstance(part, str))
    if error["type"] == "missing":
        return place, f'{_where(values, place)}"{key}" is missing; add it'
    what = f'"{key}"'
    if isinstance(place[-1], int):
        what += f", no. {place[-1] + 1}"
    wanted = f"has to be {WANTED[key]}" if key in WANTED and len(place) < 4 else _words(error)
    return (
        place,
        f"{_where(values, place)}{what} is {shown(error['input'])}: {_more(error)}{wanted}",
    )


def _more(error: Any) -> str:
    """Return what is wrong with a value that seems right: a number in quotes, a day long past."""
    value = error["input"]
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return "in quotes it is a text; "
    if isinstance(value, str) and DAY.fullmatch(value.strip()):
        return "the calendar has no such day; "
    return "before 2000; " if isinstance(value, date) and value.year < 2000 else ""


def _words(error: Any) -> str:
    words: str = error["msg"].removeprefix("Value error, ")
    return words.replace(
        "Input should be a valid string", 'has to be a text: put it in quotes if it is one: "2026"'
    ).replace("Input should be", "has to be")


def _where(values: Any, place: Place) -> str:
    """Return what the entry at a place is called, else where it stands."""
    try:
        return _title(values[place[0]][place[1]]) or _name(place[:-1])
    except (KeyError, IndexError, TypeError):
        return _name(place[:-1])


def _title(row: Any) -> str:
    """Return "Acme: ", by an entry's name or vendor; "" where it has none that is a text."""
    said = (row.get("name"), row.get("vendor")) if isinstance(row, Mapping) else ()
    return next(
        (f"{each.strip()}: " for each in said if isinstance(each, str) and each.strip()), ""
    )


def _name(place: Place) -> str:
    if len(place) < 2:
        return f"{place[0]}: " if place else ""
    return f"{place[0]}, no. {int(place[1]) + 1}: " if isinstance(place[1], int) else ""


def line_of(values: Any, place: Place) -> str:
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
