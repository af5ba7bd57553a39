"""Signing in by an OpenID Connect provider: authorization code, PKCE, state, nonce; by authlib."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool

from digest.config_sections import Oidc
from digest.store import accounts
from digest.store.accounts import ROLES, User
from digest.web.accounts_pages import login_form, set_cookie
from digest.web.pages import back_to
from digest.web.room import Room
from digest.web.security import Limit, sign, unsign
from digest.web.signing_in import COOKIE, TheRoom, begin_session

router = APIRouter(prefix="/login/oidc")
STATE = "digest_oidc"  #: the cookie that ties the way back to the browser that left
FOREVER = "9999-12-31T00:00:00+00:00"
PATIENCE = 10.0  #: seconds for one answer of the provider
LONGEST_NAME = 100
log = logging.getLogger(__name__)


class RefusedError(Exception):
    """The provider knows who it is, and that is nobody who may use the room."""


@router.get("", name="oidc_leave")
async def leave(request: Request, room: TheRoom, next: str = "") -> Response:
    """Lead to the provider."""
    client = _client(request, room)
    request.scope["session"] = {}
    try:
        answer: Response = await client.authorize_redirect(request, _way_back(request, room))
    except (AuthlibBaseError, httpx2.HTTPError, ValueError, RuntimeError) as error:
        log.warning("the provider could not be reached: %s", error)
        return await run_in_threadpool(login_form, request, room, error="provider", status=502)
    kept = json.dumps({"session": request.session, "next": next})
    set_cookie(answer, room, STATE, sign(room.secret, kept, purpose="oidc"))
    return answer


@router.get("/back", name="oidc_back")
async def back(request: Request, room: TheRoom) -> Response:
    """Sign in whom the provider has sent back, or say why not."""
    client = _client(request, room)
    limit: Limit = request.app.state.flood
    address = request.client.host if request.client else ""
    if limit.is_over(address):
        return await run_in_threadpool(login_form, request, room, error="wait", status=429)
    kept = json.loads(unsign(room.secret, request.cookies.get(STATE, ""), purpose="oidc") or "{}")
    request.scope["session"] = kept.get("session", {})
    try:
        claims = await _claims(client, request, room.settings.web.oidc)
        user = await run_in_threadpool(admit, room, claims)
    except (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError, KeyError) as error:
        log.warning("the provider's answer was refused: %s", error)
        limit.note(address)
        answer: Response = await run_in_threadpool(
            login_form, request, room, error="provider", status=401
        )
    except RefusedError as error:
        log.warning("signing in was refused: %s", error)
        answer = await run_in_threadpool(login_form, request, room, error="refused", status=403)
    else:
        answer = back_to(kept.get("next") or "/inbox")
        cookie = await run_in_threadpool(begin_session, room, user)
        set_cookie(answer, room, COOKIE, cookie)
    answer.delete_cookie(STATE)
    return answer


def admit(room: Room, claims: Mapping[str, Any]) -> User:
    """Return the account of whom a provider has confirmed; made where a role lets them in.

    An account is tied to the provider's own name for somebody (`iss` and `sub`) the first time. One
    with a password, or tied to somebody else, is never entered by a name alone.

    Raises:
        RefusedError: where nobody may come in by these claims.
    """
    oidc, now = room.settings.web.oidc, room.now().isoformat()
    identity = f"{claims['iss']}\n{claims['sub']}"
    role = role_of(claims, oidc)
    with room.store.write() as db:
        tied = accounts.holder(db, identity, kind="oidc", at=now)
        if tied is not None:
            user = tied[0]
        elif accounts.is_tied(db, identity, kind="oidc"):
            raise RefusedError("the account of who it is at the provider is closed")
        else:
            name = str(claims.get(oidc.name_claim) or "").strip()
            if other := accounts.alike(db, name):
                raise RefusedError(f"{name} is too like the account {other}")
            user = _found(name, accounts.find_user(db, name), role, now=now)
            if accounts.held(db, name, kind="oidc"):
                raise RefusedError(f"{name} is somebody else at the provider")
        if oidc.roles and role != user.role:
            user = replace(user, role=role)
        if not user.role:
            raise RefusedError(f"{user.name} has no role in the room")
        accounts.put_user(db, user)
        if tied is None:
            accounts.tie(db, identity, user.name, kind="oidc", at=now, until=FOREVER)
    return user


def role_of(claims: Mapping[str, Any], oidc: Oidc) -> str:
    """Return the highest role that somebody's claims give; the default where none does."""
    value = claims.get(oidc.role_claim)
    said = {value} if isinstance(value, str) else set(map(str, value or ()))
    values = {str(role): set(each) for role, each in oidc.roles.items()}
    given = [role for role in ROLES if said & values.get(role, set())]
    return given[-1] if given else oidc.default_role


def _found(name: str, known: User | None, role: str, *, now: str) -> User:
    if not name or len(name) > LONGEST_NAME:
        raise RefusedError("the provider gave no name")
    if known is None:
        return User(name, role, made_at=now)
    if known.password:
        raise RefusedError(f"{name} signs in by password")
    if not known.active:
        raise RefusedError(f"the account of {name} is closed")
    return known


async def _claims(client: Any, request: Request, oidc: Oidc) -> Mapping[str, Any]:
    """Return the claims of an ID token that is signed, for us, of now, and of this very sign-in."""
    options = {
        "iss": {"essential": True, "value": oidc.issuer},
        "sub": {"essential": True},
        "aud": {"essential": True, "value": oidc.client_id},
        "nonce": {"essential": True},
    }
    token = await client.authorize_access_token(request, claims_options=options)
    claims = token.get("userinfo")
    if not claims:
        raise ValueError("the provider gave no ID token")
    return cast(Mapping[str, Any], claims)


def _client(request: Request, room: Room) -> Any:
    """Return authlib's client of the provider; its discovery document is read once."""
    oidc = room.settings.web.oidc
    if not oidc.issuer:
        raise HTTPException(404, "No provider for signing in is set.")
    if not hasattr(request.app.state, "oidc"):
        request.app.state.oidc = OAuth().register(
            "provider",
            client_id=oidc.client_id,
            client_secret=oidc.client_secret.get_secret_value(),
            server_metadata_url=f"{oidc.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": oidc.scope,
                "code_challenge_method": "S256",
                "timeout": PATIENCE,
            },
        )
    return request.app.state.oidc


def _way_back(request: Request, room: Room) -> str:
    if room.settings.web.oidc.redirect:
        return room.settings.web.oidc.redirect
    url = request.url_for("oidc_back")
    return str(url.replace(scheme="https") if room.settings.web.secure else url)
