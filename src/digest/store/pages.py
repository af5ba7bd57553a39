"""The folder of downloaded pages: compressed, named by the hash of their bytes, never changed."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from pathlib import Path

from digest.errors import StoreError


class PageFolder:
    """Keeps bytes under `folder/ab/abcdef….gz`.

    Args:
        folder: made when the first page is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, body: bytes) -> str:
        """Return the SHA-256 under which `body` is now kept; raises `StoreError`."""
        sha256 = hashlib.sha256(body).hexdigest()
        target = self._path(sha256)
        if not target.exists():
            try:
                _write_whole(target, gzip.compress(body, compresslevel=6, mtime=0))
            except OSError as error:
                cure = "free some space, or set store.pages to another folder"
                raise StoreError(
                    f"cannot keep a page in {self.folder}: {error}", cure=cure
                ) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return the bytes kept under `sha256`; raises `StoreError` where they are gone or torn."""
        try:
            body = gzip.decompress(self._path(sha256).read_bytes())
        except (OSError, EOFError) as error:
            cure = "restore the page folder, or fetch the article again"
            raise StoreError(f"page {sha256[:12]} cannot be read: {error}", cure=cure) from error
        return body

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.gz"


def _write_whole(target: Path, data: bytes) -> None:
    """Write so that a process killed at any moment leaves the whole file or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
