"""The store: one database, SQLite or PostgreSQL, and the folder of downloaded pages.

The modules hold plain functions that take a connection. `Store` opens the database and gives
connections: `with store.read() as db:` and `with store.write() as db:`, each one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from digest.errors import StoreError
from digest.store import account_tables, delivery_tables  # noqa: F401 - they join the others
from digest.store.engine import open_engine
from digest.store.pages import PageFolder


class Store:
    """One database and its page folder.

    Args:
        url: SQLAlchemy address; a relative SQLite path starts at `folder`.
        pages: folder of the downloaded pages.
        folder: where relative paths start.
    """

    def __init__(self, url: str, *, pages: Path, folder: Path) -> None:
        self.engine = open_engine(url, folder=folder)
        self.writer = self.engine.execution_options(writes=True)
        self.reader = self.engine
        if self.engine.dialect.name == "postgresql":  # else each statement sees a state of its own
            self.reader = self.engine.execution_options(isolation_level="REPEATABLE READ")
        self.pages = PageFolder(pages)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        with _told(), self.reader.begin() as connection:
            yield connection

    @contextmanager
    def write(self, *, alone: bool = False, durable: bool = False) -> Iterator[Connection]:
        """Give a connection whose changes are written together or not at all.

        Args:
            alone: let nobody else write stories meanwhile. SQLite has one writer in any case.
            durable: wait until the disk has it: a power cut loses nothing. PostgreSQL always does.
        """
        writer = self.writer.execution_options(durable=True) if durable else self.writer
        with _told(), writer.begin() as connection:
            if alone and connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE story_members IN SHARE ROW EXCLUSIVE MODE"))
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        message = f"the store failed: {str(error).splitlines()[0]}"
        cure = "see whether its disk is full or the file is locked; the run can be repeated"
        raise StoreError(message, cure=cure) from error
