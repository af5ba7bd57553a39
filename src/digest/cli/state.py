"""What every command shares: the settings file, and how to speak."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.config import Settings


@dataclass(slots=True)
class State:
    """The options before the command's name."""

    config: Path | None = None
    json: bool = False
    quiet: bool = False

    def settings(self) -> Settings:
        """Return the settings; raises `ConfigError`."""
        from digest.config import load_settings

        return load_settings(self.config)


state = State()


def say(text: str = "") -> None:
    """Print for a person; silent with `--quiet` or `--json`."""
    if not (state.quiet or state.json):
        sys.stdout.write(f"{text}\n")


def warn(text: str) -> None:
    """Print on standard error, whatever the options."""
    sys.stderr.write(f"{text}\n")


def show(value: Any) -> None:
    """Print the result for a machine: with `--json` only."""
    if state.json:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print a table for a person."""
    if state.quiet or state.json:
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title, title_justify="left", title_style="bold", header_style="dim")
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    Console(markup=False, highlight=False).print(made)


@contextmanager
def progress() -> Iterator[None]:
    """Show a bar for each step while the block runs; on a terminal only."""
    if state.quiet or state.json or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress

    from digest.progress import listening

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def listen(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], advance=done)

        with listening(listen):
            yield
