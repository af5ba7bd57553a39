"""Signing in and out, one's own account, and who may use the room."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from digest.stages.catalogues import catalogues
from digest.store import accounts
from digest.store.accounts import ROLES, User
from digest.web.acts import text
from digest.web.pages import back_to, page
from digest.web.room import Room
from digest.web.security import (
    SHORTEST,
    Limit,
    hash_password,
    is_own_origin,
    is_password,
    sign,
    unsign,
)
from digest.web.signing_in import (
    BEFORE,
    COOKIE,
    ROLE_OF,
    Admin,
    Form,
    Reader,
    TheRoom,
    begin_session,
    end_session,
)

router = APIRouter()
TOKEN_DAYS = 365


@router.get("/login", response_class=HTMLResponse)
def login_page(request: Request, room: TheRoom) -> HTMLResponse:
    """Show the form for signing in."""
    return login_form(request, room, error="")


@router.post("/login", response_model=None)
async def login(request: Request, room: TheRoom) -> Response:
    """Sign somebody in; too many failures of a name or an address have to wait."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form(max_files=0, max_fields=10)
    name, password = text(form, "name").strip(), text(form, "password")
    before = request.cookies.get(BEFORE, "")
    known = unsign(room.secret, text(form, "token"), purpose="before")
    if not (before and secrets.compare_digest(known, before) and is_own_origin(request)):
        return login_form(request, room, error="again", status=403)
    limit: Limit = request.app.state.limit
    flood: Limit = request.app.state.flood  # behind a proxy all come from one address
    address = request.client.host if request.client else ""
    if flood.is_over(address) or not limit.take(name):
        return login_form(request, room, error="wait", status=429)
    flood.note(address)
    user = await run_in_threadpool(_known, room, name, password)
    if user is None:
        return login_form(request, room, error="wrong", status=401)
    limit.forgive(name)
    flood.forgive(address)
    answer = back_to(text(form, "next") or "/inbox")
    cookie = await run_in_threadpool(begin_session, room, user)
    set_cookie(answer, room, COOKIE, cookie)
    answer.delete_cookie(BEFORE)
    return answer


@router.post("/logout")
def logout(request: Request, room: TheRoom, asking: Reader, form: Form) -> RedirectResponse:
    """End the session."""
    end_session(request, room)
    answer = back_to("/login")
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/account", response_class=HTMLResponse)
def account_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show one's own account."""
    return _account(request, room, asking)


@router.post("/account/language")
def set_language(room: TheRoom, asking: Reader, form: Form) -> RedirectResponse:
    """Choose the language of the room."""
    wanted = text(form, "language")
    language = wanted if wanted in catalogues() else ""
    with room.store.write() as db:
        accounts.put_user(db, replace(asking.user, language=language))
    return back_to("/account", done="saved")


@router.post("/account/password", response_model=None)
def set_password(request: Request, room: TheRoom, asking: Reader, form: Form) -> Response:
    """Change one's password; all other sessions end."""
    limit: Limit = request.app.state.limit
    key = f"password:{asking.user.name}"
    fresh = text(form, "fresh")
    if not limit.take(key) or not is_password(asking.user.password, text(form, "password")):
        return _account(request, room, asking, error="wrong", status=422)
    limit.forgive(key)
    if len(fresh) < SHORTEST:
        return _account(request, room, asking, error="short", status=422)
    user = replace(asking.user, password=hash_password(fresh))
    with room.store.write() as db:
        accounts.put_user(db, user)
        accounts.take_all_back(db, user.name)
    answer = back_to("/account", done="saved")
    set_cookie(answer, room, COOKIE, begin_session(room, user))
    return answer


@router.post("/account/tokens", response_class=HTMLResponse)
def make_token(request: Request, room: TheRoom, asking: Reader, form: Form) -> HTMLResponse:
    """Make a token for a program; it is shown this once."""
    wanted = form.getlist("scope")
    scopes = tuple(
        each for each, role in ROLE_OF.items() if each in wanted and asking.user.may(role)
    )
    now = room.now()
    with room.store.write() as db:
        secret = accounts.give(
            db,
            asking.user.name,
            kind="token",
            at=now.isoformat(),
            until=(now + timedelta(days=TOKEN_DAYS)).isoformat(),
            title=text(form, "title").strip()[:100] or "token",
            scopes=scopes or ("read",),
        )
    return _account(request, room, asking, secret=secret)


@router.post("/account/tokens/revoke")
def revoke_token(room: TheRoom, asking: Reader, form: Form) -> RedirectResponse:
    """End a token."""
    with room.store.write() as db:
        accounts.take_back(db, text(form, "id"), user=asking.user.name)
    return back_to("/account", done="saved")


@router.get("/people", response_class=HTMLResponse)
def people_page(request: Request, room: TheRoom, asking: Admin) -> HTMLResponse:
    """Show who may use the room."""
    with room.store.read() as db:
        users = accounts.all_users(db)
    return page(request, room, "people", asking=asking, users=users, roles=ROLES)


@router.post("/people")
def put_person(room: TheRoom, asking: Admin, form: Form) -> RedirectResponse:
    """Add an account, or change the role, the password or the standing of one."""
    name, role = (text(form, key).strip() for key in ("name", "role"))
    password = text(form, "password")
    if role not in ROLES or not name or len(name) > 100:
        raise HTTPException(422, "Give a name, and one of the roles.")
    if password and len(password) < SHORTEST:
        raise HTTPException(422, f"A password has {SHORTEST} characters or more.")
    active = text(form, "active") != "no"
    if name == asking.user.name and (role != "admin" or not active):
        raise HTTPException(422, "You cannot take your own rights away: another admin can.")
    with room.store.write() as db:
        old = accounts.find_user(db, name)
        if old is None and (other := accounts.alike(db, name)):
            raise HTTPException(422, f"The name is too like that of {other}.")
        kept = old.password if old else ""
        made = User(
            name,
            role,
            hash_password(password) if password else kept,
            old.language if old else "",
            active,
            old.made_at if old else room.now().isoformat(),
        )
        accounts.put_user(db, made)
        if old and (not active or password or role != old.role) and name != asking.user.name:
            accounts.take_all_back(db, name)
    return back_to("/people", done="saved")


def _known(room: Room, name: str, password: str) -> User | None:
    with room.store.read() as db:
        user = accounts.find_user(db, name)
    right = is_password(user.password if user else "", password)
    return user if user and user.active and right else None


def login_form(request: Request, room: Room, *, error: str, status: int = 200) -> HTMLResponse:
    """Return the form for signing in, with what went wrong the last time."""
    before = request.cookies.get(BEFORE) or secrets.token_urlsafe(24)
    with room.store.read() as db:
        is_empty = not accounts.all_users(db)
    place = request.query_params.get("next", "")
    answer = page(
        request,
        room,
        "login",
        status=status,
        error=error,
        is_empty=is_empty,
        place=place,
        provider=_provider(room),
        login_token=sign(room.secret, before, purpose="before"),
    )
    set_cookie(answer, room, BEFORE, before)
    return answer


def _provider(room: Room) -> str:
    """Return what the provider for signing in is called; "" where there is none."""
    oidc = room.settings.web.oidc
    return oidc.title or urlsplit(oidc.issuer).hostname or ""


def _account(
    request: Request,
    room: Room,
    asking: Reader,
    *,
    error: str = "",
    secret: str = "",
    status: int = 200,
) -> HTMLResponse:
    with room.store.read() as db:
        tokens = accounts.held(db, asking.user.name, kind="token")
    return page(
        request,
        room,
        "account",
        asking=asking,
        status=status,
        error=error,
        secret=secret,
        tokens=tokens,
        scopes=[each for each, role in ROLE_OF.items() if asking.user.may(role)],
        shortest=SHORTEST,
    )


def set_cookie(answer: Response, room: Room, name: str, value: str) -> None:
    """Set a cookie that no script can read, for as long as a session lasts."""
    web = room.settings.web
    # Lax, so that a link in a mail leads into the room; forms carry a token besides.
    answer.set_cookie(
        name,
        value,
        max_age=int(web.session_hours * 3600),
        httponly=True,
        secure=web.secure,
        samesite="lax",
    )
