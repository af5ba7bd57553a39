"""The room as an ASGI app: pages, static files, the API, and what happens to errors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import resources
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from digest import __version__
from digest.config import Settings
from digest.errors import DigestError, InputError
from digest.web import (
    accounts_pages,
    acts,
    edition_acts,
    edition_pages,
    listing,
    previews,
    provider,
    reading_pages,
    reviewing,
    runs_pages,
    telling,
    unsubscribing,
)
from digest.web.api import make_api
from digest.web.pages import page
from digest.web.problems import problem
from digest.web.room import Room
from digest.web.security import HEADERS, POLICY, Headers, Limit
from digest.web.signing_in import SignInError, visitor

FLOOD = 60  #: failed tries from one address, whatever the names
PAGES = (
    listing, telling, acts, reviewing, edition_pages, edition_acts, previews, reading_pages,
    runs_pages, accounts_pages, provider, unsubscribing,
)  # fmt: skip


def make_app(settings: Settings, *, settled: Callable[[], None] = lambda: None) -> FastAPI:
    """Return the room over the settings' store; `settled` is called when its lists are made."""
    room = Room(settings, settled=settled)

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        room.start()
        yield
        room.close()

    app = FastAPI(
        title="Digest, the room",
        version=__version__,
        lifespan=living,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.room = room
    app.state.limit = Limit()
    app.state.flood = Limit(tries=FLOOD)
    app.add_middleware(Headers)
    for module in PAGES:
        app.include_router(module.router, include_in_schema=False)
    app.mount("/api", make_api(room), name="api")
    static = resources.files("digest.web").joinpath("static")
    app.mount("/static", StaticFiles(directory=str(static)), name="static")
    app.add_api_route("/healthz", _is_up, include_in_schema=False)
    app.add_exception_handler(SignInError, _to_login)
    app.add_exception_handler(Exception, _show_fault)
    app.add_exception_handler(DigestError, _show_error)
    app.add_exception_handler(HTTPException, _show_error)
    app.add_exception_handler(RequestValidationError, _show_error)
    return app


def _is_up(request: Request) -> PlainTextResponse:
    with request.app.state.room.store.read():
        return PlainTextResponse("ok")


async def _to_login(request: Request, _error: Exception) -> Response:
    place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = f"?next={quote(place)}" if request.method == "GET" and place != "/" else ""
    return RedirectResponse(f"/login{back}", status_code=303)


async def _show_error(request: Request, error: Exception) -> Response:
    if request.url.path.startswith("/api/"):  # an address that the API itself has not matched
        return await problem(request, error)
    status, message, cure = _in_words(error)
    room: Room = request.app.state.room
    try:
        asking = visitor(request, room)
    except SignInError:
        asking = None
    return page(request, room, "error", asking=asking, status=status, message=message, cure=cure)


async def _show_fault(_request: Request, _error: Exception) -> Response:
    """Tell of a fault of ours, without a template that might fail again."""
    # What answers here stands outside `Headers`.
    headers = {**HEADERS, "Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    told = "Something failed here, and nothing of what you sent may be kept. The log says what."
    return PlainTextResponse(told, status_code=500, headers=headers)


def _in_words(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, DigestError):
        return (422 if isinstance(error, InputError) else 500), error.message, error.cure
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail), ""
    return 422, "The address or the form could not be read.", ""
