"""The index of words, emptied: pairs of a digit or letter and a character of Han are new in it.

The reading room fills it again from the articles, as it does with new ones.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Empty it."""
    empty(op.get_bind())


def empty(connection: sa.Connection) -> None:
    """Take all texts out of the index."""
    connection.execute(sa.text("DELETE FROM search_places"))
    if connection.dialect.name == "sqlite":
        for name in ("search_trigrams", "search_pairs"):  # without content: no rows to delete
            query = f"INSERT INTO {name}({name}) VALUES ('delete-all')"  # noqa: S608 - our names
            connection.execute(sa.text(query))
    else:
        connection.execute(sa.text("DELETE FROM search_texts"))
