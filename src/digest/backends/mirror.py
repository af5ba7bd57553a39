"""Answers requests from a folder `host/path` as a web server would: samples and tests run on it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import unquote

import httpx

from digest.backends.media import by_ending, sniff


class FolderTransport(httpx.BaseTransport):
    """Serves `https://host/a/b` from `root/host/a/b`, `….html`, `…/index.html` or `….redirect`.

    A `.redirect` file holds one line, the address to go on to. Any other request is a 404. Answers
    carry an ETag made of the content, and are a 304 where the request has it. Queries are ignored.

    Args:
        root: the folder; nothing outside it is ever read, whatever a path or a link says.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer that the folder gives."""
        file = self._find(request.url.host, request.url.path)
        if file is None:
            return httpx.Response(404, request=request)
        body = file.read_bytes()
        if file.suffix == ".redirect":
            target = body.decode("utf-8", "replace").strip()
            return httpx.Response(302, headers={"Location": target}, request=request)
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if request.headers.get("if-none-match") == etag:
            return httpx.Response(304, headers={"ETag": etag}, request=request)
        headers = {"ETag": etag, "Content-Type": _type_of(file, body)}
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(body), request=request)

    def _find(self, host: str, path: str) -> Path | None:
        site = (self._root / host).resolve()
        if site.parent != self._root:
            return None
        name = unquote(path).strip("/")
        for candidate in (name, f"{name}.html", f"{name}/index.html", f"{name}.redirect"):
            try:
                file = (site / candidate.lstrip("/")).resolve()
                if file.is_relative_to(site) and file.is_file():
                    return file
            except (OSError, ValueError):  # a name too long, or with a NUL: no such page
                continue
        return None


def _type_of(file: Path, body: bytes) -> str:
    return by_ending(file.as_posix()) or sniff(body) or "application/octet-stream"
