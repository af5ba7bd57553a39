"""What is remembered until the store changes: numbers and lists that every page needs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

MOST = 500  #: things that are remembered; then all are forgotten


class Kept:
    """Things by name, each with the state of the store for which it holds."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Hashable, Any]] = {}

    def get(self, state: Hashable, name: str, make: Callable[[], Any]) -> Any:
        """Return what was made for this state, made now where there is none.

        Two threads may make the same at once: both get it right, and one is kept.
        """
        known = self._found.get(name)
        if known is not None and known[0] == state:
            return known[1]
        if len(self._found) >= MOST:
            self._found = {}
        made = make()
        self._found[name] = (state, made)
        return made
