"""`digest subscribers`: who gets editions by mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.state import say, show, state, table
from digest.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.store.subscribers import CameBack
    from digest.subscribing import Told

app = typer.Typer(help="Who gets editions by mail.", no_args_is_help=True)
STATES = ("active", "unsubscribed", "bounced", "complained")


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="name@host.example")],
    name: Annotated[str, typer.Option(help="What the reader is called in the To line.")] = "",
    audience: Annotated[
        str, typer.Option(help="Whose editions; those of `[audience]` if left out.")
    ] = "",
    language: Annotated[
        str, typer.Option(help="Of the page that unsubscribes; the edition's if left out.")
    ] = "",
    origin: Annotated[
        str, typer.Option(help="Where the address comes from, and by whose consent.")
    ] = "added by hand",
    again: Annotated[
        bool, typer.Option("--again", help="Also one who unsubscribed, bounced or complained.")
    ] = False,
) -> None:
    """Add a reader; who has unsubscribed stays so unless --again says that they wish it."""
    from dataclasses import replace

    from digest.opening import make_store
    from digest.stages.readers import Named, one_address
    from digest.store import subscribers
    from digest.subscribing import subscribe

    settings = state.settings()
    who = Named(one_address(address), name, audience, language)
    store, at = make_store(settings), _now()
    with store.write() as db:
        reader, how = subscribe(db, settings, who, origin=origin, at=at)
        if again and reader.state != "active":
            active = replace(reader, state="active", reason="", soft=0, soft_at="", origin=origin)
            reader, how = subscribers.put(db, active, at=at), "active again"
    store.close()
    show({"address": reader.address, "audience": reader.audience, "state": reader.state})
    say(f"{reader.address} ({reader.audience}): {how}")
    if reader.state != "active":
        say(f"  since {reader.changed_at[:10]}, {reader.reason}; --again, if they wish it")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV with a line of names, or an address a line.")],
    audience: Annotated[
        str, typer.Option(help="Whose editions, where the file does not say.")
    ] = "",
    origin: Annotated[
        str, typer.Option(help="Where the addresses come from; the file's name if left out.")
    ] = "",
) -> None:
    """Add the readers of a file; who has unsubscribed, bounced or complained stays so."""
    from digest.opening import make_store
    from digest.subscribing import import_readers

    settings = state.settings()
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {file}: {error}", cure="save it as UTF-8 text") from error
    store = make_store(settings)
    counts, wrong = import_readers(
        store, settings, text, origin=origin or file.name, at=_now(), audience=audience
    )
    store.close()
    show({"counts": counts, "wrong": wrong})
    for how, many in sorted(counts.items()):
        say(f"{many} {how}")
    for each in wrong:
        say(f"  not taken, {each}")
    if wrong and not counts:
        raise InputError(f"{file}: no line names a reader", cure="see docs/publishing.md")


@app.command("list")
def list_(
    audience: Annotated[str, typer.Option(help="Of one audience alone.")] = "",
    in_state: Annotated[
        str, typer.Option("--state", help="active, unsubscribed, bounced or complained.")
    ] = "",
) -> None:
    """List the readers, where each comes from, why one gets nothing more, and what came back."""
    from dataclasses import asdict

    from digest.opening import make_store
    from digest.store import subscribers
    from digest.subscribing import take_named

    if in_state and in_state not in STATES:
        raise InputError(f'no state "{in_state}"', cure=f"one of {', '.join(STATES)}")
    settings = state.settings()
    store = make_store(settings)
    wrong = [
        f"{each.name}: {what}"
        for each in settings.readers
        for what in take_named(store, settings, each.name, at=_now())
    ]
    with store.read() as db:
        found = subscribers.all_of(db, audience=audience, state=in_state)
        back = subscribers.returned_by_address(db)
    store.close()
    fields = ("address", "name", "audience", "language", "state", "origin", "since", "reason")
    show(
        [
            {name: getattr(each, name) for name in (*fields, "soft")}
            | {"returned": [asdict(one) for one in back.get(each.address, ())]}
            for each in found
        ]
    )
    rows = [
        [e.address, e.name, e.audience, e.state, e.origin, e.since[:10], _why(e.reason, e.soft)]
        for e in found
    ]
    columns = ["address", "name", "audience", "state", "from", "since", "why"]
    table("Subscribers", columns, rows)
    shown = dict.fromkeys([*(each.address for each in found), ""])
    for address, mails in ((one, back[one]) for one in shown if one in back):
        say(f"  {address or 'of no reader of ours'}: {_came_back(mails)}")
    for each in wrong:
        say(f"  {each}")


@app.command()
def remove(
    address: Annotated[str, typer.Argument(help="The reader's address.")],
    audience: Annotated[str, typer.Option(help="One audience's editions alone.")] = "",
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete all that is known of the address.")
    ] = False,
) -> None:
    """Unsubscribe a reader; with --forget, delete the address, which an import may bring back."""
    from digest.opening import open_known_store
    from digest.stages.readers import one_address
    from digest.store import subscribers
    from digest.subscribing import set_state

    store, known = open_known_store(state.settings()), one_address(address)
    with store.read() as db:
        found = subscribers.all_of(db, address=known, audience=audience)
    if not found:
        raise InputError(f"no reader {known}", cure="digest subscribers list")
    for each in found:
        if not forget and each.state == "active":
            set_state(store, each, "unsubscribed", reason="removed by hand", at=_now())
    if forget:
        with store.write() as db:
            subscribers.remove(db, known, audience)
    store.close()
    show({"address": known, "audiences": [each.audience for each in found], "forgotten": forget})
    say(f"{known} {'is forgotten' if forget else 'gets nothing more'}")


@app.command()
def bounces(
    places: Annotated[
        list[Path] | None, typer.Argument(help="An .eml or .mbox file, a folder or a Maildir.")
    ] = None,
    imap: Annotated[
        bool, typer.Option("--imap", help="Read the mailbox that delivery.mailbox names.")
    ] = False,
) -> None:
    """Note bounces, complaints and mails that unsubscribe; each counts once, however often read."""
    from datetime import UTC, datetime

    from digest.opening import make_store
    from digest.records import Source
    from digest.subscribing import note_mails, read_mailbox
    from digest.wiring import make_mailbox, make_return_reader

    settings = state.settings()
    if not places and not imap:
        raise InputError("nothing is named", cure="digest subscribers bounces FILE, or --imap")
    if imap and not settings.delivery.mailbox:
        raise InputError("delivery.mailbox is not set", cure='"imap://user@host/Folder"')
    store, reader = make_store(settings), make_return_reader(settings)
    mailbox, now = make_mailbox(settings), datetime.now(UTC)
    told = None
    for place in places or ():
        source = Source(str(place), "newsletter", str(place), "", "vendor")
        told = note_mails(store, mailbox.mails(source).mails, reader, now=now, told=told)
    if told is not None:
        _tell(told)
    if imap:
        _tell(read_mailbox(store, settings, mailbox, reader, now=now))
    store.close()


def _tell(told: Told) -> None:
    changed = [{"address": e.address, "state": e.state, "why": e.reason} for e in told.changed]
    numbers = {"mails": told.mails, "old": told.old, "other": told.other, "strange": told.strange}
    show({**numbers, "kinds": told.kinds, "changed": changed})
    kinds = ", ".join(f"{many} {kind}" for kind, many in sorted(told.kinds.items())) or "none new"
    say(f"{told.mails} mails read: {kinds}; {told.old} known before, {told.other} of other kinds")
    for each in told.changed:
        say(f"  {each.address}: {each.state}: {each.reason}")
    if told.strange:
        say(f"  {told.strange} name no reader of ours")


def _why(reason: str, soft: int) -> str:
    return reason or (f"{soft} soft bounces" if soft else "")


def _came_back(mails: Sequence[CameBack]) -> str:
    """Return how many mails came back, and what was said of the last: "2 came back, …"."""
    last = mails[0]
    said = f" ({last.said})" if last.said else ""
    return f"{len(mails)} came back, the last on {last.at[:10]}: {last.kind}{said}"


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat()
