"""The Argos packages that are installed, read without loading any of them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.backends.codes import from_argos
from digest.errors import ModelError

METADATA = "metadata.json"
STARTER = "starter"  #: in metadata and names: a small package of ours, see `starters.py`
LEAST = "least_sure"  #: in metadata: answers that the model is less sure of are withheld
MANIFEST = "digest.json"  #: sizes and checksums of a package that we installed


@dataclass(frozen=True, slots=True)
class Package:
    """One installed translation package.

    Args:
        source: Argos code that it translates from.
        target: Argos code that it translates to.
        version: the package's version, as its maker gave it.
        folder: where it lies.
        prefix: token that a multilingual model wants first, or "".
        problem: why it cannot be used, in words; "" for a sound one.
        starter: whether it is one of our small ones, which any official one replaces.
        figures: what its maker measured, name and value.
        least: how sure of an answer it has to be to give it (a mean log probability); None: always.
    """

    source: str
    target: str
    version: str
    folder: Path
    prefix: str = ""
    problem: str = ""
    starter: bool = False
    figures: tuple[tuple[str, float], ...] = ()
    least: float | None = None

    @property
    def pair(self) -> str:
        """Return what it translates in BCP-47, as people read it: "de → en"."""
        return f"{from_argos(self.source)} → {from_argos(self.target)}"

    @property
    def label(self) -> str:
        """Return name and version: part of every translation that it makes."""
        maker = STARTER if self.starter else "argos"
        return f"{maker} {self.source}→{self.target} {self.version or '?'}"

    def size(self) -> int:
        """Return the bytes that it takes on disk."""
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())


def packages_folder(folder: Path | None = None) -> Path:
    """Return the folder of the packages: the given one, Argos's variable, or Argos's default.

    The rules are argostranslate's own (`argostranslate/settings.py`), read without importing it,
    since that import makes folders in the user's home.
    """
    if folder:
        return folder.expanduser()
    for name in ("ARGOS_PACKAGES_DIR", "ARGOS_TRANSLATE_PACKAGE_DIR"):
        if value := os.environ.get(name):
            return Path(value).expanduser()
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "argos-translate" / "packages"


def workplace(folder: Path) -> Path:
    """Return the folder for what is half done, beside the packages and on the same disk.

    Not among them: argostranslate takes every folder there for a package and fails on others.
    """
    beside = folder.parent / f".{folder.name}-work"
    beside.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    if beside.stat().st_dev == folder.stat().st_dev:
        return beside
    beside.rmdir()
    inside = folder / ".work"
    inside.mkdir(exist_ok=True)
    return inside


def installed_packages(folder: Path | None = None) -> list[Package]:
    """Return the translation packages of the folder, broken ones with their problem, by pair."""
    place = packages_folder(folder)
    if not place.is_dir():
        return []
    found = [package for path in sorted(place.iterdir()) for package in _read(path)]
    return sorted(found, key=lambda each: (each.source, each.target, each.folder.name))


def _read(folder: Path) -> Iterator[Package]:
    if not folder.is_dir() or folder.name.startswith("."):
        return
    try:
        data = read_metadata((folder / METADATA).read_bytes(), name=folder.name)
    except (ModelError, OSError) as error:
        # Argos names its folders by their pair, so that even a broken one can be called by it.
        pair = re.match(r"translate-([a-z]+)_([a-z]+)", folder.name)
        source, target = pair.groups() if pair else ("", "")
        yield Package(source, target, "", folder, problem=str(error))
        return
    if data.get("type", "translate") != "translate":
        return
    yield Package(
        str(data["from_code"]),
        str(data["to_code"]),
        str(data.get("package_version", "")),
        folder,
        str(data.get("target_prefix", "")),
        find_problem(folder),
        data.get(STARTER) is True,
        read_figures(data),
        _least(data),
    )


def _least(data: dict[str, Any]) -> float | None:
    found = data.get(LEAST)
    return float(found) if isinstance(found, int | float) else None


def read_figures(data: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    """Return what a package's metadata says was measured, name and value."""
    found = data.get("figures")
    numbers = found.items() if isinstance(found, dict) else ()
    return tuple((name, value) for name, value in numbers if isinstance(value, int | float))


def read_metadata(body: bytes, *, name: str) -> dict[str, Any]:
    """Return a package's metadata.

    Raises:
        ModelError: where it is no JSON object, or names no pair of languages.
    """
    try:
        data = json.loads(body.decode("utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise ModelError(f"package {name}: {METADATA} cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise ModelError(f"package {name}: {METADATA} is no JSON object")
    codes = (data.get("from_code"), data.get("to_code"))
    if data.get("type", "translate") == "translate" and not all(
        isinstance(code, str) and code for code in codes
    ):
        raise ModelError(f"package {name}: {METADATA} names no from_code and to_code")
    return data


def find_problem(folder: Path) -> str:
    """Return why a package cannot be used, or "": a file is missing, or not as it was installed."""
    if not (folder / "model" / "model.bin").is_file():
        return "model/model.bin is missing"
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        return "sentencepiece.model or bpe.model is missing"
    for name, size in _sizes(folder).items():
        file = folder / name
        if not file.is_file():
            return f"{name} is missing"
        if file.stat().st_size != size:
            return f"{name} is cut off or changed: {file.stat().st_size:,} of {size:,} bytes"
    return ""


def _sizes(folder: Path) -> dict[str, int]:
    try:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        return {str(name): int(entry["size"]) for name, entry in files.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}  # installed by argostranslate itself: nothing to compare with
