"""The list of stories in the order in which it is shown, so that no page sorts all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the index."""
    columns = [sa.text("score DESC"), "story", "last", "first"]
    op.create_index("ix_inbox_score", "inbox", columns)
