"""Linear algebra in one thread for a while."""

from __future__ import annotations

import pytest

from digest.stages.threads import _libraries, one_thread


def blas_threads() -> set[int]:
    """Return the threads of numpy's library; another test may have loaded SciPy's since."""
    return {each["num_threads"] for each in _libraries().info() if each["user_api"] == "blas"}


def test_the_last_to_leave_gives_the_threads_back() -> None:
    """Inside there is one thread, also while one of two is still inside; then as many as before."""
    with one_thread():
        pass  # the libraries are found
    before = blas_threads()
    with one_thread():
        with one_thread():
            assert blas_threads() == {1}
        assert blas_threads() == {1}
    assert blas_threads() == before


def test_a_mistake_inside_gives_them_back_too() -> None:
    """What raises inside leaves as many threads as there were."""
    before = blas_threads()
    with pytest.raises(ValueError, match="inside"), one_thread():
        raise ValueError("inside")
    assert blas_threads() == before
