"""Garbage collection held back while a large window is judged."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects that come to be between two looks of the collector, and looks between two larger ones.
SELDOM = (200_000, 20, 20)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let the collector look seldom: a window's many objects hold no cycles, and stay.

    At Python's own thresholds a fifth of the time of 100,000 articles goes into looking through
    them again and again (`benchmarks/scale.md`).
    """
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
