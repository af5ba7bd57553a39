"""The starter packages: one shared model, and for each language what makes it a package.

They lie in a folder (or an installed Python package `digest_starter`) that a user can leave out:

    shared/   model.bin, its vocabulary, tokenizer, splitter, licence: once for all languages
    de/       metadata.json, config.json (the model's settings, with the language's tag), README.md
    fr/       …

The model may lie there packed (LZMA), in parts that travel more easily: `model.bin.xz.0` and so on.
Put together they are ordinary package files, which argostranslate installs and runs as well.
"""

from __future__ import annotations

import json
import lzma
import os
import zipfile
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from digest.backends.index import Available, version_key
from digest.backends.installed import MANIFEST, METADATA, Package, read_figures, read_metadata
from digest.errors import ModelError

MODULE = "digest_starter"  #: the Python package whose folder is looked at
SHARED = "shared"
#: Where a file of the starters' folder stands in a package.
PLACES = {
    "model.bin": "model/model.bin",
    "shared_vocabulary.json": "model/shared_vocabulary.json",
    "sentencepiece.model": "sentencepiece.model",
    "splitter.onnx": "minisbd/splitter.onnx",
    "LICENSE": "LICENSE",
    "config.json": "model/config.json",
    METADATA: METADATA,
    "README.md": "README.md",
}
MODEL_FILE = PLACES["model.bin"]
DAY = (2026, 1, 1, 0, 0, 0)  #: of every file in a package, so that the same weights are one file


def find_starters() -> Path | None:
    """Return the folder of the starter packages, or None where they were left out."""
    spec = find_spec(MODULE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None


def read_starters(folder: Path) -> list[Available]:
    """Return the packages that can be put together from the folder, by pair.

    Raises:
        ModelError: where one's metadata cannot be read.
    """
    found = []
    for place in sorted(path.parent for path in folder.glob(f"*/{METADATA}")):
        data = read_metadata((place / METADATA).read_bytes(), name=place.name)
        version = str(data.get("package_version", ""))
        codes = str(data["from_code"]), str(data["to_code"])
        figures = read_figures(data)
        found.append(Available(*codes, version, (str(place),), starter=True, figures=figures))
    return sorted(found, key=lambda each: (each.source, each.target))


def add_starters(index: list[Available], starters: list[Available]) -> list[Available]:
    """Return what an index has, and starters for those pairs only that it has not."""
    known = {(each.source, each.target) for each in index}
    return index + [each for each in starters if (each.source, each.target) not in known]


def is_better(new: Available, mine: Package) -> bool:
    """Return whether what can be had replaces what is installed: newer, or the official one."""
    if new.starter != mine.starter:
        return mine.starter
    return version_key(new.version) > version_key(mine.version)


def put_together(place: Path, folder: Path) -> Path:
    """Write a language's package file into a folder, and return it.

    The model is stored as it is: eight-bit weights hardly get smaller.

    Args:
        place: the language's own folder, beside the shared one.
        folder: where the file comes to lie.

    Raises:
        ModelError: where a part is missing.
    """
    data = json.loads((place / METADATA).read_text("utf-8"))
    version = str(data["package_version"]).replace(".", "_")
    name = f"translate-{data['from_code']}_{data['to_code']}-{version}"
    file = folder / f"{name}.argosmodel"
    try:
        with zipfile.ZipFile(file, "w") as archive:
            for part, where in sorted(PLACES.items(), key=lambda pair: pair[1]):
                info = zipfile.ZipInfo(f"{name}/{where}", DAY)
                packed = part != "model.bin"
                info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
                archive.writestr(info, _read(place, part))
    except lzma.LZMAError as error:
        file.unlink(missing_ok=True)
        raise ModelError(
            f"the starter package in {place} is broken: {error}",
            cure="install the starters again: pip install --force-reinstall ./starter",
        ) from error
    except FileNotFoundError as error:
        file.unlink(missing_ok=True)
        raise ModelError(
            f"the starter package in {place} is incomplete: {error.filename} is missing"
        ) from error
    return file


def share_model(place: Path, others: Iterable[Path]) -> bool:
    """Make one file of a starter's model and an installed one's that is the same; say whether.

    Nine starters then take the room of one. Where the disk has no links, each keeps its own.
    """
    mine = _checksum(place)
    for other in others:
        if other == place or mine is None or _checksum(other) != mine:
            continue
        beside = place / f"{MODEL_FILE}.link"
        try:
            os.link(other / MODEL_FILE, beside)
        except OSError:
            return False
        os.replace(beside, place / MODEL_FILE)
        return True
    return False


def _checksum(folder: Path) -> str | None:
    try:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        return str(files[MODEL_FILE]["sha256"])
    except (OSError, ValueError, LookupError):
        return None  # installed by argostranslate itself: nothing is known of it


def _read(place: Path, part: str) -> bytes:
    """Return a part: the language's own, or else the shared one, unpacked."""
    shared = place.parent / SHARED
    packed = sorted(shared.glob(f"{part}.xz.*"))
    for file in (place / part, shared / part):
        if file.is_file() or (file.parent == shared and not packed):
            return file.read_bytes()
    return _unpacked(tuple(packed))


@lru_cache(maxsize=1)  # several languages are often installed in one go
def _unpacked(parts: tuple[Path, ...]) -> bytes:
    return lzma.decompress(b"".join(file.read_bytes() for file in parts))
