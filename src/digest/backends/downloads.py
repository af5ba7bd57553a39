"""Large files from the network: with progress, resumed after a cut, and checked."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from digest.errors import FetchError, ModelError

Progress = Callable[[int, int | None], None]  #: bytes that are here, bytes in all
MARGIN = 64 << 20  #: bytes that stay free on the disk
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Tries:
    """How patiently a server is asked.

    Args:
        count: tries in a row that bring nothing new, at most.
        wait: seconds before the second; doubled each time.
        timeout: seconds without a byte.
    """

    count: int = 5
    wait: float = 1.0
    timeout: float = 30.0


PATIENT = Tries()


def download(
    url: str, target: Path, *, progress: Progress = lambda _have, _all: None, tries: Tries = PATIENT
) -> str:
    """Write the file at `url` to `target` and return its SHA-256 in hex.

    What was loaded before a cut lies in `target` + `.part`; the next call goes on from there, when
    the server still has the same file (`ETag` or `Last-Modified`, RFC 9110 section 13.1.5). Proxies
    are taken from the environment, as everywhere.

    Raises:
        FetchError: where the server does not give the file.
        ModelError: where the disk has no room for it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    fruitless, wait = 0, tries.wait
    with httpx.Client(follow_redirects=True, timeout=tries.timeout) as client:
        while True:
            before = _size(part)
            try:
                _load(client, url, part, progress)
                break
            except FetchError as error:
                fruitless = 0 if _size(part) > before else fruitless + 1
                if not error.transient or fruitless >= tries.count:
                    raise
            if fruitless:
                time.sleep(wait)
                wait *= 2
    checksum = sha256_of(part)
    os.replace(part, target)
    _state_file(part).unlink(missing_ok=True)
    return checksum


def sha256_of(file: Path) -> str:
    """Return a file's SHA-256 in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_space(folder: Path, needed: int) -> None:
    """Raise `ModelError` where the disk has no room for `needed` bytes more."""
    free = shutil.disk_usage(folder).free
    if free < needed + MARGIN:
        raise ModelError(
            f"the disk of {folder} is too full: {needed + MARGIN:,} bytes needed, {free:,} free",
            cure="free some space, or set models.packages to a folder on another disk",
        )


@contextmanager
def telling_full_disk(folder: Path) -> Iterator[None]:
    """Turn the system's "no space left" into our error."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ModelError(f"the disk of {folder} is full", cure="free some space") from error
        raise


def _load(client: httpx.Client, url: str, part: Path, progress: Progress) -> None:
    """Add to the part what is missing; a `FetchError` where that fails before the end."""
    have = _size(part)
    mark = _mark(part, url) if have else ""
    headers = {"Accept-Encoding": "identity"}
    if mark:
        headers |= {"Range": f"bytes={have}-", "If-Range": mark}
    try:
        with client.stream("GET", url, headers=headers) as response:
            if response.status_code == 416:  # nothing is left, or the part is of another file
                part.unlink(missing_ok=True)
                raise FetchError(f"{url}: the part that was here fits no longer")
            _refuse(response, url)
            start = _start(response, have)
            total = _total(response, start)
            _remember_mark(part, url, response)
            check_space(part.parent, (total or start) - start)
            _write(response, part, start=start, total=total, progress=progress)
    except httpx.HTTPError as error:
        raise FetchError(f"{url}: {type(error).__name__} {error}".rstrip()) from error
    if total is not None and _size(part) != total:
        raise FetchError(f"{url}: cut off at {_size(part):,} of {total:,} bytes")


def _refuse(response: httpx.Response, url: str) -> None:
    if response.status_code not in (200, 206):
        raise FetchError(
            f"{url}: HTTP {response.status_code}",
            transient=response.status_code in PASSING,
            status=response.status_code,
        )


def _start(response: httpx.Response, have: int) -> int:
    """Return where the answer's bytes belong: 0 where the server sends the whole file."""
    if response.status_code == 200:
        return 0
    match = re.match(r"bytes (\d+)-", response.headers.get("content-range", ""))
    start = int(match[1]) if match else have
    return start if start <= have else 0


def _total(response: httpx.Response, start: int) -> int | None:
    match = re.search(r"/(\d+)$", response.headers.get("content-range", ""))
    if match:
        return int(match[1])
    length = response.headers.get("content-length", "")
    return start + int(length) if length.isdigit() else None


def _write(
    response: httpx.Response, part: Path, *, start: int, total: int | None, progress: Progress
) -> None:
    with telling_full_disk(part.parent), part.open("r+b" if part.exists() else "wb") as stream:
        stream.seek(start)
        stream.truncate()
        have = start
        for chunk in response.iter_bytes():  # as they come: what arrived before a cut is kept
            stream.write(chunk)
            have += len(chunk)
            progress(have, total)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _state_file(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _mark(part: Path, url: str) -> str:
    """Return what tells the server which file the part is of, or "" where nothing does."""
    try:
        state = json.loads(_state_file(part).read_text("utf-8"))
        return str(state["mark"]) if state["url"] == url else ""
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _remember_mark(part: Path, url: str, response: httpx.Response) -> None:
    etag = response.headers.get("etag", "")
    mark = etag if etag and not etag.startswith("W/") else response.headers.get("last-modified", "")
    _state_file(part).write_text(json.dumps({"url": url, "mark": mark}), "utf-8")
