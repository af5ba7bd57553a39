"""`digest stage NAME`: one step as a filter over JSON lines."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from digest.cli.state import state, warn


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(stage)


def stage(
    name: Annotated[
        str,
        typer.Argument(
            help="parse, extract, detect, embed, dedupe, cluster, classify, summarise, translate."
        ),
    ],
) -> None:
    """Run one step on JSON lines from standard input; nothing but JSON on standard output."""
    from digest.filters import run_filter

    out = sys.stdout.buffer
    for line in run_filter(name, sys.stdin.buffer, settings=state.settings(), tell=warn):
        out.write(line.encode("utf-8", "replace") + b"\n")
        out.flush()
