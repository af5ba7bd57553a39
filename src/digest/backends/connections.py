"""One connection to a host, spoken over in HTTP/1.1 as h11 has it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TypeAlias

import h11
import httpcore

Headers: TypeAlias = list[tuple[bytes, bytes]]

HEAD = 100 * 1024  #: bytes that an answer's headers may have
PIECE = 64 * 1024  #: bytes that are read at once


class Connection:
    """Asks one thing after the other over an open stream; for one thread at a time.

    Args:
        stream: where the bytes go, which is closed with the connection.
        timeout: seconds that a read or a write may take.
    """

    def __init__(self, stream: httpcore.NetworkStream, *, timeout: float | None) -> None:
        self._stream = stream
        self._timeout = timeout
        self._talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD)
        self._until = 0.0

    def ask(self, method: str, target: bytes, headers: Headers) -> h11.Response:
        """Send a request without a body and return the head of its answer.

        Raises:
            h11.ProtocolError: where request or answer are no HTTP.
            httpcore.NetworkError, httpcore.TimeoutException: where the stream fails.
        """
        request = h11.Request(method=method, target=target, headers=headers)
        self._stream.write(self._talk.send(request) or b"", self._timeout)
        self._talk.send(h11.EndOfMessage())
        while isinstance(event := self._next(), h11.InformationalResponse):
            continue  # "103 Early Hints" and the like: the answer follows
        if not isinstance(event, h11.Response):
            raise httpcore.ReadError("no answer")
        return event

    def body(self) -> Iterator[bytes]:
        """Yield the body of the last answer in the pieces in which it comes."""
        while isinstance(event := self._next(), h11.Data):
            yield bytes(event.data)

    def _next(self) -> object:
        while (event := self._talk.next_event()) is h11.NEED_DATA:
            data = self._stream.read(PIECE, self._timeout)
            if not data and self._talk.their_state is h11.SEND_RESPONSE:
                raise httpcore.ReadError("closed without an answer")
            self._talk.receive_data(data)
        return event

    def may_stay(self, seconds: float) -> bool:
        """Return whether it can be asked again, for so long; it is closed where it cannot."""
        done = (self._talk.our_state, self._talk.their_state) == (h11.DONE, h11.DONE)
        if not done or self._talk.trailing_data[0]:  # more than was asked for is no next answer
            self.close()
            return False
        self._talk.start_next_cycle()
        self._until = time.monotonic() + seconds
        return True

    def is_over(self) -> bool:
        """Return whether it has waited too long, or the server has closed it meanwhile."""
        return time.monotonic() > self._until or bool(self._stream.get_extra_info("is_readable"))

    def close(self) -> None:
        """Close it."""
        self._stream.close()
