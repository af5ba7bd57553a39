"""The same acts as JSON, for programs that hold a token: OpenAPI at `/api/openapi.json`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException as AnyHTTPException

from digest import __version__
from digest.errors import DigestError
from digest.web import api_editions, api_reading, api_records, api_stories
from digest.web.api_words import ClashAnswer, Problem
from digest.web.gate import NEEDED, Gate
from digest.web.problems import problem
from digest.web.room import Room
from digest.web.signing_in import ROLE_OF, bearer

ANSWERS: dict[int | str, dict[str, Any]] = {
    code: {"model": ClashAnswer if code == 409 else Problem}
    for code in (400, 401, 403, 404, 405, 409, 413, 415, 422, 500, 501)
}
#: Path, method, what answers, scope, status where all is well, and a role above the scope's.
ROUTES: tuple[tuple[str, str, Callable[..., Any], str, int, str], ...] = (
    ("/stories", "GET", api_stories.stories, "read", 200, ""),
    ("/stories/{id}", "GET", api_stories.story, "read", 200, ""),
    ("/stories/{id}/comments", "GET", api_stories.comments, "read", 200, ""),
    ("/stories/{id}/comments", "POST", api_stories.comment, "comment", 201, ""),
    ("/stories/{id}/assignee", "PUT", api_stories.assign, "edit", 200, ""),
    ("/stories/{id}/sentences", "GET", api_records.sentences, "read", 200, ""),
    ("/stories/{id}/records", "GET", api_records.records, "read", 200, ""),
    ("/stories/{id}/records", "POST", api_records.add, "edit", 201, ""),
    ("/stories/{id}/records/{record}", "PUT", api_records.review, "edit", 200, ""),
    ("/stories/{id}/part", "POST", api_stories.part, "edit", 201, ""),
    ("/decisions", "POST", api_stories.decide, "edit", 201, ""),
    ("/merge", "POST", api_stories.merge, "edit", 201, ""),
    ("/undo", "POST", api_stories.undo, "edit", 200, ""),
    ("/addresses", "POST", api_stories.read, "edit", 201, ""),
    ("/editions", "GET", api_editions.editions, "read", 200, ""),
    ("/editions/{name}", "GET", api_editions.edition, "read", 200, ""),
    ("/editions/{name}/checks", "GET", api_editions.checks, "read", 200, ""),
    ("/editions/{name}/differences", "GET", api_editions.differences, "read", 200, ""),
    ("/editions/{name}/preview", "GET", api_editions.preview, "read", 200, ""),
    ("/editions/{name}/deliveries", "GET", api_editions.deliveries, "read", 200, ""),
    ("/editions/{name}/send", "POST", api_editions.send, "publish", 200, ""),
    ("/editions/{name}/order", "PUT", api_editions.order, "edit", 200, ""),
    ("/editions/{name}/publish", "POST", api_editions.publish, "publish", 200, ""),
    ("/editions/{name}/correct", "POST", api_editions.correct, "publish", 201, ""),
    ("/editions/{name}/withdraw", "POST", api_editions.withdraw, "publish", 201, ""),
    ("/sources", "GET", api_reading.sources, "read", 200, ""),
    ("/sources", "POST", api_reading.add, "edit", 201, "admin"),
    ("/sources/{name}/test", "POST", api_reading.test, "edit", 200, ""),
    ("/sources/{name}", "PUT", api_reading.pause, "edit", 200, "admin"),
    ("/runs", "GET", api_reading.runs, "read", 200, ""),
    ("/runs/retry", "POST", api_reading.retry, "edit", 200, ""),
)
token = HTTPBearer(auto_error=False, description="A token of the account page.")


def make_api(room: Room) -> FastAPI:
    """Return the API over a room."""
    api = FastAPI(
        title="Digest, the room",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        responses=ANSWERS,
        dependencies=[Security(token)],
    )
    for path, method, act, scope, status, role in ROUTES:
        api.add_api_route(
            f"/v1{path}",
            act,
            methods=[method],
            status_code=status,
            dependencies=[Depends(_may(room, scope, role))],
            description=f"{act.__doc__}\n\nScope of the token: `{scope}`.",
            response_model_exclude_none=False,
        )
    for kind in (DigestError, AnyHTTPException, RequestValidationError, Exception):
        api.add_exception_handler(kind, problem)
    api.add_middleware(Gate)
    api.state.room = room
    return api


def _may(room: Room, scope: str, role: str) -> Callable[[Request], None]:
    needed = role or ROLE_OF[scope]

    def check(request: Request) -> None:
        known = bearer(request, room)
        if known is None:
            raise HTTPException(401, NEEDED)
        user, scopes = known
        if scope not in scopes or not user.may(needed):
            raise HTTPException(403, f"The token may not {scope} here.")
        request.state.user = user

    return check
