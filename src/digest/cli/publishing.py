"""`digest outbox`, `digest archive` and `digest verify`."""

from __future__ import annotations

from typing import Annotated

import typer

from digest.cli.state import say, show, state, table
from digest.errors import DeliveryError, DigestError, InputError

outbox = typer.Typer(help="What was sent, to whom, and what still waits.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(outbox, name="outbox")
    app.command()(archive)
    app.command()(verify)


@outbox.command("list")
def list_(
    edition: Annotated[
        str | None, typer.Argument(help="An edition's id; every edition in numbers if left out.")
    ] = None,
    all: Annotated[
        bool, typer.Option("--all", help="Show the copies that were sent, too.")
    ] = False,
) -> None:
    """Show the copies of an edition that were not sent, with what the server said."""
    from digest.opening import open_known_store
    from digest.store import outbox as box

    store = open_known_store(state.settings())
    with store.read() as db:
        tally = box.tally(db)
        copies = box.of_edition(db, edition) if edition else []
    store.close()
    if edition is None:
        show(tally)
        rows = [
            [id, ", ".join(f"{many} {each}" for each, many in sorted(states.items()))]
            for id, states in sorted(tally.items())
        ]
        table("Outbox", ["edition", "copies"], rows)
        return
    shown = [each for each in copies if all or each.state != "sent"]
    fields = ("channel", "recipient", "state", "attempts", "next_attempt", "answer", "message_id")
    show([{name: getattr(each, name) for name in fields} for each in shown])
    rows = [
        [
            *(each.recipient, each.state, str(each.attempts)),
            *(_when(each.state, each.next_attempt), each.answer),
        ]
        for each in shown
    ]
    table(edition, ["to", "state", "tries", "again at (UTC)", "answer"], rows)
    say(f"{len(copies) - len(shown)} more were sent" if not all else "")


@outbox.command()
def send(
    edition: Annotated[
        str | None,
        typer.Argument(help="A published edition that is to be sent; what waits if left out."),
    ] = None,
    wait: Annotated[
        float, typer.Option(help="Minutes to wait for servers that ask to try later.")
    ] = 0.0,
) -> None:
    """Send what is due, each copy once; an edition goes to those who were not sent it yet."""
    from datetime import timedelta

    from digest.opening import open_known_store
    from digest.stages.curation import AFTER, correct
    from digest.store import decisions, ledger
    from digest.wiring import make_postman

    settings = state.settings()
    store = open_known_store(settings)
    postman = make_postman(settings, store)
    if edition is not None:
        with store.read() as db:
            kept = ledger.frozen(db, edition)
            after = decisions.standing(db, AFTER, edition=edition)
        if kept is None:
            raise InputError(f"no published edition {edition!r}", cure="see `digest status`")
        many, wrong = postman.queue(correct(kept, after))
        for each in wrong:
            say(f"  note: {each}")
        say(f"{edition}: new in the outbox: {many}")
    outcome = postman.work(patience=timedelta(minutes=wait))
    store.close()
    show({"counts": outcome.counts, "unfinished": outcome.unfinished, "trouble": outcome.trouble})
    if outcome.busy:
        say("another process is sending: it sends what is due")
    for line in outcome.lines() or ["nothing was due"]:
        say(line)
    for copy in outcome.problems:
        say(f"  {copy.recipient}: {copy.state}: {copy.answer}")
    if outcome.trouble:
        raise DeliveryError(outcome.trouble, cure="what is owed waits for the next run")


@outbox.command()
def again(
    edition: Annotated[str, typer.Argument(help="The edition's id.")],
    recipient: Annotated[str, typer.Argument(help="The address, or the channel's name.")],
) -> None:
    """Let a copy that was refused, or of which nobody knows whether it was taken, be sent again."""
    from datetime import UTC, datetime

    from digest.opening import open_known_store
    from digest.store import outbox as box

    store = open_known_store(state.settings())
    with store.write(durable=True) as db:
        done = box.send_again(db, edition, recipient.lower(), at=datetime.now(UTC).isoformat())
    store.close()
    if not done:
        cure = f"digest outbox list {edition} --all"
        raise InputError(f"no copy for {recipient} that could be sent again", cure=cure)
    show({"edition": edition, "recipient": recipient, "state": "queued"})
    say("it waits in the outbox: `digest outbox send`")


def archive() -> None:
    """Write the files of every published edition again, with the archive's page and its search."""
    from digest.archiving import write_all
    from digest.opening import open_known_store

    settings = state.settings()
    store = open_known_store(settings)
    many, page = write_all(store, settings)
    store.close()
    show({"editions": many, "page": str(page) if page else None})
    say(f"{many} published editions; {page}" if page else "no edition is published yet")


def verify(
    edition: Annotated[str, typer.Argument(help="The id of a published edition.")],
) -> None:
    """Compare record and files of a published edition with their checksums."""
    from digest.archiving import verify as compare
    from digest.opening import open_known_store

    settings = state.settings()
    store = open_known_store(settings)
    found = compare(store, settings, edition)
    store.close()
    show([{"name": each.name, "state": each.state, "folder": each.place} for each in found])
    table(edition, ["what", "state", "where"], [[e.name, e.state, e.place] for e in found])
    wrong = [each for each in found if each.state != "ok"]
    if wrong:
        first = wrong[0]
        message = f"{edition}: {first.name} is {first.state}"
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise DigestError(message + more, cure="`digest archive` writes the files again")


def _when(state: str, moment: str) -> str:
    return moment[:16].replace("T", " ") if state in ("queued", "deferred") else ""
