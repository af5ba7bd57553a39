"""What is wrong in a stack file, in words: where it stands and what it has to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from digest.config_sections import nearest

Place = tuple[str | int, ...]
Found = tuple[Place, str]
#: What the value of a key has to be.
WANTED = {
    "tools": "a list, each tool after a dash of its own",
    "watched": "a list, each after a dash of its own: - vendor: Acme",
    "aliases": "a list: [Acme, Acme Cloud]",
    "cost": "a number of 0 or more without a currency, in the one of the file: 61700",
    "marketing_budget": "a number above 0 without a currency, in the one of the file: 2600000",
    "acquisition_cost": "a number above 0 without a currency, in the one of the file: 140",
    "customers_won": "a whole number above 0: 18400",
    "utilisation": "a share from 0 to 1: 0.62",
    "renewal": "a day: 2026-12-31",
    "currency": "a code of ISO 4217 in capitals: EUR",
    "custom": "your own fields, each with its value: {data_location: Sweden}",
    "custom_fields": "names with their meaning: {data_location: where our data are kept}",
    "category": "one label of the taxonomy",
}


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
        yield place, f"{where}{values!r} is no list of keys and values; write {example}"
        return
    for key in values:
        if key not in kind.model_fields:
            hint = nearest(str(key), kind.model_fields)
            yield (*place, key), f'{_name(place)}unknown key "{key}"{hint}'
    for key, inner in rows.items():
        found = values.get(key)
        for number, row in enumerate(found if isinstance(found, list) else ()):
            yield from unknown_keys(row, inner, {}, (key, number))


def unknown_categories(
    named: Iterable[tuple[Place, str, str]], categories: tuple[str, ...]
) -> Iterator[Found]:
    """Yield the entries, each (place, name, category), whose category is none of those known."""
    folded = {each.casefold(): each for each in categories}
    for place, name, category in named:
        if category and categories and category not in categories:
            near = folded.get(category.casefold(), category)
            yield (
                (*place, "category"),
                f'{name}: no category "{category}"{nearest(near, categories)}',
            )


def misplaced(name: str, words: str) -> PydanticCustomError:
    """Return an error about a name that stands where it may not, in words."""
    return PydanticCustomError("misplaced", "{words}", {"name": name, "words": words})


def problem(error: Any, values: Any = None) -> Found:
    """Return where an error of pydantic's stands, and what it is in words.

    Args:
        error: one of a `ValidationError`.
        values: what the file says; the last place of a name that is `misplaced` is looked up there.
    """
    place = tuple(error["loc"])
    if not place:
        name = error.get("ctx", {}).get("name")
        return _last_place(values, name) if isinstance(name, str) else place, _words(error)
    key = next(part for part in reversed(place) if isinstance(part, str))
    if error["type"] == "missing":
        return place, f'{_name(place[:-1])}"{key}" is missing; add it'
    what = f'"{key}"'
    if isinstance(place[-1], int):
        what += f", no. {place[-1] + 1}"
    wanted = f"has to be {WANTED[key]}" if key in WANTED and len(place) < 4 else _words(error)
    return place, f"{_name(place[:-1])}{what} is {error['input']!r}: {wanted}"


def _last_place(values: Any, name: str, place: Place = ()) -> Place:
    """Return the last place at which a file has a name, as a key or as a value."""
    if isinstance(values, Mapping):
        inner: list[tuple[str | int, Any]] = list(values.items())
    elif isinstance(values, list):
        inner = list(enumerate(values))
    else:
        return place if str(values).strip() == name else ()
    found = (
        (*place, key) if key == name else _last_place(each, name, (*place, key))
        for key, each in reversed(inner)
    )
    return next(filter(None, found), ())


def _words(error: Any) -> str:
    words: str = error["msg"].removeprefix("Value error, ")
    return words.replace("Input should be a valid string", "has to be a text").replace(
        "Input should be", "has to be"
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
