"""What a command opens before it works: the present, the store, its translation memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.engine import make_url

from digest.config import Settings
from digest.errors import StoreError
from digest.ports import Clock
from digest.store import Store, memory


def make_clock(settings: Settings) -> Clock:
    """Return the present: the settings' fixed one where there is one."""
    fixed = settings.now
    return (lambda: fixed) if fixed else (lambda: datetime.now(UTC))


def make_store(settings: Settings) -> Store:
    """Return the store that the settings name, opened and migrated."""
    pages = settings.path(settings.store.pages)
    return Store(settings.store.url, pages=pages, folder=settings.root)


def open_known_store(settings: Settings) -> Store:
    """Return the store for looking into it; raises `StoreError` where no run has made one yet."""
    url = make_url(settings.store.url)
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        file = settings.root / str(url.database)
        if not file.exists():
            raise StoreError(f"no store yet at {file}", cure="digest run")
    return make_store(settings)


@dataclass(frozen=True, slots=True)
class StoreMemory:
    """The store's translation memory, as the translator wants it."""

    store: Store

    def recall(self, package: str, sentences: Sequence[str]) -> dict[str, str]:
        """Return the known translations among `sentences`."""
        with self.store.read() as db:
            return memory.remembered(db, package, sentences)

    def remember(self, package: str, pairs: Mapping[str, str]) -> None:
        """Keep translations, sentence → translation."""
        with self.store.write() as db:
            memory.remember(db, package, pairs)
