"""The tables of who may use the room: they join those of the records."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Table, Text

from digest.store.tables import metadata

#: Who may use the room; `password` is an Argon2 hash, "" where a proxy says who somebody is.
users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("language", Text, nullable=False),  # "" for the editions'
    Column("active", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
)

#: Who is signed in, by the hash of the secret that the browser holds; and tokens of programs.
sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("user", Text, ForeignKey("users.name"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # "session" or "token"
    Column("title", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # of a token, divided by spaces
    Column("made_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
)

#: Secrets that the room made for itself.
secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
