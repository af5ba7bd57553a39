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
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Queue
from typing import IO, Any, TypeVar

from digest.cores import usable_cores

A = TypeVar("A")
B = TypeVar("B")

AHEAD = 2  #: parts that the other process has: it need not wait for the next one

START = (
    "import sys; sys.path[:] = {path!r}; from digest.stages.beside import serve; "
    "from {module} import {name}; serve({name})"
)


def map_beside(work: Callable[[A], B], parts: Sequence[A], *, two: bool) -> Iterator[B]:
    """Yield `work` of each part, in order; with `two`, by two processes where that can be.

    All is done before the first is given, and what has been given is not held any more.

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
    for number in range(len(parts)):
        yield shared.done.pop(number)


def can_travel(what: object) -> bool:
    """Return whether another process can be given something."""
    try:
        pickle.dumps(what)
    except Exception:  # whatever its class says to being pickled
        return False
    return True


def can_start() -> bool:
    """Return whether there is a second core, and a Python to start."""
    frozen = getattr(sys, "frozen", False)  # a program in one file would start itself
    is_python = Path(sys.executable or "").name.startswith(("python", "pypy"))
    return is_python and not frozen and usable_cores() > 1


def serve(work: Callable[[Any], Any]) -> None:
    """Do what comes in at standard input, until nothing comes; the next part is read meanwhile."""
    parts: Queue[tuple[Any, ...]] = Queue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, parts), daemon=True).start()
    while part := parts.get():
        _send(sys.stdout.buffer, work(*part))


def _read(given: IO[bytes], parts: Queue[tuple[Any, ...]]) -> None:
    """Put what comes into a queue, and nothing at its end."""
    try:
        while True:
            parts.put((pickle.load(given),))  # noqa: S301  # from the process that started this one
    except Exception:  # the end, or a part that cannot be read: it is done where it comes from
        parts.put(())


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
                env={**os.environ, "MALLOC_ARENA_MAX": "1"},  # its threads share their memory
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
        there: deque[tuple[int, Any]] = deque()
        try:
            while True:
                while len(there) < AHEAD and (taken := shared.take(shared.waiting.pop)):
                    there.append(taken)
                    _send(self._process.stdin, taken[1])
                if not there:
                    return
                shared.done[there[0][0]] = pickle.load(self._process.stdout)  # noqa: S301
                there.popleft()
        except Exception:  # of what comes from a process that ends, pickle may say anything
            shared.waiting.extend(there)


def _send(to: IO[bytes], what: Any) -> None:
    to.write(pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL))
    to.flush()
