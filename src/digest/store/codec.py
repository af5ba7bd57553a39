"""Records to table rows and back."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from digest.records import Article, Duplicate, Embedding, Item, Language
from digest.text import make_id, parse_time

_adapters: dict[type, TypeAdapter[Any]] = {}


def adapter(kind: type) -> TypeAdapter[Any]:
    """Return the JSON reader and writer of a record type, made once."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def dump(record: Any) -> str:
    """Return the record as JSON text."""
    return adapter(type(record)).dump_json(record).decode("utf-8")


def load(kind: type, text: str) -> Any:
    """Return the record that `dump` wrote."""
    return adapter(kind).validate_json(text)


def to_columns(record: Any) -> dict[str, Any]:
    """Return a record's columns: stamp, JSON, and what its table keeps beside them."""
    if isinstance(record, Embedding):
        vector = np.asarray(record.vector, dtype="<f4").tobytes()
        stamp = make_id(record.model, hashlib.sha256(vector).hexdigest())
        return {"stamp": stamp, "record": "{}", "model": record.model, "vector": vector}
    text = dump(record)
    return {"stamp": make_id(text), "record": text, **_more(record)}


def from_row(kind: type, row: Any) -> Any:
    """Return the record of a row of its table."""
    if kind is Embedding:
        return Embedding(row.id, row.model, np.frombuffer(row.vector, dtype="<f4"))
    return load(kind, row.record)


def effective(record: Article | Item) -> str:
    """Return the UTC time by which an article is filed: published, else first seen."""
    moment = parse_time(record.published) or parse_time(record.first_seen)
    if moment is None:
        raise ValueError(f"{record.id} has no time at all")
    return utc(moment.isoformat())


def utc(value: str) -> str:
    """Return a time as one form of UTC text, so that texts compare as times do."""
    moment = parse_time(value)
    if moment is None:
        raise ValueError(f"not a time: {value!r}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _more(record: Any) -> dict[str, Any]:
    match record:
        case Item():
            return {"source": record.source, "effective": effective(record)}
        case Article():
            seen = utc(record.first_seen)
            return {"url": record.url, "effective": effective(record), "first_seen": seen}
        case Language():
            return {"language": record.language}
        case Duplicate():
            return {"duplicate_of": record.duplicate_of}
    return {}
