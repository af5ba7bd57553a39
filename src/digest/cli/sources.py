"""`digest sources list | check | test | health | watch | add | import | export`."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.cli.state import say, show, state, table
from digest.errors import InputError

if TYPE_CHECKING:
    from digest.records import Source, SourceState
    from digest.stages.health import Health

#: Of a source's health, what `check` tells in JSON beside what came now.
KNOWN = frozenset(
    {"why", "last_success", "last_attempt", "next_poll", "week", "thin", "left_out"}
    | {"rests", "leads_to"}
)
NUMBERS = ("last success", "new / usual")  #: new entries of this week, and of a usual one
app = typer.Typer(help="Whom we read.", no_args_is_help=True)


def _file() -> Path:
    settings = state.settings()
    return settings.path(settings.sources)


@app.command("list")
def list_() -> None:
    """List the sources, with how their last poll went."""
    from digest.errors import StoreError
    from digest.opening import open_known_store
    from digest.records import SourceState
    from digest.sources import load_sources
    from digest.store import reading

    found = load_sources(_file())
    states: dict[str, SourceState] = {}
    try:
        with open_known_store(state.settings()).read() as db:
            states = reading.records(db, SourceState, [source.name for source in found])
    except StoreError as error:
        say(str(error))
    show([_as_json(source, states.get(source.name)) for source in found])
    columns = ["name", "kind", "language", "voice", "publisher", "last success", "error"]
    rows = [[str(v or "") for v in _row(source, states.get(source.name))] for source in found]
    table(f"{len(found)} sources in {_file()}", columns, rows)


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(help="Which; all if left out.")] = None,
) -> None:
    """Ask sources for their entries now, save nothing, and tell what came.

    Also those whose server or feed wants to be left alone now: that is said, since no run does so.
    """
    from digest.sources import find_source, load_sources
    from digest.wiring import make_runner

    found = load_sources(_file())
    chosen = [find_source(found, name) for name in names] if names else found
    runner = make_runner(state.settings())
    so_far = {each.source: each for each in runner.polling.health()}
    rows: list[list[str]] = []
    came: dict[str, str] = {}
    results: list[dict[str, Any]] = []
    for source in chosen:
        polled = runner.polling.try_out(source)
        first = polled.items[0].title if polled.items else ""
        error = polled.state.error or ""
        verdict = "failed" if error else ("ok" if polled.items else "empty")
        known = so_far[source.name]
        rows.append([source.name, verdict, str(polled.found), known.verdict, *_numbers(known)])
        came[source.name] = error or f"first comes “{first}”" if error or first else "nothing came"
        results.append(
            {"name": source.name, "state": verdict, "entries": polled.found, "error": error}
            | {"fault": polled.state.fault, "cure": polled.state.cure}
            | {"left_out_now": dict(polled.left_out), "usual_week": known.usual}
            | {"health": known.verdict, **{k: v for k, v in asdict(known).items() if k in KNOWN}}
        )
    show(results)
    table("Sources asked", ["name", "state", "entries", "health", *NUMBERS], rows)
    for each in (so_far[source.name] for source in chosen):
        say(f"  {each.source}: {came[each.source]}")
        if each.rests:
            say(f"  {each.source} was asked all the same, since you asked: {each.rests}")
    _tell([so_far[source.name] for source in chosen])
    if any(result["state"] == "failed" for result in results):
        raise typer.Exit(4)


@app.command("test")
def try_(
    name: Annotated[str, typer.Argument(help="The source whose rules are tried.")],
    page: Annotated[Path | None, typer.Option(help="A page of its, captured as a file.")] = None,
    url: Annotated[str, typer.Option(help="The page's address; fetched where no file is.")] = "",
) -> None:
    """Show what the rules of a source find in a page, beside what is found without them."""
    from digest.sources import find_source, load_sources
    from digest.trying import try_rules
    from digest.wiring import make_extractor, make_fetcher

    settings = state.settings()
    source = find_source(load_sources(_file()), name)
    if page is not None and not page.is_file():
        raise InputError(f"no such file: {page}", cure="give a page that was saved as a file")
    if page is None and not url:
        raise InputError("no page to try the rules on", cure="give --page FILE or --url ADDRESS")
    body = page.read_bytes() if page else make_fetcher(settings).fetch(url).body
    tried = try_rules(source, body, url=url or source.url, extractor=make_extractor(settings))
    show(tried.as_json())
    rows = [[part, found, plain] for part, found, plain in tried.rows()]
    table(f"{name}: what is found", ["part", "by the rules", "without them"], rows)
    for selector, many in tried.matches.items():
        say(f"  {selector}  matches {many}" + ("" if many else ": nothing; look at the page"))
    if not tried.matches:
        say(f'  {name} has no rules: write `extract:` into its block, see "Rules for a site"')
    if not tried.is_whole:
        raise typer.Exit(5)


@app.command()
def health() -> None:
    """Tell how each source is: what it told this week and usually tells, what ails it."""
    from digest.wiring import make_runner

    found = make_runner(state.settings()).polling.health()
    show([asdict(each) for each in found])
    columns = ["name", "state", *NUMBERS, "last new", "next poll"]
    rows = [[each.source, each.verdict, *_numbers(each), *_times(each)] for each in found]
    table("How the sources are", columns, rows)
    _tell(found)


def _numbers(known: Health) -> list[str]:
    return [(known.last_success or "never")[:10], f"{known.week} / {known.usual:g}"]


def _times(known: Health) -> list[str]:
    return [(known.last_new or "never")[:10], (known.next_poll or "")[:16]]


def _tell(found: Sequence[Health]) -> None:
    """Say what is wrong with sources and what cures it, then what went no further."""
    for each in found:
        if each.why:
            say(f"  {each.source} is {each.verdict}: {each.why}")
            say(f"    cure: {each.cure}" if each.cure not in ("", each.why) else "")
        if each.leads_to:
            say(f"  {each.source} is {each.leads_to}")
    for each in found:
        if each.left_out:
            say(f"  left out of {each.source} in four weeks: {', '.join(map(str, each.left_out))}")


@app.command()
def watch(
    names: Annotated[list[str] | None, typer.Argument(help="Which; all if left out.")] = None,
) -> None:
    """Stay, and read newsletters from IMAP folders as they come (IDLE); Ctrl-C ends it."""
    from digest.cli.running import print_report
    from digest.cli.state import warn
    from digest.errors import DigestError
    from digest.sources import load_sources
    from digest.watching import read_some, watch, watchable
    from digest.wiring import make_watcher

    settings = state.settings()
    chosen = watchable(load_sources(_file()), names or ())

    def read(names: list[str]) -> None:
        try:
            report = read_some(names, state.config)
        except DigestError as error:
            warn(f"digest: {', '.join(names)} not read: {error}; tried again with the next mail")
            return
        show({"sources": names, **report.as_json()})
        if not report.is_idle or report.failed:
            print_report(", ".join(names), report)

    say(f"watching {', '.join(each.name for each in chosen)}; Ctrl-C ends it")
    watch(chosen, watcher=make_watcher(settings, warn), read=read, stopping=_until_stopped())
    say("stopped")


def _until_stopped() -> threading.Event:
    """Return an event that the first Ctrl-C or SIGTERM sets; a second one ends us at once."""
    stopping = threading.Event()

    def stop(number: int, _frame: Any) -> None:
        say("stopping, after what is being read; once more to stop at once")
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        stopping.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    return stopping


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed or page, or a mail folder.")],
    name: Annotated[str, typer.Option(help="Short name; made of the address if left out.")] = "",
    kind: Annotated[str, typer.Option(help="feed, page, sitemap, newsletter or report.")] = "feed",
    publisher: Annotated[str, typer.Option(help="Who speaks; the host if left out.")] = "",
    voice: Annotated[
        str, typer.Option(help="independent, vendor, wire or regulator.")
    ] = "independent",
    language: Annotated[str, typer.Option(help="BCP-47 hint.")] = "",
    why: Annotated[str, typer.Option(help="Why it is read.")] = "",
) -> None:
    """Add a source to the file; its comments and order stay."""
    from urllib.parse import urlsplit

    from digest.records import Source
    from digest.source_checks import slug
    from digest.sources import add_source

    host = (urlsplit(url).hostname or Path(url).name).removeprefix("www.")
    source = Source(
        name=name or slug(host),
        kind=kind,  # type: ignore[arg-type]  # add_source refuses a wrong word, naming the right ones
        url=url,
        publisher=publisher or host,
        voice=voice,  # type: ignore[arg-type]  # likewise
        language=language or None,
        why=why,
    )
    add_source(_file(), source)
    show(_as_json(source, None))
    say(f"added {source.name}; try it with `digest sources check {source.name}`")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="An OPML file, as other readers export it.")],
) -> None:
    """Add the feeds of an OPML file."""
    from digest.sources import import_opml

    if not file.is_file():
        raise InputError(f"no such file: {file}", cure="give an OPML file")
    added = import_opml(_file(), file)
    show([_as_json(source, None) for source in added])
    say(f"added {len(added)} sources to {_file()}")
    for source in added:
        say(f"  {source.name}  {source.url}")


@app.command()
def export() -> None:
    """Print the sources as OPML, for other readers."""
    from digest.sources import export_opml, load_sources

    typer.echo(export_opml(load_sources(_file())), nl=False)


def _as_json(source: Source, known: SourceState | None) -> dict[str, Any]:
    return asdict(source) | {"state": asdict(known) if known else None}


def _row(source: Source, known: SourceState | None) -> list[str | None]:
    last = (known.last_success or "never")[:16] if known else "never"
    error = known.error if known else ""
    return [
        source.name,
        source.kind,
        source.language,
        source.voice,
        source.publisher,
        last,
        error,
    ]
