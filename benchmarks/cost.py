"""What a measured piece of work costs: processor time and memory, of helping processes too."""

from __future__ import annotations

import os
import resource
import threading
from contextlib import suppress
from pathlib import Path

EVERY = 0.1  #: seconds between two looks at the memory


def processor_time() -> float:
    """Return the seconds of processor time of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Watch(threading.Thread):
    """Looks at the memory of this process and its children, while in its context (Linux)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._most = 0
        self._done = threading.Event()

    def __enter__(self) -> Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        """Look until it is over."""
        while not self._done.wait(EVERY):
            own = os.getpid()
            others = [one for one in _children() if _command(one) != _command(own)]
            self._most = max(self._most, sum(map(_resident, [own, *others])))

    @property
    def peak(self) -> int:
        """The most bytes at once; of this process alone no moment is missed."""
        return max(self._most, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def _children() -> list[int]:
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            found += map(int, (task / "children").read_text().split())
    return found


def _command(process: int) -> bytes:
    """Return how a process was started: as its parent until it is, with its parent's memory."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def _resident(process: int) -> int:
    with suppress(OSError):
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return pages * resource.getpagesize()
    return 0
