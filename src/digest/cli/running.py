"""`digest run`, `ingest`, `backfill` and `schedule`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.state import progress, say, show, state, table
from digest.errors import InputError
from digest.missing import install_commands

if TYPE_CHECKING:
    from digest.report import RunReport

SOURCES = 20  #: of which a run's table tells what was left out
FLOWS = ("ingest", "weekly", "quarterly")


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(run)
    app.command()(ingest)
    app.command()(backfill)
    app.command()(schedule)


def run(
    flows: Annotated[
        list[str] | None, typer.Argument(help="ingest, weekly, quarterly: one or more.")
    ] = None,
) -> None:
    """Read all sources and make what is due: the weekly edition if nothing is said."""
    names = flows or ["weekly"]
    for name in names:
        if name not in FLOWS:
            raise InputError(f'no flow called "{name}"', cure=f"one of {', '.join(FLOWS)}")
    _check_sources()
    config = str(state.config) if state.config else None
    reports = {name: _start(name, config) for name in names}
    show({name: report.as_json() for name, report in reports.items()})


def _check_sources() -> None:
    """Tell mistakes in settings and sources before Prefect takes its seconds to start."""
    from digest.sources import load_sources

    settings = state.settings()
    file = settings.path(settings.sources)
    if file.exists():
        load_sources(file)


def _start(name: str, config: str | None) -> RunReport:
    with _prefect(), progress():
        from flows.ingest import ingest as read
        from flows.quarterly import quarterly
        from flows.weekly import weekly

        report = {"ingest": read, "weekly": weekly, "quarterly": quarterly}[name](config)
    print_report(name, report)
    return report


def ingest(
    place: Annotated[
        str, typer.Argument(help="A web address, or an .html, .pdf, .txt or .eml file.")
    ],
) -> None:
    """Read one address or file now, and tell what became of it."""
    from digest.by_hand import check_place
    from digest.cli.looking import tell_way

    check_place(place)
    config = str(state.config) if state.config else None
    with _prefect(), progress():
        from flows.ingest import ingest_one

        ids = ingest_one(place, config)
    for id in ids:
        tell_way(id)


def backfill(
    name: Annotated[str, typer.Argument(help="The source's name: a feed or a sitemap.")],
    since: Annotated[str, typer.Option(help="The first day that is wanted: 2026-07-01.")],
) -> None:
    """Read a source's past, page by page, back to a day; the next run goes on with what came."""
    from datetime import UTC, datetime

    from digest.sources import find_source, load_sources
    from digest.wiring import make_runner

    try:
        first = datetime.fromisoformat(since)
    except ValueError as error:
        raise InputError(f"{since!r} is no day", cure="write it like 2026-07-01") from error
    settings = state.settings()
    source = find_source(load_sources(settings.path(settings.sources)), name)
    runner = make_runner(settings)
    if rests := runner.polling.why_resting(source):
        say(f"{name} is asked all the same, since you ask: {rests}")
    found, new = runner.polling.backfill(
        source, first if first.tzinfo else first.replace(tzinfo=UTC)
    )
    show(
        {"source": name, "pages": found.pages, "found": len(found.items), "new": new}
        | {"earliest": found.earliest, "stopped": found.stopped}
    )
    say(f"{name}: {len(found.items)} entries on {found.pages} pages, {new} of them new")
    if found.stopped:
        say(f"  no further back than {(found.earliest or 'no date')[:10]}: {found.stopped}")
    if new:
        say("  `digest run ingest` downloads and reads them")


def schedule(
    serve: Annotated[
        bool, typer.Option("--serve", help="Stay and start the flows when they are due.")
    ] = False,
) -> None:
    """Show when each flow runs next; with --serve, stay and run them."""
    from digest.schedules import next_runs

    settings = state.settings()
    due = next_runs(settings)
    show({name: moment.isoformat() for name, moment in due.items()})
    rows = [[name, f"{moment:%A %Y-%m-%d %H:%M %Z}"] for name, moment in due.items()]
    table("Next runs", ["flow", "starts"], rows)
    if not serve:
        say("Nothing starts by itself yet: `digest schedule --serve` waits for these times.")
        return
    from flows.deploy import serve as wait_and_run

    wait_and_run(settings, str(state.config) if state.config else None)


def print_report(name: str, report: RunReport) -> None:
    """Print what a run did as a table, and by source what went no further."""
    from digest.report import listed

    if report.is_idle:
        say(f"{name}: nothing new in {report.sources} sources; nothing waited.")
    else:
        table(f"{name}", ["what", "how many"], _rows(report))
    for source, why in list(report.resting.items())[:SOURCES]:
        say(f"  left alone: {source}: {why}")
    for source, error in report.failed.items():
        say(f"  failed: {source}: {error}")
    most = sorted(report.left_out.items(), key=lambda each: (-each[1].total(), each[0]))
    for source, counts in most[:SOURCES]:
        say(f"  left out of {source}: {', '.join(map(str, listed(counts)))}")
    if most[SOURCES:]:
        say(f"  and of {len(most) - SOURCES} more sources: see `digest sources health`")
    for note in report.notes:
        say(f"  note: {note}")
    if report.missing_packages:
        say(f"  not translated, no package: {', '.join(report.missing_packages)}")
        for command in install_commands(report.missing_packages):
            say(f"    cure: {command}")
    for edition in report.editions:
        say(f"  edition: {edition}")


def _rows(report: RunReport) -> list[list[str]]:
    rows = [
        ["sources asked", f"{report.sources} ({len(report.failed)} failed)"],
        ["not asked: not due yet", str(report.not_due)],
        ["entries found", str(report.found)],
        ["new or edited", str(report.new)],
    ]
    for (stage, reason), many in sorted(report.drops.items()):
        rows.append([f"dropped by {stage}: {reason}", str(many)])
    rows += [[words, str(many)] for words, many in sorted(report.cut.items()) if many]
    rows += [
        ["articles", str(report.articles)],
        ["of these copies of another", str(report.duplicates)],
        ["stories", str(report.stories)],
        ["will be tried again", str(report.waiting)],
    ]
    return rows


@contextmanager
def _prefect() -> Iterator[None]:
    """Keep Prefect's log out of a person's way, unless the user set it otherwise.

    An error of ours comes out of the flow as it is, and `main` says it in one line.
    """
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    yield
