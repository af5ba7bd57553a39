"""Which column of a table names the company: then each of its rows is a product of one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from digest.data_files import read_data


@cache
def _words() -> frozenset[str]:
    return frozenset(read_data("names.toml")["company_lines"])


def product_column(names: Sequence[str]) -> int | None:
    """Return which column names the product, the first that is not the company's.

    None where no column, or more than one, is headed like a company's (`names.toml`): such a
    table's rows may be anything.

    Args:
        names: the columns' names, from left to right.
    """
    company = [place for place, name in enumerate(names) if name.strip().casefold() in _words()]
    if len(company) != 1 or len(names) < 2:
        return None
    return 1 if company[0] == 0 else 0
