"""What went wrong, as the API tells it."""

from __future__ import annotations

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from digest.errors import ConfigError, DigestError, FetchError, InputError
from digest.web.api_words import Problem


async def problem(_request: Request, error: Exception) -> JSONResponse:
    """Return what went wrong as JSON, with the status that tells its kind."""
    if isinstance(error, DigestError):
        wrong = {InputError: 422, FetchError: 422, ConfigError: 409}
        status = next((code for kind, code in wrong.items() if isinstance(error, kind)), 500)
        return answer(status, error.message, error.cure)
    if isinstance(error, HTTPException):
        return answer(error.status_code, str(error.detail), headers=dict(error.headers or {}))
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return answer(422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
    # What a fault says of our insides is for the log.
    return answer(500, "something failed here; the log says what")


def answer(
    status: int, error: str, cure: str = "", *, headers: dict[str, str] | None = None
) -> JSONResponse:
    """Return a problem as JSON; a 401 says how to come in."""
    headers = headers or {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(Problem(error=error, cure=cure).model_dump(), status, headers=headers)
