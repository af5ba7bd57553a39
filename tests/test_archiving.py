"""Published editions on disk: their checksums, the public folder, the archive in a real browser."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest import publishing
from digest.archiving import publish_files, verify, write_archive
from digest.config import Settings
from digest.errors import InputError, ModelError
from digest.publishing import Written, write_edition
from digest.records import Decision, Edition
from digest.stages.curation import AFTER, correct
from digest.stages.render import render
from digest.store import Store, decisions, ledger, subscribers
from tests.stages import edition_sample as sample

ID = "weekly-2026-W47-cmo"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    made = Store("sqlite:///d.db", pages=tmp_path / "pages", folder=tmp_path)
    yield made
    made.close()


def settings_of(folder: Path, **editions: Any) -> Settings:
    return Settings(root=folder, editions={"formats": ("html", "md"), **editions})  # type: ignore[arg-type]


def publish(store: Store, settings: Settings, edition: Edition | None = None) -> Written:
    edition = edition or sample.weekly()
    with store.write() as db:
        ledger.freeze(db, edition, {})
    written = write_edition(edition, settings, frozen=True)
    publish_files(store, settings, written)
    return written


def states(store: Store, settings: Settings) -> dict[str, str]:
    return {each.name: each.state for each in verify(store, settings, ID)}


def test_checksums_lie_beside_the_edition(store: Store, tmp_path: Path) -> None:
    """As the tool that everybody has reads them."""
    written = publish(store, settings_of(tmp_path))
    assert {each.name for each in written.folder.iterdir()} == {
        "index.html",
        "edition.md",
        "SHA256SUMS",
    }
    command = ["sha256sum", "-c", "SHA256SUMS"]
    done = subprocess.run(command, cwd=written.folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count(": OK")) == (0, 2)


def test_what_was_changed_is_found(store: Store, tmp_path: Path) -> None:
    """A file, a file with its checksum, a missing one, the record in the store itself."""
    settings = settings_of(tmp_path)
    folder = publish(store, settings).folder
    whole = dict.fromkeys(("the record", "edition.md", "index.html", "SHA256SUMS"), "ok")
    assert states(store, settings) == whole
    page, sums = folder / "index.html", folder / "SHA256SUMS"
    page.write_text(page.read_text("utf-8") + " ", "utf-8")
    assert states(store, settings) == whole | {"index.html": "changed"}
    sums.write_text(sums.read_text("utf-8").replace("a", "b", 1), "utf-8")
    page.unlink()
    found = states(store, settings)
    assert found == whole | {"index.html": "missing", "SHA256SUMS": "changed"}
    from sqlalchemy import update

    from digest.store.tables import editions

    with store.write() as db:
        db.execute(update(editions).values(record=editions.c.record + " "))
    assert states(store, settings)["the record"] == "changed"
    with pytest.raises(InputError, match="no published edition"):
        verify(store, settings, "weekly-2026-W01-cmo")


def test_a_public_folder_holds_what_is_published(store: Store, tmp_path: Path) -> None:
    """Drafts stay where editors find them; archive and feed lie where readers do."""
    settings = settings_of(tmp_path, public="www")
    publish(store, settings)
    draft = replace(sample.weekly(), id="weekly-2026-W48-cmo")
    written = write_edition(draft, settings, frozen=False)
    assert publish_files(store, settings, written) is None
    www = tmp_path / "www"
    assert {each.name for each in www.iterdir()} == {ID, "archive", "feed.atom", "index.html"}
    assert {each.name for each in (www / ID).iterdir()} == {
        "index.html",
        "edition.md",
        "SHA256SUMS",
    }
    assert "W48" not in (www / "index.html").read_text("utf-8") + (www / "feed.atom").read_text()
    assert len(verify(store, settings, ID)) == 7  # the record, and three files in each folder


def test_nothing_is_listed_before_something_is_published(store: Store, tmp_path: Path) -> None:
    """A draft alone makes no archive."""
    settings = settings_of(tmp_path)
    write_edition(sample.weekly(), settings, frozen=False)
    assert write_archive(store, settings) is None
    assert not (tmp_path / "editions" / "index.html").exists()


def test_the_archive_is_written_where_something_changed(store: Store, tmp_path: Path) -> None:
    """Not again for nothing; again for a correction, which the files' checksums follow."""
    settings = settings_of(tmp_path)
    edition = sample.weekly()
    publish(store, settings, edition)
    page = tmp_path / "editions" / "index.html"
    before = page.stat().st_mtime_ns
    write_archive(store, settings)
    assert page.stat().st_mtime_ns == before
    at = "2026-11-24T08:00:00+00:00"
    said = Decision("c", "correction", ID, "", "ada", at, value="Not nine.", edition=ID, act="c")
    with store.write() as db:
        decisions.decide(db, said)
        corrected = correct(edition, decisions.standing(db, AFTER))
    publish(store, settings, corrected)
    assert "Corrected" in page.read_text("utf-8")
    assert set(states(store, settings).values()) == {"ok"}
    with store.read() as db:
        assert set(subscribers.sums_of(db, ID)) == {"index.html", "edition.md"}


def test_a_pdf_comes_with_publishing_where_that_is_set(store: Store, tmp_path: Path) -> None:
    """Not with each draft; and it is checked and listed like the rest."""
    pytest.importorskip("weasyprint", reason="WeasyPrint's system libraries are missing")
    settings = settings_of(tmp_path, pdf_on_publish=True)
    edition = replace(sample.weekly(), sections=(), citations=sample.weekly().citations)
    draft = write_edition(edition, settings, frozen=False)
    assert not (draft.folder / "edition.pdf").exists()
    written = publish(store, settings, edition)
    assert (written.folder / "edition.pdf").read_bytes().startswith(b"%PDF")
    assert "edition.pdf" in (tmp_path / "editions" / "index.html").read_text("utf-8")
    assert states(store, settings)["edition.pdf"] == "ok"


@pytest.mark.parametrize("can_print", [True, False])
def test_no_file_stays_as_it_was_before_a_withdrawal(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_print: bool
) -> None:
    """One that nobody asks for any more is written, too, or goes where it cannot be made."""
    settings = settings_of(tmp_path, public="www")
    edition = sample.weekly()
    folder = publish(store, settings, edition).folder
    (folder / "edition.pdf").write_bytes(b"%PDF as it was")
    publish_files(store, settings, Written(edition, folder, True, ()))
    public = tmp_path / "www" / ID / "edition.pdf"
    assert public.exists()

    def draw(edition: Edition, *, format: str) -> str | bytes:
        if format != "pdf":
            return render(edition, format=format)
        if not can_print:
            raise ModelError("no Pango", cure="install it")
        return f"%PDF {edition.withdrawn}".encode()

    monkeypatch.setattr(publishing, "render", draw)
    gone = replace(edition, withdrawn="Wrong.", withdrawn_at="2026-11-24T08:00:00+00:00")
    written = write_edition(gone, settings, frozen=True)
    publish_files(store, settings, written)
    assert len(written.notes) == (not can_print)
    assert public.exists() == can_print
    assert not can_print or public.read_bytes() == b"%PDF Wrong."
    assert set(states(store, settings).values()) == {"ok"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; the system's own, since none is downloaded for tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next((p for p in map(shutil.which, ("chromium", "chromium-browser")) if p), None)
    if found is None:
        pytest.skip("no browser (chromium) is installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Any web server."""

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def served(store: Store, tmp_path: Path) -> Iterator[str]:
    """The address of an archive of a week and of a quarter that was withdrawn."""
    settings = settings_of(tmp_path, public="www")
    publish(store, settings)
    gone, at = "quarterly-2026-Q3-cmo", "2026-11-24T08:00:00+00:00"
    said = Decision("w", "withdraw", gone, "", "ada", at, value="Wrong.", edition=gone, act="w")
    with store.write() as db:
        decisions.decide(db, said)
    publish(
        store,
        settings,
        replace(
            sample.weekly(),
            id="quarterly-2026-Q3-cmo",
            kind="quarterly",
            start="2026-07-01T00:00:00+00:00",
            end="2026-10-01T00:00:00+00:00",
        ),
    )
    handler = functools.partial(Quiet, directory=str(tmp_path / "www"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


def test_the_search_finds_words_of_every_script(chromium: Any, served: str) -> None:
    """In the page's own browser, without a server's help, without breaking the page's policy."""
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(viewport={"width": 375, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{served}#q=ORCHARD%20cons")
    found = {}
    page.wait_for_function("document.querySelector('#said').textContent")
    for question in ("広告文", "告", "告広", "Umzug", "orchard nosuchword", "ORCHARD cons"):
        page.fill("#words", question)
        page.press("#words", "Enter")
        page.wait_for_timeout(50)
        found[question] = page.locator("#results li").count()
    assert found == {
        "広告文": 2,
        "告": 4,  # in a Chinese story, too
        "告広": 0,
        "Umzug": 2,
        "orchard nosuchword": 0,
        "ORCHARD cons": 2,
    }
    assert page.locator("#results .mark").all_text_contents() == ["Withdrawn"]
    page.select_option("#by-kind", "quarterly")
    page.wait_for_timeout(50)
    assert page.locator("#results li").count() == 1
    assert page.locator(".edition:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    report = Axe().run(page, options={"runOnly": RULES})
    assert [each["id"] for each in report.response["violations"]] == []
    listed = chromium.new_page(viewport={"width": 375, "height": 800}, java_script_enabled=False)
    listed.goto(served)
    listed.locator("text=All headlines of 2026").click()
    assert listed.locator("ol a").count() > 0
    with_axe = chromium.new_page(viewport={"width": 375, "height": 800})
    with_axe.goto(listed.url)
    assert with_axe.evaluate("document.documentElement.scrollWidth") == 375
    report = Axe().run(with_axe, options={"runOnly": RULES})
    assert [each["id"] for each in report.response["violations"]] == []
    page.locator("#results a").first.click()
    page.wait_for_url("**/quarterly-2026-Q3-cmo/index.html#story-1")
    assert [each for each in complaints if "favicon" not in each and "404" not in each] == []
