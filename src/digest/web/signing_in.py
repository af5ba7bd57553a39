"""Who asks: by cookie, by the header of a trusted proxy, or by the token of a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request
from fastapi.datastructures import FormData

from digest.store import accounts
from digest.store.accounts import User
from digest.web.issues import Issue
from digest.web.room import Room
from digest.web.security import form_token, is_form_token, is_own_origin, sign, unsign

COOKIE = "digest_session"
BEFORE = "digest_before"  #: ties the form for signing in to a browser
#: Scopes of the tokens of programs, and the role that a token's holder needs for each.
ROLE_OF: Mapping[str, str] = {
    "read": "reader", "comment": "reader", "edit": "editor", "publish": "editor",
}  # fmt: skip
SCOPES = tuple(ROLE_OF)


class SignInError(Exception):
    """Nobody is signed in."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in.

    Args:
        user: the account.
        session: what the forms' tokens are made of.
        token: of the forms.
    """

    user: User
    session: str
    token: str


# What asks no store runs where the request is: a turn of another thread costs more than it does.
async def the_room(request: Request) -> Room:
    """Return the room of the app."""
    return cast(Room, request.app.state.room)


TheRoom = Annotated[Room, Depends(the_room)]


async def the_issue(name: str, room: TheRoom, audience: str = "") -> Issue:
    """Return the edition that an address names: its period, and `audience` in the query."""
    return room.issue(name, audience)


TheIssue = Annotated[Issue, Depends(the_issue)]


def visitor(request: Request, room: TheRoom) -> Visitor:
    """Return who asks; raises `SignInError`."""
    known = _by_proxy(request, room) or _by_cookie(request, room)
    if known is None:
        raise SignInError
    return known


Reader = Annotated[Visitor, Depends(visitor)]


async def editor(asking: Reader) -> Visitor:
    """Return an editor who asks; raises 403 for others."""
    return _at_least(asking, "editor")


async def admin(asking: Reader) -> Visitor:
    """Return an admin who asks; raises 403 for others."""
    return _at_least(asking, "admin")


Editor = Annotated[Visitor, Depends(editor)]
Admin = Annotated[Visitor, Depends(admin)]


async def checked_form(request: Request, asking: Reader, room: TheRoom) -> FormData:
    """Return what a form of our own pages sent; raises 403 for one that is none of ours."""
    form = await request.form(max_files=0, max_fields=2000)
    token = str(form.get("token", ""))
    if not (is_own_origin(request) and is_form_token(room.secret, asking.session, token)):
        raise HTTPException(403, "This form is not of this session: load the page again.")
    return form


Form = Annotated[FormData, Depends(checked_form)]


def begin_session(room: Room, user: User) -> str:
    """Return the cookie of a new session."""
    now = room.now()
    until = now + timedelta(hours=room.settings.web.session_hours)
    with room.store.write() as db:
        accounts.forget_old(db, at=now.isoformat())
        secret = accounts.give(
            db, user.name, kind="session", at=now.isoformat(), until=until.isoformat()
        )
    return sign(room.secret, secret, purpose="session")


def end_session(request: Request, room: Room) -> None:
    """End the session of a cookie."""
    secret = unsign(room.secret, request.cookies.get(COOKIE, ""), purpose="session")
    with room.store.write() as db:
        known = accounts.holder(db, secret, kind="session", at=room.now().isoformat())
        if known:
            accounts.take_back(db, known[1].id, user=known[0].name)


def bearer(request: Request, room: Room) -> tuple[User, tuple[str, ...]] | None:
    """Return whose token a program has sent, and what it may do; None without a good one."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return None
    with room.store.read() as db:
        known = accounts.holder(db, secret.strip(), kind="token", at=room.now().isoformat())
    return (known[0], known[1].scopes) if known else None


def _by_cookie(request: Request, room: Room) -> Visitor | None:
    signed = request.cookies.get(COOKIE, "")
    secret = unsign(room.secret, signed, purpose="session") if signed else ""
    if not secret:
        return None
    with room.store.read() as db:
        known = accounts.holder(db, secret, kind="session", at=room.now().isoformat())
    return _visitor(room, known[0], known[1].id) if known else None


def _by_proxy(request: Request, room: Room) -> Visitor | None:
    web = room.settings.web
    name = request.headers.get(web.proxy_header, "").strip() if web.proxy_header else ""
    client = request.client.host if request.client else ""
    if not name or client not in web.proxy_from:
        return None
    with room.store.read() as db:
        user = accounts.find_user(db, name)
        if user is None and (other := accounts.alike(db, name)):
            user = accounts.find_user(db, other)  # a directory may write names as they were typed
    if user is None and web.proxy_role:
        user = User(name, web.proxy_role, made_at=room.now().isoformat())
        with room.store.write() as db:
            accounts.put_user(db, user)
    return _visitor(room, user, f"proxy:{user.name}") if user and user.active else None


def _visitor(room: Room, user: User, session: str) -> Visitor:
    return Visitor(user, session, form_token(room.secret, session))


def _at_least(asking: Visitor, role: str) -> Visitor:
    if not asking.user.may(role):
        raise HTTPException(403, f"Your role, {asking.user.role}, may not do this.")
    return asking
