"""The tables of publishing: readers, the outbox, what was returned, files of editions."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from digest.store.tables import metadata

#: Who gets the editions of an audience; an address is written small, so that it is there once.
subscribers = Table(
    "subscribers",
    metadata,
    Column("address", Text, primary_key=True),
    Column("audience", Text, primary_key=True),
    Column("language", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("token", Text, nullable=False, unique=True),
    Column("reason", Text, nullable=False),
    Column("soft", Integer, nullable=False),
    Column("soft_at", Text, nullable=False),
)

#: One row a copy of an edition: claimed before it leaves, so that nobody gets it twice.
outbox = Table(
    "outbox",
    metadata,
    Column("edition", Text, primary_key=True),
    Column("channel", Text, primary_key=True),  # "mail" or "chat"
    Column("recipient", Text, primary_key=True),  # an address, or a chat's name
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("message_id", Text, nullable=False, index=True),
    Column("claim", Text, nullable=False),
    Column("queued_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Index("ix_outbox_due", "state", "next_attempt"),
)

#: Bounces and complaints that were read, by the hash of the mail: each counts once.
returned = Table(
    "returned",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("address", Text, nullable=False, index=True),  # "" where it is of no reader of ours
    Column("edition", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("at", Text, nullable=False),
)

#: How far a mailbox of bounces was read.
mailboxes = Table(
    "mailboxes",
    metadata,
    Column("address", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
)

#: The checksums of a published edition's files, as they were written.
edition_files = Table(
    "edition_files",
    metadata,
    Column("edition", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
)
