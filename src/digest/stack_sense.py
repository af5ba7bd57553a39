"""What in a stack file does not agree with the rest of it, read from the file as it stands.

Nothing here needs the file to be right otherwise: no mistake hides another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from digest.config_sections import nearest
from digest.stack_mistakes import TYPES, Found, Place, shown, typed

#: How else a type of a team's own field is called.
OTHERWISE = {
    "date": "day", "datetime": "day", "time": "day",
    "int": "number", "integer": "number", "float": "number", "decimal": "number",
    "bool": "yes or no", "boolean": "yes or no", "yes/no": "yes or no",
}  # fmt: skip
Named = tuple[str, Place]


def disagreements(values: Any) -> Iterator[Found]:
    """Yield what stands there twice, for two vendors, undeclared, or is of another type."""
    values = values if isinstance(values, Mapping) else {}
    tools, watched = _rows(values, "tools"), _rows(values, "watched")
    yield from _twice("tool", [_named(row, "name", place) for place, row in tools])
    yield from _twice("watched vendor", [_named(row, "vendor", place) for place, row in watched])
    for place, row in [*tools, *watched]:
        yield from _twice("alias", _aliases(row, place), _whose(row))
    yield from _shared([*tools, *watched])
    currency = values.get("currency")
    if isinstance(currency, str) and _is_code(currency) and not _is_currency(currency.strip()):
        told = f'"currency": ISO 4217 knows no "{currency}"; write EUR, USD, GBP, …'
        yield ("currency",), told
    yield from _own_fields(values.get("custom_fields"))
    yield from _own_values(tools, values.get("custom_fields"))


def notes_on(values: Any) -> list[str]:
    """Return what is right and perhaps not meant: a number as a name, a vendor told twice."""
    values = values if isinstance(values, Mapping) else {}
    tools, watched = _rows(values, "tools"), _rows(values, "watched")
    notes = [
        f'{key} {row[key]}: a number, read as a text; write "{row[key]}"'
        for _, row in [*tools, *watched]
        for key in ("name", "vendor")
        if isinstance(row.get(key), (int, float))
    ]
    owned = {key_of_name(str(row.get("vendor"))) for _, row in tools}
    notes += [
        f"{row['vendor']}: also under watched; the vendor of a tool is watched without it"
        for _, row in watched
        if key_of_name(str(row.get("vendor"))) in owned
    ]
    return notes


def key_of_name(name: str) -> str:
    """Return a name as it is compared: without case, and wide letters as plain ones."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _rows(values: Mapping[Any, Any], key: str) -> list[tuple[Place, Mapping[Any, Any]]]:
    rows = values.get(key)
    found = enumerate(rows if isinstance(rows, list) else ())
    return [((key, number), row) for number, row in found if isinstance(row, Mapping)]


def _text(value: Any) -> str:
    """Return a name as the file's reader takes it; "" where it is none."""
    is_name = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return str(value).strip() if is_name else ""


def _named(row: Mapping[Any, Any], key: str, place: Place) -> Named:
    return _text(row.get(key)), (*place, key)


def _aliases(row: Mapping[Any, Any], place: Place) -> list[Named]:
    found = row.get("aliases")
    rows = enumerate(found if isinstance(found, list) else ())
    return [(_text(each), (*place, "aliases", number)) for number, each in rows]


def _whose(row: Mapping[Any, Any]) -> str:
    name = _text(row.get("name")) or _text(row.get("vendor"))
    return f"{name}: " if name else ""


def _twice(what: str, named: list[Named], whose: str = "") -> Iterator[Found]:
    seen: dict[str, str] = {}
    for name, place in named:
        key = key_of_name(name)
        if key not in seen:
            seen[key] = name
        elif name and seen[key] == name:
            yield place, f'{whose}the {what} "{name}" stands there twice'
        elif name and what == "tool":  # a vendor in two spellings is told with all names
            told = f'the tool "{name}" stands there as "{seen[key]}", too; keep one of them'
            yield place, f"{whose}{told}"


def _shared(rows: list[tuple[Place, Mapping[Any, Any]]]) -> Iterator[Found]:
    """Yield names, in whatever case, that stand for two vendors: news would go to either."""
    owner: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for place, row in rows:
        vendor = _text(row.get("vendor"))
        named = [(vendor, (*place, "vendor")), (_text(row.get("name")), (*place, "name"))]
        for name, where in [*named, *_aliases(row, place)]:
            other = owner.setdefault(key_of_name(name), vendor) if name and vendor else vendor
            if other == vendor or (name, vendor) in told:
                continue
            told.add((name, vendor))
            if key_of_name(other) == key_of_name(vendor):
                if name == vendor:
                    words = f'"{other}" and "{vendor}" are one vendor in two spellings'
                    yield where, f"{words}; write one of them"
                continue
            yield where, f'"{name}" stands for {other} and for {vendor}; leave it to one of them'


def _is_code(currency: str) -> bool:
    code = currency.strip()
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def _is_currency(code: str) -> bool:
    from babel.numbers import list_currencies

    return code in list_currencies()


def _own_fields(fields: Any) -> Iterator[Found]:
    """Yield a team's own fields that say nothing, or name a type that there is not."""
    for key, meaning in fields.items() if isinstance(fields, Mapping) else ():
        place, where = ("custom_fields", key), f'custom_fields: "{key}" '
        if not isinstance(meaning, str):
            what = "has no meaning" if meaning is None else f"is {shown(meaning)}"
            yield place, f"{where}{what}; write what it means: {key}: where our data are kept"
        elif right := OTHERWISE.get(meaning.split(":")[0].strip().casefold()):
            known = ", ".join(TYPES)
            told = f'is {shown(meaning)}: there is no such type; write "{right}"; known are {known}'
            yield place, f"{where}{told}"


def _own_values(tools: list[tuple[Place, Mapping[Any, Any]]], fields: Any) -> Iterator[Found]:
    """Yield fields of a tool that are not declared, and values that are not of their type."""
    meanings = {str(k): v for k, v in fields.items()} if isinstance(fields, Mapping) else {}
    for place, row in tools:
        custom = row.get("custom")
        for key, value in custom.items() if isinstance(custom, Mapping) else ():
            where = (*place, "custom", key)
            if str(key) not in meanings:
                told = f'"{key}" is no declared custom field{nearest(str(key), meanings)}'
                yield where, f"{_whose(row)}{told}; declare it under custom_fields"
            elif not typed(value, str(meanings[str(key)])):
                wanted = TYPES[str(meanings[str(key)]).split(":")[0].strip().casefold()]
                told = f"{shown(str(key))} is {shown(_written(value))}: has to be {wanted}"
                yield where, f"{_whose(row)}{told}"


def _written(value: Any) -> Any:
    """Return a number or a day as a text, as a field of a team's own is kept."""
    is_plain = isinstance(value, (int, float, date)) and not isinstance(value, bool)
    return str(value) if is_plain else value
