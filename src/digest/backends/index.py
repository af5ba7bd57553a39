"""The index of packages: Argos's own, a mirror of it, or a folder of package files."""

from __future__ import annotations

import json
import os
import re
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpx

from digest.backends.archives import read_root
from digest.backends.codes import from_argos
from digest.backends.downloads import PATIENT, Tries
from digest.errors import FetchError, ModelError

VARIABLE = "ARGOS_PACKAGE_INDEX"  # argostranslate's own variable
DEFAULT = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
PACKAGE = ".argosmodel"
OVERLOADED = frozenset({429, 500, 502, 503, 504})  #: statuses that pass


@dataclass(frozen=True, slots=True)
class Available:
    """A package that can be installed.

    Args:
        source: Argos code that it translates from.
        target: Argos code that it translates to.
        version: as its maker gave it.
        links: addresses or paths of its file, the best first.
        starter: whether it is one of our small ones, which any official one replaces.
        figures: what was measured of a starter, name and value.
    """

    source: str
    target: str
    version: str
    links: tuple[str, ...]
    starter: bool = False
    figures: tuple[tuple[str, float], ...] = ()

    @property
    def pair(self) -> str:
        """Return what it translates in BCP-47: "de → en"."""
        return f"{from_argos(self.source)} → {from_argos(self.target)}"

    @property
    def name(self) -> str:
        """Return the name of its file, as Argos makes it."""
        return f"translate-{self.source}_{self.target}-{self.version.replace('.', '_')}{PACKAGE}"


def read_index(place: str | None = None, *, tries: Tries = PATIENT) -> list[Available]:
    """Return what can be installed, the newest version of each pair.

    Args:
        place: an address (with or without `index.json`), or a folder of `.argosmodel` files;
            `ARGOS_PACKAGE_INDEX`, then Argos's own index, where it is None.
        tries: how patiently a server that is overloaded is asked again.

    Raises:
        FetchError: where the index cannot be fetched.
        ModelError: where it cannot be read.
    """
    place = place or os.environ.get(VARIABLE) or DEFAULT
    if not re.match(r"https?://", place):
        return _newest(_from_folder(Path(place.removeprefix("file://")).expanduser()))
    url = place if place.endswith(".json") else urljoin(place.rstrip("/") + "/", "index.json")
    return _newest(
        parse_index(_fetch_again(url, tries), url=url, mirror=not place.startswith(DEFAULT))
    )


def _fetch_again(url: str, tries: Tries) -> bytes:
    for wait in (tries.wait, 2 * tries.wait):
        try:
            return _fetch(url, tries.timeout)
        except FetchError as error:
            if error.status not in OVERLOADED:
                raise
        time.sleep(wait)
    return _fetch(url, tries.timeout)


def _fetch(url: str, timeout: float) -> bytes:
    cure = f"check the network and proxy, or set {VARIABLE} to a mirror or a folder of packages"
    try:
        response = httpx.get(url, follow_redirects=True, timeout=timeout)
        response.raise_for_status()
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise FetchError(f"{url}: HTTP {status}", cure=cure, status=status) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchError(f"{url}: {type(error).__name__} {error}".rstrip(), cure=cure) from error
    return response.content


def parse_index(body: bytes, *, url: str, mirror: bool) -> list[Available]:
    """Return the translation packages of an `index.json`; entries that say too little are skipped.

    A mirror's own copy of a file (beside its index) is tried before the address in the entry.

    Raises:
        ModelError: where it is no list of packages.
    """
    try:
        entries = json.loads(body)
    except ValueError as error:
        raise ModelError(f"{url} is no index of packages: {error}") from error
    if not isinstance(entries, list):
        raise ModelError(f"{url} is no index of packages: not a list")
    found = (_entry(entry, url=url, mirror=mirror) for entry in entries)
    return [each for each in found if each]


def _entry(entry: Any, *, url: str, mirror: bool) -> Available | None:
    if not isinstance(entry, dict) or entry.get("type", "translate") != "translate":
        return None
    source, target = entry.get("from_code"), entry.get("to_code")
    links = [urljoin(url, link) for link in entry.get("links") or () if isinstance(link, str)]
    links = [link for link in links if urlsplit(link).scheme in ("http", "https")]
    if not (isinstance(source, str) and isinstance(target, str) and source and target and links):
        return None
    if mirror:
        near = [urljoin(url, unquote(urlsplit(link).path).rsplit("/", 1)[-1]) for link in links]
        links = list(dict.fromkeys(near + links))
    version = str(entry.get("package_version", ""))
    return Available(source, target, version, tuple(links), entry.get("starter") is True)


def _from_folder(folder: Path) -> list[Available]:
    if not folder.is_dir():
        raise ModelError(
            f"{folder} is no folder of packages", cure=f"set {VARIABLE} to an address or a folder"
        )
    return [each for file in _files(folder) if (each := _read_sound(file))]


def unreadable(place: str | None = None) -> list[str]:
    """Return the names of a folder's package files that hold no package; none of an address."""
    folder = Path((place or os.environ.get(VARIABLE) or DEFAULT).removeprefix("file://"))
    return [file.name for file in _files(folder.expanduser()) if not _read_sound(file)]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{PACKAGE}"))


def _read_sound(file: Path) -> Available | None:
    try:
        return read_file(file)
    except ModelError:
        return None  # one bad file does not hide the others


def read_file(file: Path) -> Available:
    """Return what a package file holds.

    Raises:
        ModelError: where it is missing, or no package that translates.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _, data = read_root(archive, file)
    except FileNotFoundError:
        raise ModelError(f"no file {file}") from None
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise ModelError(
            f"{file.name} is no package file: {error}", cure="download it again; it may be cut off"
        ) from error
    if not (data.get("from_code") and data.get("to_code")):
        raise ModelError(f"{file.name} is no package that translates")
    version = str(data.get("package_version", ""))
    codes = str(data["from_code"]), str(data["to_code"])
    return Available(*codes, version, (str(file),), data.get("starter") is True)


def _newest(packages: Iterable[Available]) -> list[Available]:
    best: dict[tuple[str, str], Available] = {}
    for package in packages:
        known = best.get((package.source, package.target))
        if known is None or _rank(package) > _rank(known):
            best[package.source, package.target] = package
    return sorted(best.values(), key=lambda each: (each.source, each.target))


def _rank(package: Available) -> tuple[bool, tuple[int, ...]]:
    """Return what the better of two has more of: an official one wins, then the newer."""
    return not package.starter, version_key(package.version)


def version_key(version: str) -> tuple[int, ...]:
    """Return a version for comparing: "1.10" is newer than "1.9"."""
    return tuple(int(number) for number in re.findall(r"\d+", version))
