"""Lets one request at a time at a host, with a pause after it; hosts are asked side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0  #: by the monotonic clock


class Hosts:
    """The queue of each host; safe to share between threads.

    Args:
        sleep: waits; tests hand in one that only notes the seconds.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def visit(self, name: str, *, pause: float) -> Iterator[None]:
        """Wait for our turn at a host; the next visitor waits `pause` seconds from our end on."""
        host = self._host(name)
        with host.lock:
            left = host.free_at - self._clock()
            if left > 0:
                self._sleep(left)
            try:
                yield
            finally:
                host.free_at = max(host.free_at, self._clock() + pause)

    def hold(self, name: str, seconds: float) -> None:
        """Let nobody ask a host for so long: it has said that it is asked too often."""
        host = self._host(name)
        host.free_at = max(host.free_at, self._clock() + seconds)

    def left(self, name: str) -> float:
        """Return the seconds until a host may be asked again."""
        return self._host(name).free_at - self._clock()

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name.lower(), _Host())
