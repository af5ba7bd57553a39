"""Ends what takes too long, with one thread for all that is waited for."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator


class Watch:
    """Calls `end` of what is not done in time; safe to share between threads.

    The thread begins with the first thing to watch over, sleeps until the first time is up, and
    ends when it finds nothing to wait for.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._until: dict[object, tuple[float, Callable[[], None]]] = {}
        self._next: float | None = None  # when the thread looks again; None where there is none

    @contextlib.contextmanager
    def over(self, end: Callable[[], None], *, seconds: float) -> Iterator[None]:
        """Call `end` unless the block is left within so many seconds."""
        mark = object()
        until = time.monotonic() + seconds
        with self._changed:
            self._until[mark] = until, end
            if self._next is None:
                self._next = until
                threading.Thread(target=self._run, name="watch", daemon=True).start()
            elif until < self._next:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._until.pop(mark, None)

    def _run(self) -> None:
        with self._changed:
            while self._until:
                now = time.monotonic()
                for mark, (until, end) in list(self._until.items()):
                    if until <= now:
                        del self._until[mark]
                        end()
                self._next = min((until for until, _ in self._until.values()), default=now)
                self._changed.wait(max(0.0, self._next - now))
            self._next = None
