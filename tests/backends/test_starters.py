"""Starter packages: used while no official one is there, marked, and replaced by it."""

from __future__ import annotations

import json
import lzma
import shutil
import sys
import zipfile
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from digest.backends.argos import ArgosTranslator
from digest.backends.installed import installed_packages
from digest.backends.installer import PackageInstaller
from digest.backends.packages import PackageManager
from digest.backends.starters import PLACES, find_starters, put_together, read_starters
from digest.errors import FetchError, ModelError

TINY = Path(__file__).parents[1] / "data" / "packages" / "translate-de_en-1_0.argosmodel"
NOWHERE = "http://127.0.0.1:1/"  #: an index that nobody serves
FIGURES = {"BLEU": 27.5, "passing": 0.9}
SENTENCE, ENGLISH = "Das ist gut für Werbung.", "That is good for advertising."


@pytest.fixture(scope="module")
def starters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of starters: the tiny package's parts, shared, and German's own."""
    folder = tmp_path_factory.mktemp("starters")
    with zipfile.ZipFile(TINY) as archive:
        parts = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    parts["minisbd/splitter.onnx"] = parts.pop("minisbd/de.onnx")
    metadata = json.loads(parts["metadata.json"])
    metadata |= {"package_version": "0.1", "starter": True, "figures": FIGURES}
    parts |= {
        "LICENSE": b"Apache License 2.0\n",
        "metadata.json": json.dumps(metadata).encode(),
        "README.md": b"A starter.\n\nLicence: Apache-2.0\n",
    }
    for name, where in PLACES.items():
        place = folder / (
            "de" if name in ("metadata.json", "config.json", "README.md") else "shared"
        )
        place.mkdir(exist_ok=True)
        (place / name).write_bytes(parts[where])
    return folder


def manager(folder: Path, index: str, starters: Path | None) -> PackageManager:
    from digest.backends.downloads import Tries

    return PackageManager(
        folder / "packages", index=index, starters=starters, tries=Tries(1, wait=0.01, timeout=2)
    )


@pytest.fixture
def official(tmp_path: Path) -> str:
    """A folder that serves as an index, with the official package in it."""
    (tmp_path / "index").mkdir()
    shutil.copy(TINY, tmp_path / "index" / TINY.name)
    return str(tmp_path / "index")


def test_without_an_index_a_starter_is_installed(starters: Path, tmp_path: Path) -> None:
    """The first run reads German, says by whom, and a second call changes nothing."""
    packages = manager(tmp_path, NOWHERE, starters)
    (done,) = packages.install(["de"])
    assert (done.action, done.version, done.starter) == ("installed", "0.1", True)
    translator = ArgosTranslator(packages.folder)
    assert translator.package("de", "en") == "starter de→en 0.1"
    assert translator.translate([SENTENCE], language="de", to="en") == [ENGLISH]
    assert packages.install(["de"])[0].action == "unchanged"


def test_without_starters_the_index_is_missed(tmp_path: Path) -> None:
    """A user who left them out is told of the index as before."""
    with pytest.raises(FetchError):
        manager(tmp_path, NOWHERE, None).install(["de"])


def test_the_list_tells_starters_and_their_figures(starters: Path, tmp_path: Path) -> None:
    """What was measured stands beside the name."""
    packages = manager(tmp_path, NOWHERE, starters)
    packages.install(["de"])
    (row,) = packages.rows()
    assert (row.starter, dict(row.figures)) == (True, FIGURES)


def test_an_official_package_replaces_the_starter(
    starters: Path, tmp_path: Path, official: str
) -> None:
    """`digest models install de` fetches it although something is installed; the starter goes."""
    manager(tmp_path, NOWHERE, starters).install(["de"])
    packages = manager(tmp_path, official, starters)
    (done,) = packages.install(["de"])
    assert (done.action, done.version, done.starter) == ("installed", "1.0", False)
    assert [each.label for each in installed_packages(packages.folder)] == ["argos de→en 1.0"]


def test_an_update_replaces_the_starter_too(starters: Path, tmp_path: Path, official: str) -> None:
    """Whatever the versions are."""
    manager(tmp_path, NOWHERE, starters).install(["de"])
    (done,) = manager(tmp_path, official, starters).update()
    assert (done.action, done.version) == ("updated", "1.0")


def test_a_starter_never_replaces_an_official_package(
    starters: Path, tmp_path: Path, official: str
) -> None:
    """Neither without an index, nor asked for again, nor from a file."""
    manager(tmp_path, official, None).install(["de"])
    packages = manager(tmp_path, NOWHERE, starters)
    assert packages.install(["de"], again=True)[0].version == "1.0"
    file = put_together(starters / "de", tmp_path)
    assert (packages.import_file(file).action, packages.import_file(file).version) == (
        "unchanged",
        "1.0",
    )


def test_of_two_that_are_installed_the_official_one_translates(
    starters: Path, tmp_path: Path, official: str
) -> None:
    """Also where argostranslate itself put a starter of a higher version beside it."""
    packages = manager(tmp_path, official, None)
    packages.install(["de"])
    with zipfile.ZipFile(put_together(starters / "de", tmp_path)) as archive:
        archive.extractall(packages.folder)
    metadata = packages.folder / "translate-de_en-0_1" / "metadata.json"
    metadata.write_text(json.dumps(json.loads(metadata.read_text()) | {"package_version": "7"}))
    assert ArgosTranslator(packages.folder).package("de", "en") == "argos de→en 1.0"
    assert [row.installed for row in packages.rows()] == ["1.0"]


def test_a_folder_that_serves_both_gives_the_official_one(
    starters: Path, tmp_path: Path, official: str
) -> None:
    """An index may hold starters as files; they stand behind the official ones there as well."""
    put_together(starters / "de", Path(official))
    assert manager(tmp_path, official, None).install(["de"])[0].version == "1.0"


def test_a_run_that_may_install_takes_the_starter(starters: Path, tmp_path: Path) -> None:
    """What `models.auto_install` notes says that it is one."""
    installer = PackageInstaller(manager(tmp_path, NOWHERE, starters), refresh=lambda: None)
    (words,) = installer.install("de", "en")
    assert words.startswith("de → en 0.1, a starter: small, and worse than an official one")


def test_an_incomplete_folder_is_told(starters: Path, tmp_path: Path) -> None:
    """A part that is missing is named, and no half package is left."""
    shutil.copytree(starters, tmp_path / "starters")
    (tmp_path / "starters" / "shared" / "model.bin").unlink()
    with pytest.raises(ModelError, match=r"incomplete: .*model\.bin is missing"):
        put_together(tmp_path / "starters" / "de", tmp_path)
    assert list(tmp_path.glob("*.argosmodel")) == []


def test_starters_are_found_as_a_python_package(
    starters: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed `digest_starter` is all it takes; without it there are none."""
    bare = [each for each in sys.path if "site-packages" not in each]
    monkeypatch.setattr(sys, "path", bare)
    monkeypatch.setattr(sys, "meta_path", [PathFinder])  # nor an editable one
    assert find_starters() is None
    shutil.copytree(starters, tmp_path / "digest_starter")
    (tmp_path / "digest_starter" / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *bare])
    found = find_starters()
    assert found is not None
    assert [each.pair for each in read_starters(found)] == ["de → en"]


def test_a_packed_model_is_unpacked(starters: Path, tmp_path: Path) -> None:
    """Parts of the packed model give the same package; a broken one is told."""
    whole = put_together(starters / "de", tmp_path).read_bytes()
    shutil.copytree(starters, tmp_path / "packed")
    model = tmp_path / "packed" / "shared" / "model.bin"
    packed = lzma.compress(model.read_bytes())
    model.unlink()
    for number, part in enumerate((packed[:5_000], packed[5_000:])):
        (model.parent / f"model.bin.xz.{number}").write_bytes(part)
    assert put_together(tmp_path / "packed" / "de", tmp_path).read_bytes() == whole
    (model.parent / "model.bin.xz.1").unlink()
    with pytest.raises(ModelError, match="is broken"):
        put_together(tmp_path / "packed" / "de", tmp_path)
    assert not list(tmp_path.glob("*.argosmodel"))


def test_starters_share_one_model(starters: Path, tmp_path: Path) -> None:
    """A second language takes no room for its weights; an official package keeps its own."""
    shutil.copytree(starters, tmp_path / "two")
    shutil.copytree(tmp_path / "two" / "de", tmp_path / "two" / "fr")
    metadata = tmp_path / "two" / "fr" / "metadata.json"
    metadata.write_text(metadata.read_text("utf-8").replace('"de"', '"fr"'), "utf-8")
    packages = manager(tmp_path, NOWHERE, tmp_path / "two")
    assert [done.action for done in packages.install(["de", "fr"])] == ["installed"] * 2
    models = [each.folder / "model" / "model.bin" for each in installed_packages(packages.folder)]
    assert len(models) == 2
    assert models[0].samefile(models[1])
    assert not packages.verify()


def test_a_run_without_leave_to_download_still_uses_starters(
    starters: Path, tmp_path: Path
) -> None:
    """The index is never asked; what no starter reads is missed as before, without a word."""
    packages = PackageManager(tmp_path / "packages", index=NOWHERE, starters=starters, offline=True)
    refreshed = []
    installer = PackageInstaller(packages, refresh=lambda: refreshed.append(1))
    assert installer.install("ja", "en") == []
    (words,) = installer.install("de", "en")
    assert "a starter" in words
    assert refreshed == [1]


def test_the_list_names_starters_that_can_be_had(starters: Path, tmp_path: Path) -> None:
    """Without asking an index; an official one that is installed keeps its own row."""
    (row,) = manager(tmp_path, NOWHERE, starters).rows()
    assert (row.installed, row.available, row.starter) == (None, "0.1", True)
    assert dict(row.figures) == FIGURES
