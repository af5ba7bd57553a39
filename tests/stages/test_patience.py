import gc

import pytest

from digest.stages import patience


def test_the_collector_looks_as_often_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with patience.collecting_seldom():
        assert gc.get_threshold() == patience.SELDOM
    assert gc.get_threshold() == before


@pytest.mark.parametrize(("articles", "times"), [(patience.MANY - 1, 0), (patience.MANY, 1)])
def test_memory_is_given_back_amid_large_windows_alone(
    articles: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(patience, "_trim", lambda: asked.append)
    patience.give_back(articles)
    assert len(asked) == times


def test_without_glibc_nothing_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    patience._trim.cache_clear()
    monkeypatch.setattr(patience.ctypes, "CDLL", lambda _: object())
    patience.give_back(patience.MANY)
    patience._trim.cache_clear()
