"""Unpacks an `.argosmodel` file: checked first, safely, and all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from digest.backends.downloads import check_space, telling_full_disk
from digest.backends.installed import (
    MANIFEST,
    METADATA,
    find_problem,
    read_metadata,
    workplace,
)
from digest.errors import ModelError

LARGEST = 8 << 30  #: bytes of an unpacked package, at most


def unpack(file: Path, folder: Path) -> Path:
    """Install the package file into the packages' folder and return its own folder.

    The package is unpacked beside its place and moved there when it is complete, so that neither a
    full disk nor a kill leaves half a package. Sizes and checksums are noted in `digest.json`.

    Raises:
        ModelError: where the file is no package, is damaged, or the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(file) as archive:
            members = _members(archive, file)
            root, _ = read_root(archive, file)
            check_space(folder, sum(member.file_size for member in members))
            with tempfile.TemporaryDirectory(dir=workplace(folder)) as temporary:
                staged = Path(temporary) / root
                _extract(archive, members, staged, root=root)
                if problem := find_problem(staged):
                    raise ModelError(f"{file.name}: {problem}")
                return _move(staged, folder / root)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        raise ModelError(f"{file.name} is no sound package file: {error}", cure=_CURE) from error


_CURE = "download it again; it may be cut off"


def read_root(archive: zipfile.ZipFile, file: Path) -> tuple[str, dict[str, Any]]:
    """Return the name of a package's folder in the archive, and its metadata.

    Raises:
        ModelError: where there is not exactly one folder with a sound `metadata.json`.
    """
    found = [path for name in archive.namelist() if (path := PurePosixPath(name)).name == METADATA]
    found = [path for path in found if len(path.parts) == 2]
    if len(found) != 1:
        raise ModelError(f"{file.name} is no Argos package: it has no folder with a {METADATA}")
    body = archive.read(str(found[0]))
    return found[0].parts[0], read_metadata(body, name=file.name)


def read_notice(folder: Path) -> str:
    """Return the lines of a package's own files that speak of its licence, or ""."""
    lines: list[str] = []
    for name in ("LICENSE", "LICENSE.txt", "README.md"):
        path = folder / name
        if path.is_file():
            text = path.read_text("utf-8", "replace")[:100_000].splitlines()
            wanted = text[:1] if name.startswith("LICENSE") else text
            lines += [line.strip() for line in wanted if "licen" in line.casefold()]
    return " ".join(lines)[:500]


def _members(archive: zipfile.ZipFile, file: Path) -> list[zipfile.ZipInfo]:
    """Return the files of the archive; refuse paths that lead elsewhere, links and bombs."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or is_link:
            raise ModelError(f"{file.name}: refused, it would write to {member.filename!r}")
    if sum(member.file_size for member in members) > LARGEST:
        raise ModelError(f"{file.name}: refused, it unpacks to more than {LARGEST:,} bytes")
    return members


def _extract(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], staged: Path, *, root: str
) -> None:
    noted = {}
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.parts[0] != root or len(path.parts) < 2:
            continue
        name = str(PurePosixPath(*path.parts[1:]))
        noted[name] = _extract_one(archive, member, staged / name)
    staged.mkdir(exist_ok=True)
    (staged / MANIFEST).write_text(json.dumps({"files": noted}, indent=1), "utf-8")


def _extract_one(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path
) -> dict[str, int | str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with telling_full_disk(target.parent), archive.open(member) as source, target.open("wb") as out:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
            if size > member.file_size:  # the header lied
                raise ModelError(f"{member.filename}: larger than it says")
            out.write(chunk)
    return {"size": size, "sha256": digest.hexdigest()}


def _move(staged: Path, place: Path) -> Path:
    """Put the staged package in its place; one that is there goes only when the new one stands."""
    old = staged.with_name(f"{staged.name}.old")
    if place.exists():
        os.replace(place, old)
    os.replace(staged, place)
    shutil.rmtree(old, ignore_errors=True)
    return place
