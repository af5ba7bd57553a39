"""`digest models list | install | remove | update | import | verify`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.state import say, show, state, table
from digest.errors import InputError

if TYPE_CHECKING:
    from digest.wiring import Done, PackageManager, Row

app = typer.Typer(help="Translation packages.", no_args_is_help=True)


def _manager() -> PackageManager:
    from digest.wiring import make_packages

    told: dict[str, int] = {}

    def tell(name: str, have: int, total: int | None) -> None:
        percent = 100 * have // total if total else 0
        if percent >= told.get(name, -10) + 10:
            told[name] = percent
            say(f"  {name}: {have / 1e6:.0f} MB" + (f", {percent} %" if total else ""))

    return make_packages(state.settings(), tell)


@app.command("list")
def list_(
    online: Annotated[bool, typer.Option("--online", help="Ask the index what there is.")] = False,
) -> None:
    """List the installed packages and starters, and with --online what can be installed."""
    rows = _manager().rows(online=online)
    show([asdict(row) for row in rows])
    columns = ["translates", "installed", "available", "MB", "licence or problem"]
    table(
        "Translation packages",
        columns,
        [
            [
                row.pair,
                row.installed or "",
                row.available or "",
                f"{row.size / 1e6:.0f}" if row.size else "",
                row.problem or "; ".join(filter(None, (_starter(row), row.licence))),
            ]
            for row in rows
        ],
    )
    if not rows:
        say("none is installed; install with `digest models install de fr es`")


@app.command()
def install(
    languages: Annotated[list[str], typer.Argument(help="Codes such as de fr ja zh-Hans.")],
    to: Annotated[str, typer.Option(help="The language to translate into.")] = "en",
    again: Annotated[bool, typer.Option("--again", help="Also what is there already.")] = False,
) -> None:
    """Download and install what translates these languages; through English where needed."""
    _tell(_manager().install(languages, to=to, again=again))


@app.command()
def remove(
    languages: Annotated[list[str], typer.Argument(help="Codes such as de fr.")],
    to: Annotated[str | None, typer.Option(help="Only the packages into this language.")] = None,
) -> None:
    """Remove the packages from these languages."""
    _tell(_manager().remove(languages, to=to))


@app.command()
def update() -> None:
    """Install newer versions of what is installed."""
    _tell(_manager().update())


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A package file, .argosmodel.")],
) -> None:
    """Install a package from a file, for instance on a machine without a network."""
    if not file.is_file():
        raise InputError(f"no such file: {file}", cure="give an .argosmodel file")
    _tell([_manager().import_file(file)])


@app.command()
def verify() -> None:
    """Check every byte of the installed packages against what was installed."""
    rows = _manager().verify()
    show([asdict(row) for row in rows])
    for row in rows:
        say(f"{row.pair}: {row.problem}")
    say("all packages are as they were installed" if not rows else "")
    if rows:
        raise typer.Exit(6)


def _starter(row: Row) -> str:
    """Return that a package is a starter, with its figures, or ""."""
    figures = ", ".join(f"{name} {value:g}" for name, value in row.figures)
    return ("starter" + (f" ({figures})" if figures else "")) if row.starter else ""


def _tell(done: list[Done]) -> None:
    show([asdict(each) for each in done])
    for each in done:
        notice = each.problem or each.licence
        name = f"{each.pair} {each.version}".rstrip()
        starter = "; a starter: small, and worse than an official one" if each.starter else ""
        say(f"{name}: {each.action}{starter}" + (f"; {notice}" if notice else ""))
    if any(each.action == "failed" for each in done):
        raise typer.Exit(6)
