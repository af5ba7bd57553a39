"""What carries a request to a host: httpcore's connections, guarded, or a proxy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import cast

import httpcore
import httpx

from digest.backends.addresses import is_public
from digest.backends.guard import ForbiddenAddressError, look_up

KEPT = 2.0  #: seconds that an open connection waits for another request: a page after its rules
MOST_KEPT = 10  #: that wait at once
FAILURES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError)


class GuardedTransport(httpx.BaseTransport):
    """Asks over guarded connections.

    Not with httpcore's pool: for every request that looks at each of its connections, twice, and
    costs as much as the request. We ask a host for one thing at a time and then leave it alone, so
    that a connection is found by its host, or made.

    Args:
        backend: what makes the connections, and judges where to.
    """

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend
        self._ssl = httpx.create_ssl_context()
        self._kept: dict[str, httpcore.HTTPConnection] = {}  # the longest kept first
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer of a request, its body still to be read.

        Raises:
            ForbiddenAddressError: where the backend refuses.
            httpx.TransportError: where the answer cannot be had.
        """
        url = request.url
        place = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        key = str(place.origin)
        connection = self._take(key) or self._make(place.origin)
        asked = httpcore.Request(
            request.method,
            place,
            headers=request.headers.raw,
            content=cast("httpx.SyncByteStream", request.stream),
            extensions=request.extensions,
        )
        try:
            answer = connection.handle_request(asked)
        except FAILURES as error:
            raise _as_httpx(error) from error
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, lambda: self._give_back(key, connection)),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            kept, self._kept = self._kept, {}
        for connection in kept.values():
            connection.close()

    def _make(self, origin: httpcore.Origin) -> httpcore.HTTPConnection:
        return httpcore.HTTPConnection(
            origin, ssl_context=self._ssl, keepalive_expiry=KEPT, network_backend=self._backend
        )

    def _take(self, key: str) -> httpcore.HTTPConnection | None:
        with self._lock:
            kept = self._kept.pop(key, None)
        if kept is None or not kept.has_expired():
            return kept
        kept.close()
        return None

    def _give_back(self, key: str, connection: httpcore.HTTPConnection) -> None:
        """Keep a connection that may be asked again, and close those that have waited too long."""
        with self._lock:
            closing = [self._kept.pop(key)] if key in self._kept else []
            while self._kept:
                first, longest = next(iter(self._kept.items()))
                if len(self._kept) < MOST_KEPT and not longest.has_expired():
                    break
                closing.append(self._kept.pop(first))
            if connection.is_idle():
                self._kept[key] = connection
        for each in closing:
            each.close()


class _Body(httpx.SyncByteStream):
    """An answer's body as it comes."""

    def __init__(self, answer: httpcore.Response, closed: Callable[[], None]) -> None:
        self._answer = answer
        self._closed = closed

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._answer.iter_stream()
        except FAILURES as error:
            raise _as_httpx(error) from error

    def close(self) -> None:
        self._answer.close()
        self._closed()


def _as_httpx(error: Exception) -> httpx.TransportError:
    """Return a connection's failure as httpx tells it, which all that asks through it knows."""
    kind = type(error).__name__  # both libraries call them alike
    return cast("httpx.TransportError", getattr(httpx, kind)(str(error) or kind))


class ProxiedTransport(httpx.HTTPTransport):
    """A transport through a proxy that is asked for nothing whose name stands for an inner address.

    The proxy looks the name up again, so that it has to refuse inner addresses as well; a name that
    cannot be looked up here is not handed to it.

    Args:
        proxy: its address.
        allow_private: whether every address may be asked.
    """

    def __init__(self, proxy: str, *, allow_private: bool = False) -> None:
        super().__init__(proxy=proxy)
        self._allow = allow_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer of a request.

        Raises:
            ForbiddenAddressError: where its name stands for an address that must not be asked.
            httpx.ConnectError: where it stands for none that is known here.
        """
        if not self._allow:
            self._check(request.url)
        return super().handle_request(request)

    def _check(self, url: httpx.URL) -> None:
        try:
            addresses = look_up(url.host, url.port or (443 if url.scheme == "https" else 80))
        except httpcore.ConnectError as error:
            raise httpx.ConnectError(str(error)) from error
        inner = [each for each in addresses if not is_public(each)]
        if inner:  # which of them the proxy would take is its own to choose
            named = url.host if url.host in inner else f"{url.host} ({', '.join(inner[:3])})"
            raise ForbiddenAddressError(f"{named} is no public address")
