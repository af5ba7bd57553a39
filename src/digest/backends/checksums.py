"""The checksums of package files, kept when each was first seen."""

from __future__ import annotations

import json
import os
from pathlib import Path

from digest.errors import ModelError

SEEN = ".checksums.json"  #: file name of a package → its SHA-256 when it was first seen


def check_seen(folder: Path, name: str, checksum: str) -> None:
    """Refuse a package file that is another than was seen before under the same name and version.

    Raises:
        ModelError: where it is another, or where what was kept cannot be read.
    """
    file = folder / SEEN
    seen = _read_seen(file).get(name, checksum)
    if seen != checksum:
        raise ModelError(
            f"{name} is not the file that was seen before: SHA-256 {checksum[:12]}…, "
            f"then {seen[:12]}…",
            cure=f"if its maker did change it, remove its line from {file}",
        )


def keep_seen(folder: Path, name: str, checksum: str) -> None:
    """Keep the checksum of a package file that proved sound: a damaged one is not to be kept."""
    file = folder / SEEN
    seen = _read_seen(file)
    if name in seen:
        return
    seen[name] = checksum
    part = file.with_name(f"{SEEN}.part")  # a full disk must not cut what is known
    part.write_text(json.dumps(seen, indent=1, sort_keys=True), "utf-8")
    os.replace(part, file)


def _read_seen(file: Path) -> dict[str, str]:
    try:
        return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}
    except (ValueError, TypeError) as error:
        raise ModelError(
            f"{file}, the checksums of packages, cannot be read: {error}",
            cure="remove it; checksums are then kept anew",
        ) from error
