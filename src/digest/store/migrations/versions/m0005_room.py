"""The room: editors' decisions in order, accounts, the list of stories, and search."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"


def upgrade() -> None:
    """Widen the decisions and create the tables of the room."""
    _widen_decisions()
    _create_accounts()
    _create_lists()
    if op.get_bind().dialect.name == "sqlite":
        _create_sqlite_search()
    else:
        _create_postgres_search()


def _widen_decisions() -> None:
    texts = ("act", "subject", "edition", "revoked_by")
    with op.batch_alter_table("decisions") as table:
        table.add_column(sa.Column("seq", sa.Integer(), nullable=True))
        for name in texts:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    known = sa.table(
        "decisions",
        *(sa.column(name) for name in ("id", "seq", "act", "subject", "record")),
    )
    db = op.get_bind()
    rows = db.execute(sa.select(known.c.id, known.c.record).order_by(known.c.id)).all()
    for seq, row in enumerate(rows, start=1):
        values = {"seq": seq, "act": row.id, "subject": json.loads(row.record)["subject"]}
        db.execute(sa.update(known).where(known.c.id == row.id).values(values))
    with op.batch_alter_table("decisions") as table:
        table.alter_column("seq", existing_type=sa.Integer(), nullable=False)
        table.create_unique_constraint("uq_decisions_seq", ["seq"])
        for name in ("kind", "act", "subject", "edition"):
            table.create_index(f"ix_decisions_{name}", [name])


def _create_accounts() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.name"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sessions_user", "sessions", ["user"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _create_lists() -> None:
    op.create_table(
        "inbox",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("story"),
    )
    op.create_index("ix_inbox_list", "inbox", ["last", "first", "score", "story"])
    op.create_table(
        "facets",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("story", "kind", "value"),
    )
    op.create_index("ix_facets_value", "facets", ["kind", "value", "story"])
    op.create_table(
        "search_places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("place"),
    )


def _create_sqlite_search() -> None:
    # Without content: the texts stand in the articles already. A text that changed gets a new
    # place; what stands at the old one is in `search_places` no more, and so found no more.
    op.execute(
        "CREATE VIRTUAL TABLE search_trigrams USING fts5"
        "(text, content='', tokenize='trigram case_sensitive 1')"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search_pairs USING fts5"
        "(text, content='', detail=none, tokenize='unicode61 remove_diacritics 0')"
    )


def _create_postgres_search() -> None:
    op.execute(
        "CREATE TABLE search_texts (place bigint PRIMARY KEY, text text NOT NULL,"
        " pairs text[] NOT NULL)"
    )
    op.execute("CREATE INDEX ix_search_texts_pairs ON search_texts USING gin (pairs)")
    # pg_trgm comes with PostgreSQL's contributed modules; without it a search reads all texts.
    op.execute(
        "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm;"
        " CREATE INDEX ix_search_texts_text ON search_texts USING gin (text gin_trgm_ops);"
        " EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'no pg_trgm: %', SQLERRM; END $$"
    )
