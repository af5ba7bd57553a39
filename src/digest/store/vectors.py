"""The vectors of all articles as one matrix, for looking through all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, func, select

from digest.store.tables import articles, embeddings

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """The vectors of some articles.

    Args:
        ids: of the articles.
        times: when each is filed, UTC text as the store has it; sorted.
        mean: of all vectors, taken out of each.
        matrix: one row an article, unit length, shape (articles, dims).
        seen: what tells whether anything has changed since.
    """

    ids: list[str]
    times: NDArray[np.str_]
    mean: NDArray[np.float32]
    matrix: NDArray[np.float32]
    seen: tuple[int, str]


def vectors_after(connection: Connection, model: str, known: Vectors | None) -> Vectors:
    """Return the vectors of a model; those that are known where none has come or changed."""
    query = select(func.count(), func.coalesce(func.max(embeddings.c.made_at), ""))
    many, last = connection.execute(query.where(embeddings.c.model == model)).one()
    if known is not None and known.seen == (many, last):
        return known
    rows = connection.execute(
        select(embeddings.c.id, embeddings.c.vector, articles.c.effective)
        .join(articles, articles.c.id == embeddings.c.id)
        .where(embeddings.c.model == model)
        .order_by(articles.c.effective)
    )
    ids: list[str] = []
    times: list[str] = []
    found: list[NDArray[np.float32]] = []
    for row in rows:
        ids.append(row.id)
        times.append(row.effective)
        found.append(np.frombuffer(row.vector, dtype="<f4"))
    matrix = np.asarray(found, np.float32) if found else np.zeros((0, 1), np.float32)
    mean = matrix.mean(axis=0) if len(found) > 20 else np.zeros(matrix.shape[1], np.float32)
    matrix -= mean
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.maximum(lengths, 1e-9)
    return Vectors(ids, np.asarray(times, str), mean, matrix, (int(many), str(last)))
