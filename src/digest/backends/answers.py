"""Reads a server's answer: its status, its body under the limits, when it may be asked again."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from digest.backends.fetch_errors import PassingError, too_large
from digest.backends.media import charset_of, media_type_of
from digest.backends.unpacking import MAGIC, Unpacking
from digest.errors import FetchError
from digest.ports import Response

if TYPE_CHECKING:
    import httpx

PASSING = frozenset({202, 408, 425, 429})  # statuses that ask for patience; all of 5xx do too
LONGEST_HOLD = 31 * 86_400.0  # what a Retry-After asks for beyond it is a mistake
CHUNK = 65_536  # bytes unpacked at a time


@dataclass(slots=True)
class Deadline:
    """The moment at which one answer has taken too long."""

    seconds: float
    start: float = field(default_factory=time.monotonic)

    def check(self, url: str) -> None:
        """Raise `FetchError` where it is past."""
        if time.monotonic() - self.start > self.seconds:
            raise FetchError(f"{url}: no complete answer within {self.seconds:g} s", id=url)


def read_answer(answer: httpx.Response, url: str, *, deadline: Deadline, limit: int) -> Response:
    """Return an answer of status 200, 203 or 304 with its body unpacked, at most `limit` bytes.

    Raises:
        PassingError: where the status asks for patience, or the body was cut off.
        FetchError: for every other status, and a body beyond the limit.
        PackedError, TruncatedError: where the body cannot be unpacked.
    """
    _refuse(answer, url)
    body = b"" if answer.status_code == 304 else _body(answer, url, deadline, limit)
    said = answer.headers.get("content-type", "")
    return Response(
        url=str(answer.url),
        status=304 if answer.status_code == 304 else 200,
        body=body,
        media_type=media_type_of(said, body, str(answer.url)),
        charset=charset_of(said),
        headers={name.lower(): value for name, value in answer.headers.items()},
    )


def retry_after(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as such or as a date."""
    said = (value or "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said), LONGEST_HOLD)
    try:
        left = parsedate_to_datetime(said).timestamp() - time.time()
        return min(max(0.0, left), LONGEST_HOLD)
    except (ValueError, OverflowError):
        return None


def _refuse(answer: httpx.Response, url: str) -> None:
    status = answer.status_code
    if status in (200, 203):
        return
    if status == 304 and _is_conditional(answer.request):
        return
    words = f"{url}: HTTP {status} {answer.reason_phrase}".rstrip()
    passing = status in PASSING or status >= 500
    error = FetchError(words, id=url, transient=passing, status=status)
    if passing:
        raise PassingError(error, retry_after(answer.headers.get("retry-after")))
    raise error


def _is_conditional(request: httpx.Request) -> bool:
    return "if-none-match" in request.headers or "if-modified-since" in request.headers


def _body(answer: httpx.Response, url: str, deadline: Deadline, limit: int) -> bytes:
    said = answer.headers.get("content-encoding", "")
    if int(_digits(answer.headers.get("content-length", ""))) > limit:
        raise too_large(url, limit)
    unpacking = Unpacking(said, limit)
    parts: list[bytes] = []
    for part in answer.iter_raw(CHUNK):
        if not parts and _is_packed_unsaid(said, part, answer.url.path):
            unpacking = Unpacking("gzip", limit)
        parts.append(unpacking.take(part))
        if unpacking.is_over:
            raise too_large(url, limit)
        deadline.check(url)
    unpacking.finish()
    return b"".join(parts)


def _is_packed_unsaid(said: str, part: bytes, path: str) -> bool:
    """Return whether a server packs and does not say so; a `.gz` is a file for its reader."""
    return said.strip() in ("", "identity") and part.startswith(MAGIC) and not path.endswith(".gz")


def _digits(value: str) -> str:
    return value if value.isascii() and value.isdigit() and len(value) < 20 else "0"
