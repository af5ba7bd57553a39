"""`digest translate` and `digest calibrate`: one file in, one result out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from digest.cli.state import say, show, state, warn
from digest.errors import InputError

TASKS = ("dedupe", "cluster")


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(translate)
    app.command()(calibrate)


def translate(
    file: Annotated[Path, typer.Argument(help="A text file in UTF-8.")],
    to: Annotated[str, typer.Option(help="The language wanted.")] = "en",
    language: Annotated[str, typer.Option(help="The file's language; detected if left out.")] = "",
) -> None:
    """Translate a text file, sentence by sentence; what cannot be translated stays and is named."""
    from digest.filters import run_filter
    from digest.missing import install_commands
    from digest.text import dump_line

    if not file.is_file():
        raise InputError(f"no such file: {file}", cure="give a text file")
    text = file.read_text("utf-8", errors="replace")
    line = dump_line({"id": file.name, "text": text, "language": language or None, "to": to})
    (answer,) = run_filter(
        "translate", [line.encode("utf-8")], settings=state.settings(), tell=warn
    )
    import json

    found = json.loads(answer)
    if "drop" in found:
        raise InputError(f"{file}: {found['drop']['reason']}")
    show(found)
    if not state.json:
        typer.echo(found["text"])
    kept = sum(not sentence["ok"] for sentence in found["sentences"])
    if kept:
        typer.echo(f"{kept} of {len(found['sentences'])} sentences stay as they were", err=True)
        for note, many in _reasons(found).most_common(3):
            typer.echo(f"  {many}: {note}", err=True)
    for name in found["missing"]:
        typer.echo(f"no package {name}; {install_commands([name])[0]}", err=True)


def _reasons(found: dict[str, Any]) -> Counter[str]:
    """Return why sentences stay, and how many; a missing package is told with its cure."""
    told = {f"no {pair} package" for pair in found["missing"]}
    notes = (each["note"] for each in found["sentences"] if not each["ok"])
    return Counter(note for note in notes if note not in told)


def calibrate(
    file: Annotated[Path, typer.Argument(help="Labelled pairs, one JSON object a line.")],
    task: Annotated[str, typer.Option(help="dedupe or cluster.")] = "dedupe",
    verdicts: Annotated[
        Path, typer.Option(help="The file of verdicts to add to; name it in models.verdicts.")
    ] = Path("verdicts.json"),
) -> None:
    """Learn from labelled pairs when two articles are one, and draw the precision-recall curve."""
    from digest.labelled_pairs import calibrate_file, read_verdicts, write_verdict
    from digest.wiring import make_encoder

    if task not in TASKS:
        raise InputError(f'no task called "{task}"', cure=f"one of {', '.join(TASKS)}")
    if not file.is_file():
        raise InputError(f"no such file: {file}", cure="give a file of labelled pairs")
    read_verdicts(verdicts)  # what is wrong with it is said before the work
    found = calibrate_file(file, encoder=make_encoder(state.settings()))
    write_verdict(verdicts, found, task="dedupe" if task == "dedupe" else "cluster")
    picture = verdicts.with_suffix(".svg")
    picture.write_text(found.picture, "utf-8")
    names = ("pairs", "same", "precision", "recall", "f1")
    figures = {name: getattr(found, name) for name in names}
    show(figures | {"threshold": found.threshold, "verdicts": str(verdicts), "curve": str(picture)})
    say(f"{found.pairs} pairs, {found.same} of them the same; cross-validated over documents:")
    say(f"  precision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f}")
    say(f"  at the probability {found.threshold:.2f}: set [{task}] threshold to it")
    say(f"  verdicts: {verdicts} (name it in [models] verdicts); curve: {picture}")
