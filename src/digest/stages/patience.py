"""Garbage collection held back while a large window is judged, and its memory given back early."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

#: Objects that come to be between two looks of the collector, and looks between two larger ones.
SELDOM = (200_000, 20, 20)
MMAP_THRESHOLD, LARGE = -3, 2 << 20  #: a parameter of glibc's `mallopt`, and bytes
MANY = 10_000  #: articles of a window whose memory is worth the milliseconds of giving it back


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


def give_back(articles: int) -> None:
    """Give memory that is not used any more back to the system, amid work on so many articles.

    The C library keeps what large arrays have left behind, for each thread apart; from the first
    call on, such arrays get pages of their own, which go back at once. Where it is not glibc,
    nothing is done.
    """
    if articles >= MANY:
        _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    try:
        library = ctypes.CDLL(None)
        library.mallopt(MMAP_THRESHOLD, LARGE)
        found: Callable[[int], object] = library.malloc_trim
    except (AttributeError, OSError, TypeError):
        return lambda _: None
    return found
