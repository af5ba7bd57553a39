"""What is remembered of articles by several modules, and let go of with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_forget: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return what makes a function remember its latest results until `forget_articles`.

    Args:
        most: results that are remembered.
    """

    def remember(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=most)(function)
        _forget.append(kept.cache_clear)
        return kept  # type: ignore[return-value]  # it takes what the function takes

    return remember


def forget_articles() -> None:
    """Let go of all that is remembered of articles: else their texts would stay for nobody."""
    for forget in _forget:
        forget()
