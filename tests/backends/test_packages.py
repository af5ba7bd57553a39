"""Packages: listed, downloaded through cuts, checked, installed whole or not at all."""

import errno
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from argostranslate import package, settings
from package_server import Shelf, serve

from digest.backends import archives, downloads
from digest.backends.argos import ArgosTranslator
from digest.backends.downloads import Tries, download
from digest.backends.index import read_index
from digest.backends.installed import installed_packages
from digest.backends.packages import PackageManager, find_way
from digest.errors import FetchError, ModelError

TINY = Path(__file__).parents[1] / "data" / "packages" / "translate-de_en-1_0.argosmodel"
QUICK = Tries(count=3, wait=0.01, timeout=5)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """A server whose index names the tiny package (elsewhere, too) and one that is gone."""
    shelf = Shelf({"/translate-de_en-1_0.argosmodel": TINY.read_bytes()})
    with serve(shelf):
        shelf.files["/index.json"] = _index(
            ("de", "en", "1.0", f"{shelf.url}translate-de_en-1_0.argosmodel"),
            ("de", "en", "0.9", f"{shelf.url}old.argosmodel"),
            ("en", "fr", "1.9", f"{shelf.url}gone.argosmodel"),
        )
        yield shelf


def _index(*rows: tuple[str, str, str, str]) -> bytes:
    entries = [
        {"from_code": a, "to_code": b, "package_version": version, "links": [link]}
        for a, b, version, link in rows
    ]
    return json.dumps([*entries, {"type": "sbd", "links": []}, "nonsense", {}]).encode()


def manager(folder: Path, shelf: Shelf | str) -> PackageManager:
    index = shelf if isinstance(shelf, str) else shelf.url
    return PackageManager(folder / "packages", index=index, tries=QUICK)


def test_a_package_is_installed_from_the_index(shelf: Shelf, tmp_path: Path) -> None:
    """The newest version is loaded, its progress told, its licence shown, and it translates."""
    told: list[tuple[str, int, int | None]] = []
    packages = PackageManager(
        tmp_path / "packages", index=shelf.url, telling=lambda *row: told.append(row)
    )
    (done,) = packages.install(["de"])
    assert (done.pair, done.version, done.action) == ("de → en", "1.0", "installed")
    assert "Apache-2.0" in done.licence
    assert told[-1] == ("de → en", TINY.stat().st_size, TINY.stat().st_size)
    answers = ArgosTranslator(packages.folder).translate(
        ["Das ist gut für Werbung."], language="de", to="en"
    )
    assert answers == ["That is good for advertising."]
    assert packages.install(["de"])[0].action == "unchanged"


def test_only_packages_lie_among_the_packages(shelf: Shelf, tmp_path: Path) -> None:
    """Argostranslate takes every folder there for a package, so nothing else may be one."""
    manager(tmp_path, shelf).install(["de"])
    folders = [path.name for path in (tmp_path / "packages").iterdir() if path.is_dir()]
    assert folders == ["translate-de_en-1_0"]


def test_a_download_goes_on_after_cuts(shelf: Shelf, tmp_path: Path) -> None:
    """Each try asks for what is still missing; the file is whole in the end."""
    shelf.cuts = [300_000, 200_000]
    checksum = download(f"{shelf.url}translate-de_en-1_0.argosmodel", tmp_path / "f", tries=QUICK)
    assert (tmp_path / "f").read_bytes() == TINY.read_bytes()
    assert checksum == downloads.sha256_of(TINY)
    starts = [wanted for _, wanted in shelf.asked]
    assert starts == ["", "bytes=300000-", "bytes=500000-"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f"]


def test_a_later_run_goes_on_where_the_first_was_cut(shelf: Shelf, tmp_path: Path) -> None:
    """A part that lies there from an earlier run is not loaded again."""
    shelf.cuts = [100_000, 0, 0, 0]
    url = f"{shelf.url}translate-de_en-1_0.argosmodel"
    with pytest.raises(FetchError, match=r"cut off at|RemoteProtocolError"):
        download(url, tmp_path / "f", tries=QUICK)
    shelf.cuts = []
    download(url, tmp_path / "f", tries=QUICK)
    assert shelf.asked[-1][1] == "bytes=100000-"
    assert (tmp_path / "f").read_bytes() == TINY.read_bytes()


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_a_file_that_changed_meanwhile_is_loaded_whole(
    shelf: Shelf, tmp_path: Path, knows_ranges: bool
) -> None:
    """Neither another file's end nor a server without ranges spoils the file."""
    shelf.knows_ranges = knows_ranges
    shelf.cuts = [100_000, 0, 0, 0]
    url = f"{shelf.url}translate-de_en-1_0.argosmodel"
    with pytest.raises(FetchError):
        download(url, tmp_path / "f", tries=QUICK)
    shelf.cuts, other = [], b"another file" * 40_000
    shelf.files["/translate-de_en-1_0.argosmodel"] = other
    download(url, tmp_path / "f", tries=QUICK)
    assert (tmp_path / "f").read_bytes() == other


def test_an_index_that_is_overloaded_is_asked_again(shelf: Shelf, tmp_path: Path) -> None:
    """503 passes; a server that goes on with it is told."""
    shelf.refusals = [503, 429]
    assert manager(tmp_path, shelf).install(["de"])[0].action == "installed"
    shelf.refusals = [503] * 3
    with pytest.raises(FetchError, match=r"index\.json: HTTP 503"):
        manager(tmp_path, shelf).install(["de"])


def test_a_folder_names_the_files_that_it_cannot_read(tmp_path: Path) -> None:
    """Of what is cut off nobody knows its languages, so it is named where a package is missed."""
    (tmp_path / "cut.argosmodel").write_bytes(TINY.read_bytes()[:1000])
    (tmp_path / TINY.name).write_bytes(TINY.read_bytes())
    german, french = manager(tmp_path, str(tmp_path)).install(["de", "fr"])
    assert german.action == "installed"
    assert french.problem.endswith("unreadable: cut.argosmodel")


def test_passing_errors_are_tried_again_and_lasting_ones_told(shelf: Shelf, tmp_path: Path) -> None:
    """503 is tried again; 404 is not, and stops no other package."""
    shelf.refusals = [503, 503]
    download(f"{shelf.url}translate-de_en-1_0.argosmodel", tmp_path / "f", tries=QUICK)
    assert (tmp_path / "f").read_bytes() == TINY.read_bytes()
    shelf.asked.clear()
    done = manager(tmp_path, shelf).install(["fr", "de", "xx"], to="en")
    assert [(each.pair, each.action) for each in done] == [
        ("fr → en", "failed"),
        ("de → en", "installed"),
        ("xx → en", "failed"),
    ]
    (english,) = manager(tmp_path, shelf).install(["en"], to="fr")
    assert english.problem == f"{shelf.url}gone.argosmodel: HTTP 404"


def test_a_way_through_english_is_found(shelf: Shelf) -> None:
    """German to French needs two packages where no direct one exists."""
    way = find_way(read_index(shelf.url), "de", to="fr")
    assert [package.pair for package in way] == ["de → en", "en → fr"]
    assert [package.version for package in way] == ["1.0", "1.9"]


def test_chinese_scripts_need_no_package(tmp_path: Path) -> None:
    """They are converted by what is there already: no index is asked."""
    packages = manager(tmp_path, "http://127.0.0.1:9/")
    (done,) = packages.install(["zh-Hans"], to="zh-Hant")
    assert (done.pair, done.action) == ("zh-Hans → zh-Hant", "unchanged")
    assert done.version.startswith("opencc ")


def test_another_file_for_the_same_version_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    """The checksum is kept at first sight; later it has to be the same."""
    packages = manager(tmp_path, shelf)
    packages.install(["de"])
    shelf.files["/translate-de_en-1_0.argosmodel"] = _package({"a/README.md": b"other"})
    (done,) = packages.install(["de"], again=True)
    assert done.action == "failed"
    assert "is not the file that was seen before" in done.problem
    assert [each.problem for each in installed_packages(packages.folder)] == [""]


def test_a_mirrors_own_copy_comes_first(shelf: Shelf, tmp_path: Path) -> None:
    """Behind a mirror the file beside the index is taken, not the public address."""
    shelf.files["/m/index.json"] = _index(
        ("de", "en", "1.0", "http://127.0.0.1:9/far/translate-de_en-1_0.argosmodel")
    )
    shelf.files["/m/translate-de_en-1_0.argosmodel"] = TINY.read_bytes()
    (done,) = manager(tmp_path, f"{shelf.url}m").install(["de"])
    assert done.action == "installed"


def test_a_folder_serves_a_machine_without_network(tmp_path: Path) -> None:
    """`ARGOS_PACKAGE_INDEX` may be a folder; a broken file in it hides none of the others."""
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / TINY.name).write_bytes(TINY.read_bytes())
    (tmp_path / "usb" / "cut.argosmodel").write_bytes(TINY.read_bytes()[:1000])
    packages = manager(tmp_path, str(tmp_path / "usb"))
    assert [(row.pair, row.available) for row in packages.rows(online=True)] == [("de → en", "1.0")]
    assert packages.install(["de"])[0].action == "installed"


def test_the_variable_names_the_index(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argostranslate's own variable is obeyed, with or without a slash or `index.json`."""
    for place in (shelf.url, shelf.url.rstrip("/"), f"{shelf.url}index.json"):
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", place)
        assert [each.pair for each in read_index()] == ["de → en", "en → fr"]


@pytest.mark.parametrize(
    ("body", "message"),
    [(b"<html>", "is no index of packages"), (b'{"a": 1}', "is no index of packages: not a list")],
)
def test_a_wrong_index_is_told(shelf: Shelf, body: bytes, message: str) -> None:
    """A captive portal's page is no index."""
    shelf.files["/index.json"] = body
    with pytest.raises(ModelError, match=message):
        read_index(shelf.url)


def test_an_index_that_cannot_be_reached_names_the_cure() -> None:
    """Without a network the message says what to set."""
    with pytest.raises(FetchError, match="set ARGOS_PACKAGE_INDEX to a mirror or a folder"):
        read_index("http://127.0.0.1:9/")


def test_update_brings_newer_and_repairs_broken_ones(shelf: Shelf, tmp_path: Path) -> None:
    """A newer version replaces the old one; a damaged package is installed again."""
    packages = manager(tmp_path, shelf)
    packages.install(["de"])
    assert [each.action for each in packages.update()] == ["unchanged"]
    (packages.folder / "translate-de_en-1_0" / "model" / "model.bin").write_bytes(b"")
    assert [each.action for each in packages.update()] == ["updated"]
    shelf.files["/new.argosmodel"] = _renamed("translate-de_en-1_1", version="1.1")
    shelf.files["/index.json"] = _index(("de", "en", "1.1", f"{shelf.url}new.argosmodel"))
    assert [(each.version, each.action) for each in packages.update()] == [("1.1", "updated")]
    assert [path.name for path in packages.folder.iterdir() if path.is_dir()] == [
        "translate-de_en-1_1"
    ]


def test_removing_takes_one_language(shelf: Shelf, tmp_path: Path) -> None:
    """A removed package is gone; one that never was is an error."""
    packages = manager(tmp_path, shelf)
    packages.install(["de"])
    assert [(each.pair, each.action) for each in packages.remove(["de"])] == [
        ("de → en", "removed")
    ]
    assert packages.rows() == []
    with pytest.raises(ModelError, match="no package de → … is installed"):
        packages.remove(["de"])


def test_verify_reads_every_byte(shelf: Shelf, tmp_path: Path) -> None:
    """A file of the same size with one other byte is found."""
    packages = manager(tmp_path, shelf)
    packages.install(["de"])
    assert packages.verify() == []
    model = packages.folder / "translate-de_en-1_0" / "model" / "model.bin"
    body = bytearray(model.read_bytes())
    body[1000] ^= 1
    model.write_bytes(body)
    (row,) = packages.verify()
    assert (row.pair, row.problem) == ("de → en", "model/model.bin is not what was installed")


def _package(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return written.getvalue()


def _renamed(root: str, *, version: str) -> bytes:
    with zipfile.ZipFile(TINY) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files = {f"{root}/{name.split('/', 1)[1]}": body for name, body in files.items()}
    metadata = json.loads(files[f"{root}/metadata.json"])
    files[f"{root}/metadata.json"] = json.dumps(metadata | {"package_version": version}).encode()
    return _package(files)


SOUND = {"from_code": "de", "to_code": "en", "package_version": "1"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "is no package file"),
        (b"no zip at all", "is no package file"),
        (TINY.read_bytes()[:-2000], "is no package file"),
        (TINY.read_bytes()[:5000] + b"x" * 50 + TINY.read_bytes()[5050:], "is no sound package"),
        (_package({"a/readme": b""}), "has no folder with a metadata.json"),
        (_package({"a/metadata.json": b"{"}), "metadata.json cannot be read"),
        (_package({"a/metadata.json": b"[]"}), "is no JSON object"),
        (_package({"a/metadata.json": b"{}"}), "names no from_code and to_code"),
        (_package({"a/metadata.json": json.dumps(SOUND).encode()}), "model.bin is missing"),
        (_package({"a/metadata.json": json.dumps(SOUND).encode(), "../evil": b""}),
         "refused, it would write to '../evil'"),
        (_package({"a/metadata.json": json.dumps(SOUND).encode(), "a/../../evil": b""}),
         "refused, it would write to"),
        (_package({"a/metadata.json": json.dumps(SOUND).encode(), "/etc/evil": b""}),
         "refused, it would write to '/etc/evil'"),
    ],
)  # fmt: skip
def test_a_bad_package_file_leaves_nothing_behind(
    tmp_path: Path, body: bytes, message: str
) -> None:
    """Cut, damaged, empty or hostile: told in words, and the folder stays as it was."""
    file = tmp_path / "bad.argosmodel"
    file.write_bytes(body)
    packages = manager(tmp_path, str(tmp_path))
    with pytest.raises(ModelError, match=message):
        packages.import_file(file)
    assert installed_packages(packages.folder) == []
    left = [
        path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".checksums.json"
    ]
    assert left == [file]


def test_argostranslate_itself_installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its `install_from_path` unpacks, beside the packages, and its own folder is as before."""
    asked = []
    install = package.install_from_path

    def watch(path: Path) -> None:
        asked.append((path, settings.package_data_dir))
        install(path)

    monkeypatch.setattr(package, "install_from_path", watch)
    before = settings.package_data_dir
    packages = manager(tmp_path, str(tmp_path))
    assert packages.import_file(TINY).action == "installed"
    ((file, place),) = asked
    assert file == TINY
    assert place.parent.name == ".packages-work"
    assert settings.package_data_dir == before
    (mine,) = package.get_installed_packages([packages.folder])
    assert (mine.from_code, mine.to_code) == ("de", "en")


def test_what_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what the archive says, and an archive that says too little is cut there and refused."""
    packages = manager(tmp_path, str(tmp_path))
    monkeypatch.setattr(archives, "LARGEST", 1000)
    with pytest.raises(ModelError, match="refused, it unpacks to more than 1,000 bytes"):
        packages.import_file(TINY)
    monkeypatch.undo()
    bomb = tmp_path / "bomb.argosmodel"
    body = bytearray(
        _package({"a/metadata.json": json.dumps(SOUND).encode(), "a/big": b"0" * 4321})
    )
    size = (4321).to_bytes(4, "little")
    while size in body:
        body[body.index(size) : body.index(size) + 4] = (10).to_bytes(4, "little")
    bomb.write_bytes(body)
    with pytest.raises(ModelError, match=r"bomb\.argosmodel is no sound package file: Bad CRC-32"):
        packages.import_file(bomb)
    assert installed_packages(packages.folder) == []


def test_an_encrypted_package_is_refused(tmp_path: Path) -> None:
    """There is nobody to ask for the word."""
    body = bytearray(_package({"a/metadata.json": json.dumps(SOUND).encode(), "a/x": b"x"}))
    body[body.rindex(b"PK\x01\x02") + 8] |= 1
    file = tmp_path / "locked.argosmodel"
    file.write_bytes(body)
    with pytest.raises(ModelError, match="refused, 'a/x' is encrypted"):
        manager(tmp_path, str(tmp_path)).import_file(file)


def test_a_full_disk_is_told_and_leaves_the_old_package(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a byte is written the room is checked; what was installed stays."""
    packages = manager(tmp_path, shelf)
    packages.install(["de"])
    monkeypatch.setattr(downloads, "MARGIN", 1 << 60)
    (done,) = packages.install(["de"], again=True)
    assert done.action == "failed"
    assert "too full" in done.problem
    assert [each.problem for each in installed_packages(packages.folder)] == [""]


def test_a_disk_that_fills_anywhere_is_told_and_leaves_no_half(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write meets the full disk, the package fails by name and the others stand."""
    packages = manager(tmp_path, shelf)
    full = OSError(errno.ENOSPC, "No space left on device")
    write = Path.write_text
    for name in ("digest.json", "translate-de_en-1_0.argosmodel.part.json", ".checksums.json.part"):

        def fail(path: Path, *given: object, name: str = name, **named: object) -> int:
            if path.name == name:
                raise full
            return write(path, *given, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(Path, "write_text", fail)
        (done,) = packages.install(["de"])
        assert done.action == "failed", name
        assert done.problem.startswith(f"the disk of {packages.folder}"), name
        assert installed_packages(packages.folder) == []
    monkeypatch.setattr(Path, "write_text", write)

    def fail_copying(*_: object) -> None:
        raise full

    monkeypatch.setattr(shutil, "copyfileobj", fail_copying)  # with it zipfile unpacks
    (done,) = packages.install(["de"])
    assert done.problem.startswith(f"the disk of {packages.folder} is full")
    assert installed_packages(packages.folder) == []
    monkeypatch.undo()
    assert packages.install(["de"])[0].action == "installed"


def test_a_damaged_file_is_not_kept_as_the_right_one(shelf: Shelf, tmp_path: Path) -> None:
    """After a download that a proxy cut, the whole file is not refused as another one."""
    path = "/translate-de_en-1_0.argosmodel"
    shelf.files[path] = TINY.read_bytes()[:-2000]
    packages = manager(tmp_path, shelf)
    (cut,) = packages.install(["de"])
    assert (cut.action, "download it again" in cut.problem) == ("failed", True)
    shelf.files[path] = TINY.read_bytes()
    assert packages.install(["de"])[0].action == "installed"


def test_checksums_that_cannot_be_read_are_told(shelf: Shelf, tmp_path: Path) -> None:
    """A cut file of checksums is named with its cure, and nothing is trusted on its word."""
    packages = manager(tmp_path, shelf)
    packages.install(["de"])
    (packages.folder / ".checksums.json").write_text('{"translate')
    (done,) = packages.install(["de"], again=True)
    assert done.action == "failed"
    assert "remove it; checksums are then kept anew" in done.problem


def test_a_proxy_of_the_environment_is_asked(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Index and file of a host that only the proxy knows come through the proxy."""
    far = "http://far.example/"
    shelf.files |= {f"{far}index.json": _index(("de", "en", "1.0", f"{far}{TINY.name}"))}
    shelf.files[f"{far}{TINY.name}"] = TINY.read_bytes()
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, shelf.url)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    (done,) = manager(tmp_path, far).install(["de"])
    assert done.action == "installed"
    assert [path for path, _ in shelf.asked] == [f"{far}index.json", f"{far}{TINY.name}"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_fills_while_writing_is_told() -> None:
    """The system's own error for a full disk becomes ours."""
    with (
        pytest.raises(ModelError, match="the disk of /tmp is full"),
        downloads.telling_full_disk(Path("/tmp")),
        open("/dev/full", "wb", buffering=0) as stream,
    ):
        os.write(stream.fileno(), b"x")
