import threading

import pytest

from digest import cores


def test_work_is_spread_over_threads_and_comes_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable_cores", lambda: 2)
    both = threading.Barrier(2, timeout=10)

    def work(part: int) -> int:
        both.wait()  # broken unless two are at it at once
        return part * part

    assert list(cores.on_all_cores(work, range(4))) == [0, 1, 4, 9]


def test_one_core_needs_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "usable_cores", lambda: 1)
    found = list(cores.on_all_cores(lambda _: threading.current_thread(), range(3)))
    assert set(found) == {threading.main_thread()}
