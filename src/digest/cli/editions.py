"""`digest edition`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.state import say, show, state
from digest.errors import InputError

if TYPE_CHECKING:
    from digest.publishing import Written
    from digest.records import EditionKind

KINDS = ("weekly", "quarterly")
FORMATS = ("html", "pdf", "mail", "md", "json", "csv")


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(edition)


def edition(
    kind: Annotated[str, typer.Argument(help="weekly or quarterly.")],
    period: Annotated[
        str | None, typer.Argument(help="2026-W47 or 2026-Q4; the one just ended if left out.")
    ] = None,
    format: Annotated[
        list[str] | None,
        typer.Option(help="html, pdf, mail, md, json, csv; as set if left out."),
    ] = None,
    audience: Annotated[
        str | None, typer.Option(help="Name of an audience; all of them if left out.")
    ] = None,
) -> None:
    """Write the edition of a period from what has been read; it is not read again for it."""
    from digest.jobs import Job
    from digest.wiring import make_runner

    if kind not in KINDS:
        raise InputError(f'no edition called "{kind}"', cure=f"one of {', '.join(KINDS)}")
    for wanted in format or ():
        if wanted not in FORMATS:
            raise InputError(f'no format called "{wanted}"', cure=f"one of {', '.join(FORMATS)}")
    job = Job("edition", make_runner(state.settings()))
    readers = {each.name: each for each in job.settings.readers}
    if audience is not None and audience not in readers:
        raise InputError(f'no audience "{audience}"', cure=f"one of {', '.join(readers)}")
    chosen = [readers[audience]] if audience is not None else list(readers.values())
    made = [
        job.publish(_kind(kind), period, audience=each, formats=format or ()) for each in chosen
    ]
    rows = [
        {
            "id": written.edition.id,
            "frozen": written.frozen,
            "files": [str(file) for file in written.files],
        }
        for written in made
    ]
    show(rows[0] if len(rows) == 1 else rows)
    for written in made:
        _tell(written)
    told = {note for written in made for note in written.notes}
    for note in job.report.notes:
        if note not in told:
            say(f"  note: {note}")


def _tell(written: Written) -> None:
    from digest.stages.catalogues import nearest_catalogue

    say(f"{written.edition.id} ({'published' if written.frozen else 'draft'})")
    for file in written.files:
        say(f"  {file}")
    for note in written.notes:
        say(f"  note: {note}")
    if not nearest_catalogue(written.edition.language):
        say(f"  labels are English: none in {written.edition.language} (docs/editions.md)")


def _kind(word: str) -> EditionKind:
    return "weekly" if word == "weekly" else "quarterly"
