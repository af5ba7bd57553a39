"""`digest web` and `digest users`."""

from __future__ import annotations

from typing import Annotated

import typer

from digest.cli.state import say, show, state, table
from digest.errors import InputError

users = typer.Typer(help="Who may use the room.", no_args_is_help=True)
ROLES = ("reader", "editor", "admin")


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(web)
    app.add_typer(users, name="users")


def web(
    host: Annotated[
        str, typer.Option(help="Address to listen on; the settings' if left out.")
    ] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; the settings' if left out.")] = 0,
) -> None:
    """Open the room in which editors turn a draft into an edition."""
    import uvicorn

    from digest.store import accounts
    from digest.web.app import make_app

    settings = state.settings()
    made = make_app(settings, settled=_settle)
    with made.state.room.store.read() as db:
        if not accounts.all_users(db):
            say("Nobody has an account yet: `digest users add NAME --role admin`")
    at, on = host or settings.web.host, port or settings.web.port
    say(f"http://{at}:{on}")
    # A proxy's addresses are trusted for its own header alone: see `web.proxy_from`.
    uvicorn.run(made, host=at, port=on, log_level="warning", proxy_headers=False)


def _settle() -> None:
    """Let the collector of garbage pass over what stays: else it stops every page for 0.1 s."""
    import gc

    gc.collect()
    gc.freeze()


@users.command()
def add(
    name: Annotated[str, typer.Argument(help="How somebody signs in.")],
    role: Annotated[str, typer.Option(help="reader, editor or admin.")] = "editor",
    password_file: Annotated[
        str, typer.Option(help="File with the password; asked for if left out.")
    ] = "",
) -> None:
    """Add an account, or change its role and password."""
    from dataclasses import replace
    from datetime import UTC, datetime
    from pathlib import Path

    from digest.opening import make_store
    from digest.store import accounts
    from digest.web.security import SHORTEST, hash_password

    if role not in ROLES:
        raise InputError(f'no role called "{role}"', cure=f"one of {', '.join(ROLES)}")
    if password_file:
        password = Path(password_file).read_text("utf-8").strip()
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < SHORTEST:
        raise InputError("the password is too short", cure=f"{SHORTEST} characters or more")
    store = make_store(state.settings())
    with store.write() as db:
        old = accounts.find_user(db, name)
        fresh = accounts.User(name, role, made_at=datetime.now(UTC).isoformat())
        user = replace(old or fresh, role=role, password=hash_password(password), active=True)
        accounts.put_user(db, user)
        accounts.take_all_back(db, name)
    store.close()
    show({"name": name, "role": role})
    say(f"{name} may sign in as {role}")


@users.command("list")
def list_() -> None:
    """List the accounts."""
    from digest.opening import make_store
    from digest.store import accounts

    store = make_store(state.settings())
    with store.read() as db:
        found = accounts.all_users(db)
    store.close()
    show([{"name": each.name, "role": each.role, "active": each.active} for each in found])
    rows = [[each.name, each.role, "yes" if each.active else "no"] for each in found]
    table("Accounts", ["name", "role", "may sign in"], rows)
