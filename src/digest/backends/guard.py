"""Connects to public addresses only, and within the time of an answer.

A name is looked up once, the addresses found are judged, and the connection goes to one of those:
a server of names that answers otherwise the next time (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore

from digest.backends.addresses import is_public


class ForbiddenAddressError(Exception):
    """A name stands for an address that must not be asked."""


class _Clock(threading.local):
    """When the answer that this thread waits for has taken too long."""

    until: float | None = None


_clock = _Clock()


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let every wait of this thread's connections end `seconds` from now at the latest."""
    before, _clock.until = _clock.until, time.monotonic() + seconds
    try:
        yield
    finally:
        _clock.until = before


def _left(timeout: float | None, late: type[Exception]) -> float | None:
    if _clock.until is None:
        return timeout
    left = _clock.until - time.monotonic()
    if left <= 0:
        raise late("no complete answer in the time allowed")
    return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait counts towards the time of the whole answer."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to what a name stands for, where that is allowed.

    Args:
        allow_private: whether every address is.
        inner: what makes the connections; tests hand in another.
    """

    def __init__(
        self, *, allow_private: bool = False, inner: httpcore.NetworkBackend | None = None
    ) -> None:
        self._allow = allow_private
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address that answers.

        Raises:
            ForbiddenAddressError: where none of the addresses may be asked.
        """
        addresses = look_up(host, port)
        allowed = [each for each in addresses if self._allow or is_public(each)]
        if not allowed:
            named = host if host in addresses else f"{host} ({', '.join(addresses[:3])})"
            raise ForbiddenAddressError(f"{named} is no public address")
        for last, address in enumerate(allowed, start=1 - len(allowed)):
            try:
                left = _left(timeout, httpcore.ConnectTimeout)
                found = self._inner.connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(found)
            except httpcore.ConnectError:
                if not last:
                    raise
        raise AssertionError("unreachable: the last address connects or raises")

    def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Refuse: no publisher is found behind a file."""
        raise ForbiddenAddressError(f"{path} is a file")

    def sleep(self, seconds: float) -> None:
        """Wait; httpcore asks for it between two tries."""
        time.sleep(seconds)


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses that a name stands for; raises `httpcore.ConnectError`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(f"{host}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise httpcore.ConnectError(f"{host}: no name of a host") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
