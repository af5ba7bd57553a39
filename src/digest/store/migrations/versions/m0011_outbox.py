"""Publishing: subscribers, the outbox in place of deliveries, what was returned, checksums."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables, and take over what was sent before."""
    _create_subscribers()
    _create_outbox()
    _take_over()
    op.drop_table("deliveries")
    _create("returned", ("id",), "id", "kind", "address", "edition", "said", "at")
    op.create_index("ix_returned_address", "returned", ["address"])
    _create("mailboxes", ("address",), "address", "cursor")
    _create("edition_files", ("edition", "name"), "edition", "name", "sha256")


def _create(table: str, key: tuple[str, ...], *texts: str, numbers: tuple[str, ...] = ()) -> None:
    op.create_table(
        table,
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in numbers),
        sa.PrimaryKeyConstraint(*key),
    )


def _create_subscribers() -> None:
    op.create_table(
        "subscribers",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("address", "audience", "language", "name", "state", "origin")
        ),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("since", "changed_at", "token", "reason")
        ),
        sa.Column("soft", sa.Integer(), nullable=False),
        sa.Column("soft_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", "audience"),
        sa.UniqueConstraint("token"),
    )


def _create_outbox() -> None:
    _create(
        "outbox",
        ("edition", "channel", "recipient"),
        *("edition", "channel", "recipient", "state", "next_attempt", "answer", "message_id"),
        *("claim", "queued_at", "changed_at"),
        numbers=("attempts",),
    )
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"])
    op.create_index("ix_outbox_due", "outbox", ["state", "next_attempt"])


def _take_over() -> None:
    # "sending": a run was killed in between, and nobody knows whether the mail went out.
    op.execute(
        "INSERT INTO outbox (edition, channel, recipient, state, attempts, next_attempt, answer,"
        " message_id, claim, queued_at, changed_at)"
        " SELECT edition, 'mail', lower(address),"
        " CASE status WHEN 'sending' THEN 'unknown' ELSE status END,"
        " 1, at, '', '', '', at, at FROM deliveries WHERE true"
        # Two spellings of one address are one reader, of whom the best is known: sent, sending.
        " ORDER BY status DESC ON CONFLICT DO NOTHING"
    )
