"""Answers that a starter is not sure of are withheld."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from starter_corpus import make_rows, write_corpus

from digest.backends.archives import unpack
from digest.backends.argos import ArgosTranslator
from digest.backends.ctranslate import Model
from tools.train_translation.rows import read_judges
from tools.train_translation.sure import find_least, kept_of, lowest, mixed, spread

TINY = Path(__file__).parents[1] / "data" / "packages" / "translate-de_en-1_0.argosmodel"
KNOWN, UNKNOWN = "Das ist gut für Werbung.", "Quorbel zwintert flumige Asparn."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny package, which is sure of little."""
    folder = tmp_path_factory.mktemp("packages")
    unpack(TINY, folder)
    return folder


def model_of(folder: Path) -> Model:
    model = ArgosTranslator(folder).model("de", "en")
    assert model is not None
    return model


def test_the_lowest_value_with_few_poor_ones() -> None:
    """One poor answer in ten may be shown, two may not; the order does not matter."""
    sure = [-0.1 * number for number in range(20)]
    poor = [number in (5, 12, 13, 14, 15, 16, 17, 18, 19) for number in range(20)]
    assert lowest(sure, poor) == pytest.approx(-1.1)
    assert lowest(sure[::-1], poor[::-1]) == pytest.approx(-1.1)


def test_where_even_the_surest_are_poor_nothing_is_shown() -> None:
    """Zero is above the logarithm of every probability but certainty."""
    assert lowest([-0.1, -0.2], [True, True]) == 0.0


def test_pairs_are_taken_at_even_distances() -> None:
    """First and last are among them; fewer than wanted are all."""
    assert spread(list(range(10)), 4) == [0, 3, 6, 9]
    assert spread([1, 2], 4) == [1, 2]


def test_from_few_pairs_no_value_is_found(folder: Path) -> None:
    """A bar from a handful of pairs would be chance."""
    assert find_least(model_of(folder), [(KNOWN, "That is good for advertising.")] * 5) is None


def test_a_model_is_surer_of_what_it_learned(folder: Path) -> None:
    """The mean is of pieces, so that a long answer is not worse for its length."""
    (text, sure), (_, unsure) = model_of(folder).translate_surely([KNOWN, UNKNOWN])
    assert text == "That is good for advertising."
    assert unsure < sure <= 0.0


def test_a_package_withholds_what_it_is_not_sure_of(folder: Path, tmp_path: Path) -> None:
    """What is withheld counts as no answer: the reader gets the original."""
    (_, sure), (_, unsure) = model_of(folder).translate_surely([KNOWN, UNKNOWN])
    shutil.copytree(folder, tmp_path / "packages")
    (file,) = (tmp_path / "packages").glob("*/metadata.json")
    file.with_name("digest.json").unlink()  # the sizes of its files, one of which is changed
    metadata = json.loads(file.read_text("utf-8")) | {"least_sure": (sure + unsure) / 2}
    file.write_text(json.dumps(metadata), "utf-8")
    translator = ArgosTranslator(tmp_path / "packages")
    said = translator.translate([KNOWN, UNKNOWN], language="de", to="en")
    assert said == ["That is good for advertising.", ""]


def test_the_share_that_is_shown(folder: Path) -> None:
    """Half of two lines, and the chrF of that half alone."""
    model = model_of(folder)
    (_, sure), (_, unsure) = model.translate_surely([KNOWN, UNKNOWN])
    lines = [(KNOWN, "That is good for advertising."), (UNKNOWN, "Nobody knows.")]
    assert kept_of(model, lines, (sure + unsure) / 2) == (0.5, pytest.approx(100.0))
    assert kept_of(model, lines, 0.5) == (0.0, 0.0)


def test_both_kinds_judge_alike(tmp_path: Path) -> None:
    """As many of documentation as of FLORES; research-only rows never."""
    rows = make_rows()
    rows += [{"kind": "news", "source": "wmt-newstest2018", "en": "No.", "de": "Nein."}]
    judges = read_judges(write_corpus(tmp_path / "p.tsv.xz", rows), languages=("de", "fr"))
    docs, news = judges["de"]
    assert news
    assert ("Nein.", "No.") not in [*docs, *news]
    assert len(mixed(([("a", "b")] * 9, [("c", "d")] * 3), most=100)) == 6
    assert (
        mixed(([("a", "b")] * 9, [("c", "d")] * 9), most=4) == [("a", "b")] * 2 + [("c", "d")] * 2
    )
