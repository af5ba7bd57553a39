"""The cores that may be used, and NumPy's work spread over them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def usable_cores() -> int:
    """Return how many cores this process may use (a container's share, not the machine's)."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def on_all_cores(work: Callable[[A], B], parts: Sequence[A]) -> Iterator[B]:
    """Yield `work` of each part, in order, done in as many threads as there are cores.

    It pays where the work is NumPy's or SciPy's: these let other threads go on meanwhile.
    """
    if len(parts) < 2 or usable_cores() < 2:
        yield from map(work, parts)
        return
    with ThreadPoolExecutor(usable_cores()) as pool:
        yield from pool.map(work, parts)
