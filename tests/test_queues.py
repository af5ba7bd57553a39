from __future__ import annotations

import threading
import time

import pytest

from digest.queues import in_queues


def test_answers_come_in_order_of_the_inputs() -> None:
    """Whatever is done first."""
    found = in_queues(lambda n: n * n, range(20), threads=4, queue=lambda n: str(n % 3))
    assert found == [n * n for n in range(20)]


def test_a_queue_is_worked_on_one_by_one() -> None:
    """Two threads are never at one host."""
    busy: set[str] = set()
    lock = threading.Lock()

    def work(name: str) -> bool:
        with lock:
            alone = name not in busy
            busy.add(name)
        time.sleep(0.002)
        with lock:
            busy.discard(name)
        return alone

    assert all(in_queues(work, ["a", "b", "c"] * 5, threads=8, queue=str))


def test_a_pausing_queue_keeps_nobody_waiting() -> None:
    """One thread works on the others while a host is left alone, and is back when it may."""
    seen: list[tuple[str, float]] = []
    inputs = ["a", "a", "b", "c", "d"]
    start = time.monotonic()
    in_queues(
        lambda name: seen.append((name, time.monotonic() - start)),
        inputs,
        threads=1,
        queue=str,
        pause=0.05,
    )
    assert [name for name, _ in seen] == ["a", "b", "c", "d", "a"]
    assert seen[-1][1] - seen[0][1] >= 0.05


def test_an_error_of_one_reaches_the_caller() -> None:
    """What a function raises is not lost."""

    def fail(n: int) -> int:
        return 1 // n

    with pytest.raises(ZeroDivisionError):
        in_queues(fail, [0], threads=2, queue=str)
