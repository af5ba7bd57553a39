"""The starter packages that the repository holds keep what is promised of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from digest.backends.argos import ArgosTranslator
from digest.backends.packages import PackageManager
from digest.stages.attempts import Sentence, translate_sentences
from digest.stages.protect import NO_GLOSSARY
from tools.train_translation.pack import LARGEST, size_of

STARTERS = Path(__file__).parents[2] / "starter" / "digest_starter"
pytestmark = pytest.mark.skipif(not STARTERS.is_dir(), reason="the starter packages were left out")
# Written for this test, in the manner of the documentation that the model learned from.
SENTENCES = {
    "de": ("Wählen Sie die Kampagne aus und klicken Sie auf Speichern.", ("campaign", "save")),
    "fr": ("Sélectionnez la campagne, puis cliquez sur Enregistrer.", ("campaign", "save")),
    "ja": ("キャンペーンを選択し、「保存」をクリックします。", ("campaign", "save")),
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three of them installed, the index never asked."""
    folder = tmp_path_factory.mktemp("starters") / "packages"
    done = PackageManager(folder, starters=STARTERS, offline=True).install(SENTENCES)
    assert [each.action for each in done] == ["installed"] * 3
    return folder


def test_all_of_them_are_small_enough() -> None:
    """A clone does not carry more than 60 MB for them, nor one file that hosts refuse."""
    assert size_of(STARTERS.parent) < LARGEST
    assert max(file.stat().st_size for file in STARTERS.rglob("*") if file.is_file()) < 26_000_000


def test_each_has_passed_the_gate() -> None:
    """85 % of the sentences pass and BLEU is 25 at least; each says what it withholds."""
    metadata = [json.loads(file.read_text("utf-8")) for file in STARTERS.glob("*/metadata.json")]
    assert metadata
    for each in metadata:
        assert each["figures"]["BLEU"] >= 25.0
        assert each["figures"]["passing"] >= 0.85
        assert -2.0 < each["least_sure"] < 0.0
        assert each["starter"] is True


@pytest.mark.parametrize("language", SENTENCES)
def test_documentation_is_read(packages: Path, language: str) -> None:
    """A sentence of the kind that was learned comes out in English."""
    source, words = SENTENCES[language]
    wanted = [Sentence(source, language)]
    translator = ArgosTranslator(packages)
    outcomes = translate_sentences(wanted, translator=translator, to="en", glossary=NO_GLOSSARY)
    outcome = outcomes[wanted[0]]
    assert outcome.ok, outcome.note
    assert all(word in outcome.target.lower() for word in words), outcome.target


def test_gibberish_is_withheld(packages: Path) -> None:
    """What it cannot know it does not make up."""
    wanted = [Sentence("Quorbel zwintert flumige Asparn in den Grünkeller des Muhmers.", "de")]
    translator = ArgosTranslator(packages)
    outcomes = translate_sentences(wanted, translator=translator, to="en", glossary=NO_GLOSSARY)
    assert not outcomes[wanted[0]].ok


def test_argostranslate_itself_runs_one(packages: Path) -> None:
    """The installed package is an ordinary one, splitter included, and needs no network."""
    program = (
        "import socket\n"
        "def refuse(*_): raise OSError('the network is off')\n"
        "socket.socket.connect = refuse\n"
        "import argostranslate.translate as t\n"
        f"print(t.translate({SENTENCES['de'][0]!r}, 'de', 'en'))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program],
        env={"ARGOS_PACKAGES_DIR": str(packages), "HOME": str(packages.parent), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr[-2000:]
    assert "campaign" in said.stdout.lower()
