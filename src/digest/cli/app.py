"""The `digest` command: its options, and the commands in the order a person meets them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest import __version__
from digest.cli import (
    editions,
    labels,
    looking,
    models,
    publishing,
    running,
    sources,
    stack,
    stages,
    subscribers,
    texts,
    web,
)
from digest.cli.state import state

app = typer.Typer(
    help="Reads marketing-technology news in every language and makes a digest of it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"digest {__version__}")
        raise typer.Exit


@app.callback()
def options(
    config: Annotated[
        Path | None, typer.Option(help="Settings file; digest.toml here if left out.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print results as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print errors only.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Set what holds for every command."""
    state.config, state.json, state.quiet = config, json, quiet


running.register(app)
editions.register(app)
publishing.register(app)
looking.register(app)
labels.register(app)
stages.register(app)
texts.register(app)
web.register(app)
app.add_typer(subscribers.app, name="subscribers")
app.add_typer(sources.app, name="sources")
app.add_typer(stack.app, name="stack")
app.add_typer(models.app, name="models")
