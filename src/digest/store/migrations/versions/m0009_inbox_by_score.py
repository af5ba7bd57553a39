"""The list of stories in the order in which it is shown, so that no page sorts all of them."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_inbox_score", "inbox", ["score", "story", "last", "first"])
