"""What stands before the API: no body is read without a token, and none without an end."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digest.web.problems import answer

LARGEST = 2_000_000  #: bytes of a body
NEEDED = "A token is needed: Authorization: Bearer …"
TOO_LARGE = f"A body has {LARGEST:,} bytes at most."


class Gate:
    """Answers 401 where no token is sent, and 413 where a body is too large.

    Whether the token is a good one, the routes judge. What lies outside `/v1`, the OpenAPI
    document, is open to all.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let what answers do so."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path.startswith("/v1/") and not _has_token(headers):
            await answer(401, NEEDED)(scope, receive, send)
            return
        length = headers.get("content-length", "")
        if length.isascii() and length.isdigit() and (len(length) > 9 or int(length) > LARGEST):
            await answer(413, TOO_LARGE)(scope, receive, send)
            return
        await self._app(scope, _counted(receive), send)


def _has_token(headers: Headers) -> bool:
    kind, _, secret = headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and bool(secret.strip())


def _counted(receive: Receive) -> Receive:
    """Return what gives the parts of a body until they are too many: a length may be untold."""
    size = 0

    async def count() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise HTTPException(413, TOO_LARGE)
        return message

    return count
