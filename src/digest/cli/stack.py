"""`digest stack check`."""

from __future__ import annotations

import typer

from digest.cli.state import say, show, state, table
from digest.errors import ConfigError

app = typer.Typer(help="What we own and whom we watch.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `check` a word of its own, though it is the only command."""


@app.command()
def check() -> None:
    """Read the stack file, name every mistake in it, and show what it says."""
    from digest.knowing import make_knowledge
    from digest.opening import make_clock
    from digest.stack import load_stack
    from digest.stack_file import read_values
    from digest.stack_mistakes import past_renewals
    from digest.stack_sense import notes_on
    from digest.stages.sums import has_cents

    settings = state.settings()
    if settings.stack is None:
        raise ConfigError("no stack file is set", cure='set stack = "stack.yaml" in digest.toml')
    file = settings.path(settings.stack)
    known = tuple(category.name for category in make_knowledge(settings).categories)
    found = load_stack(file, categories=known)
    show(found.model_dump(mode="json"))
    sums = ",.2f" if has_cents(found) else ",.0f"
    rows = [
        [
            tool.name,
            tool.vendor,
            tool.category,
            tool.owner,
            "" if tool.cost is None else f"{tool.cost:{sums}} {found.currency}",
            "" if tool.renewal is None else tool.renewal.isoformat(),
            "" if tool.utilisation is None else f"{tool.utilisation:.0%}",
        ]
        for tool in found.tools
    ]
    columns = ["tool", "vendor", "category", "owner", "cost a year", "renewal", "in use"]
    table(f"{len(found.tools)} tools in {file}", columns, rows)
    watched = [[each.vendor, each.category, ", ".join(each.aliases)] for each in found.watched]
    table(f"{len(watched)} vendors watched", ["vendor", "category", "other names"], watched)
    total = sum(tool.cost or 0 for tool in found.tools)
    say(f"{total:{sums}} {found.currency} a year for {len(found.tools)} tools")
    today = make_clock(settings)().date()
    for note in [*notes_on(read_values(file)), *past_renewals(found.tools, today)]:
        say(f"note: {note}")
