"""Starter packages from a few sentences to what argostranslate and Digest say with them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from starter_corpus import CHEF, MEANS, make_rows, write_corpus

from digest.backends.archives import unpack
from digest.backends.argos import ArgosTranslator
from tools.train_translation import pack as packing
from tools.train_translation import steps
from tools.train_translation.gate import Figures, write_figures
from tools.train_translation.model import Shape
from tools.train_translation.plan import Plan
from tools.train_translation.prepare import prepare

LANGUAGES = ("de", "fr")
SHAPE = Shape(width=64, heads=2, inner=128, encoder=1, decoder=1, dropout=0.0)
PLAN = replace(
    Plan(), steps=300, tokens=700, accumulate=1, rate=6e-3, warmup=30, check=150, workers=0
)
GOOD = Figures("de", bleu=40.0, chrf=60.0, passing=0.95, plain=0.9, sentences=100)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder after all steps, German and French having passed the gate."""
    folder = tmp_path_factory.mktemp("work")
    data = write_corpus(folder / "parallel.tsv.xz", make_rows())
    prepare(data, folder, languages=LANGUAGES, size=420)
    steps.train(folder, shape=SHAPE, plan=PLAN)
    steps.convert(folder)
    figures = [GOOD, replace(GOOD, language="fr"), replace(GOOD, language="nl", bleu=3.0)]
    write_figures(figures, folder / steps.FIGURES)
    steps.pack(folder, folder / "starter")
    return folder


@pytest.fixture(scope="module")
def installed(work: Path) -> ArgosTranslator:
    """Digest's own translator with the packages installed."""
    for file in (work / steps.PACKAGES).glob("*.argosmodel"):
        unpack(file, work / "installed")
    return ArgosTranslator(work / "installed")


def test_the_sentences_are_learned(installed: ArgosTranslator) -> None:
    """Both languages are read through one model."""
    german = installed.translate(["Der Kunde will mehr."], language="de", to="en")
    french = installed.translate(["Notre plateforme a été vendu."], language="fr", to="en")
    assert (german, french) == (["The customer wants more."], ["Our platform was sold."])


def test_the_package_tells_the_model_its_language(installed: ArgosTranslator) -> None:
    """One and the same text is German in one package and French in the other."""
    for language, text in CHEF.items():
        assert installed.translate([text], language=language, to="en") == [MEANS[language]]


def test_argostranslate_says_the_same(
    work: Path, installed: ArgosTranslator, tmp_path: Path
) -> None:
    """It installs the files itself, splits by their splitter, and needs no network for it."""
    texts = ["Der Kunde will mehr. Eine Kampagne kostet Geld.", CHEF["de"]]
    program = (
        "import sys, json, socket\n"
        "def refuse(*_): raise OSError('the network is off')\n"
        "socket.socket.connect = refuse\n"
        "import argostranslate.package as p, argostranslate.translate as t\n"
        "for file in sys.argv[2:]: p.install_from_path(file)\n"
        "texts = json.loads(sys.argv[1])\n"
        "print(json.dumps([[t.translate(x, c, 'en') for x in texts] for c in ('de', 'fr')]))"
    )
    environment = os.environ | {
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "ARGOS_PACKAGES_DIR": str(tmp_path / "packages"),
        "OMP_NUM_THREADS": "1",
    }
    files = sorted(map(str, (work / steps.PACKAGES).glob("*.argosmodel")))
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(texts), *files],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    german, french = json.loads(done.stdout.splitlines()[-1])
    assert german[0] == "The customer wants more. A campaign costs money."
    assert (german[1], french[1]) == (MEANS["de"], MEANS["fr"])
    ours = installed.translate(
        ["Der Kunde will mehr.", "Eine Kampagne kostet Geld."], language="de", to="en"
    )
    assert " ".join(ours) == german[0]


def test_the_package_brings_its_splitter(installed: ArgosTranslator) -> None:
    """Digest splits a text by it as well: an ordinal and an initial end no sentence."""
    text = "Am 3. Mai kam J. Smith. Er sagte: „Gut.“ Das war 2024. Ende."
    spans = installed.split(text, language="de", to="en")
    assert spans is not None
    assert [text[start:end] for start, end in spans] == [
        "Am 3. Mai kam J. Smith.",
        "Er sagte: „Gut.“",
        "Das war 2024.",
        "Ende.",
    ]
    assert installed.notes == []


def test_what_fails_the_gate_is_not_packed(work: Path) -> None:
    """The figures decide, and stand in the metadata and in the card of what is shipped."""
    files = sorted(file.name for file in (work / steps.PACKAGES).iterdir())
    assert files == ["translate-de_en-0_1.argosmodel", "translate-fr_en-0_1.argosmodel"]
    with zipfile.ZipFile(work / steps.PACKAGES / files[0]) as archive:
        metadata = json.loads(archive.read("translate-de_en-0_1/metadata.json"))
        readme = archive.read("translate-de_en-0_1/README.md").decode()
    assert metadata["starter"] is True
    assert metadata["figures"] == {"BLEU": 40.0, "chrF": 60.0, "passing": 0.95}
    assert "BLEU 40.0" in readme
    assert "Licence: Apache-2.0" in readme


def test_the_model_is_there_once(work: Path) -> None:
    """A further language costs a few kilobytes: its settings, its metadata and its card."""
    place = work / "starter" / "digest_starter"
    assert [path.name for path in place.rglob("model.bin*")] == ["model.bin.xz.0"]
    assert packing.size_of(place / "fr") < 5_000


def test_a_cut_run_ends_with_the_same_weights(work: Path, tmp_path: Path) -> None:
    """Going on after a stop gives what an uninterrupted run gives, to the last bit."""
    import shutil

    import torch

    names = (steps.CORPUS, steps.HELD, "sentencepiece.model")
    short = replace(PLAN, steps=20, check=10, cooldown=0.0)
    for folder, plans in (
        ("whole", [short]),
        ("cut", [replace(short, steps=10), short]),
    ):
        (tmp_path / folder).mkdir()
        for name in names:
            shutil.copy(work / name, tmp_path / folder / name)
        for plan in plans:
            steps.train(tmp_path / folder, shape=replace(SHAPE, dropout=0.1), plan=plan)
    whole, cut = (
        torch.load(tmp_path / folder / steps.RUN / "last.pt", weights_only=True)
        for folder in ("whole", "cut")
    )
    assert whole["step"] == cut["step"] == 20
    assert whole["losses"] == cut["losses"]
    for name, weight in whole["model"].items():
        assert torch.equal(weight, cut["model"][name]), name
