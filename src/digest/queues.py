"""Works on inputs in queues: many queues at once, the inputs of each one by one, with pauses.

A queue is a host: it is asked for one thing at a time and then left alone for a while, in which the
thread goes on with another host instead of waiting.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_queues(
    function: Callable[[T], R],
    inputs: Sequence[T],
    *,
    threads: int,
    queue: Callable[[T], str],
    pause: float = 0.0,
) -> list[R]:
    """Return `function` of each input, in order: queues at once, a queue's inputs one by one.

    Args:
        function: is called in threads, each in the caller's context.
        inputs: what it is called with.
        threads: how many inputs are worked on at once.
        queue: names an input's queue; those with an empty name stand in none.
        pause: seconds between two inputs of a queue, in which others have their turn.
    """
    places: dict[str, list[int]] = {}
    for place, each in enumerate(inputs):
        places.setdefault(queue(each) or f"\0{place}", []).append(place)
    turns = _Turns(list(places.values()), pause=pause)
    answers: dict[int, R] = {}

    def work() -> None:
        while turn := turns.take():
            answers[turn[0]] = function(inputs[turn[0]])
            turns.give_back(turn)

    with ThreadPoolExecutor(threads) as pool:
        # Each thread knows what its caller does: who listens to the progress, for one.
        running = [pool.submit(copy_context().run, work) for _ in range(min(threads, len(places)))]
        for each_one in running:
            each_one.result()
    return [answers[place] for place in range(len(inputs))]


class _Turns:
    """Whose turn it is: of the queues that may go on the longest first, else the next that may."""

    def __init__(self, queues: list[list[int]], *, pause: float) -> None:
        self._pause = pause
        self._lock = threading.Lock()
        self._ready = [(-len(each), order, each) for order, each in enumerate(queues)]
        self._later: list[tuple[float, int, list[int]]] = []
        heapq.heapify(self._ready)

    def take(self) -> list[int] | None:
        """Return what is left of a queue, its next place first; None where no queue is waiting.

        Each queue that is being worked on comes back by the thread that has it, so that a thread
        that finds nothing is not needed any more.
        """
        with self._lock:
            now = time.monotonic()
            while self._later and self._later[0][0] <= now:
                _, order, places = heapq.heappop(self._later)
                heapq.heappush(self._ready, (-len(places), order, places))
            if self._ready:
                return heapq.heappop(self._ready)[2]
            if not self._later:
                return None
            until, _, places = heapq.heappop(self._later)
        time.sleep(max(0.0, until - now))
        return places

    def give_back(self, places: list[int]) -> None:
        """Let a queue go on later with what follows the place that was worked on."""
        rest = places[1:]
        if rest:
            with self._lock:
                heapq.heappush(self._later, (time.monotonic() + self._pause, rest[0], rest))
