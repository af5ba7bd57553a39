from __future__ import annotations

import time

from digest.backends.watch import Watch


def test_what_takes_too_long_is_ended() -> None:
    """And what is done in time is not, whoever is watched over beside it."""
    watch, ended = Watch(), []
    with watch.over(lambda: ended.append("slow"), seconds=0.05):
        with watch.over(lambda: ended.append("fast"), seconds=0.02):
            pass
        time.sleep(0.3)
    assert ended == ["slow"]


def test_a_watch_begins_again() -> None:
    """Its thread ends when there is nothing to wait for; the next to watch over starts another."""
    watch, ended = Watch(), []
    for name in ("first", "second"):
        with watch.over(lambda name=name: ended.append(name), seconds=0.02):  # type: ignore[misc]
            time.sleep(0.2)
    assert ended == ["first", "second"]


def test_a_shorter_time_is_noticed() -> None:
    """A thread that sleeps for long is woken."""
    watch, ended = Watch(), []
    long, short = (lambda: ended.append("long")), (lambda: ended.append("short"))
    with watch.over(long, seconds=30), watch.over(short, seconds=0.02):
        time.sleep(0.3)
    assert ended == ["short"]
