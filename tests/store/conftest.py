"""A store on each database: SQLite always, PostgreSQL where its programs are installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from digest.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    if request.param == "sqlite":
        url = "sqlite:///test.db"
    else:
        url = request.getfixturevalue("postgres")
        engine = create_engine(url)
        with engine.begin() as db:
            db.execute(text("DROP SCHEMA public CASCADE"))
            db.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    made = Store(url, pages=tmp_path / "pages", folder=tmp_path)
    yield made
    made.close()
