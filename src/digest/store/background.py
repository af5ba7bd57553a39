"""The background of the window that was last judged as a whole, and what was written since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, delete, insert, select, update

from digest.records import Background, Counts
from digest.store.tables import backgrounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

ID = "window"  #: of the one row
STANDING = select(
    backgrounds.c.model,
    backgrounds.c.articles,
    backgrounds.c.added,
    backgrounds.c.epoch,
    backgrounds.c.revision,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the background stands.

    Args:
        model: the encoder's name and version.
        articles: how many it was made of.
        added: how many have been judged against it since.
        epoch: the revision that it was made with.
        revision: raised by every step over a window that writes.
    """

    model: str
    articles: int
    added: int
    epoch: int
    revision: int


def standing(connection: Connection) -> Standing | None:
    """Return how the background stands, None where there is none."""
    row = connection.execute(STANDING).one_or_none()
    return Standing(*row) if row else None


def load_background(connection: Connection) -> Background:
    """Return the background; there has to be one."""
    row = connection.execute(select(backgrounds)).one()
    shift = np.frombuffer(row.shift, dtype="<f4")
    return Background(
        model=row.model,
        articles=row.articles,
        shift=shift,
        sentence_shift=np.frombuffer(row.sentence_shift, dtype="<f4"),
        words=_counts(row.articles, row.words),
        names=_counts(row.articles, row.names),
        numbers=_counts(row.articles, row.numbers),
        axes=np.frombuffer(row.axes, dtype="<f4").reshape(len(shift), -1),
        days=np.frombuffer(row.days, dtype="<f8"),
    )


def save_background(connection: Connection, background: Background) -> Standing:
    """Put a background in place of the one before, and return how it stands."""
    before = standing(connection)
    revision = before.revision + 1 if before else 1
    connection.execute(delete(backgrounds))
    columns = {
        "model": background.model,
        "articles": background.articles,
        "added": 0,
        "epoch": revision,
        "revision": revision,
        "shift": _blob(background.shift, "<f4"),
        "sentence_shift": _blob(background.sentence_shift, "<f4"),
        "words": _packed(background.words),
        "names": _packed(background.names),
        "numbers": _packed(background.numbers),
        "axes": _blob(background.axes, "<f4"),
        "days": _blob(background.days, "<f8"),
    }
    connection.execute(insert(backgrounds).values(id=ID, **columns))
    return Standing(background.model, background.articles, 0, revision, revision)


def note_written(connection: Connection, *, added: int = 0) -> None:
    """Note that a step over a window has written, and how many articles are new in the index."""
    table = backgrounds.c
    values = {"revision": table.revision + 1, "added": table.added + added}
    connection.execute(update(backgrounds).values(values))


def _packed(counts: Counts) -> bytes:
    return _blob(np.stack([counts.columns, counts.seen]), "<i4")


def _counts(articles: int, blob: bytes) -> Counts:
    columns, seen = np.frombuffer(blob, dtype="<i4").reshape(2, -1)
    return Counts(articles, columns, seen)


def _blob(array: NDArray[Any], dtype: str) -> bytes:
    return np.ascontiguousarray(array, dtype=dtype).tobytes()
