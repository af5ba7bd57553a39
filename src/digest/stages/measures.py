"""What a number counts, and per what: "3 percentage points", "40 euros a month"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from digest.stages.data_files import read_data

ROOM = 34  #: characters beside a number in which what it is paid for stands
CUT = re.compile(r"[\d,;:。，；：、()（）]|[.!?](?:\s|$)")
MEASURES: dict[str, dict[str, dict[str, str]]] = dict(read_data("measures.toml"))
KNOWN = frozenset(MEASURES["unit"]["points"])  #: languages whose measures are known


def measure_of(text: str, end: int, base: str) -> str:
    """Return the class of what is counted by the number that ends at `end`; "" where none."""
    pattern = _pattern("unit", base)
    match = pattern.match(text, end) if pattern else None
    return _name("unit", match) if match else ""


def rates_of(text: str, start: int, end: int, base: str) -> frozenset[str]:
    """Return per what the number between `start` and `end` is paid or counted: {"month"}."""
    after, before = _pattern("rate", base), _pattern("before", base)
    if after is None or before is None:
        return frozenset()
    stop = CUT.search(text, end, end + ROOM)
    behind = text[end : stop.start() if stop else end + ROOM]
    found = {_name("rate", match) for match in after.finditer(behind)}
    front = text[max(0, start - ROOM) : start]
    cuts = list(CUT.finditer(front))
    if cuts:
        cut = cuts[-1]
        front = front[cut.end() :]
        if cut[0].isdigit() and (own := after.search(front)):
            front = front[own.end() :]  # the number before has it
    return frozenset(found | {_name("before", match) for match in before.finditer(front)})


def _name(kind: str, match: re.Match[str]) -> str:
    return list(MEASURES[kind])[int((match.lastgroup or "m0")[1:])]


@cache
def _pattern(kind: str, base: str) -> re.Pattern[str] | None:
    rows: dict[str, Any] = MEASURES[kind]
    each = [(place, said[base]) for place, said in enumerate(rows.values()) if base in said]
    if not each:
        return None
    joint = r"[\s\u00a0\u202f-]?" if kind == "unit" else ""
    return re.compile(joint + f"(?:{'|'.join(f'(?P<m{n}>{row})' for n, row in each)})", re.I)
