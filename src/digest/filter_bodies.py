"""The bodies that lines of a filter name: a page's text, or a file."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any

from digest.errors import InputError


def page_body(value: dict[str, Any]) -> tuple[bytes, str | None]:
    """Return the page of a line and its encoding, None where it has to be found out.

    Raises:
        InputError: where the line has none, or its file cannot be read.
    """
    if value.get("html") is not None:
        return str(value["html"]).encode("utf-8", "replace"), "utf-8"
    path = value.get("html_path")
    if not path:
        raise InputError('neither "html" nor "html_path" is given')
    body = read_file(path)
    if not path.endswith(".gz"):
        return body, None
    try:
        return gzip.decompress(body), None
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot read {path!r}: {error}", cure="give a whole gzip file") from error


def read_file(path: str) -> bytes:
    """Return a file's contents; raises `InputError` where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {path!r}: {error}", cure="check the path") from error
