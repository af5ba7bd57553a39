"""Lists, installs, removes, updates and imports translation packages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.backends.archives import read_notice, unpack
from digest.backends.checksums import check_seen, keep_seen
from digest.backends.chinese import CONVERTER, find_conversion
from digest.backends.codes import from_argos, to_argos
from digest.backends.downloads import (
    PATIENT,
    Tries,
    download,
    sha256_of,
    telling_full_disk,
)
from digest.backends.index import Available, read_file, read_index, unreadable
from digest.backends.installed import (
    MANIFEST,
    Package,
    installed_packages,
    packages_folder,
    workplace,
)
from digest.backends.package_rows import Done, Row, make_row, make_unchanged
from digest.backends.starters import (
    add_starters,
    is_better,
    put_together,
    read_starters,
    share_model,
)
from digest.errors import DigestError, FetchError, ModelError

PIVOT = "en"
Telling = Callable[[str, int, int | None], None]  #: package, bytes that are here, bytes in all


class PackageManager:
    """The packages of one folder.

    Args:
        folder: where packages are installed; argostranslate's own by default.
        index: address or folder of the index; `ARGOS_PACKAGE_INDEX`, then Argos's own, by default.
        telling: is told of a download's progress.
        tries: how patiently servers are asked.
        starters: folder of the starter packages, for what the index does not give; None for none.
        offline: whether the index is left alone, and starters are all there is to install.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        index: str | None = None,
        telling: Telling = lambda _name, _have, _all: None,
        tries: Tries = PATIENT,
        starters: Path | None = None,
        offline: bool = False,
    ) -> None:
        self.folder = packages_folder(folder)
        self._index, self._telling, self._tries = index, telling, tries
        self._starters, self._offline = starters, offline

    def rows(self, *, online: bool = False) -> list[Row]:
        """Return the installed packages, the starters here and, on request, what the index has.

        They come by pair; an official package that can be had hides a starter.

        Raises:
            FetchError, ModelError: where the index is wanted and cannot be read.
        """
        here = {
            (each.source, each.target): each
            for each in sorted(installed_packages(self.folder), key=lambda each: not each.starter)
        }
        starters = read_starters(self._starters) if self._starters else []
        offers = add_starters(self._read() if online else [], starters)
        there = {(each.source, each.target): each for each in offers}
        return [make_row(here.get(key), there.get(key)) for key in sorted({*here, *there})]

    def install(
        self, languages: Iterable[str], *, to: str = PIVOT, again: bool = False
    ) -> list[Done]:
        """Install what translates each language into `to`, through English where nothing else does.

        One Chinese script from the other needs no package: OpenCC is part of Digest. One that
        fails does not stop the others. Installed packages stay unless `again`; a starter goes as
        soon as an official one comes. Where the index cannot be fetched, or has none for a pair,
        a starter is taken.

        Raises:
            FetchError, ModelError: where the index cannot be read, and no starter helps.
        """
        done, wanted = dict[tuple[str, str], Done](), list[str]()
        for language in dict.fromkeys(languages):
            if conversion := find_conversion(language, to):
                name = f"{CONVERTER} {version(CONVERTER)} {conversion}"
                done[language, to] = Done(f"{language} → {to}", name, "unchanged")
            else:
                wanted.append(language)
        if not wanted:
            return list(done.values())
        index, bad = self._offers(), unreadable(self._index)
        for language in wanted:
            way = find_way(index, language, to=to)
            if not way:
                problem = f"the index has no package {language} → {to}, nor a way through English"
                problem += f"; unreadable: {', '.join(bad)}" if bad else ""
                done[language, to] = Done(f"{language} → {to}", "", "failed", problem=problem)
            for package in way:
                key = package.source, package.target
                done[key] = done.get(key) or self._install(package, again=again)
        return list(done.values())

    def can_install(self, language: str, to: str) -> bool:
        """Return whether it is worth a try: offline only where starters lead there."""
        return not self._offline or bool(find_way(self._offers(), language, to=to))

    def update(self) -> list[Done]:
        """Install the index's version of what is installed, where it is newer or ours is broken."""
        index = {(each.source, each.target): each for each in self._read()}
        done = []
        for mine in installed_packages(self.folder):
            new = index.get((mine.source, mine.target))
            newer = new and is_better(new, mine)
            if new and (newer or mine.problem):
                result = self._install(new, again=True)
                if result.action == "installed":
                    self._drop_others(new, keep=new.version)
                    result = Done(result.pair, result.version, "updated", result.licence)
                done.append(result)
            elif mine.source:
                done.append(Done(mine.pair, mine.version, "unchanged"))
        return done

    def remove(self, languages: Iterable[str], *, to: str | None = None) -> list[Done]:
        """Remove the packages from each language (into `to`, or into any).

        Raises:
            ModelError: where a language has no package.
        """
        done = []
        for language in dict.fromkeys(languages):
            found = [p for p in installed_packages(self.folder) if _is_of(p, language, to)]
            if not found:
                pair = f"{language} → {to or '…'}"
                raise ModelError(f"no package {pair} is installed", cure="digest models list")
            for package in found:
                shutil.rmtree(package.folder)
                done.append(Done(package.pair, package.version, "removed"))
        return done

    def import_file(self, file: Path) -> Done:
        """Install a package file from this machine.

        Raises:
            ModelError: where it is no sound package.
        """
        package = read_file(file)
        with telling_full_disk(self.folder):
            return self._unpacked(package, file, checksum=sha256_of(file))

    def verify(self) -> list[Row]:
        """Return the installed packages whose files are not what was installed, every byte read."""
        rows = []
        for package in installed_packages(self.folder):
            problem = package.problem or _changed(package.folder)
            if problem:
                rows.append(make_row(package, None, problem=problem))
        return rows

    def _read(self) -> list[Available]:
        return read_index(self._index, tries=self._tries)

    def _offers(self) -> list[Available]:
        """Return what the index has, and the starters for what it lacks or while it is away."""
        starters = read_starters(self._starters) if self._starters else []
        if self._offline:
            return starters
        try:
            return add_starters(self._read(), starters)
        except FetchError:
            if not starters:
                raise
            return starters

    def _install(self, package: Available, *, again: bool) -> Done:
        for mine in self._of(package):
            better = mine.starter and not package.starter
            worse = package.starter and not mine.starter
            if not mine.problem and not better and (worse or not again):
                return make_unchanged(mine)
        try:
            with telling_full_disk(self.folder):
                return self._from_links(package)
        except DigestError as error:
            return Done(package.pair, package.version, "failed", problem=str(error))

    def _from_links(self, package: Available) -> Done:
        """Take the first link that gives the package; tell of the last error where none does."""
        last: DigestError = FetchError(f"{package.pair}: the index gives no address")
        for link in package.links:
            try:
                if Path(link).is_dir():
                    return self._put_together(Path(link))
                if Path(link).is_file():
                    return self.import_file(Path(link))
                return self._downloaded(package, link)
            except FetchError as error:
                last = error
        raise last

    def _put_together(self, place: Path) -> Done:
        with TemporaryDirectory(dir=workplace(self.folder)) as temporary:
            return self.import_file(put_together(place, Path(temporary)))

    def _downloaded(self, package: Available, link: str) -> Done:
        file = workplace(self.folder) / package.name
        checksum = download(
            link,
            file,
            progress=lambda have, total: self._telling(package.pair, have, total),
            tries=self._tries,
        )
        try:
            return self._unpacked(package, file, checksum=checksum)
        finally:
            file.unlink(missing_ok=True)

    def _unpacked(self, package: Available, file: Path, *, checksum: str) -> Done:
        official = next((m for m in self._of(package) if not m.starter and not m.problem), None)
        if package.starter and official:
            return make_unchanged(official)
        check_seen(self.folder, package.name, checksum)
        place = unpack(file, self.folder)
        try:
            keep_seen(self.folder, package.name, checksum)
        except OSError:  # without its checksum the first sight would be lost
            shutil.rmtree(place)
            raise
        for mine in self._of(package):
            if mine.starter and mine.folder != place:
                shutil.rmtree(mine.folder)
        if package.starter:
            installed = installed_packages(self.folder)
            share_model(place, (each.folder for each in installed if each.starter))
        notice = read_notice(place)
        return Done(package.pair, package.version, "installed", notice, starter=package.starter)

    def _drop_others(self, package: Available, *, keep: str) -> None:
        for mine in self._of(package):
            if mine.version != keep:
                shutil.rmtree(mine.folder)

    def _of(self, package: Available) -> list[Package]:
        pair = package.source, package.target
        return [m for m in installed_packages(self.folder) if (m.source, m.target) == pair]


def find_way(index: Iterable[Available], language: str, *, to: str) -> tuple[Available, ...]:
    """Return the packages that lead from one language to the other: one, two through English."""
    known = {(each.source, each.target): each for each in index}
    sources, targets = to_argos(language), to_argos(to)
    for pair in ((source, target) for source in sources for target in targets):
        if pair in known:
            return (known[pair],)
    first = next((known[s, PIVOT] for s in sources if (s, PIVOT) in known), None)
    second = next((known[PIVOT, t] for t in targets if (PIVOT, t) in known), None)
    return (first, second) if first and second else ()


def _is_of(package: Package, language: str, to: str | None) -> bool:
    is_source = package.source in to_argos(language) or from_argos(package.source) == language
    return is_source and (to is None or package.target in to_argos(to))


def _changed(folder: Path) -> str:
    try:
        files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, LookupError):
        return ""  # installed by argostranslate itself: nothing to compare with
    for name, entry in files.items():
        if sha256_of(folder / name) != entry["sha256"]:
            return f"{name} is not what was installed"
    return ""
