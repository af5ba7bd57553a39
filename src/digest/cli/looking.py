"""`digest why`, `status` and `doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from digest.cli.state import say, show, state, table
from digest.errors import InputError


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(why)
    app.command()(status)
    app.command()(doctor)


def why(
    address: Annotated[str, typer.Argument(help="The article's address, or its id.")],
) -> None:
    """Tell an article's whole way: each step, or where and why it was dropped."""
    from digest.opening import open_known_store
    from digest.tracing import find_ids

    store = open_known_store(state.settings())
    ids = find_ids(store, address)
    if not ids:
        cure = f"read it with `digest ingest {address}`, or see `digest status`"
        raise InputError(f"nothing is known of {address}", cure=cure)
    for id in ids:
        tell_way(id)


def tell_way(id: str) -> None:
    """Print the way of one item."""
    from digest.opening import open_known_store
    from digest.tracing import trace

    steps = trace(open_known_store(state.settings()), id)
    show({"id": id, "steps": [step.as_json() for step in steps]})
    say(id)
    width = max((len(step.stage) for step in steps), default=0)
    for step in steps:
        say(f"  {step.stage:<{width}}  {step.words}")
        for detail in step.details:
            say(f"  {'':<{width}}    {detail}")


def status() -> None:
    """Show what the store holds, what failed lately, and the last runs."""
    from digest.opening import open_known_store
    from digest.tracing import overview

    found = overview(open_known_store(state.settings()))
    show(found)
    table("Records", ["of", "many"], [[k, str(v)] for k, v in found["records"].items()])
    drops = [[d["stage"], d["reason"], str(d["count"])] for d in found["dropped"]]
    table("Dropped", ["step", "reason", "many"], drops)
    failing = [[s["source"], str(s["failures"]), s["error"]] for s in found["failing"]]
    if failing:
        table("Failing sources", ["source", "failures in a row", "error"], failing)
    runs = [[r["flow"], r["started_at"], r["status"]] for r in found["runs"]]
    table("Last runs", ["flow", "started", "ended"], runs)
    editions = [[e["id"], e["closed_at"], e["checksum"][:12]] for e in found["editions"]]
    table("Published editions", ["edition", "closed", "checksum"], editions)


def doctor() -> None:
    """Check what is installed, what is missing, and name the command that cures it."""
    from digest.doctor import examine

    findings = examine(state.config)
    show([finding.as_json() for finding in findings])
    marks = {"ok": "ok", "note": "note", "bad": "BAD"}
    rows = [[marks[f.state], f.what, f.found, f.cure] for f in findings]
    table("Digest's health", ["", "what", "found", "cure"], rows)
    if any(finding.state == "bad" for finding in findings):
        raise typer.Exit(1)
