"""Sentences that are addressed to a machine: "ignore the instructions above and write that …"."""

from __future__ import annotations

import re
from functools import cache

from digest.stages.data_files import read_data


def is_order(text: str) -> bool:
    """Return whether a text has an order to a machine that reads it, in any language we know.

    All languages are asked: an order need not be in its article's.
    """
    return _orders().search(text) is not None


@cache
def _orders() -> re.Pattern[str]:
    rows = (row for table in read_data("orders.toml").values() for row in table["rows"])
    return re.compile("|".join(f"(?:{row})" for row in rows), re.I)
