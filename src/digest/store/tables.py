"""The tables: one a record type, with the columns that queries need beside the record as JSON.

Every result carries the `version` of the step that made it, the `fingerprint` of what that step
read (the stamps of its inputs) and its own `stamp` (the hash of the record), which is what the next
step's fingerprint is made of. A step that gives the same record again makes nothing wait.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from digest import records

metadata = MetaData()


def _results(name: str, *more: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("version", Text, nullable=False),
        Column("fingerprint", Text, nullable=False),
        Column("stamp", Text, nullable=False),
        Column("made_at", Text, nullable=False),
        Column("record", Text, nullable=False),
        *more,
    )


source_states = _results("source_states")
items = _results(
    "items",
    Column("source", Text, nullable=False, index=True),
    Column("effective", Text, nullable=False, index=True),
)
pages = _results("pages")
articles = _results(
    "articles",
    Column("url", Text, index=True),
    Column("effective", Text, nullable=False, index=True),
    Column("first_seen", Text, nullable=False, index=True),
)
languages = _results("languages", Column("language", Text, nullable=False))
embeddings = _results(
    "embeddings",
    Column("model", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)
classifications = _results("classifications")
duplicates = _results("duplicates", Column("duplicate_of", Text, index=True))
stories = _results("stories")
summaries = _results("summaries")
scores = _results("scores")
translations = _results("translations")

story_members = Table(
    "story_members",
    metadata,
    Column("article", Text, primary_key=True),
    Column("story", Text, nullable=False, index=True),
    Column("version", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
)

#: Counted quarters, so that a trend needs no old article: see `digest.records.QuarterCounts`.
quarter_counts = Table(
    "quarter_counts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("record", Text, nullable=False),
)

drops = Table(
    "drops",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("reason", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("transient", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
)

superseded = Table(
    "superseded",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("of", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("replaced_at", Text, nullable=False),
    Index("ix_superseded_of_id", "of", "id"),
)

#: The background of the window that was last judged as a whole, in one row; arrays as they lie in
#: memory. `revision` counts what steps over a window have written; `epoch` is that of this row.
backgrounds = Table(
    "backgrounds",
    metadata,
    Column("id", Text, primary_key=True),
    Column("model", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("shift", LargeBinary, nullable=False),
    Column("sentence_shift", LargeBinary, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("names", LargeBinary, nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("axes", LargeBinary, nullable=False),
    Column("days", LargeBinary, nullable=False),
)

#: Where an article's code lies: block and row are the place, divided; and its packed sketch.
near_places = Table(
    "near_places",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("article", Text, nullable=False, unique=True),
    Column("sketch", LargeBinary, nullable=False),
)

near_blocks = Table(
    "near_blocks",
    metadata,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),  # at which it was last written
    Column("first", Float, nullable=False),  # day of its earliest article
    Column("last", Float, nullable=False),
    Column("days", LargeBinary, nullable=False),
    Column("codes", LargeBinary, nullable=False),
)

near_keys = Table(
    "near_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("article", Text, primary_key=True, index=True),
    Column("effective", Text, nullable=False),
)

#: What editors decided, in the order in which they did; `revoked_by` is the act that undid it.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("kind", Text, nullable=False, index=True),
    Column("act", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False, index=True),
    Column("edition", Text, nullable=False, index=True),
    Column("revoked_by", Text, nullable=False),
    Column("record", Text, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("closed_at", Text, nullable=False),
    Column("checksum", Text, nullable=False),
    Column("considered", Text, nullable=False),  # JSON list: articles of the period it could show
    Column("record", Text, nullable=False),
)

shown = Table(
    "shown",
    metadata,
    Column("edition", Text, ForeignKey("editions.id"), primary_key=True),
    Column("article", Text, primary_key=True),
    Column("story", Text, nullable=False),
)

translation_memory = Table(
    "translation_memory",
    metadata,
    Column("package", Text, primary_key=True),  # name and version: another version starts afresh
    Column("source", Text, primary_key=True),  # hash of the sentence
    Column("target", Text, nullable=False),
)

#: The stories as a list shows them, with what it is sorted by; made of other tables (`inbox.py`).
inbox = Table(
    "inbox",
    metadata,
    Column("story", Text, primary_key=True),
    Column("mark", Text, nullable=False),  # the stamps of what it was made of
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("members", Integer, nullable=False),
    Index("ix_inbox_list", "last", "first", "score", "story"),
    Index("ix_inbox_score", "score", "story", "last", "first"),  # lists walk it from its end
)

#: What a list is filtered by: "label", "vendor", "language", "source", "status", "assigned".
facets = Table(
    "facets",
    metadata,
    Column("story", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Index("ix_facets_value", "kind", "value", "story"),
)

#: What can be searched, each text at its place in the full-text indexes: later news, greater place.
search_places = Table(
    "search_places",
    metadata,
    Column("id", Text, primary_key=True),  # an article's, or a story's after "story:"
    Column("place", BigInteger, nullable=False, unique=True),
    Column("stamp", Text, nullable=False),
)

#: What a language model drafted, by the hash of its question: model, rules, sentences and places.
drafts = Table(
    "drafts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("story", Text, nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("record", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("flow", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("status", Text, nullable=False),
    Column("report", Text, nullable=False),
)

#: The table of each result record.
TABLE_OF: dict[type, Table] = {
    records.SourceState: source_states,
    records.Item: items,
    records.Page: pages,
    records.Article: articles,
    records.Language: languages,
    records.Embedding: embeddings,
    records.Classification: classifications,
    records.Duplicate: duplicates,
    records.Story: stories,
    records.Summary: summaries,
    records.Score: scores,
    records.Translation: translations,
}
