"""A batch of a step: what waits, and saving what the step makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from digest.errors import DigestError
from digest.records import Drop, Duplicate, Story
from digest.stage import Stage
from digest.store import history, saving
from digest.store.saving import Maker, Result
from digest.store.waiting import Pending


class Batch:
    """Some inputs that wait for a step.

    No dataclass on purpose: Prefect looks through dataclasses that are handed to a task.

    Args:
        stage: the step.
        pending: the inputs.
    """

    __slots__ = ("pending", "stage")

    def __init__(self, stage: Stage, pending: Sequence[Pending]) -> None:
        self.stage = stage
        self.pending = pending

    def __str__(self) -> str:
        return f"{self.stage.name} ({len(self.pending)})"


def why_left_out(record: Any) -> str:
    """Return why a step's record goes no further: a drop's reason, a copy, "" where it goes on."""
    if isinstance(record, Drop):
        return record.reason
    return history.COPY if isinstance(record, Duplicate) and record.duplicate_of else ""


def save_answers(
    db: Any, maker: Maker, stage: Stage, pending: Sequence[Pending], made: Sequence[Any]
) -> int:
    """Save what a step gave for a batch, and return how many records changed.

    Raises:
        DigestError: where it gave no answer for one of them.
    """
    marks = {entry.id: entry.fingerprint for entry in pending}
    if stage.makes is Story:
        return saving.save_stories(db, maker, made, marks)
    unanswered = set(marks) - {record.id for record in made}
    if unanswered:
        raise DigestError(f"step {stage.name} gave no answer for {sorted(unanswered)[:3]}")
    results = [Result(record.id, marks[record.id], record) for record in made]
    return saving.save(db, maker, stage.makes, results)
