"""Stages as filters: JSON lines in, JSON lines out, no store, the pipeline's own code.

Every id that comes in is answered, in order. A drop is `{"id", "drop": {"stage", "reason"}}`; a
line that cannot be read is answered with its number in the same form, and the run goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from digest.config import Settings
from digest.errors import ConfigError, DigestError, InputError, ModelError
from digest.filter_context import make_context
from digest.filter_steps import STEPS, Step
from digest.records import Drop
from digest.text import dump_line

BATCH = 64
Work = Callable[[Sequence[dict[str, Any]]], list[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was read: its number, and its object or what is wrong with it."""

    number: int
    value: dict[str, Any]
    wrong: str = ""


def run_filter(
    name: str,
    lines: Iterable[bytes],
    *,
    settings: Settings,
    tell: Callable[[str], None] = lambda _note: None,
) -> Iterator[str]:
    """Return the answers of stage `name`, one JSON line each, as they are ready.

    Args:
        name: the stage.
        lines: JSON lines.
        settings: the settings.
        tell: is told at the end what no line's answer says.

    Raises:
        InputError: where there is no such stage.
        ConfigError: where the settings are wrong.
        ModelError: where they name a model that is not there.
    """
    if name not in STEPS:
        raise InputError(f"no stage called {name!r}", cure=f"one of {', '.join(STEPS)}")
    step = STEPS[name]
    context = make_context(settings)
    work = partial(step.run, context)
    for batch in _batches(_parsed(lines), size=None if step.together else BATCH):
        yield from _answers(name, step, batch, work)
    for note in context.notes(name):
        tell(note)


def _parsed(lines: Iterable[bytes]) -> Iterator[Line]:
    for number, raw in enumerate(lines, start=1):
        if raw.strip():
            yield _parse(number, raw)


def _parse(number: int, raw: bytes) -> Line:
    try:
        value = json.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        return Line(number, {}, f"not a JSON line in UTF-8: {error}")
    if not isinstance(value, dict):
        return Line(number, {}, "not a JSON object")
    if not isinstance(value.get("id"), str):
        return Line(number, {"id": value.get("id")}, 'the field "id" is missing or no string')
    return Line(number, value)


def _batches(lines: Iterator[Line], *, size: int | None) -> Iterator[list[Line]]:
    if size is None:
        yield list(lines)
        return
    while batch := list(islice(lines, size)):
        yield batch


def _answers(
    name: str,
    step: Step,
    batch: Sequence[Line],
    work: Work,
) -> Iterator[str]:
    checked = [_checked(step, line) for line in batch]
    good = [line.value for line in checked if not line.wrong]
    answers = iter(_attempt_all(name, good, work))
    for line in checked:
        if line.wrong:
            drop = {"stage": name, "reason": line.wrong}
            yield dump_line({"id": line.value.get("id"), "line": line.number, "drop": drop})
        else:
            yield dump_line(_answer(name, line.value["id"], next(answers)))


def _checked(step: Step, line: Line) -> Line:
    """Return the line, wrong where a field the stage needs is missing or of another type."""
    if line.wrong:
        return line
    for field, kind in step.needs.items():
        value = line.value.get(field)
        if value is not None and not isinstance(value, kind):
            return Line(
                line.number, {"id": line.value["id"]}, f'the field "{field}" has a wrong type'
            )
    return line


def _attempt_all(
    name: str,
    values: Sequence[dict[str, Any]],
    work: Work,
) -> list[Any]:
    """Return an answer for each value; where a batch fails, each is tried alone.

    A window that fails is answered as failed, line by line: alone its lines would look unrelated.
    """
    if not values:
        return []
    try:
        return work(values)
    except (ConfigError, ModelError):
        raise  # settings are wrong, or name a model that is not there: no line's fault
    except Exception as error:  # whatever one line provokes must not stop the run
        said = str(error) if isinstance(error, DigestError) else f"{type(error).__name__}: {error}"
        if len(values) == 1 or STEPS[name].together:
            return [Drop(value["id"], name, said) for value in values]
        return [answer for value in values for answer in _attempt_all(name, [value], work)]


def _answer(name: str, id: str, answer: Any) -> dict[str, Any]:
    if isinstance(answer, Drop):
        reason = f"{answer.reason}: {answer.detail}" if answer.detail else answer.reason
        return {"id": id, "drop": {"stage": name, "reason": reason}}
    return {"id": id, **answer}
