"""Installs an `.argosmodel` file by argostranslate, checked first, and all of it or nothing."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from digest.backends.downloads import check_space, sha256_of, telling_full_disk
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

    argostranslate's `install_from_path` unpacks it, but into a folder beside its place, once its
    paths and sizes have been checked, and it is moved there when it is complete: neither a full
    disk nor a kill leaves half a package. Sizes and checksums are noted in `digest.json`.

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
            with telling_full_disk(folder):
                _install(file, Path(temporary))
                staged = Path(temporary) / root
                _note(staged)
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
            lines += [line.strip().rstrip(".") for line in wanted if "licen" in line.casefold()]
    return "; ".join(lines)[:500]


def _members(archive: zipfile.ZipFile, file: Path) -> list[zipfile.ZipInfo]:
    """Return the files of the archive; refuse paths that lead elsewhere, links and bombs."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or is_link:
            raise ModelError(f"{file.name}: refused, it would write to {member.filename!r}")
        if member.flag_bits & 1:
            raise ModelError(f"{file.name}: refused, {member.filename!r} is encrypted")
    if sum(member.file_size for member in members) > LARGEST:
        raise ModelError(f"{file.name}: refused, it unpacks to more than {LARGEST:,} bytes")
    return members


_installing = threading.Lock()


def _install(file: Path, place: Path) -> None:
    """Let argostranslate install the file, into `place` instead of into its own folder.

    Its setting is put back at once: others of this process find packages where they lay before.
    """
    try:
        from argostranslate import package, settings
    except OSError as error:  # its import makes folders in the user's home
        raise ModelError(
            f"argostranslate cannot make its own folders: {error}",
            cure="set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to folders of yours",
        ) from error
    with _installing:
        own, settings.package_data_dir = settings.package_data_dir, place
        try:
            package.install_from_path(file)
        finally:
            settings.package_data_dir = own


def _note(staged: Path) -> None:
    """Write the size and the checksum of every file of the package beside them."""
    noted = {
        path.relative_to(staged).as_posix(): {
            "size": path.stat().st_size,
            "sha256": sha256_of(path),
        }
        for path in sorted(staged.rglob("*"))
        if path.is_file() and path != staged / MANIFEST
    }
    (staged / MANIFEST).write_text(json.dumps({"files": noted}, indent=1), "utf-8")


def _move(staged: Path, place: Path) -> Path:
    """Put the staged package in its place; one that is there goes only when the new one stands."""
    old = staged.with_name(f"{staged.name}.old")
    if place.exists():
        os.replace(place, old)
    os.replace(staged, place)
    shutil.rmtree(old, ignore_errors=True)
    return place
