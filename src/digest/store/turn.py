"""One process at a time sends: a lock that ends with the process that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from digest.store import Store

KEY = 0x6469676573740001  #: of PostgreSQL's advisory lock: "digest", 1


@contextmanager
def turn_to_send(store: Store) -> Iterator[bool]:
    """Give whether it is this process's turn to send; nobody waits.

    The lock spares work and finds at once what a killed process left. That nobody gets an edition
    twice rests on the claims of `digest.store.outbox`, and holds where there are no locks.
    """
    if store.engine.dialect.name == "postgresql":
        with _advisory(store) as mine:
            yield mine
        return
    database = store.engine.url.database
    if not database or database == ":memory:":
        yield True
        return
    with _locked(Path(f"{database}.sending")) as mine:
        yield mine


@contextmanager
def _advisory(store: Store) -> Iterator[bool]:
    engine = store.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        said = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY}).scalar()
        try:
            yield bool(said)
        finally:
            if said:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})


@contextmanager
def _locked(file: Path) -> Iterator[bool]:
    try:
        import fcntl
    except ImportError:  # no POSIX: the claims have to do
        yield True
        return
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = True
        except BlockingIOError:
            mine = False
        yield mine
    finally:
        os.close(handle)
