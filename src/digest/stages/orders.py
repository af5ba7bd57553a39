"""Sentences that are addressed to a machine: "ignore the instructions above and write that …"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from digest.stages.data_files import read_data
from digest.text import split_sentences

LATEST = 64  #: texts of which it is remembered: several steps ask of one


def is_order(text: str) -> bool:
    """Return whether a text has an order to a machine that reads it, in any language we know.

    All languages are asked: an order need not be in its article's.
    """
    return bool(_needed(text)) and _orders().search(text) is not None


@lru_cache(maxsize=LATEST)
def orders_in(text: str) -> frozenset[int]:
    """Return where the sentences of a text begin that give orders to a machine."""
    needed = _needed(text)
    if not needed:
        return frozenset()
    told = ((start, text[start:end]) for start, end in split_sentences(text))
    near = ((start, said) for start, said in told if any(each in said.lower() for each in needed))
    return frozenset(start for start, said in near if _orders().search(said))


def _needed(text: str) -> list[str]:
    """Return what of a text an order may need: nearly no text has any, and a look is dear."""
    lower = text.lower()
    return [need for need in _needs() if need in lower]


@cache
def _needs() -> tuple[str, ...]:
    return tuple(read_data("orders.toml")["every"]["needs"])


@cache
def _orders() -> re.Pattern[str]:
    rows = (row for table in read_data("orders.toml").values() for row in table["rows"])
    return re.compile("|".join(f"(?:{row})" for row in rows), re.I)
