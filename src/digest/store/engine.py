"""Opening the database: SQLite in WAL mode or PostgreSQL, migrated to the newest schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from digest.errors import StoreError

CONNECTIONS = 16  #: to one SQLite file that are kept, as many as a room's pages use at once
CACHE = 8_000  #: KiB of the file that each of them keeps in memory; SQLite's own default is 2,000


def open_engine(address: str, *, folder: Path) -> Engine:
    """Return an engine on a database with the newest schema.

    Args:
        address: SQLAlchemy address; a relative SQLite path is taken from `folder`.
        folder: where relative paths start.

    Raises:
        StoreError: where the address is none, or the database cannot be opened or migrated.
    """
    try:
        url = _absolute(make_url(address), folder)
        engine = create_engine(url, **_pool_of(url))
        if url.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _set_pragmas)
            event.listen(engine, "begin", _begin)
        migrate(engine)
    except CommandError as error:
        cure = "update Digest, or use the store's own older copy"
        message = f"the store {address!r} is newer than this Digest: {error}"
        raise StoreError(message, cure=cure) from error
    except (ArgumentError, SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        message = f"cannot open the store {address!r}: {str(error).splitlines()[0]}"
        raise StoreError(message, cure="check [store] url in digest.toml") from error
    return engine


def migrate(engine: Engine) -> None:
    """Apply every schema change that the database has not had."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "digest.store:migrations")
    config.set_main_option("path_separator", "os")
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _pool_of(url: URL) -> dict[str, int]:
    """Return how many connections stay open: a new one to SQLite begins with nothing in memory."""
    return {"pool_size": CONNECTIONS} if url.get_backend_name() == "sqlite" else {}


def _absolute(url: URL, folder: Path) -> URL:
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return url
    path = (folder / url.database).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    return url.set(database=str(path))


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves: see _begin
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        f"cache_size=-{CACHE}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # IMMEDIATE: two writers on one file wait for each other instead of failing half-way.
    options = connection.get_execution_options()
    writes = options.get("writes", False)
    if writes:
        # FULL: what is written outlives a power cut, too; it costs a wait for the disk.
        kind = "FULL" if options.get("durable", False) else "NORMAL"
        connection.exec_driver_sql(f"PRAGMA synchronous={kind}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
