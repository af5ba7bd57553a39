"""What keeps the room safe: headers, signed cookies, tokens of forms, limits on guessing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import threading
import time
from collections import defaultdict, deque
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from fastapi import Request
from itsdangerous import BadSignature, URLSafeSerializer
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: A mail's styles stand in its elements, for mail programs know no others; it can run nothing.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups"
)
STYLE = re.compile(r"<style>(.*?)</style>", re.S)
NONE = "'none'"
TRIES, SPAN = 8, 300.0  #: failed sign-ins of one name or address in so many seconds
SHORTEST = 10  #: characters of a password

_hasher = PasswordHasher()  #: Argon2id with the library's parameters, RFC 9106's second choice
#: One hash takes 64 MiB: no more than two at once, however many sign in.
_hashing = threading.Semaphore(2)
#: Compared with where there is no such account, so that time tells nobody which names exist.
_nobody = _hasher.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    with _hashing:
        return _hasher.hash(password)


def is_password(kept: str, password: str) -> bool:
    """Return whether a password is the one that was kept; takes as long where none was."""
    try:
        with _hashing:
            return _hasher.verify(kept or _nobody, password) and bool(kept)
    except (Argon2Error, InvalidHashError):
        return False


def sign(secret: str, value: str, *, purpose: str) -> str:
    """Return a value that `unsign` knows to be ours."""
    return str(URLSafeSerializer(secret, salt=purpose).dumps(value))


def unsign(secret: str, signed: str, *, purpose: str) -> str:
    """Return the value that was signed; "" where it was not signed by us for this purpose."""
    try:
        return str(URLSafeSerializer(secret, salt=purpose).loads(signed))
    except BadSignature:
        return ""


def form_token(secret: str, session: str) -> str:
    """Return what every form of a session carries: another site cannot know it."""
    return hmac.new(secret.encode(), f"form:{session}".encode(), hashlib.sha256).hexdigest()


def is_form_token(secret: str, session: str, token: str) -> bool:
    """Return whether a form came from a page of this session."""
    return hmac.compare_digest(form_token(secret, session), token)


def is_own_origin(request: Request) -> bool:
    """Return whether a browser says that a request comes from a page of ours, or says nothing."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def page_policy(page: str) -> str:
    """Return the policy of a page that brings its own style and nothing else: an edition's."""
    found = (hashlib.sha256(style.encode()).digest() for style in STYLE.findall(page))
    styles = " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in found)
    return (
        f"default-src 'none'; style-src {styles or NONE}; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups"
    )


class Headers:
    """Adds the headers that every page has, where an answer does not bring its own.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wanted = {**HEADERS, "Content-Security-Policy": POLICY}
        if not scope["path"].startswith("/static/"):
            wanted["Cache-Control"] = "no-store"

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with)


class Limit:
    """Counts failures by key, and says when there were too many of late.

    Args:
        tries: failures that are forgiven.
        span: seconds after which one is forgotten.
    """

    def __init__(self, tries: int = TRIES, span: float = SPAN) -> None:
        self._tries, self._span = tries, span
        self._failures: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.RLock()

    def is_over(self, *keys: str) -> bool:
        """Return whether any of the keys has failed too often."""
        with self._lock:
            self._forget()
            known = [self._failures[key] for key in keys if key in self._failures]
            return any(len(each) >= self._tries for each in known)

    def note(self, *keys: str) -> None:
        """Count a failure for each key."""
        with self._lock:
            for key in keys:
                self._failures[key].append(time.monotonic())

    def take(self, key: str) -> bool:
        """Count a try as a failure before it is known, so that many at once are not all let in.

        Returns:
            Whether it may be made; one that succeeds is given back by `forgive`.
        """
        with self._lock:
            if self.is_over(key):
                return False
            self.note(key)
            return True

    def forgive(self, key: str) -> None:
        """Take back the last failure of a key: the try has succeeded."""
        with self._lock:
            if self._failures.get(key):
                self._failures[key].pop()

    def _forget(self) -> None:
        before = time.monotonic() - self._span
        for key, times in list(self._failures.items()):
            while times and times[0] < before:
                times.popleft()
            if not times:
                del self._failures[key]
