"""Tells whoever listens how far a run has come; nobody listening costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]  #: the step's name, how much more is done, of how much

_listener: ContextVar[Listener | None] = ContextVar("digest_progress", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let `listener` hear of every step taken inside the block."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(step: str, done: int, total: int) -> None:
    """Say that `done` more of a step's `total` inputs are through."""
    listener = _listener.get()
    if listener is not None:
        listener(step, done, total)
