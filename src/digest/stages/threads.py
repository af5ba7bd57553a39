"""How many threads of linear algebra: products of a few rows take longer in two than in one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

_lock = threading.Lock()
_inside: list[int] = [0]  # how many wish for one thread now
_limit = ExitStack()


@contextmanager
def one_thread() -> Iterator[None]:
    """Let linear algebra use one thread of this process.

    Of several that wish so at once, the last to leave gives the others back.
    """
    with _lock:
        if not _inside[0]:
            _limit.enter_context(_libraries().limit(limits=1, user_api="blas"))
        _inside[0] += 1
    try:
        yield
    finally:
        with _lock:
            _inside[0] -= 1
            if not _inside[0]:
                _limit.close()


@cache
def _libraries() -> Any:
    """Return what sets the threads of the libraries that are loaded; finding them takes a while."""
    import numpy as np  # noqa: F401  # loads its own
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
