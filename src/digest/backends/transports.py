"""What carries a request to a host: a guarded connection of our own, or a proxy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import h11
import httpcore
import httpx

from digest.backends.addresses import is_public
from digest.backends.connections import Connection
from digest.backends.guard import ForbiddenAddressError, look_up

KEPT = 2.0  #: seconds that an open connection waits for another request: a page after its rules
MOST_KEPT = 10  #: that wait at once
PORTS = {"http": 80, "https": 443}
FAILURES = (httpcore.TimeoutException, httpcore.NetworkError, h11.ProtocolError)

_Key = tuple[str, str, int]  # scheme, host, port


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
        self._ssl.set_alpn_protocols(["http/1.1"])
        self._kept: dict[_Key, Connection] = {}  # the longest kept first
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer of a request without a body, its own body still to be read.

        Raises:
            ForbiddenAddressError: where the backend refuses.
            httpx.TransportError: where the answer cannot be had.
        """
        url = request.url
        host = url.raw_host.decode("ascii")
        key = (url.scheme, host, url.port or PORTS[url.scheme])
        try:
            connection = self._take(key) or self._make(key, request.extensions["timeout"])
            answer = self._ask(connection, request)
        except FAILURES as error:
            raise _as_httpx(error) from error
        return httpx.Response(
            answer.status_code,
            headers=answer.headers.raw_items(),
            stream=_Body(connection, lambda: self._give_back(key, connection)),
            extensions={"reason_phrase": answer.reason},
        )

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            kept, self._kept = self._kept, {}
        for connection in kept.values():
            connection.close()

    def _make(self, key: _Key, limits: dict[str, float | None]) -> Connection:
        scheme, host, port = key
        stream = self._backend.connect_tcp(host, port, limits["connect"])
        if scheme == "https":
            stream = stream.start_tls(self._ssl, host, limits["connect"])
        return Connection(stream, timeout=limits["read"])

    def _ask(self, connection: Connection, request: httpx.Request) -> h11.Response:
        try:
            return connection.ask(request.method, request.url.raw_path, request.headers.raw)
        except BaseException:
            connection.close()
            raise

    def _take(self, key: _Key) -> Connection | None:
        with self._lock:
            kept = self._kept.pop(key, None)
        if kept is None or not kept.is_over():
            return kept
        kept.close()
        return None

    def _give_back(self, key: _Key, connection: Connection) -> None:
        """Keep a connection that may be asked again, and close those that have waited too long."""
        with self._lock:
            closing = [self._kept.pop(key)] if key in self._kept else []
            while self._kept:
                first, longest = next(iter(self._kept.items()))
                if len(self._kept) < MOST_KEPT and not longest.is_over():
                    break
                closing.append(self._kept.pop(first))
            if connection.may_stay(KEPT):
                self._kept[key] = connection
        for each in closing:
            each.close()


class _Body(httpx.SyncByteStream):
    """An answer's body as it comes."""

    def __init__(self, connection: Connection, closed: Callable[[], None]) -> None:
        self._connection = connection
        self._closed = closed

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._connection.body()
        except FAILURES as error:
            raise _as_httpx(error) from error

    def close(self) -> None:
        self._closed()


def _as_httpx(error: Exception) -> httpx.TransportError:
    """Return a connection's failure as httpx tells it, which all that asks through it knows."""
    said = str(error) or type(error).__name__
    late = isinstance(error, httpcore.TimeoutException)
    return httpx.TimeoutException(said) if late else httpx.TransportError(said)


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
