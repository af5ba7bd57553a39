"""The commands as a person types them, each in a process of its own."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from digest.cli.app import app
from digest.config import load_settings
from digest.errors import DigestError
from digest.opening import open_known_store
from digest.records import SourceState
from digest.store import reading, saving
from digest.store.saving import Maker
from tests.test_runs import corner, write_feed

__all__ = ["corner"]  # the fixture: a small web of our own


@pytest.fixture(scope="module")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Prefect profile of the tests' own, so that a developer's is left alone."""
    return tmp_path_factory.mktemp("prefect")


class Shell:
    """Runs `digest` with settings; nothing of the developer's environment gets through."""

    def __init__(self, command: list[str], settings: Path, home: Path) -> None:
        self.command = [*command, "--config", str(settings)]
        self.settings = settings
        keep = ("PATH", "PYTHONPATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR")
        self.environment = {name: os.environ[name] for name in keep if name in os.environ}
        self.environment |= {"PREFECT_HOME": str(home), "COLUMNS": "200"}

    def __call__(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, *words],
            check=False,
            capture_output=True,
            text=True,
            input=stdin,
            env=self.environment,
            cwd=self.settings.parent,
        )

    def json(self, *words: str) -> object:
        done = subprocess.run(
            [*self.command, "--json", *words],
            check=False,
            capture_output=True,
            text=True,
            env=self.environment,
            cwd=self.settings.parent,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def digest(digest_command: list[str], corner: Path, prefect_home: Path) -> Shell:
    """The command over the small web."""
    return Shell(digest_command, corner, prefect_home)


def test_help_is_quick(digest: Shell) -> None:
    """`digest --help` takes under 0.4 s of CPU: heavy libraries are imported late."""
    before = os.times()
    done = digest("--help")
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    assert (done.returncode, "ingest" in done.stdout) == (0, True)
    assert spent < 0.4, f"{spent:.2f} s of CPU"


def test_the_three_jobs(digest: Shell) -> None:
    """Weekly and quarterly run as flows; a second run does nothing and says so; one URL by hand."""
    first = digest("run", "weekly", "quarterly")
    assert first.returncode == 0, first.stderr
    assert "Traceback" not in first.stderr + first.stdout
    folder = digest.settings.parent / "editions"
    names = {path.name for path in folder.iterdir()}
    assert names == {
        *("weekly-2026-W40-cmo", "quarterly-2026-Q3-cmo"),
        *("index.html", "archive", "feed.atom"),
    }
    files = {path.name for path in (folder / "weekly-2026-W40-cmo").iterdir()}
    assert files == {
        *("index.html", "edition.md", "mail.eml", "edition.json", "records.csv", "SHA256SUMS")
    }
    kept = {path: path.read_bytes() for path in folder.rglob("*.*")}

    started = time.monotonic()
    again = digest("run", "weekly", "quarterly")
    assert again.stdout.count("nothing new in 1 sources") == 2
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == kept
    assert time.monotonic() - started < 120

    one = digest("ingest", "https://news.example/three")
    assert one.returncode == 0, one.stderr
    assert "by-hand" in one.stdout
    assert "classify" in one.stdout
    why = digest.json("why", "http://www.news.example/three/?utm_source=x")
    assert isinstance(why, dict)
    steps = [step["stage"] for step in why["steps"]]
    assert steps[:7] == ["poll", "download", "extract", "detect", "classify", "embed", "dedupe"]
    unknown = digest("why", "https://news.example/unknown")
    assert (unknown.returncode, "nothing is known of" in unknown.stderr) == (3, True)
    status = digest.json("status")
    assert isinstance(status, dict)
    flows = sorted(run["flow"] for run in status["runs"])
    assert flows == ["ingest-one", "quarterly", "quarterly", "weekly", "weekly"]
    assert [edition["id"] for edition in status["editions"]] == ["weekly-2026-W40-cmo"]


def test_a_file_is_read_by_hand(digest: Shell) -> None:
    """An article saved from the browser goes the same way as a URL."""
    page = digest.settings.parent / "web" / "news.example" / "one.html"
    done = digest("ingest", str(page))
    assert done.returncode == 0, done.stderr
    assert "Story one" in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["run", "monthly"], 3, 'no flow called "monthly"'),
        (["edition", "daily"], 3, 'no edition called "daily"'),
        (["edition", "weekly", "2026-W99"], 3, "2026-W99"),
        (["edition", "weekly", "--format", "docx"], 3, 'no format called "docx"'),
        (["why", "https://news.example/unknown"], 7, "no store yet"),
        (["ingest", "nowhere.pdf"], 3, "no such file: nowhere.pdf"),
        (["stage", "fold"], 3, "no stage called 'fold'"),
        (["sources", "check", "nws"], 3, 'did you mean "news"'),
    ],
)
def test_a_wrong_word_is_named_with_its_cure(
    digest: Shell, words: list[str], code: int, message: str
) -> None:
    """One line says what is wrong, one how to cure it; no traceback."""
    done = digest(*words)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert message in done.stderr


def test_a_wrong_settings_file_ends_with_its_own_code(digest: Shell) -> None:
    """Settings that cannot be read are told apart from other failures."""
    digest.settings.write_text("[shedule]\n")
    done = digest("status")
    assert done.returncode == 2
    assert 'unknown key "shedule"; did you mean "schedule"?' in done.stderr


def test_sources_are_checked_listed_added_and_exported(digest: Shell) -> None:
    """A failing source fails the check; a new one is added once."""
    assert digest("sources", "check").returncode == 0
    listed = digest.json("sources", "list")
    assert isinstance(listed, list)
    assert [source["name"] for source in listed] == ["news"]
    added = digest("sources", "add", "https://gone.example/feed.xml", "--publisher", "Gone")
    assert added.returncode == 0, added.stderr
    twice = digest("sources", "add", "https://gone.example/feed.xml", "--publisher", "Gone")
    assert twice.returncode == 3
    assert digest("sources", "check").returncode == 4
    exported = digest("sources", "export").stdout
    assert exported.count("<outline") == 2
    opml = digest.settings.parent / "other.opml"
    opml.write_text(exported.replace("gone.example", "new.example"))
    assert "added 1 sources" in digest("sources", "import", str(opml)).stdout


def test_a_check_tells_what_is_usual_and_whom_it_asks_all_the_same(digest: Shell) -> None:
    """Last success, new of this week and of a usual one; a wish for rest that is passed over."""
    assert digest("run", "ingest").returncode == 0
    with open_known_store(load_settings(digest.settings)).write() as db:
        known = reading.records(db, SourceState, ["news"])["news"]
        resting = replace(known, not_before="2999-01-01T00:00:00+00:00")
        saving.save_states(db, Maker("poll", "1", known.last_success or ""), [resting])
    told = digest("sources", "check").stdout
    for words in ("last success", "new / usual", "2 / 0", (known.last_success or "-")[:10]):
        assert words in told
    assert "news was asked all the same, since you asked: its server wants to be left" in told
    (row,) = digest.json("sources", "check")
    assert row["rests"] == "its server wants to be left alone until 2999-01-01 00:00 UTC"
    assert (row["last_success"], row["week"], row["entries"]) == (known.last_success, 2, 2)


def test_a_sites_rules_are_tried_on_a_saved_page(digest: Shell) -> None:
    """Both readings side by side; a selector that matches nothing fails the trial."""
    folder = digest.settings.parent
    sources, page = folder / "sources.yaml", folder / "web" / "news.example" / "one.html"
    sources.write_text(f"{sources.read_text()}  extract:\n    title: article > p\n")
    tried = digest.json("sources", "test", "news", "--page", str(page))
    assert isinstance(tried, dict)
    assert tried["matches"] == {"title: article > p": 2}
    assert tried["ruled"]["title"].startswith("Kestrivo launched Beacon")
    assert (tried["plain"]["title"], tried["whole"]) == ("Story one", True)
    sources.write_text(f"{sources.read_text()}    remove: [div.gone]\n")
    failed = digest("sources", "test", "news", "--page", str(page))
    assert (failed.returncode, "div.gone  matches 0" in failed.stdout) == (5, True)
    (known,) = digest.json("sources", "health")
    assert (known["verdict"], known["fault"], known["left_out"]) == ("new", "", [])


def test_an_edition_can_be_made_in_one_format(digest: Shell) -> None:
    """`--format` writes just that file, of what has been read already."""
    write_feed(digest.settings.parent / "web" / "news.example" / "feed.xml", "one")
    found = digest.json("edition", "weekly", "2026-W40", "--format", "md")
    assert isinstance(found, dict)
    assert [Path(file).name for file in found["files"]] == ["edition.md"]
    assert found["frozen"] is False


def test_the_schedule_shows_all_next_runs(digest: Shell) -> None:
    """Each hour, Monday 06:00 and the first working day of the quarter, in the time zone named."""
    assert digest.json("schedule") == {
        "ingest": "2026-10-05T06:17:00+00:00",
        "weekly": "2026-10-12T06:00:00+00:00",
        "quarterly": "2027-01-01T06:00:00+00:00",
    }


def test_doctor_names_what_is_missing_and_its_cure(digest: Shell) -> None:
    """Each finding has a state; what is bad has a cure, and makes the command fail."""
    good = digest("doctor")
    assert good.returncode == 0, good.stdout
    digest.settings.write_text(digest.settings.read_text() + '[audience]\nname = "x"\n')
    (digest.settings.parent / "sources.yaml").unlink()
    bad = digest("doctor")
    assert bad.returncode == 1
    assert "BAD" in bad.stdout


def test_a_stage_reads_and_writes_lines(digest: Shell) -> None:
    """Nothing but JSON stands on standard output."""
    done = digest("stage", "detect", stdin='{"id": "a", "text": "Ein deutscher Satz."}\n\n')
    assert [json.loads(line)["language"] for line in done.stdout.splitlines()] == ["de"]


def test_mistakes_in_sources_are_told_before_prefect_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run whose sources cannot be read says so at once."""
    settings = tmp_path / "digest.toml"
    settings.write_text('sources = "sources.yaml"\n', "utf-8")
    (tmp_path / "sources.yaml").write_text("sources:\n- name: news\n", "utf-8")
    monkeypatch.setitem(sys.modules, "flows.weekly", None)
    told = CliRunner().invoke(app, ["--config", str(settings), "run", "weekly"])
    assert isinstance(told.exception, DigestError)
    assert "sources.yaml" in str(told.exception)
