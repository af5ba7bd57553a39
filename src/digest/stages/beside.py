"""Work of a large window done by two processes, so that both of two cores have some.

The second one is a plain Python started for the moment, which knows nothing of the program that
wants it: no `if __name__` guard is needed, as `multiprocessing` would. What it is given and what it
gives back are pickled. Where it cannot be started or is lost, this process does all.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")

START = (
    "import sys; sys.path[:] = {path!r}; from digest.stages.beside import serve; "
    "from {module} import {name}; serve({name})"
)


def map_beside(work: Callable[[A], B], parts: Sequence[A], *, two: bool) -> list[B]:
    """Return `work` of each part, in order; with `two`, by two processes where that can be.

    Args:
        work: a pure function at the top of a module that can be imported.
        parts: each worth a moment's work; they and their results can be pickled.
        two: whether another process is worth its start: half a second, some 60 MB.
    """
    shared = _Shared(work, parts)
    if two and can_start():
        with _Helper(shared):
            shared.work_off()
    shared.work_off()  # what the other one took and lost
    return [shared.done[n] for n in range(len(parts))]


def can_start() -> bool:
    """Return whether there is a second core, and a Python to start."""
    frozen = getattr(sys, "frozen", False)  # a program in one file would start itself
    is_python = Path(sys.executable or "").name.startswith(("python", "pypy"))
    return is_python and not frozen and _cores() > 1


def serve(work: Callable[[Any], Any]) -> None:
    """Do what comes in at standard input, until nothing comes."""
    given, given_back = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            part = pickle.load(given)  # noqa: S301  # from the process that started this one
        except EOFError:
            return
        _send(given_back, work(part))


class _Shared:
    """Parts to be worked off, each by whoever is free, and what was made of them."""

    def __init__(self, work: Callable[[Any], Any], parts: Sequence[Any]) -> None:
        self.work = work
        self.waiting = deque(enumerate(parts))
        self.done: dict[int, Any] = {}

    def work_off(self) -> None:
        """Do what waits, the first part first."""
        while taken := self.take(self.waiting.popleft):
            number, part = taken
            self.done[number] = self.work(part)

    def take(self, pop: Callable[[], tuple[int, Any]]) -> tuple[int, Any] | None:
        """Return a part that waits, with its number; None where there is none."""
        try:
            return pop()
        except IndexError:
            return None


class _Helper(threading.Thread):
    """Lets another process work off the last parts, while it is in its context."""

    def __init__(self, shared: _Shared) -> None:
        super().__init__(daemon=True)
        self._shared = shared
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> None:
        work = self._shared.work
        code = START.format(path=sys.path, module=work.__module__, name=work.__name__)
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603  # this Python, and our own code
                [sys.executable, "-I", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self.start()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._process:
            if kind:
                self._process.kill()  # nobody waits for it any more
            self.join()
            self._process.kill()
            self._process.communicate()

    def run(self) -> None:
        assert self._process
        assert self._process.stdin
        assert self._process.stdout
        shared = self._shared
        while taken := shared.take(shared.waiting.pop):
            number, part = taken
            try:
                _send(self._process.stdin, part)
                shared.done[number] = pickle.load(self._process.stdout)  # noqa: S301
            except Exception:  # of what comes from a process that ends, pickle may say anything
                shared.waiting.append(taken)
                return


def _send(to: IO[bytes], what: Any) -> None:
    to.write(pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL))
    to.flush()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
