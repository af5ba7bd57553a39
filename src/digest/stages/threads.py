"""Blocks of a large window on all cores: NumPy and SciPy let other threads run while they work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")


def in_threads(work: Callable[[S], T], parts: Iterable[S]) -> list[T]:
    """Return what `work` gives for each part, in order, on as many threads as there are cores.

    The products within a part stay on its own thread: two levels of threads would wait for each
    other.
    """
    from threadpoolctl import threadpool_limits

    every = list(parts)
    cores = min(len(every), os.cpu_count() or 1)
    if cores < 2:
        return [work(part) for part in every]
    with threadpool_limits(1), ThreadPoolExecutor(cores) as pool:
        return list(pool.map(work, every))
