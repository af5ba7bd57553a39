"""Unpacks compressed bodies as they stream, never more at a time than is left of the limit."""

from __future__ import annotations

import zlib
from typing import Any, Protocol

MAGIC = b"\x1f\x8b"  #: how a gzip begins
NAMES = "gzip, deflate, br"  #: what we ask for
LEAST = 1_000_000  #: bytes up to which a body may be packed however tightly
RATIO = 200  #: times that a larger one may be smaller on the way; pages reach some 30


class PackedError(Exception):
    """A body that is not what its Content-Encoding says, or swells beyond measure."""


class TruncatedError(Exception):
    """A packed body that ends before its end: another try may bring the whole."""


class _Unpacker(Protocol):
    def take(self, data: bytes, room: int) -> bytes: ...

    def is_whole(self) -> bool: ...


class Unpacking:
    """What a body unpacks to, counted.

    Args:
        encoding: the Content-Encoding header.
        limit: bytes that the whole may have.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._unpacker = _make(encoding.strip().lower())
        self._limit = limit
        self._packed = 0
        self.size = 0  #: bytes so far; one more than the limit where it would be larger

    @property
    def is_over(self) -> bool:
        """Whether the body is larger than the limit."""
        return self.size > self._limit

    def take(self, data: bytes) -> bytes:
        """Return what a further piece unpacks to, no more than one byte beyond the limit.

        Raises:
            PackedError: where it cannot be unpacked, or swells beyond measure.
        """
        self._packed += len(data)
        room = self._limit - self.size + 1
        try:
            found = self._unpacker.take(data, room)[:room] if self._unpacker else data
        except PackedError:
            raise
        except Exception as error:  # zlib.error, brotli.error: one a library
            raise PackedError(f"the body is not what its Content-Encoding says: {error}") from error
        self.size += len(found)
        if self.size > LEAST and self.size > self._packed * RATIO:
            raise PackedError(f"the body swells to more than {RATIO} times its size")
        return found

    def finish(self) -> None:
        """Check that the last piece was the last.

        Raises:
            TruncatedError: where the packed body goes on beyond it.
        """
        if self._unpacker is not None and self._packed and not self._unpacker.is_whole():
            raise TruncatedError("the packed body ends before its end")


def unpacked(body: bytes, *, limit: int) -> bytes:
    """Return a file that may be a gzip, unpacked, at most `limit` bytes.

    Raises:
        PackedError: where it swells beyond measure, or beyond the limit.
        TruncatedError: where it ends before its end.
    """
    if not body.startswith(MAGIC):
        return body
    unpacking = Unpacking("gzip", limit)
    whole = unpacking.take(body)
    if unpacking.is_over:
        raise PackedError(f"larger than {limit:,} bytes")
    unpacking.finish()
    return whole


def _make(encoding: str) -> _Unpacker | None:
    if "," in encoding:
        raise PackedError("compressed more than once, as no honest server does")
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Zlib()
    if encoding == "br":
        return _Brotli()
    raise PackedError(f"packed as {encoding[:40]!r}, which was not asked for")


class _Zlib:
    """Gzip in any number of members, zlib, or bare deflate, told by the first bytes."""

    def __init__(self) -> None:
        self._stream: Any = None
        self._kept = b""  #: a first byte that waits for the second, which tells the format
        self._members = 0  #: that have ended

    def take(self, data: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        data, self._kept = self._kept + data, b""
        while data and room > 0:
            if self._stream is None and len(data) < 2:
                self._kept = data
                break
            if self._stream is None and self._members and not data.startswith(MAGIC):
                break  # padding after the end is no member
            if self._stream is None:
                self._stream = zlib.decompressobj(_window(data))
            part = self._stream.decompress(data, room)
            parts.append(part)
            room -= len(part)
            data = self._stream.unused_data
            if self._stream.eof:
                self._stream = None
                self._members += 1
        return b"".join(parts)

    def is_whole(self) -> bool:
        return self._stream is None and self._members > 0


def _window(data: bytes) -> int:
    if data.startswith(MAGIC):
        return zlib.MAX_WBITS | 16
    zlib_header = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self._stream = brotli.Decompressor()

    def take(self, data: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        while room > 0:
            part = self._stream.process(data, output_buffer_limit=room)
            parts.append(part)
            room -= len(part)
            data = b""
            if self._stream.can_accept_more_data() or self._stream.is_finished():
                break
        return b"".join(parts)

    def is_whole(self) -> bool:
        return bool(self._stream.is_finished())
