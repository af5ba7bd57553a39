"""Real translations of a tiny real package, through our queue and through a broken folder."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.backends.archives import unpack
from digest.backends.argos import ArgosTranslator
from digest.backends.codes import from_argos, to_argos
from digest.backends.installed import installed_packages, packages_folder
from digest.backends.translators import RememberingTranslator, make_translator
from digest.errors import ModelError
from digest.stages.protect import Glossary
from digest.stages.translate import Text, translate_text, translate_texts

PACKAGES = Path(__file__).parents[1] / "data" / "packages"
GERMAN = "Der Umsatz von Adobe steigt um 34,5 Prozent."
ENGLISH = "Revenue at Adobe rises by 34.5 percent."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny packages installed."""
    place = tmp_path_factory.mktemp("packages")
    for file in PACKAGES.glob("*.argosmodel"):
        unpack(file, place)
    return place


@pytest.mark.parametrize(
    ("german", "english"),
    [
        (GERMAN, ENGLISH),
        ("Amara kauft HubSpot für 5 Millionen Euro.", "Amara buys HubSpot for 5 million euros."),
        ("Mehr als 12.000 Kunden nutzen die Plattform von Klaviyo.",
         "More than 12,000 customers use the platform from Klaviyo."),
        ("Das ist gut für kleine Unternehmen.", "That is good for small companies."),
        ("Die Studie ist am Montag für alle Nutzer verfügbar.",
         "The study is available to all users on Monday."),
    ],
)  # fmt: skip
def test_the_package_translates(folder: Path, german: str, english: str) -> None:
    """The tiny package's translations are real ones."""
    answers = ArgosTranslator(folder).translate([german], language="de", to="en")
    assert answers == [english]


def test_many_sentences_keep_their_order(folder: Path) -> None:
    """Sentences of all lengths in one queue come back in their own places."""
    german = [f"Der Preis steigt von {n} Euro auf {n + 11} Euro." for n in range(20, 60)]
    german.insert(7, "Das ist gut für Werbung.")
    answers = ArgosTranslator(folder).translate(german, language="de", to="en")
    assert answers[7] == "That is good for advertising."
    assert answers[8] == "The price rises from 27 euros to 38 euros."
    assert len(answers) == 41


def test_fast_is_another_package_name(folder: Path) -> None:
    """Another beam gives other answers, so the memory has to keep them apart."""
    assert ArgosTranslator(folder).package("de", "en") == "argos de→en 1.0"
    assert ArgosTranslator(folder, beam=1).package("de", "en") == "argos de→en 1.0 (beam 1)"


def test_answers_are_argostranslates_own(folder: Path, tmp_path: Path) -> None:
    """Argostranslate installs the same package file, runs it offline, and says the same."""
    german = [GERMAN, "HubSpot entlässt 250 Mitarbeiter.", "Neu: ein neues Werkzeug für Werbung"]
    program = (
        "import sys, json, argostranslate.package as p, argostranslate.translate as t\n"
        "p.install_from_path(sys.argv[1])\n"
        "print(json.dumps([t.translate(x, 'de', 'en') for x in json.loads(sys.argv[2])]))"
    )
    environment = os.environ | {
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "ARGOS_PACKAGES_DIR": str(tmp_path / "packages"),
        "OMP_NUM_THREADS": "1",
    }
    file = str(PACKAGES / "translate-de_en-1_0.argosmodel")
    done = subprocess.run(
        [sys.executable, "-c", program, file, json.dumps(german)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs = json.loads(done.stdout.splitlines()[-1])
    assert ArgosTranslator(folder).translate(german, language="de", to="en") == theirs


def test_a_text_is_translated_with_its_names_and_numbers(folder: Path) -> None:
    """Through the stage, an unknown name passes as a mask, and paragraphs stay."""
    made = translate_text(
        "x",
        "Zwirbelhuber kauft Amara für 80 Euro.\n\nDer Dienst von Zwirbelhuber kostet 1.250 Euro.",
        title="Zwirbelhuber startet einen neuen Dienst",
        language="de",
        to="en",
        translator=make_translator(folder=folder),
        glossary=Glossary(frozenset({"Zwirbelhuber"})),
    )
    assert made.title.target == "Zwirbelhuber launches a new service"
    assert made.text == (
        "Zwirbelhuber buys Amara for 80 euros.\n\nThe service from Zwirbelhuber costs 1,250 euros."
    )
    assert made.engine == "argos de→en 1.0"


def test_nonsense_of_the_package_is_refused(folder: Path) -> None:
    """A sentence far outside the package's vocabulary is shown in the original, marked."""
    text = "Unsere Großmütter buken sonntags dreizehn wunderbare Zwetschgenkuchen im Holzofen."
    made = translate_text(
        "x", text, language="de", to="en", translator=make_translator(folder=folder)
    )
    assert (made.text, made.sentences[0].ok) == (text, False)
    assert made.sentences[0].note.startswith("translation refused: ")


def test_models_are_loaded_once_and_dropped_when_idle(folder: Path) -> None:
    """A model stays between calls, and gives its memory back after a while without any."""
    translator = ArgosTranslator(folder, idle=0.2)
    translator.translate(["Das ist gut für Werbung."], language="de", to="en")
    (model,) = translator.loaded()
    assert model.is_loaded
    deadline = time.monotonic() + 10
    while model.is_loaded and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not model.is_loaded
    answers = translator.translate(["Das ist gut für Werbung."], language="de", to="en")
    assert answers == ["That is good for advertising."]


def test_two_packages_lead_through_english(folder: Path, tmp_path: Path) -> None:
    """German comes to French as what the second package makes of the first one's English.

    The second one here is the first under another name: what counts is the way, not the words.
    """
    first, second = tmp_path / "translate-de_en-1_0", tmp_path / "translate-en_fr-1_0"
    for place in (first, second):
        shutil.copytree(folder / first.name, place)
    metadata = json.loads((second / "metadata.json").read_text())
    metadata |= {"from_code": "en", "to_code": "fr"}
    (second / "metadata.json").write_text(json.dumps(metadata))
    (second / "digest.json").unlink()
    translator = ArgosTranslator(tmp_path)
    assert translator.package("de", "fr") == "argos de→en 1.0 + argos en→fr 1.0"
    english = translator.translate([GERMAN], language="de", to="en")
    there = translator.translate(english, language="en", to="fr")
    assert translator.translate([GERMAN], language="de", to="fr") == there
    assert translator.package("fr", "de") is None


def test_no_package_is_none_and_an_error(tmp_path: Path) -> None:
    """Without a package `package` says None, and asking anyway names the cure."""
    translator = ArgosTranslator(tmp_path / "nowhere")
    assert translator.package("de", "en") is None
    with pytest.raises(ModelError, match=r"no de → en package \(digest models install de\)"):
        translator.translate(["Hallo"], language="de", to="en")


def _cut(name: str, size: int) -> Callable[[Path], object]:
    return lambda place: (place / name).write_bytes((place / name).read_bytes()[:size])


@pytest.mark.parametrize(
    "harm",
    [
        _cut("model/model.bin", 0),
        _cut("model/model.bin", 100_000),
        _cut("sentencepiece.model", 50),
        _cut("model/shared_vocabulary.json", 9),
        _cut("metadata.json", 9),
        lambda place: (place / "model" / "model.bin").unlink(),
        lambda place: (place / "model" / "config.json").write_text("[]"),
    ],
)
@pytest.mark.parametrize("noted", [True, False])
def test_a_damaged_package_is_an_error_that_names_it(
    folder: Path, tmp_path: Path, harm: Callable[[Path], object], noted: bool
) -> None:
    """Whatever is cut off, with or without our own note of sizes: named, with its cure."""
    place = tmp_path / "translate-de_en-1_0"
    shutil.copytree(folder / place.name, place)
    if not noted:
        (place / "digest.json").unlink()
    harm(place)
    translator = ArgosTranslator(tmp_path)
    assert translator.package("de", "en") is not None
    with pytest.raises(ModelError, match=r"package de → en.*digest models install de --to en"):
        translator.translate([GERMAN], language="de", to="en")
    made = translate_text("x", GERMAN, language="de", to="en", translator=translator)
    assert (made.text, made.sentences[0].ok) == (GERMAN, False)


def test_a_memory_spares_what_was_translated(folder: Path) -> None:
    """The same sentence is asked for once for each package version."""
    counting = ArgosTranslator(folder)
    translator = RememberingTranslator(counting)
    first = translator.translate([GERMAN, GERMAN], language="de", to="en")
    (model,) = counting.loaded()
    model.unload()
    again = translator.translate([GERMAN], language="de", to="en")
    assert (first, again, model.is_loaded) == ([ENGLISH, ENGLISH], [ENGLISH], False)


def test_codes_are_mapped_both_ways() -> None:
    """Argos's codes and BCP-47 find each other."""
    assert [from_argos(code) for code in ("zt", "zh", "pb", "de")] == [
        "zh-Hant",
        "zh-Hans",
        "pt-BR",
        "de",
    ]
    assert to_argos("zh-TW") == ("zt",)
    assert to_argos("zh") == ("zh",)
    assert to_argos("pt-BR") == ("pb", "pt")
    assert to_argos("nn") == ("nb", "no")
    assert to_argos("en-GB") == ("en",)


def test_the_folder_is_argostranslates_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings win, then ARGOS_PACKAGES_DIR, then the folder under XDG_DATA_HOME."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    assert packages_folder() == tmp_path / "argos-translate" / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "own"))
    assert packages_folder() == tmp_path / "own"
    assert packages_folder(tmp_path / "set") == tmp_path / "set"
    assert installed_packages(tmp_path / "set") == []


def test_half_a_character_costs_no_other_text(folder: Path) -> None:
    """JSON may hold a lone surrogate, which no model takes: the texts beside it are translated."""
    texts = [
        Text("1", "\ud800 Das ist gut für Werbung.", "de", "en"),
        Text("2", GERMAN, "de", "en"),
    ]
    made = translate_texts(texts, translator=make_translator(folder=folder))
    assert [each.text for each in made] == ["  That is good for advertising.", ENGLISH]
