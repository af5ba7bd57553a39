"""A real loopback server of packages that can cut, refuse, forget ranges and change its files."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Shelf:
    """What the server has, and how it behaves.

    Args:
        files: path → body.
        cuts: bytes of the body after which it hangs up, one for each answer that is cut.
        refusals: HTTP statuses that are answered first.
        knows_ranges: whether it goes on where the last answer was cut.
        asked: each request's path and `Range`.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    knows_ranges: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""


@contextmanager
def serve(shelf: Shelf) -> Iterator[Shelf]:
    """Run the server while the block lasts."""
    handler = type("Handler", (_Handler,), {"shelf": shelf})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_args: None  # a client may hang up
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shelf.url = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield shelf
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    shelf: Shelf
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.shelf.asked.append((self.path, wanted))
        body = self.shelf.files.get(self.path)
        if self.shelf.refusals:
            self._answer(self.shelf.refusals.pop(0), b"")
        elif body is None:
            self._answer(404, b"")
        else:
            self._give(body, wanted)

    def _give(self, body: bytes, wanted: str) -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag}
        match = re.fullmatch(r"bytes=(\d+)-", wanted)
        whole = len(body)
        if match and self.shelf.knows_ranges and self.headers.get("If-Range") == tag:
            start = int(match[1])
            if start >= whole:
                self._answer(416, b"", {"Content-Range": f"bytes */{whole}"})
                return
            headers["Content-Range"] = f"bytes {start}-{whole - 1}/{whole}"
            self._answer(206, body[start:], headers)
        else:
            self._answer(200, body, headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if body and self.shelf.cuts:
            body = body[: self.shelf.cuts.pop(0)]
            self.close_connection = True
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
