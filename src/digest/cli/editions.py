"""`digest edition`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.state import say, show, state
from digest.errors import InputError

if TYPE_CHECKING:
    from digest.records import EditionKind

KINDS = ("weekly", "quarterly")
FORMATS = ("html", "md", "mail", "json")


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(edition)


def edition(
    kind: Annotated[str, typer.Argument(help="weekly or quarterly.")],
    period: Annotated[
        str | None, typer.Argument(help="2026-W47 or 2026-Q4; the one just ended if left out.")
    ] = None,
    format: Annotated[
        list[str] | None, typer.Option(help="html, md, mail, json; all if left out.")
    ] = None,
) -> None:
    """Write the edition of a period from what has been read; it is not read again for it."""
    from digest import publishing
    from digest.jobs import Job
    from digest.stages.catalogues import nearest_catalogue
    from digest.wiring import make_runner

    if kind not in KINDS:
        raise InputError(f'no edition called "{kind}"', cure=f"one of {', '.join(KINDS)}")
    for wanted in format or ():
        if wanted not in FORMATS:
            raise InputError(f'no format called "{wanted}"', cure=f"one of {', '.join(FORMATS)}")
    job = Job("edition", make_runner(state.settings()))
    chosen = {name: publishing.FILES[name] for name in (format or FORMATS)}
    written = job.publish(_kind(kind), period, formats=chosen)
    show(
        {
            "id": written.edition.id,
            "frozen": written.frozen,
            "files": [str(file) for file in written.files],
        }
    )
    say(f"{written.edition.id} ({'published' if written.frozen else 'draft'})")
    for file in written.files:
        say(f"  {file}")
    if not nearest_catalogue(written.edition.language):
        say(f"  labels are English: none in {written.edition.language} (docs/editions.md)")


def _kind(word: str) -> EditionKind:
    return "weekly" if word == "weekly" else "quarterly"
