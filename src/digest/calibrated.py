"""What is said where an encoder's vectors may merge nothing, since nobody has calibrated it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.ports import Splitter
from digest.stages.verdict import uncalibrated
from digest.steps import verdicts_file

if TYPE_CHECKING:
    from pathlib import Path

    from digest.config import Settings
    from digest.stages.verdict import Task
    from digest.steps import Tools

#: What a step does not find where it has no verdict.
FINDS = {"dedupe": "copies", "cluster": "events"}


def notes_on(tools: Tools, settings: Settings, *, steps: Sequence[str] = tuple(FINDS)) -> list[str]:
    """Return what a run or a stage has to say of its models: what they cannot do, with the cure.

    Args:
        tools: whose translator and encoder were used.
        settings: the settings.
        steps: names of the steps that were run.
    """
    translator = tools.translator
    notes = list(translator.notes) if isinstance(translator, Splitter) else []
    own = verdicts_file(settings)
    return notes + say_uncalibrated(tools.encoder.model, own, steps=steps)


def say_uncalibrated(
    model: str, verdicts: Path | None, *, steps: Sequence[str] = tuple(FINDS)
) -> list[str]:
    """Return in a sentence which steps merge nothing on vectors, with the cure; or nothing.

    Args:
        model: the encoder's name and version.
        verdicts: the file of the user's own verdicts, if the settings name one.
        steps: names of steps.
    """
    missing = [task for task in uncalibrated(model, own=verdicts) if task in steps]
    if not missing:
        return []
    found = ", ".join(f"{task} finds no {FINDS[task]} by its vectors" for task in missing)
    return [
        f"the encoder {model} is not calibrated: {found}, only what is the same for certain "
        f"(address, hreflang, text); cure: {cure_for(missing, verdicts)}"
    ]


def cure_for(missing: Sequence[Task], verdicts: Path | None) -> str:
    """Return the commands that give thresholds, with the setting that names their file."""
    name = verdicts.name if verdicts else "verdicts.json"
    commands = " and ".join(
        f"digest calibrate PAIRS.jsonl --task {task} --verdicts {name}" for task in missing
    )
    return commands if verdicts else f'{commands}, then [models] verdicts = "{name}"'
