"""A run that meets a language without its package says so once, and installs it where it may."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digest.config import load_settings
from digest.jobs import Job
from digest.missing import install_commands
from digest.records import Article, Translation
from digest.report import RunReport
from digest.runner import Runner
from digest.stages.render import render
from digest.store import reading, saving
from digest.store.saving import Maker, Result
from digest.testing import WordEncoder, make_article
from digest.wiring import make_packages, make_runner
from tests.backends.package_server import Shelf, serve

TINY = Path(__file__).parent / "data" / "packages" / "translate-de_en-1_0.argosmodel"
GERMAN = (
    "Mehr als 12.000 Kunden nutzen die Plattform von Klaviyo. Das ist gut für Werbung. "
    "Der Umsatz von Adobe steigt um 34,5 Prozent. Das ist gut für kleine Unternehmen."
)
TITLE = "Amara kauft HubSpot für 5 Millionen Euro."
ENGLISH = "Amara buys HubSpot for 5 million euros."


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """A server whose index has the tiny package."""
    shelf = Shelf({f"/{TINY.name}": TINY.read_bytes()})
    with serve(shelf):
        entry = {"from_code": "de", "to_code": "en", "package_version": "1.0"}
        entries = [entry | {"links": [f"{shelf.url}{TINY.name}"]}]
        shelf.files["/index.json"] = json.dumps(entries).encode()
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", shelf.url)
        yield shelf


def open_runner(folder: Path, *, auto_install: bool) -> Runner:
    """A runner over a store with two German articles."""
    file = folder / "digest.toml"
    file.write_text(
        "now = 2026-10-05T06:00:00+00:00\n[models]\npackages = 'packages'\n"
        f"auto_install = {str(auto_install).lower()}\n"
    )
    runner = make_runner(load_settings(file))
    runner.tools = replace(runner.tools, encoder=WordEncoder())
    maker = Maker("test", "1", "2026-10-05T06:00:00+00:00")
    found = [
        make_article("a1", title=TITLE, text=GERMAN, language_hint="de"),
        make_article("a2", title="Das ist gut für Werbung.", text=GERMAN[56:]),
    ]
    with runner.store.write() as db:
        saving.save(db, maker, Article, [Result(one.id, "", one) for one in found])
    return runner


def notes_of(report: RunReport) -> list[str]:
    """Return what a run notes, save that the words of these tests are no calibrated encoder."""
    return [note for note in report.notes if "is not calibrated" not in note]


def headlines(runner: Runner) -> list[str]:
    """Return the headlines in the reader's language."""
    with runner.store.read() as db:
        return sorted(each.title.target for each in reading.every(db, Translation))


def test_a_missing_package_is_told_once_and_not_fetched(shelf: Shelf, tmp_path: Path) -> None:
    """By default nothing is downloaded, and the report names each missing package once."""
    runner = open_runner(tmp_path, auto_install=False)
    report = runner.run_steps()
    assert report.missing_packages == ["de → en"]
    assert (notes_of(report), shelf.asked) == ([], [])
    assert TITLE in headlines(runner)


def test_a_missing_package_is_installed_and_used_in_the_same_run(
    shelf: Shelf, tmp_path: Path
) -> None:
    """With `auto_install` the run fetches it once, shows its licence, and translates."""
    runner = open_runner(tmp_path, auto_install=True)
    report = runner.run_steps()
    assert report.missing_packages == []
    (note,) = notes_of(report)
    assert note.startswith("installed de → en 1.0; ")
    assert "Apache-2.0" in note
    assert ENGLISH in headlines(runner)
    assert [path for path, _ in shelf.asked] == ["/index.json", f"/{TINY.name}"]
    edition = Job("test", runner).publish("weekly", "2026-W40").edition
    assert edition.missing_packages == ()
    assert len(shelf.asked) == 2


def test_a_package_that_does_not_come_stops_nothing_and_is_told_once(
    shelf: Shelf, tmp_path: Path
) -> None:
    """A server without the file: one note, the originals shown, the edition written."""
    del shelf.files[f"/{TINY.name}"]
    runner = open_runner(tmp_path, auto_install=True)
    report = runner.run_steps()
    edition = Job("test", runner).publish("weekly", "2026-W40").edition
    (note,) = notes_of(report)
    assert note == f"no package de → en could be installed: {shelf.url}{TINY.name}: HTTP 404"
    assert report.missing_packages == ["de → en"]
    assert edition.opening is not None
    assert edition.opening.headline_note == "no de → en package"
    assert edition.missing_packages == ("de → en",)


def test_without_a_network_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that cannot be reached is one note with its cure."""
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    report = open_runner(tmp_path, auto_install=True).run_steps()
    (note,) = notes_of(report)
    assert "set ARGOS_PACKAGE_INDEX to a mirror or a folder" in note
    assert report.stories > 0


def test_a_folder_installs_without_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On an air-gapped machine the index is a folder of package files."""
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / TINY.name).write_bytes(TINY.read_bytes())
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", str(tmp_path / "usb"))
    runner = open_runner(tmp_path, auto_install=True)
    assert runner.run_steps().missing_packages == []
    assert ENGLISH in headlines(runner)


def test_a_translation_by_a_starter_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who reads it sees that a small package said it, in every form; later an official one."""
    (tmp_path / "usb").mkdir()
    starter = tmp_path / "usb" / "translate-de_en-0_1.argosmodel"
    with zipfile.ZipFile(TINY) as whole, zipfile.ZipFile(starter, "w") as made:
        for name in whole.namelist():
            body = whole.read(name)
            if name.endswith("metadata.json"):
                own = {"starter": True, "package_version": "0.1"}
                body = json.dumps(json.loads(body) | own).encode()
            made.writestr(name.replace("1_0", "0_1"), body)
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", str(tmp_path / "usb"))
    runner = open_runner(tmp_path, auto_install=True)
    (note,) = notes_of(runner.run_steps())
    assert note.startswith("installed de → en 0.1, a starter")
    with runner.store.read() as db:
        assert {each.engine for each in reading.every(db, Translation)} == {"starter de→en 0.1"}
    edition = Job("test", runner).publish("weekly", "2026-W40").edition
    assert edition.opening is not None
    assert edition.opening.starter
    for format in ("html", "md"):
        assert "Translated by a small starter package" in str(render(edition, format=format))
    shutil.copy(TINY, tmp_path / "usb" / TINY.name)
    (done,) = make_packages(runner.settings, lambda *_: None).install(["de"])
    assert (done.version, done.starter) == ("1.0", False)
    runner.tools.translator.refresh()
    runner.run_steps()
    edition = Job("test", runner).publish("weekly", "2026-W40").edition
    assert edition.opening is not None
    assert not edition.opening.starter


def test_the_cure_names_the_readers_language() -> None:
    """What a command installs is into English unless it says otherwise: so it says so."""
    assert install_commands(["de → en", "fr → en", "de → fr"]) == [
        "digest models install de fr",
        "digest models install de --to fr",
    ]


@pytest.mark.parametrize("engine", ["folder", "libretranslate"])
def test_other_engines_install_nothing(tmp_path: Path, engine: str) -> None:
    """Argos's packages serve Argos alone."""
    file = tmp_path / "digest.toml"
    file.write_text(
        f'[models]\ntranslator = "{engine}"\ntranslator_folder = "m"\nauto_install = true\n'
        'translator_url = "http://127.0.0.1:9"\n'
    )
    assert make_runner(load_settings(file)).tools.installer is None
