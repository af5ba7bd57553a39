"""The background of a window, and the kept index of what is near: how one article is added."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ARRAYS = ("shift", "sentence_shift", "words", "names", "numbers", "axes", "days")


def upgrade() -> None:
    """Create the four tables, and indexes by which what waits is found without the records."""
    op.create_table(
        "backgrounds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("articles", "added", "epoch", "revision")
        ),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ARRAYS),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "near_places",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place"),
        sa.UniqueConstraint("article"),
    )
    op.create_table(
        "near_blocks",
        sa.Column("block", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first", sa.Float(), nullable=False),
        sa.Column("last", sa.Float(), nullable=False),
        sa.Column("days", sa.LargeBinary(), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block"),
    )
    op.create_table(
        "near_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("effective", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "article"),
    )
    op.create_index(op.f("ix_near_keys_article"), "near_keys", ["article"], unique=False)
